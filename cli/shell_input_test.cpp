#include "shell_input.hpp"

#include <catch2/catch.hpp>

using namespace islet::cli;

namespace {

std::vector<Input> feed_all(InputReader& reader, const std::vector<std::string>& lines) {
    std::vector<Input> all;
    for (const std::string& line : lines) {
        for (Input& input : reader.feed(line)) all.push_back(std::move(input));
    }
    return all;
}

}  // namespace

TEST_CASE("what begins like openCypher is a query") {
    for (const char* line : {"MATCH (n) RETURN n",
                             "match (n)",
                             "  MATCH p = (a)-->(b)",
                             "MATCH",
                             "OPTIONAL MATCH (n)",
                             "RETURN 1",
                             "return count(*)",
                             "RETURN n.name AS name",
                             "UNWIND [1, 2] AS x",
                             "WITH 1 AS x",
                             "WITH x.y AS z RETURN z",
                             "CALL graph.components()",
                             "CALL { RETURN 1 }",
                             "EXPLAIN MATCH (n) RETURN n",
                             "profile return 1",
                             "CITE MATCH (n) RETURN n",
                             "// a comment",
                             "/* a comment */ RETURN 1",
                             "CREATE (:A)",
                             "MERGE (a:A)",
                             "MATCH shortestPath((a)-[*]-(b))",
                             "MATCH ANY SHORTEST (a)-->(b)",
                             "LOAD CSV FROM 'x' AS row",
                             "MTCH (d:Drug)-[:HAS_TARGET]->(t) RETURN t",
                             "SET n.name = 'x'",
                             "CREATE CONSTRAINT FOR (d:Drug) REQUIRE d.id IS UNIQUE",
                             "create constraint drug_id if not exists FOR (d:Drug) REQUIRE d.id IS UNIQUE",
                             "CREATE FULLTEXT INDEX names FOR (n:Drug) ON EACH [n.name]",
                             "DROP INDEX names",
                             "drop constraint c IF EXISTS",
                             "SHOW INDEXES",
                             "show procedures YIELD name",
                             "RETURN NOT true"}) {
        INFO(line);
        CHECK(begins_like_query(line));
    }
}

TEST_CASE("a question may begin with a keyword's word") {
    for (const char* line :
         {"targeted drugs for VHL-related pNET", "with which drugs is a gastrinoma treated?",
          "match everolimus to its targets", "call a doctor for what?", "create a list of drugs",
          "profile of everolimus", "explain PRRT", "set of drugs for insulinoma",
          "return to surgery after everolimus?", "optional treatments of pNET", "load of side effects",
          "what does Cancer.Net say?", "drugs (approved)", "cite the sources on lanreotide", "delete",
          "show procedures for insulinoma", "show side effects", "drop in blood sugar after surgery?",
          "create a text on drugs"}) {
        INFO(line);
        CHECK_FALSE(begins_like_query(line));
    }
}

TEST_CASE("a query goes on to its semicolon, a question and a command end with the line") {
    InputReader reader;
    CHECK(reader.feed("MATCH (n)").empty());
    CHECK(reader.pending());
    CHECK(reader.feed("").empty());
    CHECK(reader.feed("RETURN ';' AS x // not here ;").empty());
    const auto done = reader.feed(";");
    REQUIRE(done.size() == 1);
    CHECK(done.front().kind == InputKind::query);
    CHECK(done.front().text.find("RETURN ';' AS x") != std::string::npos);
    CHECK_FALSE(reader.pending());

    CHECK(reader.feed("which drugs?") == std::vector<Input>{{InputKind::question, "which drugs?"}});
    CHECK(reader.feed(":mode json ") == std::vector<Input>{{InputKind::command, "mode json"}});
    CHECK(reader.feed(".help") == std::vector<Input>{{InputKind::command, "help"}});
    CHECK(reader.feed("   ").empty());
    CHECK(reader.feed(";").empty());
}

TEST_CASE("several statements on a line, and a last one without its semicolon") {
    InputReader reader;
    const auto inputs = feed_all(reader, {"RETURN 1; RETURN 2; RETURN", "3"});
    REQUIRE(inputs.size() == 2);
    CHECK(trimmed(inputs[0].text) == "RETURN 1");
    CHECK(trimmed(inputs[1].text) == "RETURN 2");
    REQUIRE(reader.pending());
    const auto last = reader.finish();
    REQUIRE(last);
    CHECK(last->text == "RETURN\n3");
    CHECK_FALSE(reader.finish());
}

TEST_CASE("inside of a query nothing is a command or a question") {
    InputReader reader;
    const auto inputs = feed_all(reader, {"MATCH (n", ":Drug) RETURN n;"});
    REQUIRE(inputs.size() == 1);
    CHECK(trimmed(inputs[0].text) == "MATCH (n\n:Drug) RETURN n");
}

TEST_CASE("some commands are understood without their colon, alone on a line") {
    InputReader reader;
    CHECK(reader.feed("BEGIN;") == std::vector<Input>{{InputKind::command, "begin"}});
    CHECK(reader.feed(" commit ") == std::vector<Input>{{InputKind::command, "commit"}});
    CHECK(reader.feed("exit") == std::vector<Input>{{InputKind::command, "quit"}});
    CHECK(reader.feed("help me") == std::vector<Input>{{InputKind::question, "help me"}});
    CHECK(reader.feed("begin with sunitinib?").front().kind == InputKind::question);
}
