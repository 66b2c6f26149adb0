// The oracle by itself: a few answers that are known, and that shrinking finds the core of a failure.
#include <catch2/catch.hpp>

#include "generate.hpp"
#include "shrink.hpp"

namespace islet::oracle {
namespace {

Graph triangle() {
    Graph graph;
    for (std::int64_t i = 0; i < 3; ++i)
        graph.nodes.push_back({{}, {{"uid", integer(i)}, {"i", integer(i)}}, i});
    graph.nodes[2].properties.erase("i");
    for (std::size_t i = 0; i < 3; ++i) {
        graph.rels.push_back({i, (i + 1) % 3, "S", {{"uid", integer(static_cast<std::int64_t>(10 + i))}}});
    }
    return graph;
}

PathPattern walk(const std::string& from, RelPattern::Pointing pointing,
                 std::optional<RelPattern::Length> length, const std::string& to) {
    PathPattern path;
    path.first.variable = from;
    path.steps.resize(1);
    path.steps[0].rel.pointing = pointing;
    path.steps[0].rel.length = length;
    path.steps[0].node.variable = to;
    return path;
}

std::size_t matches(const Graph& graph, std::vector<PathPattern> paths, std::optional<Expr> where = {}) {
    Projection count;
    count.items.push_back({apply(Op::aggregate, {}), "c"});
    count.items[0].expr.name = "count";
    Query query;
    query.parts = {{Match{false, false, std::move(paths), std::move(where)}, count}};
    return static_cast<std::size_t>(std::get<std::int64_t>(answer(graph, query).rows.at(0).at(0).held));
}

using Pointing = RelPattern::Pointing;
using Length = RelPattern::Length;

TEST_CASE("the naive matcher on a triangle", "[oracle]") {
    const Graph graph = triangle();
    CHECK(matches(graph, {walk("a", Pointing::right, {}, "b")}) == 3);
    CHECK(matches(graph, {walk("a", Pointing::either, {}, "b")}) == 6);
    CHECK(matches(graph, {walk("a", Pointing::right, Length{1, std::nullopt}, "b")}) == 9);
    CHECK(matches(graph, {walk("a", Pointing::right, Length{1, std::nullopt}, "a")}) == 3);
    CHECK(matches(graph, {walk("a", Pointing::right, Length{0, 0}, "b")}) == 3);
    // Two relationships of one MATCH are not the same one.
    CHECK(matches(graph, {walk("a", Pointing::right, {}, "b"), walk("c", Pointing::right, {}, "d")}) == 6);
    CHECK(matches(graph, {walk("a", Pointing::right, {}, "b"), walk("b", Pointing::right, {}, "a")}) == 0);
    const Expr less = apply(Op::less, {property(variable("a"), "i"), property(variable("b"), "i")});
    CHECK(matches(graph, {walk("a", Pointing::either, {}, "b")}, less) == 1);
    CHECK(matches(graph, {walk("a", Pointing::either, {}, "b")}, apply(Op::negation, {less})) == 1);
    CHECK(matches(graph, {walk("a", Pointing::either, {}, "b")}, apply(Op::is_null, {less})) == 4);
}

TEST_CASE("a loop is matched once", "[oracle]") {
    Graph graph;
    graph.nodes.push_back({{}, {{"uid", integer(0)}}, 0});
    graph.rels.push_back({0, 0, "S", {{"uid", integer(1)}}});
    CHECK(matches(graph, {walk("a", Pointing::either, {}, "b")}) == 1);
    CHECK(matches(graph, {walk("a", Pointing::either, Length{0, 3}, "b")}) == 2);
}

TEST_CASE("the oracle's logic knows three values", "[oracle]") {
    const Datum one = integer(1);
    const Datum null;
    CHECK(equal(one, datum(1.0)) == true);
    CHECK(equal(one, datum(std::string("1"))) == false);
    CHECK_FALSE(equal(one, null).has_value());
    CHECK(equal(datum(Data{one, null}), datum(Data{integer(2), null})) == false);
    CHECK_FALSE(equal(datum(Data{one, null}), datum(Data{one, null})).has_value());
    CHECK_FALSE(compared(one, datum(std::string("a"))).has_value());
    CHECK(same(null, null));
    CHECK(total_order(null, one) > 0);
    CHECK(total_order(datum(std::string("z")), datum(false)) < 0);
}

TEST_CASE("shrinking keeps what makes a case fail", "[oracle]") {
    Random random(7);
    Case one;
    do {
        one.graph = random_graph(random);
        one.query = Generator(random).query();
    } while (one.graph.rels.size() < 5 || to_text(one.query).size() < 200);
    const Case smallest = shrink(one, [](const Case& c) {
        return c.graph.rels.size() >= 2 && to_text(c.query).find("MATCH") != std::string::npos;
    });
    CHECK(smallest.graph.rels.size() == 2);
    CHECK(smallest.graph.nodes.size() <= 4);
    CHECK(to_text(smallest.query).size() < 60);
}

}  // namespace
}  // namespace islet::oracle
