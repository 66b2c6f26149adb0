// What is parsed, shown by the canonical text of the tree.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "islet/parser.hpp"

namespace {

namespace ast = islet::ast;
using islet::parser::parse;
using islet::parser::SyntaxError;

std::string canonical(std::string const& text) {
    auto const parsed = parse(text);
    if (auto const* error = std::get_if<SyntaxError>(&parsed)) return error->detail + ": " + error->message;
    return ast::to_text(std::get<ast::Ast>(parsed));
}

struct Row {
    std::string text;
    std::string canonical{};  ///< empty: the same
};

void check_all(std::vector<Row> const& rows, std::string const& prefix = "") {
    for (Row const& row : rows) {
        std::string const expected = prefix + (row.canonical.empty() ? row.text : row.canonical);
        INFO(row.text);
        CHECK(canonical(prefix + row.text) == expected);
        CHECK(canonical(expected) == expected);
    }
}

void check_expressions(std::vector<Row> const& rows) {
    check_all(rows, "RETURN ");
}

}  // namespace

TEST_CASE("literals") {
    check_expressions({{"null"},
                       {"TRUE", "true"},
                       {"1"},
                       {"-1"},
                       {"- 1", "-1"},
                       {"-9223372036854775808"},
                       {"9223372036854775807"},
                       {"0x1F", "31"},
                       {"-0x8000000000000000", "-9223372036854775808"},
                       {"0o17", "15"},
                       {"1_000_000", "1000000"},
                       {"1.5"},
                       {".5", "0.5"},
                       {"1e9", "1e+09"},
                       {"1E-5", "1e-05"},
                       {"2.0"},
                       {"-0.0"},
                       {"1e-999", "0.0"},
                       {"'a'"},
                       {"\"it's\"", "'it\\'s'"},
                       {R"('\n\t\\\"\u0041\U0001F600')", "'\\n\\t\\\\\"A\U0001F600'"},
                       {R"('\uD83D\uDE00')", "'\U0001F600'"},
                       {"'\x01'", "'\\u0001'"},
                       {"[]"},
                       {"[1,[2,'x']]", "[1, [2, 'x']]"},
                       {"{}"},
                       {"{a:1,`b c`:{match:2}}", "{a: 1, `b c`: {match: 2}}"},
                       {"{``: 1}"},
                       {"$p"},
                       {"$1"},
                       {"$`a b`"},
                       {"$match"}});
}

TEST_CASE("precedence") {
    check_expressions({{"a OR b XOR c AND NOT d", ""},
                       {"(a OR b) AND c", ""},
                       {"a OR (b AND c)", "a OR b AND c"},
                       {"NOT (a = b)", "NOT a = b"},
                       {"(NOT a) = b", ""},
                       {"NOT NOT a", ""},
                       {"1 + 2 * 3 ^ 4", ""},
                       {"(1 + 2) * 3", ""},
                       {"1 - (2 - 3)", ""},
                       {"(1 - 2) - 3", "1 - 2 - 3"},
                       {"2 ^ 3 ^ 4", ""},
                       {"2 ^ (3 ^ 4)", ""},
                       {"-3 ^ 2", ""},
                       {"-(3 ^ 2)", ""},
                       {"-a ^ b", ""},
                       {"-(-a)", ""},
                       {"- -a", "-(-a)"},
                       {"-(5)", ""},
                       {"+a", ""},
                       {"a = b IN c", ""},
                       {"(a = b) IN c", ""},
                       {"[1] + [2] IN [3] + [4]", ""},
                       {"a < b <= c <> d", ""},
                       {"(a < b) < c", ""},
                       {"a < (b < c)", ""},
                       {"a = b IS NULL", ""},
                       {"(a = b) IS NOT NULL", ""},
                       {"NOT a IS NULL", ""},
                       {"a + b IS NULL", ""},
                       {"a STARTS WITH b + c", ""},
                       {"a starts with b and c ends with d or e contains f",
                        "a STARTS WITH b AND c ENDS WITH d OR e CONTAINS f"},
                       {"a =~ 'x.*' || b", ""},
                       {"a + b[0].c", ""},
                       {"(a + b)[0]", ""},
                       {"-a.b", ""},
                       {"(-a).b", ""},
                       {"n:A = true", ""},
                       {"a % 2 = 0 <> (b / 3 = 1)", ""}});
}

TEST_CASE("grouping of AND, OR and XOR is kept") {
    check_expressions({{"a AND b AND c"},
                       {"a AND b AND c AND d AND e"},
                       {"a AND (b AND c)"},
                       {"(a AND b) AND c", "a AND b AND c"},
                       {"((a OR b) OR c) OR d", "(a OR b OR c) OR d"},
                       {"a XOR (b XOR (c XOR d))"}});
}

TEST_CASE("operands") {
    check_expressions({{"a.b.c"},
                       {"a.`b c`.match"},
                       {"a [0] [1..2] [..3] [4..] [..]", "a[0][1..2][..3][4..][..]"},
                       {"$p.a[0]"},
                       {"f()"},
                       {"f(1, g(2))"},
                       {"ns.sub.f(x)"},
                       {"count(*)"},
                       {"COUNT( * )", "count(*)"},
                       {"count(DISTINCT n)"},
                       {"exists(n.prop)"},
                       {"size([x IN xs | x])"},
                       {"all"},
                       {"(a)", "a"},
                       {"((a))", "a"},
                       {"`RETURN`"},
                       {"`a``b`"},
                       {"größe.名前"},
                       {"CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END"},
                       {"case a.b when 1 then 'x' end", "CASE a.b WHEN 1 THEN 'x' END"},
                       {"CASE CASE a WHEN 1 THEN 2 END WHEN 2 THEN 3 END"},
                       {"reduce(s = 0, x IN xs | s + x)"},
                       {"n {.name, .*, other, key: 1 + 2}"},
                       {"n{}", "n {}"},
                       {"`count` {.x}"}});
}

TEST_CASE("lists, comprehensions and predicates are told apart") {
    check_expressions(
        {{"[x IN xs]"},
         {"[x IN xs WHERE x > 1]"},
         {"[x IN xs | x + 1]"},
         {"[x IN xs WHERE x:A | x.name]"},
         {"[x IN xs WHERE x:(A|B) | x.name]"},
         {"[(x IN xs)]"},
         {"[x IN xs, y]"},
         {"[x in f(a, b) where x || 'c' = 'd' | [x, x]]", "[x IN f(a, b) WHERE x || 'c' = 'd' | [x, x]]"},
         {"[(a)-->(b) | b.name]"},
         {"[p = (a)-[:T|U]->(b) WHERE b.x > 1 | length(p)]"},
         {"[(a)-->(b), true]"},
         {"[p = (a)]", "[p = a]"},
         {"all(x IN xs WHERE x > 0)"},
         {"any(x IN xs WHERE x)"},
         {"NONE (x IN xs WHERE x)", "none(x IN xs WHERE x)"},
         {"single(x IN [1, 2] WHERE any(y IN x WHERE y))"},
         {"all((x IN xs))"},
         {"reduce((a = 1))"},
         {"any(x)"}});
}

TEST_CASE("patterns in expressions and expressions in parentheses are told apart") {
    check_expressions({{"(a)-->(b)"},
                       {"(a)--(b)"},
                       {"(a) <-- (b)", "(a)<--(b)"},
                       {"(a)-[b]-(c)"},
                       {"(a) - [b]", "a - [b]"},
                       {"(a) - (b)", "a - b"},
                       {"(a) < - b", "a < -b"},
                       {"(a)-[:T*1..2 {x: 1}]->(:B)"},
                       {"(a:A)", "a:A"},
                       {"(a:A {x: 1})-->()"},
                       {"(a {.x})", "a {.x}"},
                       {"(a IS NULL) - [x] - y"},
                       {"()-->()"},
                       {"NOT (a)-->(b) AND c"},
                       {"((a)-->(b)) = true"},
                       {"((a)-->(b)) IS NULL"},
                       {"size((a)-->(b)) > 1"},
                       {"exists((a)-->(b))"},
                       {"shortestPath((a)-[*]->(b))"},
                       {"`shortestPath`(a)"},
                       {"({a: 1}).a", "{a: 1}.a"},
                       {"($p)", "$p"}});
}

TEST_CASE("label expressions") {
    check_all(
        {{"MATCH (n:A:B) RETURN n"},
         {"MATCH (n:A&B) RETURN n", "MATCH (n:A:B) RETURN n"},
         {"MATCH (n:A|B&!C) RETURN n"},
         {"MATCH (n:(A|B)&%) RETURN n"},
         {"MATCH (n:!(A|B)) RETURN n"},
         {"MATCH (n IS A) RETURN n", "MATCH (n:A) RETURN n"},
         {"MATCH (n:`a b`:Match) RETURN n"},
         {"MATCH ()-[:A|:B|C]->() RETURN 1", "MATCH ()-[:A|B|C]->() RETURN 1"},
         {"MATCH (n) WHERE n:A:B OR n IS C RETURN n:D|E", "MATCH (n) WHERE n:A:B OR n:C RETURN n:(D|E)"}});
}

TEST_CASE("patterns") {
    check_all({{"MATCH () RETURN 1"},
               {"MATCH (n {a: 1}), (m $p) RETURN n"},
               {"MATCH (n WHERE n.x > 1)-[r:T WHERE r.y]->(m:A {b: 2} WHERE m.z) RETURN n"},
               {"MATCH (a)-->(b)<--(c)--(d)<-->(e) RETURN a"},
               {"MATCH (a) - [ ] -> (b) RETURN a", "MATCH (a)-->(b) RETURN a"},
               {"MATCH (a)-[*]->(b)-[r*2]-(c)<-[:T*1..3]-(d)-[*..3]-(e)-[*2..]-(f) RETURN a"},
               {"MATCH (a)-[*0..0]-(b) RETURN a", "MATCH (a)-[*0]-(b) RETURN a"},
               {"MATCH (a)-[*..]-(b) RETURN a", "MATCH (a)-[*]-(b) RETURN a"},
               {"MATCH p = (a)-[r:T {x: 1}]->(b) RETURN p"},
               {"MATCH p=((a)-->(b)) RETURN p", "MATCH p = (a)-->(b) RETURN p"},
               {"MATCH p = shortestPath((a)-[*]-(b)), allShortestPaths((c)--(d)) RETURN p"},
               {"MATCH (end_:A)-[:IN]->(m) RETURN m"}});
}

TEST_CASE("reading clauses") {
    check_all({{"match (n) where n.x return n", "MATCH (n) WHERE n.x RETURN n"},
               {"OPTIONAL MATCH (n) RETURN *"},
               {"MATCH (n) RETURN *, n.x AS y"},
               {"MATCH (n) RETURN DISTINCT n.a, n.b AS c ORDER BY n.a, c DESC SKIP 1 LIMIT 2 + 3"},
               {"RETURN 1 AS x ORDER BY x ASCENDING, x descending OFFSET 3",
                "RETURN 1 AS x ORDER BY x, x DESC SKIP 3"},
               {"WITH 1 AS x, 2 AS y WHERE x < y RETURN x"},
               {"WITH DISTINCT * ORDER BY a LIMIT 1 WHERE a > 1 RETURN a"},
               {"UNWIND [1, 2] AS x RETURN x"},
               {"RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a"},
               {"RETURN 1 UNION DISTINCT RETURN 2", "RETURN 1 UNION RETURN 2"},
               {"RETURN 1 AS order", "RETURN 1 AS `order`"},
               {"EXPLAIN MATCH (n) RETURN n"},
               {"cite profile MATCH (n) RETURN n", "PROFILE CITE MATCH (n) RETURN n"},
               {"RETURN 1;", "RETURN 1"},
               {"/* a */ RETURN // b\n 1 /* c */", "RETURN 1"},
               {"LOAD CSV WITH HEADERS FROM 'f' AS row FIELDTERMINATOR ';' RETURN row"}});
}

TEST_CASE("writing clauses") {
    check_all({{"CREATE (a:A {x: 1})-[:T]->(b), (c)"},
               {"MERGE (a:A) ON CREATE SET a.x = 1, a:B ON MATCH SET a.y = 2 RETURN a"},
               {"MATCH (n) SET n.a = 1, n = {b: 2}, n += $p, n:A:B, n.c.d = 3, f(n).x = 1"},
               {"MATCH (n) SET (n).a = 1", "MATCH (n) SET n.a = 1"},
               {"MATCH (n) REMOVE n.a, n:A:B"},
               {"MATCH (n) DELETE n, n.x"},
               {"MATCH (n) DETACH DELETE n"},
               {"CREATE (a)-->(b)"},
               {"FOREACH (x IN [1, 2] | CREATE (:A {x: x}) SET a.b = 1)"},
               {"CALL db.labels"},
               {"CALL db.labels() YIELD *"},
               {"CALL db.labels() YIELD label AS l, x WHERE l = 'a' RETURN l"},
               {"MATCH (n) CALL p.q(n.x, 2) YIELD a RETURN a"}});
}

TEST_CASE("subqueries") {
    check_all({{"MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WHERE m.x RETURN m } RETURN n"},
               {"MATCH (n) WHERE exists {(n)-->(m) WHERE m.x = 1} RETURN n",
                "MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WHERE m.x = 1 } RETURN n"},
               {"RETURN COUNT { (a), p = (b)-->(c) } AS c", "RETURN COUNT { MATCH (a), p = (b)-->(c) } AS c"},
               {"RETURN COLLECT { MATCH (n) RETURN n.x UNION MATCH (m) RETURN m.x } AS c"},
               {"MATCH (n) CALL { WITH n RETURN 1 AS one } RETURN one"},
               {"MATCH (n) CALL (n, m) { RETURN n.x AS x UNION RETURN 2 AS x } RETURN x"},
               {"CALL (*) { RETURN 1 AS one } CALL () { RETURN 2 AS two } RETURN one"}});
}

TEST_CASE("spans are the bytes of the text") {
    std::string const text = "MATCH (n:Ä) WHERE (n.x) + 1 > 2 /* c */ RETURN  n.name /* d */ , (n.y) AS z";
    auto const parsed = parse(text);
    REQUIRE(std::holds_alternative<ast::Ast>(parsed));
    auto const& tree = std::get<ast::Ast>(parsed);
    auto const part = [&](ast::Span span) { return text.substr(span.begin, span.end - span.begin); };
    auto const& match = std::get<ast::Match>(tree.root.parts[0].clauses[0]);
    CHECK(part(match.span) == "MATCH (n:Ä) WHERE (n.x) + 1 > 2");
    CHECK(part(match.pattern[0].span) == "(n:Ä)");
    CHECK(part(match.pattern[0].nodes[0].labels[0].name.span) == "Ä");
    CHECK(part(tree[match.where].span) == "(n.x) + 1 > 2");
    auto const& clause = std::get<ast::Return>(tree.root.parts[0].clauses[1]);
    CHECK(part(clause.projection.items[0].span) == "n.name");
    CHECK(part(clause.projection.items[1].span) == "(n.y)");
    CHECK(part(clause.projection.items[1].alias->span) == "z");
    CHECK(part(clause.projection.span) == "RETURN  n.name /* d */ , (n.y) AS z");
}
