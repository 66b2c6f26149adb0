// What is refused, and in which words.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "islet/parser.hpp"

namespace {

using islet::parser::parse;
using islet::parser::SyntaxError;

struct Row {
    std::string text;
    std::string detail;
    std::string found;    ///< the text under the span
    std::string message;  ///< a part of it
    std::string hint{};   ///< a part of it
};

void check_all(std::vector<Row> const& rows) {
    for (Row const& row : rows) {
        INFO(row.text);
        auto const parsed = parse(row.text);
        auto const* error = std::get_if<SyntaxError>(&parsed);
        REQUIRE(error != nullptr);
        CHECK(error->detail == row.detail);
        REQUIRE(error->span.begin <= error->span.end);
        REQUIRE(error->span.end <= row.text.size());
        CHECK(row.text.substr(error->span.begin, error->span.end - error->span.begin) == row.found);
        CHECK_THAT(error->message, Catch::Contains(row.message));
        CHECK_THAT(error->hint, Catch::Contains(row.hint));
        if (row.hint.empty()) CHECK(error->hint.empty());
    }
}

std::string const unexpected = "UnexpectedSyntax";

}  // namespace

TEST_CASE("a misspelt keyword is guessed") {
    check_all(
        {{"MATHC (n) RETURN n", unexpected, "MATHC", "expected a clause", "did you mean `MATCH`?"},
         {"MATCH (n) RETRUN n", unexpected, "RETRUN", "the next clause or the end", "did you mean `RETURN`?"},
         {"OPTIONAL MACH (n)", unexpected, "MACH", "expected `MATCH`", "did you mean `MATCH`?"},
         {"MATCH (n) WHERE n.x ADN n.y RETURN n", unexpected, "ADN", "found `ADN`", "did you mean `AND`?"},
         {"RETURN n ODER BY n", unexpected, "ODER", "found `ODER`", "did you mean `ORDER`?"},
         {"RETURN DISTINC n", unexpected, "n", "found `n`", "did you mean `DISTINCT` instead of `DISTINC`?"},
         {"hello world", unexpected, "hello", "expected a clause such as MATCH"}});
}

TEST_CASE("an open bracket is shown") {
    check_all(
        {{"MATCH (n RETURN n", unexpected, "RETURN", "expected `)` to close the node pattern",
          "`(` at line 1, column 7 is not closed by `)`"},
         {"MATCH (a)-[r:T->(b) RETURN a", unexpected, "-", "expected `]` to close the relationship pattern",
          "`[` at line 1, column 11"},
         {"RETURN\n  [1, (2]", unexpected, "]", "`)` to close the parenthesis", "`(` at line 2, column 7"},
         {"RETURN {a: [1, 2", unexpected, "", "found the end of the query", "`[` at line 1, column 12"},
         {"RETURN 'ä', f(1", unexpected, "", "`,` or `)` to close the call", "`(` at line 1, column 14"},
         {"RETURN [[[]] AS literal", unexpected, "AS", "`,` or `]` to close the list",
          "`[` at line 1, column 8"},
         {"MATCH (n) RETURN n)", unexpected, ")", "the next clause or the end of the query"},
         {"MATCH (n) WHERE EXISTS { (n)-->() RETURN n", unexpected, "RETURN", "`}` to close the subquery",
          "`{` at line 1, column 24"}});
}

TEST_CASE("what is missing is named") {
    check_all({{"RETURN", unexpected, "", "expected an expression, found the end of the query"},
               {"RETURN 1 +", unexpected, "", "expected an expression"},
               {"RETURN [, ]", unexpected, ",", "expected an expression, found `,`"},
               {"RETURN {1: 2}", unexpected, "1", "expected a key"},
               {"RETURN {a.b: 2}", unexpected, ".", "expected `:` after the key"},
               {"MATCH (n) WHERE RETURN n", unexpected, "RETURN", "expected an expression, found `RETURN`"},
               {"MATCH n RETURN n", unexpected, "n", "expected a pattern such as",
                "a node stands in parentheses: `(n)`"},
               {"MATCH (n:) RETURN n", unexpected, ")", "expected a label"},
               {"MATCH (a)-(b) RETURN a", unexpected, "(", "expected `-` or `->` after the relationship"},
               {"MATCH (a)-->RETURN a", unexpected, "RETURN", "expected a node such as"},
               {"RETURN n ORDER n.x", unexpected, "n", "expected `BY`"},
               {"UNWIND [1] RETURN 1", unexpected, "RETURN", "expected `AS` and a name"},
               {"RETURN CASE x 1 END", unexpected, "1", "expected `WHEN`"},
               {"MATCH (n) SET n.x 1", unexpected, "1", "expected `=` and a value"},
               {"MATCH (n) SET 1 = 2", unexpected, "1",
                "expected a property such as `n.name` or `n[key]`, or a variable"},
               {"MATCH (n) REMOVE n", unexpected, "", "expected `.` and a property, or `:` and a label"},
               {"MERGE (n) ON SET n.x = 1", unexpected, "SET", "expected `CREATE SET` or `MATCH SET`"},
               {"CALL", unexpected, "", "expected a procedure"},
               {"RETURN $", unexpected, "", "the name or number of a parameter"},
               {"EXPLAIN", unexpected, "", "expected a clause"},
               {"EXPLAIN EXPLAIN RETURN 1", unexpected, "EXPLAIN", "expected a clause"},
               {"RETURN 1 UNION", unexpected, "", "expected a clause"}});
}

TEST_CASE("keywords as names need back quotes") {
    check_all({{"MATCH (order:Order) RETURN 1", unexpected, "order", "to close the node pattern",
                "`order` is a keyword"},
               {"RETURN order.total", unexpected, "order", "expected an expression", "back quotes"}});
}

TEST_CASE("operators of other languages") {
    check_all({{"RETURN a == b", unexpected, "=", "expected an expression", "a single `=`"},
               {"RETURN a != b", unexpected, "!=", "the next clause", "`<>` compares"},
               {"RETURN a = NOT b", unexpected, "NOT", "`NOT` may not follow", "parentheses"},
               {"RETURN (:A)", unexpected, "(:A)", "needs a relationship", "EXISTS { (a) }"},
               {"MATCH ()-[:T..]->() RETURN 1", "InvalidRelationshipPattern", "..", "needs `*` before it",
                "`*1..3`"}});
}

TEST_CASE("literals that are none") {
    check_all({{"RETURN 12h3", "InvalidNumberLiteral", "12h3", "`12h3` is not a number", "digit"},
               {"RETURN 0x", "InvalidNumberLiteral", "0x", "`0x` is not a number", "a-f"},
               {"RETURN 0x1g", "InvalidNumberLiteral", "0x1g", "not a number", "a-f"},
               {"RETURN 0o8", "InvalidNumberLiteral", "0o8", "not a number", "0-7"},
               {"RETURN 017", "InvalidNumberLiteral", "017", "not a number", "0o"},
               {"RETURN 1#2", unexpected, "#", "found `#`"},
               {"RETURN 9223372036854775808", "IntegerOverflow", "9223372036854775808", "64 bits",
                "9223372036854775807"},
               {"RETURN -9223372036854775809", "IntegerOverflow", "-9223372036854775809", "64 bits",
                "9223372036854775807"},
               {"RETURN 0x8000000000000000", "IntegerOverflow", "0x8000000000000000", "64 bits",
                "9223372036854775807"},
               {"MATCH ()-[*99999999999999999999]-() RETURN 1", "IntegerOverflow", "99999999999999999999",
                "64 bits", "9223372036854775807"},
               {"RETURN 1.34E999", "FloatingPointOverflow", "1.34E999", "too large"},
               {R"(RETURN '\uH')", "InvalidUnicodeLiteral", R"(\u)", "four hexadecimal digits"},
               {R"(RETURN '\uD800')", "InvalidUnicodeLiteral", R"(\uD800)", "no Unicode character"},
               {R"(RETURN '\UFFFFFFFF')", "InvalidUnicodeLiteral", R"(\UFFFFFFFF)", "no Unicode character"},
               {R"(RETURN '\q')", unexpected, R"(\q)", "is no escape", "backslash"},
               {"RETURN 'abc\nd", unexpected, "'abc", "never closed"},
               {"RETURN 'abc\\", unexpected, "'abc\\", "never closed"},
               {"RETURN `abc", unexpected, "`abc", "never closed"},
               {"RETURN 1 /* abc", unexpected, "/*", "found `/*`", "comment"}});
}

TEST_CASE("characters that only look like openCypher's") {
    check_all(
        {{"RETURN 42 \u2014 41", "InvalidUnicodeCharacter", "\u2014", "has no meaning", "did you mean `-`?"},
         {"RETURN \u201Ca\u201D", "InvalidUnicodeCharacter", "\u201C", "has no meaning",
          "did you mean `\"`?"},
         {"RETURN \u20AC", "InvalidUnicodeCharacter", "\u20AC", "has no meaning"}});
}

TEST_CASE("the text as a whole") {
    check_all(
        {{"", unexpected, "", "the query is empty", "MATCH"},
         {" // nothing\n", unexpected, "", "the query is empty", "MATCH"},
         {";", unexpected, ";", "expected a clause"},
         {"RETURN 1; RETURN 2", unexpected, "RETURN", "a second query begins here", "one after another"},
         {"RETURN 1;;", unexpected, ";", "second query", "one after another"},
         {"RETURN '\xFF'", "InvalidUnicodeCharacter", "\xFF", "byte 8", "UTF-8"},
         {"RETURN '\xC3", "InvalidUnicodeCharacter", "\xC3", "byte 8", "UTF-8"},
         {"RETURN '\xED\xA0\x80'", "InvalidUnicodeCharacter", "\xED", "byte 8", "UTF-8"},
         {"CALL p() YIELD * RETURN 1", unexpected, "*", "only where the call is the whole query",
          "name the columns"}});
}
