#include <chrono>
#include <iostream>

#include "islet/error.hpp"
#include "naive_model.hpp"

using namespace islet;
using namespace islet::test;

namespace {

const std::vector<std::string> label_names = {"Drug", "Target", "Condition"};
const std::vector<std::string> type_names = {"TREATS", "HITS", "RARE"};
const std::vector<std::string> key_names = {"count", "dose", "name", "approved", "list", "sparse"};

struct Built {
    Model model;
    Snapshot snapshot;
};

/// The same random graph twice: in the model and through the builder.
Built build(unsigned seed, std::uint32_t nodes, std::uint32_t relationships) {
    Random random(seed);
    GraphBuilder builder;
    Model model;
    for (std::uint32_t i = 0; i < nodes; ++i) {
        std::vector<LabelId> labels;
        for (const std::string& name : label_names) {
            // The last label stands only on nodes of one stretch.
            if (name == "Condition" ? i > nodes / 2 && i < nodes * 2 / 3 : below(random, 3) == 0) {
                labels.push_back(builder.label(name));
                model.nodes[i].labels.insert(name);
            }
        }
        if (!labels.empty()) labels.push_back(labels.front());  // repeats are allowed
        REQUIRE(builder.add_node(labels) == NodeId{i});
        model.nodes[i];
    }
    for (std::uint32_t i = 0; i < relationships; ++i) {
        const std::uint32_t type = below(random, 100) == 0 ? 2 : below(random, 2);
        const std::uint32_t source = below(random, nodes);
        const std::uint32_t target = below(random, 5) == 0 ? source : below(random, nodes);
        const std::size_t rel =
            builder.add_relationship(NodeId{source}, builder.type(type_names[type]), NodeId{target});
        REQUIRE(rel == i);
        model.relationships[i] = {source, target, type_names[type], {}};
    }
    for (std::uint32_t i = 0; nodes > 0 && i < nodes * 4; ++i) {
        const std::uint32_t key = below(random, 5);
        const std::uint32_t node = below(random, nodes);
        const Value value = below(random, 10) == 0 ? Value() : storable_value(random, key);
        builder.set_property(NodeId{node}, builder.key(key_names[key]), value);
        model.nodes[node].properties.erase(key_names[key]);
        if (!value.is_null()) model.nodes[node].properties.emplace(key_names[key], value);
    }
    for (std::uint32_t i = 0; i < nodes; i += 40) {
        builder.set_property(NodeId{i}, builder.key("sparse"), static_cast<int>(i));
        model.nodes[i].properties.insert_or_assign("sparse", static_cast<int>(i));
    }
    for (std::uint32_t i = 0; relationships > 0 && i < relationships * 2; ++i) {
        const std::uint32_t key = below(random, 5);
        const std::uint32_t rel = below(random, relationships);
        const Value value = storable_value(random, key);
        builder.set_relationship_property(rel, builder.key(key_names[key]), value);
        model.relationships[rel].properties.insert_or_assign(key_names[key], value);
    }
    return {std::move(model), builder.finish()};
}

std::vector<Value> column_values(const Snapshot& snapshot, const PropertyColumn& column,
                                 std::uint32_t bound) {
    std::vector<Value> values(bound);
    for (std::uint32_t id = 0; id < bound; ++id) {
        if (!column.has(id)) continue;
        const std::uint32_t i = id - column.first;
        switch (column.kind) {
            case Kind::boolean:
                values[id] = ((column.booleans[i / 64] >> (i % 64)) & 1U) != 0;
                break;
            case Kind::integer:
                values[id] = column.integers[i];
                break;
            case Kind::floating:
                values[id] = column.floats[i];
                break;
            case Kind::string:
                values[id] = snapshot.string(column.strings[i]);
                break;
            default:
                values[id] = column.generic[i];
        }
    }
    return values;
}

}  // namespace

TEST_CASE("a built graph is what was put in") {
    for (const auto& [nodes, relationships] : {std::pair(0U, 0U), std::pair(1U, 0U), std::pair(1U, 5U),
                                               std::pair(64U, 300U), std::pair(500U, 900U)}) {
        for (unsigned seed = 1; seed <= 3; ++seed) {
            CAPTURE(nodes, relationships, seed);
            const Built built = build(seed, nodes, relationships);
            CHECK(built.snapshot.pristine());
            check_same(built.model, built.snapshot, seed == 1 ? 1 : 50 * seed);
            check_stats(built.model, built.snapshot);
        }
    }
}

TEST_CASE("columns hold what property() answers") {
    const Built built = build(11, 300, 700);
    const Snapshot& graph = built.snapshot;
    std::size_t columns = 0;
    for (std::uint32_t i = 0; i < graph.key_count(); ++i) {
        if (const PropertyColumn* column = graph.node_column(KeyId{i})) {
            const std::vector<Value> values = column_values(graph, *column, graph.node_bound());
            for (std::uint32_t id = 0; id < values.size(); ++id) {
                REQUIRE(values[id] == graph.property(NodeId{id}, KeyId{i}));
            }
            ++columns;
        }
        if (const PropertyColumn* column = graph.rel_column(KeyId{i})) {
            const std::vector<Value> values = column_values(graph, *column, graph.rel_bound());
            for (std::uint32_t id = 0; id < values.size(); ++id) {
                REQUIRE(values[id] == graph.property(RelId{id}, KeyId{i}));
            }
            ++columns;
        }
    }
    CHECK(columns == 10);
    // Few of many: no column to read in bulk, but the values are there.
    const KeyId sparse = graph.find_key("sparse").value();
    CHECK(graph.node_column(sparse) == nullptr);
    CHECK(graph.property(NodeId{40}, sparse) == Value(40));
    CHECK(graph.property(NodeId{41}, sparse).is_null());
}

TEST_CASE("a column takes the one kind that its values have") {
    GraphBuilder builder;
    const NodeId a = builder.add_node();
    const NodeId b = builder.add_node();
    const auto column_kind = [&](auto fill) {
        const KeyId key = builder.key("k");
        fill(key);
        const Snapshot graph = builder.finish();
        builder.add_node();
        builder.add_node();
        const PropertyColumn* column = graph.node_column(key);
        REQUIRE(column != nullptr);
        return column->kind;
    };
    CHECK(column_kind([&](KeyId key) { builder.set_property(a, key, true); }) == Kind::boolean);
    CHECK(column_kind([&](KeyId key) { builder.set_property(b, key, 1); }) == Kind::integer);
    CHECK(column_kind([&](KeyId key) { builder.set_property(b, key, 1.5); }) == Kind::floating);
    CHECK(column_kind([&](KeyId key) { builder.set_property(a, key, "s"); }) == Kind::string);
    CHECK(column_kind([&](KeyId key) { builder.set_property(a, key, List{1}); }) == Kind::null);
    CHECK(column_kind([&](KeyId key) {
              builder.set_property(a, key, 1);
              builder.set_property(b, key, 1.0);
          }) == Kind::null);
    // What was written over or taken away no longer counts.
    CHECK(column_kind([&](KeyId key) {
              builder.set_property(a, key, 1);
              builder.set_property(b, key, List{1});
              builder.set_property(b, key, nullptr);
          }) == Kind::integer);
    CHECK(column_kind([&](KeyId key) {
              builder.set_property(a, key, "first");
              builder.set_property(a, key, 7);
              builder.set_property(a, key, "second");
          }) == Kind::string);
}

TEST_CASE("relationships that few of many nodes have are found from both ends") {
    GraphBuilder builder;
    for (int i = 0; i < 100'000; ++i) builder.add_node();
    const TypeId far = builder.type("FAR");
    const TypeId near = builder.type("NEAR");
    builder.add_relationship(NodeId{99'999}, far, NodeId{3});
    builder.add_relationship(NodeId{5}, far, NodeId{99'000});
    builder.add_relationship(NodeId{5}, far, NodeId{3});
    builder.add_relationship(NodeId{700}, near, NodeId{701});
    const Snapshot graph = builder.finish();
    const Adjacent out = graph.neighbours(NodeId{5}, far, Direction::out);
    REQUIRE(out.size() == 2);
    CHECK(out.nodes[0] == NodeId{3});
    CHECK(out.nodes[1] == NodeId{99'000});
    const Adjacent in = graph.neighbours(NodeId{3}, far, Direction::in);
    REQUIRE(in.size() == 2);
    CHECK(in.nodes[0] == NodeId{5});
    CHECK(in.nodes[1] == NodeId{99'999});
    CHECK(graph.ends(in.rel(1)).source == NodeId{99'999});
    for (const std::uint32_t none : {0U, 4U, 6U, 50'000U, 99'998U}) {
        CHECK(graph.neighbours(NodeId{none}, far, Direction::out).empty());
        CHECK(graph.neighbours(NodeId{none}, near, Direction::in).empty());
    }
    CHECK(graph.ends(RelId{3}).type == near);
    CHECK(graph.ends(RelId{3}).source == NodeId{700});
}

TEST_CASE("parallel relationships keep their order of adding") {
    GraphBuilder builder;
    const NodeId a = builder.add_node();
    const NodeId b = builder.add_node();
    const TypeId type = builder.type("T");
    const KeyId key = builder.key("n");
    for (int i = 0; i < 4; ++i)
        builder.set_relationship_property(builder.add_relationship(b, type, a), key, i);
    builder.add_relationship(a, type, b);
    const Snapshot graph = builder.finish();
    const Adjacent out = graph.neighbours(b, type, Direction::out);
    for (std::size_t i = 0; i < 4; ++i) CHECK(graph.property(out.rel(i), key) == Value(static_cast<int>(i)));
}

TEST_CASE("strings have codes") {
    GraphBuilder builder;
    const KeyId key = builder.key("name");
    for (int i = 0; i < 1000; ++i)
        builder.set_property(builder.add_node(), key, "s" + std::to_string(i % 100));
    builder.set_property(builder.add_node(), key, "");
    const Snapshot graph = builder.finish();
    const PropertyColumn* column = graph.node_column(key);
    REQUIRE(column != nullptr);
    CHECK(column->strings[5] == column->strings[105]);
    CHECK(column->strings[5] != column->strings[6]);
    const auto code = graph.find_string("s42");
    REQUIRE(code.has_value());
    CHECK(graph.string(*code) == "s42");
    CHECK(graph.find_string("").has_value());
    CHECK_FALSE(graph.find_string("s100").has_value());
    CHECK_FALSE(Snapshot().find_string("s42").has_value());
}

TEST_CASE("what no property can hold is refused") {
    GraphBuilder builder;
    const NodeId node = builder.add_node();
    const KeyId key = builder.key("k");
    for (const Value& value : {Value(Map{{"a", 1}}), Value(node), Value(RelId{0}), Value(List{List{Map{}}}),
                               Value(List{node}), Value(Path{{node}, {}})}) {
        try {
            builder.set_property(node, key, value);
            FAIL("accepted " << kind_name(value.kind()));
        } catch (const Exception& e) {
            CHECK(e.error().kind == "TypeError");
            CHECK(e.error().detail == "InvalidPropertyType");
            CHECK(e.error().phase == "runtime");
        }
    }
    CHECK(builder.finish().properties(node).empty());
}

TEST_CASE("an empty graph answers") {
    const Snapshot empty;
    CHECK(empty.node_count() == 0);
    CHECK(empty.pristine());
    CHECK_FALSE(empty.contains(NodeId{0}));
    CHECK_FALSE(empty.contains(RelId{0}));
    CHECK_FALSE(empty.contains(NodeId::none));
    CHECK(empty.neighbours(NodeId{0}, TypeId{0}, Direction::in).empty());
    CHECK(empty.property(NodeId{0}, KeyId{0}).is_null());
    CHECK(empty.count(LabelId{0}) == 0);
    CHECK(empty.count(TypeId{0}) == 0);
    std::vector<NodeId> none;
    CHECK(empty.scan(LabelId::none, NodeId{0}, 10, none) == NodeId::none);
    CHECK(empty.scan(LabelId{3}, NodeId{0}, 10, none) == NodeId::none);
    CHECK(none.empty());
    CHECK(empty.same_state(Snapshot()));
}

TEST_CASE("building a large graph takes no time to speak of", "[.][large]") {
    Random random(5);
    GraphBuilder builder;
    constexpr std::uint32_t nodes = 50'000;
    constexpr std::uint32_t relationships = 2'250'000;
    const TypeId types[] = {builder.type("A"), builder.type("B"), builder.type("C")};
    const KeyId key = builder.key("weight");
    for (std::uint32_t i = 0; i < nodes; ++i) builder.add_node();
    for (std::uint32_t i = 0; i < relationships; ++i) {
        const auto rel = builder.add_relationship(NodeId{below(random, nodes)}, types[below(random, 3)],
                                                  NodeId{below(random, nodes)});
        builder.set_relationship_property(rel, key, static_cast<int>(i));
    }
    const auto start = std::chrono::steady_clock::now();
    const Snapshot graph = builder.finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << "finish(): " << took.count() << " s\n";
    CHECK(graph.rel_count() == relationships);
    CHECK(took.count() < 5);
}
