#include "islet/error.hpp"
#include "naive_model.hpp"

using namespace islet;
using namespace islet::test;

namespace {

const std::vector<std::vector<std::string>> kinds = {{"A"}, {"B", "A"}, {}, {"C", "C"}};
const std::vector<std::string> types = {"T", "U"};
const std::vector<std::string> keys = {"int", "float", "string", "bool", "list"};

/// Plays writes of many things at once against a graph and a model.
class BulkGame {
 public:
    explicit BulkGame(unsigned seed) : random_(seed) {}

    Model model;
    Graph graph;

    void play() {
        Transaction transaction(graph);
        learn_relationships(transaction.view());
        create_nodes(transaction);
        create_relationships(transaction);
        if (below(random_, 2) == 0) remove_relationships(transaction);
        create_relationships(transaction);
        check_same(model, transaction.view());
        transaction.commit();
    }

 private:
    void learn_relationships(const Snapshot& view) {
        ids_.clear();
        const auto tag = view.find_key("tag");
        for (std::uint32_t id = 0; tag && id < view.rel_bound(); ++id) {
            if (view.contains(RelId{id}))
                ids_[static_cast<std::uint32_t>(view.property(RelId{id}, *tag).as_int())] = RelId{id};
        }
    }

    std::map<std::string, Value> random_properties() {
        std::map<std::string, Value> named;
        for (std::uint32_t key = 0; key < keys.size(); ++key) {
            if (below(random_, 3) == 0) named.emplace(keys[key], storable_value(random_, key));
        }
        return named;
    }
    /// In any order, with nulls and values that are written over.
    static void put(Transaction& t, const std::map<std::string, Value>& named, Transaction::Properties& out) {
        out.emplace_back(t.key("nothing"), Value());
        for (auto it = named.rbegin(); it != named.rend(); ++it) {
            out.emplace_back(t.key(it->first), Value("old"));
            out.emplace_back(t.key(it->first), it->second);
        }
    }

    void create_nodes(Transaction& t) {
        const std::uint32_t count = below(random_, 150);
        std::vector<std::vector<LabelId>> of_kinds;
        const std::size_t some = 1 + below(random_, kinds.size());
        for (std::size_t i = 0; i < some; ++i) {
            of_kinds.emplace_back();
            for (const std::string& label : kinds[i]) of_kinds.back().push_back(t.label(label));
        }
        std::vector<Model::Node> made(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            made[i].labels.insert(kinds[i % some].begin(), kinds[i % some].end());
            made[i].properties = random_properties();
        }
        const NodeId first = t.create_nodes(
            count, of_kinds,
            [&](std::uint32_t i, Transaction::Properties& out) { put(t, made[i].properties, out); });
        for (std::uint32_t i = 0; i < count; ++i) {
            REQUIRE(model.nodes.count(static_cast<std::uint32_t>(first) + i) == 0);
            model.nodes[static_cast<std::uint32_t>(first) + i] = std::move(made[i]);
        }
    }

    void create_relationships(Transaction& t) {
        if (model.nodes.empty()) return;
        std::vector<std::uint32_t> nodes;
        for (const auto& [id, node] : model.nodes) nodes.push_back(id);
        const std::uint32_t hub = nodes[below(random_, nodes.size())];
        std::vector<Ends> ends(below(random_, 200));
        std::vector<Model::Relationship> made;
        for (Ends& one : ends) {
            const std::uint32_t source = below(random_, 3) == 0 ? hub : nodes[below(random_, nodes.size())];
            const std::uint32_t target = below(random_, 3) == 0 ? hub : nodes[below(random_, nodes.size())];
            const std::string& type = types[below(random_, types.size())];
            one = {NodeId{source}, NodeId{target}, t.type(type)};
            made.push_back({source, target, type, random_properties()});
            made.back().properties["tag"] = static_cast<int>(next_tag_ + made.size() - 1);
        }
        const RelId first = t.create_relationships(
            ends, [&](std::uint32_t i, Transaction::Properties& out) { put(t, made[i].properties, out); });
        for (std::uint32_t i = 0; i < made.size(); ++i) {
            ids_[next_tag_] = RelId{static_cast<std::uint32_t>(first) + i};
            model.relationships[next_tag_++] = std::move(made[i]);
        }
    }

    void remove_relationships(Transaction& t) {
        std::vector<RelId> gone;
        for (auto it = model.relationships.begin(); it != model.relationships.end();) {
            if (below(random_, 3) != 0) {
                ++it;
                continue;
            }
            gone.push_back(ids_.at(it->first));
            if (below(random_, 5) == 0) gone.push_back(gone.back());
            it = model.relationships.erase(it);
        }
        std::shuffle(gone.begin(), gone.end(), random_);
        t.remove_relationships(gone);
        t.remove_relationships(gone);  // again does nothing
    }

    Random random_;
    std::uint32_t next_tag_ = 0;
    std::map<std::uint32_t, RelId> ids_;
};

}  // namespace

TEST_CASE("many writes at once do to the store what they do to the model, and leave old states alone") {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        CAPTURE(seed);
        BulkGame game(seed);
        std::vector<std::pair<Model, Snapshot>> kept;
        for (int round = 0; round < 14; ++round) {
            game.play();
            if (round % 4 == 0) kept.emplace_back(game.model, game.graph.snapshot());
        }
        check_same(game.model, game.graph.snapshot());
        check_stats(game.model, game.graph.snapshot());
        for (const auto& [model, snapshot] : kept) check_same(model, snapshot);
    }
}

TEST_CASE("many writes at once are counted as one by one") {
    Graph graph;
    Transaction transaction(graph);
    const KeyId key = transaction.key("k");
    const std::vector<std::vector<LabelId>> of_kinds = {{transaction.label("A"), transaction.label("A")},
                                                        {transaction.label("B"), transaction.label("C")}};
    const NodeId first =
        transaction.create_nodes(5, of_kinds, [&](std::uint32_t i, Transaction::Properties& properties) {
            if (i % 2 == 0) properties.emplace_back(key, static_cast<int>(i));
        });
    const NodeId second{static_cast<std::uint32_t>(first) + 1};
    const TypeId type = transaction.type("T");
    const std::vector<Ends> ends = {{first, second, type}, {second, second, type}};
    transaction.create_relationships(
        ends, [&](std::uint32_t, Transaction::Properties& properties) { properties.emplace_back(key, "x"); });
    transaction.remove_relationships({RelId{1}, RelId{7}, RelId{1}});
    WriteCounts expected;
    expected.nodes_created = 5;
    expected.labels_added = 3 + 2 * 2;
    expected.properties_set = 3 + 2;
    expected.relationships_created = 2;
    expected.relationships_deleted = 1;
    CHECK(transaction.counts() == expected);
}

TEST_CASE("many writes at once refuse what one refuses") {
    Graph graph;
    {
        Transaction transaction(graph);
        const KeyId key = transaction.key("k");
        const std::vector<std::vector<LabelId>> unlabelled(1);
        const auto fill = [&](std::uint32_t, Transaction::Properties& properties) {
            properties.emplace_back(key, Map());
        };
        CHECK_THROWS_AS(transaction.create_nodes(2, unlabelled, fill), Exception);
    }
    Transaction transaction(graph);
    const std::vector<Ends> ends = {{NodeId{77}, NodeId{78}, transaction.type("T")}};
    const auto nothing = [](std::uint32_t, Transaction::Properties&) {};
    CHECK_THROWS_AS(transaction.create_relationships(ends, nothing), Exception);
}

TEST_CASE("a unique value is unique among many that are written at once") {
    Graph graph;
    {
        Transaction transaction(graph);
        Catalog catalog;
        catalog.constraints.push_back({.name = "a_k",
                                       .owner = Owner::node,
                                       .label = "A",
                                       .keys = {"k"},
                                       .rule = Constraint::Rule::unique,
                                       .shapes = {}});
        transaction.set_catalog(catalog);
        transaction.commit();
    }
    for (const bool twice : {false, true}) {
        Transaction transaction(graph);
        const KeyId key = transaction.key("k");
        const std::vector<std::vector<LabelId>> of_kinds = {{transaction.label("A")}};
        transaction.create_nodes(100, of_kinds, [&](std::uint32_t i, Transaction::Properties& properties) {
            properties.emplace_back(key, static_cast<int>(twice && i == 99 ? 5 : i));
        });
        if (twice) {
            CHECK_THROWS_AS(transaction.check(), Exception);
        } else {
            CHECK_NOTHROW(transaction.check());
        }
    }
}
