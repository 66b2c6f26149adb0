#include "term.hpp"

#include <catch2/catch.hpp>

#include "procedures.hpp"
#include "scenario_runner.hpp"
#include "side_effects.hpp"

using namespace islet::tck;

namespace {
std::string canonical(const char* text) {
    return to_text(parse_term(text));
}
bool same(const char* a, const char* b) {
    return parse_term(a) == parse_term(b);
}
}  // namespace

TEST_CASE("every kind of value is read and written") {
    for (const char* text : {"null",
                             "true",
                             "false",
                             "42",
                             "-7",
                             "1.5",
                             "-0.25",
                             "1e+100",
                             "NaN",
                             "-Infinity",
                             "'text'",
                             "''",
                             R"('it\'s \\ here')",
                             "[]",
                             "[1, [2.0, null], 'x']",
                             "{}",
                             "{a: 1, b: {c: [true]}}",
                             "()",
                             "(:A:B {k: 'v', n: 1})",
                             "({n: 1})",
                             "[:T]",
                             "[:T {w: 0.5}]",
                             "<()>",
                             "<(:A {name: 'A'})-[:KNOWS]->(:B)<-[:T {n: 1}]-()>"}) {
        CAPTURE(text);
        CHECK(canonical(text) == text);
    }
    CHECK(canonical("[ 1 ,2]") == "[1, 2]");
    CHECK(canonical("(:B:A  {b: 1, a: 2})") == "(:A:B {a: 2, b: 1})");
    CHECK(canonical("\"double\"") == "'double'");
    CHECK(canonical("1.0e1") == "10.0");
    CHECK(canonical("9223372036854775807") == "9223372036854775807");
}

TEST_CASE("terms are compared by what they mean") {
    CHECK(same("1", "1"));
    CHECK_FALSE(same("1", "1.0"));
    CHECK_FALSE(same("1", "'1'"));
    CHECK(same("1.0", "1e0"));
    CHECK(same("NaN", "NaN"));
    CHECK_FALSE(same("NaN", "null"));
    CHECK(same("(:A:B {x: 1, y: 2})", "(:B:A {y: 2, x: 1})"));
    CHECK_FALSE(same("(:A)", "(:A {x: 1})"));
    CHECK(same("{x: 1, y: 2}", "{y: 2, x: 1}"));
    CHECK_FALSE(same("[1, 2]", "[2, 1]"));
    CHECK_FALSE(same("<(:A)-[:T]->(:B)>", "<(:A)<-[:T]-(:B)>"));
    CHECK_FALSE(same("[:T]", "['T']"));
}

TEST_CASE("lists are sorted at every depth when their order does not count") {
    Term a = parse_term("[[3, 1], {k: ['b', 'a']}]");
    Term b = parse_term("[{k: ['a', 'b']}, [1, 3]]");
    CHECK_FALSE(a == b);
    sort_lists(a);
    sort_lists(b);
    CHECK(a == b);
}

TEST_CASE("what is no value is refused") {
    for (const char* text : {"", "nul", "1 2", "[1", "{a 1}", "(:A", "'open", "1x", "99999999999999999999",
                             "{a: 1, a: 2}", "<(:A)-[:T]-(:B)>"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_term(text), std::runtime_error);
    }
}

TEST_CASE("values for parameters keep integers and floats apart") {
    CHECK(value_of(parse_term("[1, 1.0, {a: 'x'}, null]")) ==
          islet::Value(islet::List{1, 1.0, islet::Map{{"a", "x"}}, nullptr}));
    CHECK_THROWS_AS(value_of(parse_term("(:A)")), std::runtime_error);
}

TEST_CASE("a procedure answers from its table") {
    const auto procedure = table_procedure(
        "test.my.proc(name :: STRING?, id :: INTEGER) :: (score :: FLOAT?) :",
        {{"name", "id", "score"}, {"'a'", "1", "2"}, {"'a'", "1", "3.5"}, {"null", "2", "null"}});
    CHECK(procedure.name == "test.my.proc");
    REQUIRE(procedure.inputs.size() == 2);
    CHECK(procedure.inputs[0].type == islet::query::FieldType::string);
    CHECK(procedure.inputs[0].nullable);
    CHECK_FALSE(procedure.inputs[1].nullable);
    REQUIRE(procedure.outputs.size() == 1);
    CHECK(procedure.outputs[0].name == "score");
    const islet::Snapshot empty;
    const islet::query::ProcedureContext context{empty, nullptr, [] {}};
    const auto rows = procedure.call(context, {"a", 1});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0][0] == islet::Value(2.0));
    CHECK(procedure.call(context, {nullptr, 2}).size() == 1);
    CHECK(procedure.call(context, {"b", 1}).empty());

    CHECK(table_procedure("test.doNothing() :: ():", {{}}).outputs.empty());
    CHECK_THROWS_AS(table_procedure("test.proc(x) :: ()", {}), std::runtime_error);
    CHECK_THROWS_AS(table_procedure("test.proc() :: (x :: STRING?)", {{"y"}}), std::runtime_error);
}

TEST_CASE("side effects are the difference of two graphs") {
    islet::GraphBuilder builder;
    const auto label = builder.label("A");
    const auto key = builder.key("k");
    const auto a = builder.add_node({&label, 1});
    const auto b = builder.add_node({&label, 1});
    builder.set_property(a, key, 1);
    builder.set_relationship_property(builder.add_relationship(a, builder.type("T"), b), key, "x");
    const islet::Snapshot full = builder.finish();
    const islet::Snapshot empty;
    CHECK(to_text(side_effects(empty, full)) == "+labels 1, +nodes 2, +properties 2, +relationships 1");
    CHECK(to_text(side_effects(full, empty)) == "-labels 1, -nodes 2, -properties 2, -relationships 1");
    CHECK(to_text(side_effects(full, full)) == "none");

    CHECK(read_side_effects({{"+nodes", "1"}, {"-labels", "0"}}) == SideEffects{{"+nodes", 1}});
    CHECK_THROWS_AS(read_side_effects({{"nodes", "1"}}), std::runtime_error);
    CHECK_THROWS_AS(read_side_effects({{"+colours", "1"}}), std::runtime_error);
}

TEST_CASE("scripts are split at semicolons that end statements") {
    CHECK(split_statements("CREATE (:A {x: ';'}); // a; b\nCREATE (:`;`) /* ; */ ;\n ;") ==
          std::vector<std::string>{"CREATE (:A {x: ';'})", "// a; b\nCREATE (:`;`) /* ; */"});
}
