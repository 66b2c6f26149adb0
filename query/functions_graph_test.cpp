// Functions of nodes, relationships and paths, and of those that were deleted.
#include "functions_test_support.hpp"

namespace islet::query {
namespace {

using test::check;
using test::outcome;

/// (:A:B {name: 'a', level: 1})-[:KNOWS {since: 2015}]->()
Snapshot small_graph() {
    GraphBuilder builder;
    const std::vector<LabelId> labels = {builder.label("A"), builder.label("B")};
    const NodeId first = builder.add_node(labels);
    const NodeId second = builder.add_node();
    builder.set_property(first, builder.key("name"), "a");
    builder.set_property(first, builder.key("level"), 1);
    const auto rel = builder.add_relationship(first, builder.type("KNOWS"), second);
    builder.set_relationship_property(rel, builder.key("since"), 2015);
    return builder.finish();
}

TEST_CASE("nodes, relationships and paths tell what they are") {
    const Snapshot snapshot = small_graph();
    const NodeId a{0};
    const NodeId b{1};
    const RelId r{0};
    const Path path{{a, b}, {r}};
    check(
        {
            {"id", {a}, "0"},
            {"id", {b}, "1"},
            {"id", {r}, "0"},
            {"elementId", {b}, "'n1'"},
            {"elementId", {r}, "'r0'"},
            {"labels", {a}, "['A', 'B']"},
            {"labels", {b}, "[]"},
            {"labels", {r}, "TypeError InvalidArgumentValue"},
            {"labels", {1}, "TypeError InvalidArgumentValue"},
            {"type", {r}, "'KNOWS'"},
            {"type", {a}, "TypeError InvalidArgumentValue"},
            {"startNode", {r}, "(:A:B {level: 1, name: 'a'})"},
            {"endNode", {r}, "()"},
            {"properties", {a}, "{level: 1, name: 'a'}"},
            {"properties", {b}, "{}"},
            {"properties", {r}, "{since: 2015}"},
            {"properties", {Map{{"x", 1}}}, "{x: 1}"},
            {"properties", {1}, "TypeError InvalidArgumentValue"},
            {"keys", {r}, "['since']"},
            {"keys", {b}, "[]"},
            {"keys", {Map{{"k", 1}, {"l", Value()}}}, "['k', 'l']"},
            {"length", {path}, "1"},
            {"length", {Path{{a}, {}}}, "0"},
            {"length", {a}, "TypeError InvalidArgumentValue"},
            {"relationships", {path}, "[[:KNOWS {since: 2015}]]"},
            {"nodes", {Path{{b}, {}}}, "[()]"},
            {"size", {path}, "TypeError InvalidArgumentValue"},
            {"toString", {a}, "TypeError InvalidArgumentValue"},
            {"toInteger", {r}, "TypeError InvalidArgumentValue"},
            {"toFloat", {path}, "TypeError InvalidArgumentValue"},
            {"valueType", {a}, "'NODE NOT NULL'"},
            {"valueType", {List{r, a}}, "'LIST<NODE NOT NULL | RELATIONSHIP NOT NULL> NOT NULL'"},
        },
        snapshot);
    CHECK(test::run("keys", {a}, snapshot).as_list().size() == 2);
    CHECK(property_of(snapshot, a, "name") == Value("a"));
    CHECK(property_of(snapshot, a, "never_heard_of").is_null());
    CHECK(property_of(snapshot, r, "since") == Value(2015));
    std::uint64_t random = 0;
    const FunctionContext context{snapshot, random};
    CHECK(subscript(context, a, "name") == Value("a"));
    CHECK(outcome(snapshot, [&] { return subscript(context, a, 0); }) ==
          "TypeError MapElementAccessByNonString");
}

TEST_CASE("what a transaction deleted still tells its id, type and ends, and nothing else") {
    Graph graph(small_graph());
    Transaction transaction(graph);
    const Value a = NodeId{0};
    const Value r = RelId{0};
    transaction.remove_relationship(RelId{0});
    transaction.remove_node(NodeId{0});
    const Snapshot& view = transaction.view();
    check(
        {
            {"id", {a}, "0"},
            {"elementId", {r}, "'r0'"},
            {"type", {r}, "'KNOWS'"},
            {"labels", {a}, "EntityNotFound DeletedEntityAccess"},
            {"keys", {a}, "EntityNotFound DeletedEntityAccess"},
            {"properties", {r}, "EntityNotFound DeletedEntityAccess"},
        },
        view);
    CHECK(test::run("startNode", {r}, view) == a);
    CHECK(test::run("endNode", {r}, view) == Value(NodeId{1}));
    CHECK(outcome(view, [&] { return property_of(view, r, "since"); }) ==
          "EntityNotFound DeletedEntityAccess");
    CHECK(outcome(view, [&] { return property_of(view, a, "no_such_key"); }) ==
          "EntityNotFound DeletedEntityAccess");
    std::uint64_t random = 0;
    const FunctionContext context{view, random};
    CHECK(outcome(view, [&] { return subscript(context, a, "name"); }) ==
          "EntityNotFound DeletedEntityAccess");
}

TEST_CASE("of what is not there nothing can be read") {
    const Snapshot empty;
    const std::vector<Value> gone = {NodeId{3}, RelId{3}};
    for (const Value& entity : gone) {
        for (const std::string_view name : {"keys", "properties"}) {
            CHECK(outcome(empty, [&] { return test::run(name, {entity}, empty); }) ==
                  "EntityNotFound DeletedEntityAccess");
        }
        CHECK(outcome(empty, [&] { return property_of(empty, entity, "num"); }) ==
              "EntityNotFound DeletedEntityAccess");
    }
    CHECK(outcome(empty, [&] { return test::run("labels", {NodeId{3}}, empty); }) ==
          "EntityNotFound DeletedEntityAccess");
}

}  // namespace
}  // namespace islet::query
