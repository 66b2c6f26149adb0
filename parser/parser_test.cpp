// The limits: nesting, length, threads.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "islet/parser.hpp"

namespace {

namespace ast = islet::ast;
using islet::parser::parse;
using islet::parser::SyntaxError;

std::string repeated(std::string const& piece, int count) {
    std::string text;
    text.reserve(piece.size() * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) text += piece;
    return text;
}

struct Nest {
    std::string open;
    std::string core;
    std::string close;
};

std::vector<Nest> const nests = {
    {"RETURN |(|", "1", ")"},
    {"RETURN |[|", "1", "]"},
    {"RETURN |{a: |", "1", "}"},
    {"RETURN |f(|", "1", ")"},
    {"RETURN x|[y|", "", "]"},
    {"RETURN |CASE WHEN |", "1", " THEN 1 END"},
    {"RETURN |CASE |", "1", " WHEN 1 THEN 1 END"},
    {"RETURN |[x IN |", "1", "]"},
    {"RETURN |[x IN y WHERE |", "1", " | x]"},
    {"RETURN |[(a)-->(b) WHERE |", "1", " | x]"},
    {"RETURN |all(x IN |", "1", ")"},
    {"RETURN |reduce(a = |", "1", ", x IN y | a)"},
    {"RETURN |n {a: |", "1", "}"},
    {"RETURN |n {a: b, c: m {d: [|", "1", "]}}"},
    {"RETURN |(a {x: |", "1", "})-->()"},
    {"MATCH |(a WHERE |", "b", ")"},
    {"MATCH (a)|-[b {x: [|", "1", "]}]-"},
    {"MATCH |(|", "(a)", ")"},
    {"MATCH (n:|(|", "A", ")"},
    {"MATCH (n:|!|", "A", ""},
    {"MATCH (n) WHERE |EXISTS { MATCH (m) WHERE |", "1", " }"},
    {"MATCH (n) WHERE |EXISTS { (m WHERE |", "1", ") }"},
    {"RETURN |COUNT { RETURN |", "1", " }"},
    {"|CALL { |", "RETURN 1", " }"},
    {"|CALL (x) { MATCH (n) |", "RETURN 1", " }"},
    {"|FOREACH (x IN y \x01 |", "CREATE ()", ")"},
    {"RETURN |NOT |", "1", ""},
    {"RETURN |- |", "x", ""},
    {"RETURN |NOT (-(|", "x", "))"},
};

// `count` openings around the core; a bar in the pattern parts what stands once from what is repeated.
std::string nested(Nest const& nest, int count, bool closed) {
    auto const first = nest.open.find('|');
    auto const second = nest.open.rfind('|');
    std::string open = nest.open.substr(first + 1, second - first - 1);
    for (char& c : open) {
        if (c == '\x01') c = '|';
    }
    std::string text = nest.open.substr(0, first) + repeated(open, count) + nest.core;
    if (closed) text += repeated(nest.close, count);
    return text;
}

}  // namespace

TEST_CASE("deep nesting is an error, not a crash") {
    for (Nest const& nest : nests) {
        for (bool const closed : {false, true}) {
            std::string const text = nested(nest, 100000, closed);
            INFO(text.substr(0, 60));
            auto const parsed = parse(text);
            auto const* error = std::get_if<SyntaxError>(&parsed);
            REQUIRE(error != nullptr);
            CHECK(error->detail == "UnexpectedSyntax");
            bool const said = error->message.find("nested") != std::string::npos ||
                              error->message.find("too long") != std::string::npos;
            CHECK(said);
        }
    }
}

TEST_CASE("nesting within the bounds is parsed and printed") {
    for (std::string const& bracket : {std::string("("), std::string("[")}) {
        std::string const close = bracket == "(" ? ")" : "]";
        std::string const text = "RETURN " + repeated(bracket, 250) + "1" + repeated(close, 250);
        auto const parsed = parse(text);
        REQUIRE(std::holds_alternative<ast::Ast>(parsed));
        std::string const printed = ast::to_text(std::get<ast::Ast>(parsed));
        CHECK(printed == (bracket == "(" ? "RETURN 1" : text));
    }
}

TEST_CASE("long flat texts are parsed") {
    std::vector<std::pair<std::string, int>> const pieces = {{" AND a.x > 1", 50000}, {" OR a", 50000},
                                                             {" XOR a", 50000},       {" < a", 50000},
                                                             {", a AS b", 50000},     {" + a", 450}};
    for (auto const& [piece, count] : pieces) {
        INFO(piece);
        auto const parsed = parse("RETURN a" + repeated(piece, count));
        REQUIRE(std::holds_alternative<ast::Ast>(parsed));
        std::string const text = ast::to_text(std::get<ast::Ast>(parsed));
        auto const again = parse(text);
        REQUIRE(std::holds_alternative<ast::Ast>(again));
        CHECK(ast::to_text(std::get<ast::Ast>(again)) == text);
    }
    CHECK(std::holds_alternative<ast::Ast>(parse("RETURN [1" + repeated(", 1", 50000) + "]")));
    CHECK(std::holds_alternative<ast::Ast>(parse("MATCH (a)" + repeated("-->(b)", 50000) + " RETURN 1")));
    CHECK(std::holds_alternative<ast::Ast>(parse("CREATE (a)" + repeated(", (b)", 50000))));
    CHECK(std::holds_alternative<ast::Ast>(parse("RETURN 1" + repeated(" UNION RETURN 1", 50000))));
    CHECK(std::holds_alternative<ast::Ast>(parse(repeated("WITH 1 AS a ", 50000) + "RETURN a")));
}

TEST_CASE("operators of two values are a run, however many they are") {
    for (std::string const& piece : {std::string(" + a"), std::string(" - a"), std::string(" * a"),
                                     std::string(" IN a"), std::string(" ^ a"), std::string(" || a")}) {
        INFO(piece);
        CHECK(std::holds_alternative<ast::Ast>(parse("RETURN a" + repeated(piece, 50000))));
    }
}

TEST_CASE("chains that must grow with their length are bounded") {
    for (std::string const& piece : {std::string(".a"), std::string("[0]"), std::string(" IS NULL")}) {
        INFO(piece);
        auto const parsed = parse("RETURN a" + repeated(piece, 50000));
        auto const* error = std::get_if<SyntaxError>(&parsed);
        REQUIRE(error != nullptr);
        CHECK_THAT(error->message, Catch::Contains("more than 500 operators"));
    }
    auto const labels = parse("MATCH (n:A" + repeated("|A", 50000) + ") RETURN n");
    REQUIRE(std::holds_alternative<SyntaxError>(labels));
    CHECK_THAT(std::get<SyntaxError>(labels).message, Catch::Contains("1000 terms"));

    // Neither is escaped by mixing both.
    std::string mixed = "a";
    for (int i = 0; i < 200; ++i) mixed = "(" + mixed + repeated(" + a", 20) + ")";
    CHECK(std::holds_alternative<SyntaxError>(parse("RETURN " + mixed)));
}

TEST_CASE("the tallest tree can be printed") {
    std::string const text = "RETURN a" + repeated(" + a", 490);
    auto const parsed = parse(text);
    REQUIRE(std::holds_alternative<ast::Ast>(parsed));
    CHECK(ast::to_text(std::get<ast::Ast>(parsed)) == text);
}
