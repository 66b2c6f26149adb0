#include "islet/catalog.hpp"

#include <catch2/catch.hpp>

#include "islet/constraints.hpp"
#include "islet/error.hpp"
#include "islet/graph.hpp"
#include "islet/index.hpp"

using namespace islet;

namespace {

Catalog everything() {
    Catalog catalog;
    catalog.evidence = {"source", "lines"};
    GraphSchema schema;
    schema.labels = {{"Treatment", {}, true, {}},
                     {"Drug",
                      {"Treatment"},
                      false,
                      {{"name", {{Kind::string, false}}, {}, true, true},
                       {"routes", {{Kind::string, true}}, {"oral", "injection"}, false, false}}},
                     {"Target", {}, false, {}}};
    schema.types = {
        {"HAS_TARGET", {"Drug"}, {"Target"}, {{"since", {{Kind::integer, false}}, {}, false, false}}}};
    catalog.schema = schema;
    catalog.constraints = {{"drug_id", Owner::node, "Drug", {"id"}, Constraint::Rule::unique, {}},
                           {"year",
                            Owner::relationship,
                            "HAS_TARGET",
                            {"since"},
                            Constraint::Rule::type,
                            {{Kind::integer, false}}}};
    catalog.indexes = {{"names", IndexDefinition::Kind::fulltext, Owner::node, {"Drug", "Target"}, {"name"}}};
    return catalog;
}

std::string message_of(const std::string& json) {
    try {
        catalog_from_json(json);
    } catch (const Exception& exception) {
        return exception.error().place + " " + exception.error().message;
    }
    return {};
}

/// What a transaction says of itself.
template <class Write>
std::string breach(Graph& graph, Write write) {
    Transaction transaction(graph);
    write(transaction);
    try {
        transaction.check();
    } catch (const Exception& exception) {
        CHECK(exception.error().kind == "ConstraintValidationFailed");
        return exception.error().message;
    }
    transaction.commit();
    return {};
}

NodeId add(Transaction& transaction, std::string_view label, std::string_view key, const Value& value) {
    const NodeId node = transaction.create_node();
    transaction.add_label(node, transaction.label(label));
    transaction.set_property(node, transaction.key(key), value);
    return node;
}

void give(Graph& graph, Catalog catalog) {
    Transaction transaction(graph);
    transaction.set_catalog(std::move(catalog));
    transaction.commit();
}

}  // namespace

TEST_CASE("a catalog comes back from its JSON") {
    const Catalog catalog = everything();
    CHECK(catalog_from_json(to_json(catalog)) == catalog);
    CHECK(to_json(Catalog{}) == "{}");
    CHECK(catalog_from_json("{}") == Catalog{});
    CHECK(schema_from_json(to_json(*catalog.schema)) == *catalog.schema);
}

TEST_CASE("a catalog's JSON is refused with its place") {
    CHECK(message_of("{") == "# not valid JSON at byte 1: Missing a name for object member.");
    CHECK(message_of(R"({"evidense": []})") == "#/evidense `evidense` is no member of this object");
    CHECK(message_of(R"({"schema": {"labels": {"A": {"is_a": ["B"]}}}})") ==
          "#/schema/labels/A/is_a the schema has no label `B`");
    CHECK(message_of(R"({"schema": {"labels": {"A": {"properties": {"x": "TEXT"}}}}})") ==
          "#/schema/labels/A/properties/x `TEXT` is no type of a property");
    CHECK(message_of(R"({"constraints": [{"name": "c", "label": "A", "keys": ["x"], "rule": "odd"}]})") ==
          "#/constraints/0/rule `odd` is none of unique, exists, key, type");
    CHECK(message_of(R"({"indexes": [{"name": "i"}]})") ==
          "#/indexes/0 an index needs `name`, `labels` and `keys`");
}

TEST_CASE("shapes of values have names") {
    CHECK(to_text(*read_shapes("list< string not null > | INT")) == "LIST<STRING> | INTEGER");
    CHECK(to_text(*read_shapes("zoned  datetime")) == "ZONED DATETIME");
    CHECK(read_shapes("ANY")->empty());
    CHECK_FALSE(read_shapes("LIST STRING"));
    CHECK_FALSE(read_shapes(""));
    CHECK(has_shape(Value(List{Value("a")}), {{Kind::string, true}}));
    CHECK_FALSE(has_shape(Value(List{Value("a"), Value(1)}), {{Kind::string, true}}));
    CHECK(has_shape(Value(List{}), {{Kind::integer, true}}));
    CHECK_FALSE(has_shape(Value(1), {{Kind::floating, false}}));
}

TEST_CASE("what must be unique is, in the base, in the delta and across both") {
    GraphBuilder builder;
    const LabelId drug = builder.label("Drug");
    for (int i = 0; i < 100; ++i) {
        const NodeId node = builder.add_node({{drug}});
        builder.set_property(node, builder.key("id"), Value(i));
    }
    Graph graph(builder.finish());
    Catalog catalog;
    catalog.constraints = {{"drug_id", Owner::node, "Drug", {"id"}, Constraint::Rule::unique, {}}};
    give(graph, catalog);

    CHECK(breach(graph, [](Transaction& t) { add(t, "Drug", "id", 7.0); }) ==
          "constraint `drug_id`: node 7 and node 100 have both the label `Drug` and `id` = 7.0");
    CHECK(breach(graph, [](Transaction& t) { add(t, "Drug", "id", 200); }).empty());
    CHECK(breach(graph, [](Transaction& t) { add(t, "Drug", "id", 200); }) ==
          "constraint `drug_id`: node 100 and node 101 have both the label `Drug` and `id` = 200");
    CHECK(breach(graph, [](Transaction& t) {
              add(t, "Drug", "id", 300);
              add(t, "Drug", "id", 300);
          }) == "constraint `drug_id`: node 101 and node 102 have both the label `Drug` and `id` = 300");
    // What has no label or no value is free; the value of one that gave it up too.
    CHECK(breach(graph, [](Transaction& t) { add(t, "Other", "id", 7); }).empty());
    CHECK(breach(graph, [](Transaction& t) {
              t.set_property(NodeId{7}, t.key("id"), Value());
              add(t, "Drug", "id", 7);
          }).empty());
    CHECK(breach(graph, [](Transaction& t) { t.add_label(NodeId{101}, t.label("Drug")); }) ==
          "constraint `drug_id`: node 101 and node 102 have both the label `Drug` and `id` = 7");
}

TEST_CASE("a constraint is refused where the graph breaks it, and nothing changes") {
    Graph graph;
    {
        Transaction transaction(graph);
        add(transaction, "Drug", "id", "a");
        add(transaction, "Drug", "id", "a");
        transaction.commit();
    }
    Catalog catalog;
    catalog.constraints = {{"drug_id", Owner::node, "Drug", {"id"}, Constraint::Rule::unique, {}}};
    Transaction transaction(graph);
    CHECK_THROWS_AS(transaction.set_catalog(catalog), Exception);
    CHECK(transaction.view().catalog().empty());
    catalog.constraints.front().keys = {"name"};
    catalog.constraints.front().rule = Constraint::Rule::exists;
    CHECK_THROWS_WITH(transaction.set_catalog(catalog),
                      "constraint `drug_id`: node 0 has the label `Drug` but no `name`");
}

TEST_CASE("keys of several properties, and relationships") {
    Graph graph;
    Catalog catalog;
    catalog.constraints = {{"place", Owner::node, "Line", {"file", "number"}, Constraint::Rule::key, {}},
                           {"once", Owner::relationship, "NEXT", {"id"}, Constraint::Rule::unique, {}}};
    give(graph, catalog);
    const auto line = [](Transaction& t, const Value& file, const Value& number) {
        const NodeId node = add(t, "Line", "file", file);
        t.set_property(node, t.key("number"), number);
        return node;
    };
    CHECK(breach(graph, [&](Transaction& t) { line(t, "a", 1), line(t, "a", 2), line(t, "b", 1); }).empty());
    CHECK(
        breach(graph, [&](Transaction& t) { line(t, "a", 2); }) ==
        "constraint `place`: node 1 and node 3 have both the label `Line` and `file` = 'a' and `number` = 2");
    CHECK(breach(graph, [&](Transaction& t) { line(t, "a", Value()); }) ==
          "constraint `place`: node 3 has the label `Line` but no `number`");
    const auto next = [](Transaction& t) {
        t.set_property(t.create_relationship(NodeId{0}, t.type("NEXT"), NodeId{1}), t.key("id"), Value("x"));
    };
    CHECK(breach(graph, next).empty());
    CHECK(breach(graph, next).find("constraint `once`: the relationship from node 0 to node 1 and") == 0);
}

TEST_CASE("a schema holds what it says") {
    Graph graph;
    Catalog catalog = everything();
    catalog.constraints.clear();
    give(graph, catalog);
    const auto drug = [](Transaction& t, const Value& name) {
        const NodeId node = add(t, "Drug", "name", name);
        t.add_label(node, t.label("Treatment"));
        return node;
    };
    CHECK(breach(graph, [&](Transaction& t) {
              const NodeId target = t.create_node();
              t.add_label(target, t.label("Target"));
              const RelId rel = t.create_relationship(drug(t, "a"), t.type("HAS_TARGET"), target);
              t.set_property(rel, t.key("source"), Value("somebody"));
          }).empty());
    CHECK(breach(graph, [&](Transaction& t) { add(t, "Drug", "name", "b"); }) ==
          "schema: node 2 has the label `Drug` but not `Treatment`, which each of these has too");
    CHECK(breach(graph, [&](Transaction& t) { add(t, "Treatment", "source", "b"); }) ==
          "schema: node 2 has the label `Treatment`, which is abstract, but no label that is one of it");
    CHECK(breach(graph, [&](Transaction& t) { add(t, "Drog", "name", "b"); }) ==
          "schema: node 2 has the label `Drog`, which the schema does not name");
    CHECK(breach(graph, [&](Transaction& t) { drug(t, 1); }) ==
          "schema: `name` of node 2 with the label `Drug` is 1 (INTEGER), not STRING");
    CHECK(breach(graph, [&](Transaction& t) { drug(t, Value()); }) ==
          "schema: node 2 has the label `Drug` but no `name`");
    CHECK(breach(graph, [&](Transaction& t) { drug(t, "a"); }).find("schema: node ") == 0);
    CHECK(breach(graph, [&](Transaction& t) { t.set_property(drug(t, "b"), t.key("nam"), Value(1)); }) ==
          "schema: node 2 has the property `nam`, which the schema does not give it");
    CHECK(breach(graph, [&](Transaction& t) {
              t.set_property(drug(t, "b"), t.key("routes"), Value(List{Value("oral"), Value("nasal")}));
          }) == "schema: `routes` of node 2 is ['oral', 'nasal'], which is not in the schema's list");
    CHECK(breach(graph, [&](Transaction& t) {
              t.create_relationship(NodeId{0}, t.type("HAS_TARGET"), NodeId{0});
          }).find("must have the label") != std::string::npos);
    // A label that goes may take a relationship's right to be there with it.
    CHECK(breach(graph, [&](Transaction& t) {
              t.remove_label(NodeId{0}, t.label("Target"));
              t.add_label(NodeId{0}, t.label("Drug"));
              t.add_label(NodeId{0}, t.label("Treatment"));
              t.set_property(NodeId{0}, t.key("name"), Value("c"));
          }).find("must have the label `Target`") != std::string::npos);
}
