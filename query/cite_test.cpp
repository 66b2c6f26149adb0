// CITE: the evidence of every row, whatever the query does on the way to it.
#include <catch2/catch.hpp>

#include "islet/database.hpp"

namespace {

using islet::Database;
using islet::Result;
using islet::Value;

/// Two sources say that a treats x, one that b treats x; a relationship without a source and a statement
/// that is a node stand beside.
Database cited() {
    islet::GraphBuilder builder;
    const auto drug = builder.label("Drug");
    const auto condition = builder.label("Condition");
    const auto claim = builder.label("Claim");
    const auto treats = builder.type("TREATS");
    const auto about = builder.type("ABOUT");
    const auto name = builder.key("name");
    const auto source = builder.key("source");
    const auto lines = builder.key("lines");
    const auto node = [&](islet::LabelId label, const char* text) {
        const islet::NodeId made = builder.add_node(std::span(&label, 1));
        builder.set_property(made, name, Value(text));
        return made;
    };
    const auto a = node(drug, "a");
    const auto b = node(drug, "b");
    const auto x = node(condition, "x");
    const auto c = node(claim, "c");
    builder.set_property(c, source, Value("third"));
    const auto say = [&](islet::NodeId from, const char* who, const char* where) {
        const std::size_t rel = builder.add_relationship(from, treats, x);
        if (who == nullptr) return;
        builder.set_relationship_property(rel, source, Value(who));
        builder.set_relationship_property(rel, lines, Value(where));
    };
    say(a, "first", "1-2");
    say(a, "second", "7");
    say(b, "first", "3");
    say(b, nullptr, nullptr);
    builder.add_relationship(c, about, a);
    islet::Catalog catalog;
    catalog.evidence = {"source", "lines"};
    builder.set_catalog(catalog);
    return Database(builder.finish());
}

/// One text a row: the columns' values, then the sources as `source:lines`.
std::vector<std::string> rows(const std::string& query) {
    Database db = cited();
    islet::Session session = db.session();
    const Result result = session.run(query).value();
    REQUIRE(result.columns().back() == "sources");
    std::vector<std::string> out;
    for (const islet::Row& row : result) {
        std::string text;
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            if (row[i].kind() == islet::Kind::string) text += std::string(row[i].as_string());
            if (row[i].kind() == islet::Kind::integer) text += std::to_string(row[i].as_int());
            text += ' ';
        }
        for (const Value& each : row.back().as_list()) {
            const islet::Map& map = each.as_map();
            text += std::string(map.find("source")->as_string()) + ":";
            if (const Value* lines = map.find("lines")) text += std::string(lines->as_string());
            text += ' ';
        }
        text.pop_back();
        out.push_back(text);
    }
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("CITE gives each row its own statement, returned or not") {
    CHECK(rows("CITE MATCH (d:Drug)-[:TREATS]->(c) RETURN d.name, c.name") ==
          Texts{"a x first:1-2", "a x second:7", "b x first:3", "b x"});
}

TEST_CASE("CITE gives a group the statements of all its rows, each once") {
    CHECK(rows("CITE MATCH (d:Drug)-[:TREATS]->() RETURN d.name, count(*) ORDER BY d.name") ==
          Texts{"a 2 first:1-2 second:7", "b 2 first:3"});
    CHECK(rows("CITE MATCH ()-[:TREATS]->() RETURN count(*)") == Texts{"4 first:1-2 first:3 second:7"});
    CHECK(rows("CITE MATCH (n:Nothing) RETURN count(*)") == Texts{"0"});
}

TEST_CASE("CITE gives rows that DISTINCT makes one the statements of all") {
    CHECK(rows("CITE MATCH (d:Drug)-[:TREATS]->(c) RETURN DISTINCT d.name ORDER BY d.name DESC LIMIT 1") ==
          Texts{"b first:3"});
    CHECK(rows("CITE MATCH (d:Drug)-[:TREATS]->(c) WITH DISTINCT c RETURN c.name") ==
          Texts{"x first:1-2 first:3 second:7"});
}

TEST_CASE("CITE follows rows through WITH, OPTIONAL MATCH, subqueries and trails") {
    CHECK(rows("CITE MATCH (d:Drug {name: 'a'})-[:TREATS]->(c) WITH d, c LIMIT 1 "
               "MATCH (k:Claim)-[:ABOUT]->(d) RETURN k.name") == Texts{"c first:1-2 third:"});
    CHECK(rows("CITE MATCH (d:Drug) OPTIONAL MATCH (d)<-[:ABOUT]-(k) RETURN d.name ORDER BY d.name") ==
          Texts{"a third:", "b"});
    CHECK(rows("CITE MATCH (d:Drug {name: 'b'}) CALL (d) { MATCH (d)-[:TREATS]->(c) RETURN count(*) AS n } "
               "RETURN n") == Texts{"2 first:3"});
    CHECK(rows("CITE MATCH (k:Claim)-[*2]->(c:Condition) RETURN DISTINCT c.name") ==
          Texts{"x first:1-2 second:7 third:"});
}

TEST_CASE("CITE brings the statements of what UNION makes one together") {
    CHECK(rows("CITE MATCH (d:Drug {name: 'a'})-[:TREATS]->(c) RETURN c.name AS n "
               "UNION MATCH (d:Drug {name: 'b'})-[:TREATS]->(c) RETURN c.name AS n") ==
          Texts{"x first:1-2 first:3 second:7"});
    CHECK(rows("CITE MATCH (d:Drug {name: 'a'})<--(k) RETURN k.name AS n "
               "UNION ALL MATCH (d:Drug {name: 'b'}) RETURN d.name AS n") == Texts{"c third:", "b"});
}

TEST_CASE("CITE says why it cannot") {
    Database db;
    islet::Session session = db.session();
    CHECK(session.run("CITE MATCH (n) RETURN n").error().detail == "NoEvidence");
    Database other = cited();
    islet::Session second = other.session();
    CHECK(second.run("CITE CREATE (:N)").error().detail == "NoColumns");
}
