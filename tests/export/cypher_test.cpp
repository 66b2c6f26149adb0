// An exported openCypher script, run on an empty database, gives the same graph.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "islet/database.hpp"
#include "islet/export.hpp"
#include "islet/knowledge.hpp"
#include "islet/parser.hpp"

using namespace islet;

namespace {

std::string golden(const std::string& name) {
    std::ifstream file(std::string(ISLET_SOURCE_DIR) + "/graph/tests/golden/" + name, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t run_script(Database& database, const std::string& script) {
    Session session = database.session();
    std::size_t statements = 0;
    for (const parser::Statement& statement : parser::split(script).statements) {
        if (statement.text.find_first_not_of(" \n;") == std::string_view::npos) continue;
        const auto result = session.run(statement.text);
        INFO((result ? std::string() : render(result.error(), statement.text)));
        REQUIRE(result);
        ++statements;
    }
    return statements;
}

std::string json(const Snapshot& snapshot) {
    std::ostringstream out;
    write_json(whole_graph(snapshot), out);
    return out.str();
}

std::string script(const Snapshot& snapshot) {
    std::ostringstream out;
    write_cypher(whole_graph(snapshot), out);
    return out.str();
}

}  // namespace

TEST_CASE("every kind of value comes back from one CREATE") {
    Database database;
    CHECK(run_script(database, golden("kinds.cypher")) == 1);
    CHECK(json(database.snapshot()) == golden("kinds.json"));
    CHECK(script(database.snapshot()) == golden("kinds.cypher"));
}

TEST_CASE("every kind of value comes back from statements of many rows") {
    Database many;
    run_script(many, golden("kinds.cypher"));
    run_script(
        many,
        "UNWIND range(1, 3000) AS i CREATE (:Many {i: i})-[:`Odd ``type` {at: i / 7.0}]->(:`_import`);"
        "MATCH (a:Many), (b:Kinds) WHERE a.i % 3 = 0 CREATE (a)-[:REL {since: date('2024-01-01')}]->(b);"
        "MATCH (a:Many), (b:Kinds) WHERE a.i % 500 = 0 CREATE (b)-[:REL]->(a), (b)-[:REL]->(a)");
    const std::string text = script(many.snapshot());
    Database again;
    CHECK(run_script(again, text) > 6);
    CHECK(json(again.snapshot()) == json(many.snapshot()));
    CHECK(script(again.snapshot()) == text);
}

TEST_CASE("the built-in knowledge base comes back from its script, beside what was there before") {
    const Snapshot base = KnowledgeBase::built_in().value().snapshot();
    Database database;
    run_script(database, script(base));
    CHECK(json(database.snapshot()) == json(base));
    Database with_more;
    run_script(with_more, "CREATE (:Before {x: 1});" + script(base) + "MATCH (n:Before) DELETE n");
    CHECK(json(with_more.snapshot()) == json(base));
}

TEST_CASE("reserved words and odd characters are names") {
    Database database;
    Session session = database.session();
    const std::string words[] = {"match", "NULL", "true", "end", "_",   "with space",
                                 "`",     "``x",  "é",    "1st", "a-b", "CREATE"};
    for (const std::string& word : words) {
        const std::string name = cypher_name(word);
        const auto result =
            session.run("CREATE (:" + name + " {" + name + ": 1})-[:" + name + " {" + name + ": 2}]->()");
        INFO(word << (result ? std::string() : render(result.error(), "")));
        REQUIRE(result);
    }
    Database again;
    run_script(again, script(database.snapshot()));
    CHECK(json(again.snapshot()) == json(database.snapshot()));
    for (const std::string& word : words) {
        INFO(word);
        CHECK(again.snapshot().find_label(word));
        CHECK(again.snapshot().find_type(word));
        CHECK(again.snapshot().find_key(word));
    }
}
