#include <functional>

#include "islet/error.hpp"
#include "naive_model.hpp"

using namespace islet;
using namespace islet::test;

namespace {

const std::vector<std::string> labels = {"A", "B", "C"};
const std::vector<std::string> types = {"T", "U"};
const std::vector<std::string> keys = {"int", "float", "string", "bool", "list"};

/// Plays random writes against a graph and a model at once.
class Game {
 public:
    explicit Game(unsigned seed) : random_(seed) {}

    Model model;
    Graph graph;

    /// One transaction of some writes; rolled back one time in eight.
    void play(std::size_t writes) {
        const Model before = model;
        Transaction transaction(graph);
        learn_relationships(transaction.view());
        for (std::size_t i = 0; i < writes; ++i) write(transaction);
        if (below(random_, 4) == 0) check_same(model, transaction.view());
        if (below(random_, 8) == 0) {
            model = before;
        } else {
            transaction.commit();
        }
    }

 private:
    /// Ids may be new in each transaction: finds the model's relationships by their `tag`.
    void learn_relationships(const Snapshot& view) {
        ids_.clear();
        const auto tag = view.find_key("tag");
        for (std::uint32_t id = 0; tag && id < view.rel_bound(); ++id) {
            if (view.contains(RelId{id}))
                ids_[static_cast<std::uint32_t>(view.property(RelId{id}, *tag).as_int())] = RelId{id};
        }
    }

    template <class Map>
    auto any_of(Map& map) {
        return std::next(map.begin(), below(random_, map.size()));
    }

    void write(Transaction& t) {
        const std::uint32_t choice = below(random_, 20);
        if (choice < 4 || model.nodes.empty()) return create_node(t);
        if (choice < 9) return create_relationship(t);
        if (choice < 11) return change_label(t);
        if (choice < 15) return set_node_property(t);
        if (model.relationships.empty()) return;
        if (choice < 17) return set_relationship_property(t);
        if (choice < 19) return remove_relationship(t, any_of(model.relationships)->first);
        remove_node(t);
    }

    void create_node(Transaction& t) {
        const NodeId node = t.create_node();
        REQUIRE(model.nodes.count(static_cast<std::uint32_t>(node)) == 0);
        model.nodes[static_cast<std::uint32_t>(node)];
    }

    void create_relationship(Transaction& t) {
        const std::uint32_t source = any_of(model.nodes)->first;
        const std::uint32_t target = any_of(model.nodes)->first;
        const std::string& type = types[below(random_, types.size())];
        const std::uint32_t tag = next_tag_++;
        const RelId rel = t.create_relationship(NodeId{source}, t.type(type), NodeId{target});
        t.set_property(rel, t.key("tag"), static_cast<int>(tag));
        model.relationships[tag] = {source, target, type, {{"tag", static_cast<int>(tag)}}};
        ids_[tag] = rel;
    }

    void change_label(Transaction& t) {
        const auto node = any_of(model.nodes);
        const std::string& label = labels[below(random_, labels.size())];
        if (below(random_, 3) == 0) {
            t.remove_label(NodeId{node->first}, t.label(label));
            node->second.labels.erase(label);
        } else {
            t.add_label(NodeId{node->first}, t.label(label));
            node->second.labels.insert(label);
        }
    }

    void set_node_property(Transaction& t) {
        const auto node = any_of(model.nodes);
        const std::uint32_t key = below(random_, keys.size());
        const Value value = below(random_, 4) == 0 ? Value() : storable_value(random_, key);
        t.set_property(NodeId{node->first}, t.key(keys[key]), value);
        node->second.properties.erase(keys[key]);
        if (!value.is_null()) node->second.properties.emplace(keys[key], value);
    }

    void set_relationship_property(Transaction& t) {
        const auto rel = any_of(model.relationships);
        const std::uint32_t key = below(random_, keys.size());
        const Value value = below(random_, 4) == 0 ? Value() : storable_value(random_, key);
        t.set_property(ids_.at(rel->first), t.key(keys[key]), value);
        rel->second.properties.erase(keys[key]);
        if (!value.is_null()) rel->second.properties.emplace(keys[key], value);
    }

    void remove_relationship(Transaction& t, std::uint32_t tag) {
        t.remove_relationship(ids_.at(tag));
        model.relationships.erase(tag);
    }

    /// With its relationships, in either order.
    void remove_node(Transaction& t) {
        const std::uint32_t node = any_of(model.nodes)->first;
        const bool node_first = below(random_, 2) == 0;
        if (node_first) t.remove_node(NodeId{node});
        std::vector<std::uint32_t> tags;
        for (const auto& [tag, rel] : model.relationships) {
            if (rel.source == node || rel.target == node) tags.push_back(tag);
        }
        for (const std::uint32_t tag : tags) remove_relationship(t, tag);
        t.remove_node(NodeId{node});
        model.nodes.erase(node);
    }

    Random random_;
    std::uint32_t next_tag_ = 0;
    std::map<std::uint32_t, RelId> ids_;
};

void count_properties(const std::map<std::string, Value>& before, const std::map<std::string, Value>& after,
                      WriteCounts& counts) {
    for (const auto& [key, value] : before) {
        const auto now = after.find(key);
        if (now == after.end() || !(now->second == value)) ++counts.properties_removed;
    }
    for (const auto& [key, value] : after) {
        const auto old = before.find(key);
        if (old == before.end() || !(old->second == value)) ++counts.properties_set;
    }
}

WriteCounts naive_difference(const Model& before, const Model& after) {
    WriteCounts counts;
    const auto compare = [&counts](const auto& old, const auto& now, std::int64_t& created,
                                   std::int64_t& deleted) {
        for (const auto& [id, thing] : old) {
            if (now.count(id) == 0) {
                ++deleted;
                count_properties(thing.properties, {}, counts);
            }
        }
        for (const auto& [id, thing] : now) {
            const auto was = old.find(id);
            if (was == old.end()) ++created;
            count_properties(was == old.end() ? std::map<std::string, Value>() : was->second.properties,
                             thing.properties, counts);
        }
    };
    compare(before.nodes, after.nodes, counts.nodes_created, counts.nodes_deleted);
    compare(before.relationships, after.relationships, counts.relationships_created,
            counts.relationships_deleted);
    std::set<std::string> old;
    std::set<std::string> now;
    for (const auto& [id, node] : before.nodes) old.insert(node.labels.begin(), node.labels.end());
    for (const auto& [id, node] : after.nodes) now.insert(node.labels.begin(), node.labels.end());
    for (const std::string& label : old) counts.labels_removed += now.count(label) == 0 ? 1 : 0;
    for (const std::string& label : now) counts.labels_added += old.count(label) == 0 ? 1 : 0;
    return counts;
}

std::string error_detail(const std::function<void()>& call) {
    try {
        call();
    } catch (const Exception& e) {
        return e.error().kind + ": " + e.error().detail;
    }
    return "none";
}

}  // namespace

TEST_CASE("random transactions do to the store what they do to the model") {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Game game(seed);
        std::vector<std::pair<Model, Snapshot>> kept;
        for (int round = 0; round < 60; ++round) {
            game.play(1 + (seed * 7 + static_cast<unsigned>(round)) % 12);
            if (round % 10 == 0) kept.emplace_back(game.model, game.graph.snapshot());
        }
        check_same(game.model, game.graph.snapshot());
        check_stats(game.model, game.graph.snapshot());
        // Older snapshots saw nothing of it.
        for (const auto& [model, snapshot] : kept) check_same(model, snapshot, 3);
        const WriteCounts counts = difference(kept.front().second, game.graph.snapshot());
        CHECK(counts == naive_difference(kept.front().first, game.model));
        CHECK_FALSE(difference(kept.back().second, kept.back().second).any());
    }
}

TEST_CASE("folding the delta into a new base changes nothing but ids of relationships") {
    Game game(99);
    std::vector<std::pair<Model, Snapshot>> kept;
    int folds = 0;
    for (int round = 0; round < 45; ++round) {
        game.play(500);
        const Snapshot now = game.graph.snapshot();
        if (now.pristine()) {
            ++folds;
            check_stats(game.model, now);
        }
        if (round % 15 == 0 || now.pristine()) kept.emplace_back(game.model, now);
    }
    CHECK(folds >= 2);
    check_same(game.model, game.graph.snapshot(), 1000);
    for (const auto& [model, snapshot] : kept) check_same(model, snapshot, 1000);
    const WriteCounts counts = difference(kept.front().second, game.graph.snapshot());
    const WriteCounts naive = naive_difference(kept.front().first, game.model);
    CHECK(counts.nodes_created == naive.nodes_created);
    CHECK(counts.nodes_deleted == naive.nodes_deleted);
    CHECK(counts.relationships_created - counts.relationships_deleted ==
          naive.relationships_created - naive.relationships_deleted);
}

TEST_CASE("a transaction reads its own writes and leaves no trace without commit") {
    Graph graph;
    const Snapshot before = graph.snapshot();
    {
        Transaction transaction(graph);
        const NodeId node = transaction.create_node();
        transaction.add_label(node, transaction.label("A"));
        transaction.set_property(node, transaction.key("k"), "v");
        CHECK(transaction.view().contains(node));
        CHECK(to_text(node, transaction.view()) == "(:A {k: 'v'})");
        CHECK_FALSE(before.contains(node));
        CHECK(graph.snapshot().node_count() == 0);
        CHECK_FALSE(graph.snapshot().find_label("A").has_value());
    }
    CHECK(graph.snapshot().node_count() == 0);
    CHECK(graph.snapshot().same_state(before));
    Snapshot view;
    {
        Transaction transaction(graph);
        transaction.create_node();
        view = transaction.view();
        transaction.commit();
        CHECK_THROWS_AS(transaction.create_node(), std::logic_error);
    }
    CHECK(view.same_state(graph.snapshot()));
}

TEST_CASE("two graphs of one snapshot go their own ways") {
    Graph first;
    {
        Transaction transaction(first);
        transaction.set_property(transaction.create_node(), transaction.key("k"), 1);
        transaction.commit();
    }
    Graph second(first.snapshot());
    for (Graph* graph : {&first, &second}) {
        Transaction transaction(*graph);
        transaction.set_property(NodeId{0}, transaction.key("k"), graph == &first ? 10 : 20);
        transaction.commit();
    }
    const KeyId key = first.snapshot().find_key("k").value();
    CHECK(first.snapshot().property(NodeId{0}, key) == Value(10));
    CHECK(second.snapshot().property(NodeId{0}, key) == Value(20));
}

TEST_CASE("a transaction counts what it was told to do") {
    Graph graph;
    Transaction transaction(graph);
    const NodeId a = transaction.create_node();
    const NodeId b = transaction.create_node();
    const LabelId label = transaction.label("A");
    transaction.add_label(a, label);
    transaction.add_label(a, label);
    transaction.add_label(b, label);
    transaction.remove_label(b, label);
    transaction.remove_label(b, label);
    const RelId rel = transaction.create_relationship(a, transaction.type("T"), b);
    const KeyId key = transaction.key("k");
    transaction.set_property(a, key, 1);
    transaction.set_property(rel, key, 2);
    transaction.set_property(a, key, 3);
    transaction.set_property(a, key, nullptr);
    transaction.set_property(a, key, nullptr);
    transaction.remove_relationship(rel);
    transaction.remove_relationship(rel);
    transaction.remove_node(b);
    transaction.remove_node(b);
    const WriteCounts& counts = transaction.counts();
    CHECK(counts.nodes_created == 2);
    CHECK(counts.nodes_deleted == 1);
    CHECK(counts.relationships_created == 1);
    CHECK(counts.relationships_deleted == 1);
    CHECK(counts.labels_added == 2);
    CHECK(counts.labels_removed == 1);
    CHECK(counts.properties_set == 3);
    CHECK(counts.properties_removed == 1);
    transaction.commit();
    const WriteCounts seen = difference(Snapshot(), graph.snapshot());
    CHECK(seen.nodes_created == 1);
    CHECK(seen.labels_added == 1);
    CHECK(seen.properties_set == 0);
}

TEST_CASE("a node that is still connected cannot be deleted") {
    Graph graph;
    Transaction setup(graph);
    const NodeId a = setup.create_node();
    const NodeId b = setup.create_node();
    const RelId rel = setup.create_relationship(a, setup.type("T"), b);
    setup.commit();

    Transaction transaction(graph);
    transaction.remove_node(b);
    CHECK_FALSE(transaction.view().contains(b));
    CHECK(error_detail([&] { transaction.commit(); }) == "ConstraintVerificationFailed: DeleteConnectedNode");
    CHECK(graph.snapshot().contains(b));
    // The transaction goes on, and may mend it. The relationship still tells its ends afterwards.
    transaction.remove_relationship(rel);
    CHECK(transaction.view().ends(rel).target == b);
    CHECK_FALSE(transaction.view().contains(rel));
    transaction.commit();
    CHECK_FALSE(graph.snapshot().contains(b));
    CHECK(graph.snapshot().contains(a));
    CHECK(graph.snapshot().rel_count() == 0);
}

TEST_CASE("writing to what is gone, or what no property can hold, is refused") {
    Graph graph;
    Transaction t(graph);
    const NodeId node = t.create_node();
    const NodeId gone = t.create_node();
    const TypeId type = t.type("T");
    const RelId rel = t.create_relationship(node, type, node);
    t.remove_relationship(rel);
    t.remove_node(gone);
    const KeyId key = t.key("k");
    const std::string missing = "EntityNotFound: DeletedEntityAccess";
    CHECK(error_detail([&] { t.set_property(gone, key, 1); }) == missing);
    CHECK(error_detail([&] { t.set_property(rel, key, 1); }) == missing);
    CHECK(error_detail([&] { t.add_label(gone, t.label("A")); }) == missing);
    CHECK(error_detail([&] { t.create_relationship(node, type, gone); }) == missing);
    CHECK(error_detail([&] { t.create_relationship(NodeId{77}, type, node); }) == missing);
    CHECK(error_detail([&] {
              t.set_property(node, key, List{Map{{"num", 1}}});
          }) == "TypeError: InvalidPropertyType");
    CHECK(t.view().properties(node).empty());
}

TEST_CASE("difference counts changed values twice and labels of the whole graph") {
    GraphBuilder builder;
    const LabelId user = builder.label("User");
    const NodeId a = builder.add_node(std::vector{user});
    const NodeId b = builder.add_node(std::vector{user});
    const KeyId key = builder.key("name");
    builder.set_property(a, key, "x");
    Graph graph(builder.finish());
    const Snapshot before = graph.snapshot();
    {
        Transaction t(graph);
        t.set_property(a, key, "y");
        t.set_property(b, key, 1);
        t.add_label(a, t.label("New"));
        t.add_label(b, t.label("New"));
        t.remove_label(b, user);
        t.commit();
    }
    const WriteCounts counts = difference(before, graph.snapshot());
    CHECK(counts.properties_set == 2);
    CHECK(counts.properties_removed == 1);
    CHECK(counts.labels_added == 1);
    CHECK(counts.labels_removed == 0);
    CHECK(difference(graph.snapshot(), before).labels_removed == 1);
}

TEST_CASE("counts cover every name and follow what is written") {
    Graph graph;
    {
        Transaction t(graph);
        t.type("UNUSED");
        t.label("Unused");
        CHECK(t.view().stats().types.size() == 1);
        CHECK(t.view().stats().label_nodes.size() == 1);
        t.commit();
    }
    CHECK(graph.snapshot().pristine());
    CHECK(graph.snapshot().stats().types.at(0).count == 0);
    for (std::uint32_t i = 0; i < 200; ++i) {
        Transaction t(graph);
        const NodeId node = t.create_node();
        t.add_label(node, t.label("L" + std::to_string(i / 50)));
        t.create_relationship(NodeId{0}, t.type("T" + std::to_string(i / 70)), node);
        t.commit();
        const Snapshot now = graph.snapshot();
        const GraphStats& stats = now.stats();
        REQUIRE(stats.label_nodes.size() == now.label_count());
        REQUIRE(stats.types.size() == now.type_count());
        REQUIRE(stats.types.back().to_label.size() == now.label_count());
        // Roughly right: at most what 16 writes and an eighth of all can change.
        REQUIRE(stats.nodes <= i + 1);
        REQUIRE(stats.nodes + 16 + (i + 1) * 3 / 8 >= i + 1);
    }
}

TEST_CASE("many small commits stay cheap each") {
    Graph graph;
    constexpr std::uint32_t commits = 3000;
    for (std::uint32_t i = 0; i < commits; ++i) {
        Transaction t(graph);
        const NodeId node = t.create_node();
        t.add_label(node, t.label("N"));
        t.set_property(node, t.key("i"), static_cast<int>(i));
        if (i > 0) t.create_relationship(NodeId{i / 2}, t.type("T"), node);
        t.commit();
    }
    const Snapshot snapshot = graph.snapshot();
    CHECK(snapshot.node_count() == commits);
    CHECK(snapshot.rel_count() == commits - 1);
    CHECK(snapshot.count(snapshot.find_label("N").value()) == commits);
    CHECK(snapshot.property(NodeId{777}, snapshot.find_key("i").value()) == Value(777));
}
