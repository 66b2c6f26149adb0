// Writing and reading columns of properties at once.
#include "islet/error.hpp"
#include "islet/property_rows.hpp"
#include "naive_model.hpp"

using namespace islet;
using namespace islet::test;

namespace {

const std::vector<std::string> keys = {"int", "float", "string", "bool", "list"};

/// Values as a writer may have them: numbers in arrays, with nulls; one for all; or any Values.
class RandomRows {
 public:
    RandomRows(Random& random, std::size_t rows, bool nulls) {
        const auto null = [&] { return nulls && below(random, 4) == 0; };
        made_.constant = rows > 0 && below(random, 5) == 0;
        const std::size_t entries = made_.constant ? 1 : rows;
        const std::uint32_t layout = below(random, 4);
        const std::uint32_t key = below(random, 5);
        for (std::size_t i = 0; i < entries; ++i) {
            integers_.push_back(static_cast<std::int64_t>(below(random, 1000)) - 500);
            floats_.push_back(below(random, 100) / 8.0);
            valid_.push_back(null() ? 0 : 1);
            values_.push_back(null() ? Value() : storable_value(random, key));
        }
        if (layout < 2) {
            made_.kind = layout == 0 ? Kind::integer : Kind::floating;
            if (nulls) made_.valid = valid_;
        }
        if (layout == 0) made_.integers = integers_;
        if (layout == 1) made_.floats = floats_;
        if (layout > 1) made_.values = values_;
    }
    RandomRows(const RandomRows&) = delete;
    RandomRows& operator=(const RandomRows&) = delete;
    ~RandomRows() = default;

    [[nodiscard]] const ValueRows& rows() const { return made_; }

 private:
    std::vector<std::int64_t> integers_;
    std::vector<double> floats_;
    std::vector<Value> values_;
    std::vector<std::uint8_t> valid_;
    ValueRows made_;
};

Value at(const ReadValues& read, std::size_t row) {
    const bool there = read.valid.empty() || read.valid[row] != 0;
    if (read.kind == Kind::integer) return there ? Value(read.integers[row]) : Value();
    if (read.kind == Kind::floating) return there ? Value(read.floats[row]) : Value();
    return read.values[row];
}

/// Reads in one go what the snapshot says one by one, in any order, with ids of nothing in between.
template <class Id>
void check_reads(const Snapshot& snapshot, Owner owner, std::uint32_t bound, Random& random) {
    std::vector<std::uint32_t> ids;
    for (std::uint32_t id = 0; id < bound; ++id) {
        if (!snapshot.contains(Id{id})) continue;
        ids.push_back(id);
        if (below(random, 20) == 0) ids.push_back(no_row_id);
    }
    for (const bool shuffled : {false, true}) {
        if (shuffled) std::shuffle(ids.begin(), ids.end(), random);
        for (std::uint32_t key = 0; key < snapshot.key_count(); ++key) {
            const ReadValues read = read_property(snapshot, owner, ids, KeyId{key});
            REQUIRE(!read.removed);
            for (std::size_t i = 0; i < ids.size(); ++i) {
                const Value expected =
                    ids[i] == no_row_id ? Value() : snapshot.property(Id{ids[i]}, KeyId{key});
                REQUIRE(at(read, i) == expected);
            }
        }
    }
}

/// Plays columns of writes against a graph and a model.
class ColumnGame {
 public:
    explicit ColumnGame(unsigned seed) : random_(seed) {}

    Model model;
    Graph graph;

    void play() {
        Transaction transaction(graph);
        learn_relationships(transaction.view());
        for (int step = 0; step < 6; ++step) {
            switch (below(random_, 5)) {
                case 0:
                    create_nodes(transaction);
                    break;
                case 1:
                    create_relationships(transaction);
                    break;
                case 2:
                    set_nodes(transaction);
                    break;
                case 3:
                    set_relationships(transaction);
                    break;
                default:
                    remove(transaction);
            }
        }
        check_same(model, transaction.view());
        check_reads<NodeId>(transaction.view(), Owner::node, transaction.view().node_bound(), random_);
        check_reads<RelId>(transaction.view(), Owner::relationship, transaction.view().rel_bound(), random_);
        if (below(random_, 6) != 0) {
            before_ = model;
            transaction.commit();
        } else {
            model = before_;  // rolled back
        }
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

    static void put(std::map<std::string, Value>& properties, const std::string& key, const Value& value) {
        if (value.is_null()) {
            properties.erase(key);
        } else {
            properties[key] = value;
        }
    }

    void create_nodes(Transaction& t) {
        const std::uint32_t rows = below(random_, 200);
        const std::vector<std::vector<std::string>> kinds = {{"A"}, {"B", "A"}, {}};
        const std::uint32_t parts = 1 + below(random_, 3);
        std::vector<std::vector<LabelId>> labels(parts);
        for (std::uint32_t part = 0; part < parts; ++part) {
            for (const std::string& label : kinds[part]) labels[part].push_back(t.label(label));
        }
        std::vector<std::unique_ptr<RandomRows>> values;
        std::vector<CreatedProperty> properties;
        std::vector<Model::Node> made(std::size_t{rows} * parts);
        for (std::uint32_t i = 0; i < made.size(); ++i)
            made[i].labels.insert(kinds[i % parts].begin(), kinds[i % parts].end());
        for (std::uint32_t part = 0; part < parts; ++part) {
            for (const std::string& key : keys) {
                if (below(random_, 2) == 0) continue;
                values.push_back(std::make_unique<RandomRows>(random_, rows, below(random_, 2) == 0));
                properties.push_back({part, t.key(key), values.back()->rows()});
                for (std::uint32_t row = 0; row < rows; ++row)
                    put(made[row * parts + part].properties, key, values.back()->rows().at(row));
            }
        }
        const auto first = static_cast<std::uint32_t>(t.create_nodes(rows, labels, properties));
        for (std::uint32_t i = 0; i < made.size(); ++i) model.nodes[first + i] = std::move(made[i]);
    }

    void create_relationships(Transaction& t) {
        if (model.nodes.empty()) return;
        std::vector<std::uint32_t> nodes;
        for (const auto& [id, node] : model.nodes) nodes.push_back(id);
        const std::uint32_t parts = 1 + below(random_, 3);
        // Many at once are ordered in another way than few.
        const std::uint32_t rows = below(random_, below(random_, 3) == 0 ? 900 : 40);
        std::vector<Ends> ends(std::size_t{rows} * parts);
        std::vector<Model::Relationship> made;
        std::vector<std::int64_t> tags(ends.size());
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const std::string type = below(random_, 4) == 0 ? "U" : "T";
            const std::uint32_t source = nodes[below(random_, below(random_, 3) == 0 ? 1 : nodes.size())];
            const std::uint32_t target = nodes[below(random_, nodes.size())];
            ends[i] = {NodeId{source}, NodeId{target}, t.type(type)};
            made.push_back({source, target, type, {}});
            tags[i] = static_cast<std::int64_t>(next_tag_ + i);
            made.back().properties["tag"] = tags[i];
        }
        std::vector<std::vector<std::int64_t>> of_part(parts);
        for (std::size_t i = 0; i < tags.size(); ++i) of_part[i % parts].push_back(tags[i]);
        std::vector<CreatedProperty> properties;
        for (std::uint32_t part = 0; part < parts; ++part) {
            ValueRows tag_rows;
            tag_rows.kind = Kind::integer;
            tag_rows.integers = of_part[part];
            properties.push_back({part, t.key("tag"), tag_rows});
        }
        const RandomRows values(random_, rows, true);
        properties.push_back({0, t.key("int"), values.rows()});
        for (std::uint32_t row = 0; row < rows; ++row)
            put(made[std::size_t{row} * parts].properties, "int", values.rows().at(row));
        const auto first = static_cast<std::uint32_t>(t.create_relationships(ends, parts, properties));
        for (std::uint32_t i = 0; i < made.size(); ++i) {
            ids_[next_tag_] = RelId{first + i};
            model.relationships[next_tag_++] = std::move(made[i]);
        }
    }

    template <class Things, class IdOf>
    void set(Transaction& t, Things& things, IdOf id_of) {
        std::vector<std::uint32_t> some;
        const std::uint32_t of = 1 + below(random_, 4);
        for (const auto& [id, thing] : things) {
            if (below(random_, of) == 0) some.push_back(id);
            if (below(random_, 50) == 0) some.push_back(id);  // also twice
        }
        if (below(random_, 2) == 0) std::shuffle(some.begin(), some.end(), random_);
        const std::string& key = keys[below(random_, keys.size())];
        const RandomRows values(random_, some.size(), below(random_, 2) == 0);
        std::vector<decltype(id_of(0U))> ids;
        for (std::size_t i = 0; i < some.size(); ++i) {
            ids.push_back(id_of(some[i]));
            put(things[some[i]].properties, key, values.rows().at(i));
        }
        t.set_properties(ids, t.key(key), values.rows());
    }
    void set_nodes(Transaction& t) {
        set(t, model.nodes, [](std::uint32_t id) { return NodeId{id}; });
    }
    void set_relationships(Transaction& t) {
        set(t, model.relationships, [&](std::uint32_t tag) { return ids_.at(tag); });
    }

    /// A range of nodes, or some of them, with their relationships.
    void remove(Transaction& t) {
        if (model.nodes.empty()) return;
        const std::uint32_t bound = t.view().node_bound();
        const std::uint32_t from = below(random_, bound);
        const std::uint32_t to = from + below(random_, 300);
        const std::uint32_t of = 1 + 2 * below(random_, 2);
        std::vector<NodeId> gone;
        for (const auto& [id, node] : model.nodes) {
            if (id >= from && id < to && below(random_, of) == 0) gone.push_back(NodeId{id});
        }
        std::vector<RelId> rels = t.view().relationships_of(gone);
        std::set<RelId> expected;
        for (auto it = model.relationships.begin(); it != model.relationships.end();) {
            const bool goes = std::binary_search(gone.begin(), gone.end(), NodeId{it->second.source}) ||
                              std::binary_search(gone.begin(), gone.end(), NodeId{it->second.target});
            if (goes) expected.insert(ids_.at(it->first));
            it = goes ? model.relationships.erase(it) : std::next(it);
        }
        REQUIRE(std::set<RelId>(rels.begin(), rels.end()) == expected);
        t.remove_relationships(std::move(rels));
        for (const NodeId node : gone) model.nodes.erase(static_cast<std::uint32_t>(node));
        if (!gone.empty()) {
            std::vector<std::uint32_t> ids(1, static_cast<std::uint32_t>(gone.front()));
            t.remove_nodes(gone);
            if (t.view().key_count() > 0) {
                const ReadValues read = read_property(t.view(), Owner::node, ids, KeyId{0});
                REQUIRE(read.removed);
                REQUIRE(at(read, 0).is_null());
            }
        }
        t.remove_nodes(gone);  // again does nothing
    }

    Random random_;
    Model before_;
    std::uint32_t next_tag_ = 0;
    std::map<std::uint32_t, RelId> ids_;
};

}  // namespace

TEST_CASE("columns that are written at once do to the store what they do to the model") {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        ColumnGame game(seed);
        std::vector<std::pair<Model, Snapshot>> kept;
        for (int round = 0; round < 12; ++round) {
            game.play();
            if (round % 4 == 0) kept.emplace_back(game.model, game.graph.snapshot());
        }
        check_same(game.model, game.graph.snapshot());
        check_stats(game.model, game.graph.snapshot());
        for (const auto& [model, snapshot] : kept) check_same(model, snapshot);
    }
}

TEST_CASE("columns that are written at once are counted and refused as one by one") {
    Graph graph;
    Transaction t(graph);
    const std::vector<std::vector<LabelId>> kinds = {{t.label("A"), t.label("A")}, {}};
    const std::vector<std::int64_t> integers = {1, 2, 3};
    const std::vector<std::uint8_t> valid = {1, 0, 1};
    ValueRows rows;
    rows.kind = Kind::integer;
    rows.integers = integers;
    rows.valid = valid;
    const std::vector<CreatedProperty> properties = {{1, t.key("k"), rows}};
    CHECK(t.create_nodes(3, kinds, properties) == NodeId{0});
    const std::vector<Ends> ends = {{NodeId{0}, NodeId{5}, t.type("T")}};
    CHECK(t.create_relationships(ends, 1, {}) == RelId{0});
    const std::vector<NodeId> twice = {NodeId{1}, NodeId{2}, NodeId{1}};
    t.set_properties(twice, t.key("k"), rows);  // the null is for what has none
    t.remove_nodes({NodeId{3}, NodeId{4}, NodeId{3}});
    WriteCounts expected;
    expected.nodes_created = 6;
    expected.labels_added = 3;
    expected.properties_set = 2 + 2;
    expected.relationships_created = 1;
    expected.nodes_deleted = 2;
    CHECK(t.counts() == expected);
    CHECK(t.view().property(NodeId{1}, t.key("k")) == Value(3));

    const std::vector<Value> maps = {Map()};
    ValueRows unfit;
    unfit.values = maps;
    const std::vector<NodeId> first = {NodeId{0}};
    const std::vector<NodeId> gone = {NodeId{3}};
    CHECK_THROWS_AS(t.set_properties(first, t.key("k"), unfit), Exception);
    CHECK_THROWS_AS(t.set_properties(gone, t.key("k"), rows), Exception);
    const std::vector<CreatedProperty> unfit_properties = {{0, t.key("k"), unfit}};
    CHECK_THROWS_AS(t.create_nodes(1, kinds, unfit_properties), Exception);
    const std::vector<Ends> to_nowhere = {{NodeId{0}, NodeId{4}, t.type("T")}};
    CHECK_THROWS_AS(t.create_relationships(to_nowhere, 1, {}), Exception);
    CHECK(t.counts() == expected);
}
