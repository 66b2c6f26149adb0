// The engine against a naive matcher.
//
// A random graph and random queries come from a seed (generate.hpp). The naive matcher (naive.hpp) answers
// each query on plain data by trying everything everywhere, with values, three-valued logic and order of its
// own; it shares no code with the engine, not even a parser: the query is data, which is printed as
// openCypher for the engine. The engine answers with every optimisation on, with each one off, and with all
// off, on a graph that was bulk-loaded, written, or both. The rows must be the same bags, or the same lists
// where ORDER BY leaves no ties. Left out is what openCypher leaves open: queries that fail when they run (an
// error may come or not, as the engine orders its work), and the order of collect().
//
// A failure is made small before it is shown (shrink.hpp), with the graph as a CREATE, the query, both
// answers and the seed. To see one seed again, or to try more:
//
//   ISLET_ORACLE_SEED=4711 ISLET_ORACLE_CASES=1 oracle_test "random queries"
//   ISLET_ORACLE_SEED=1000000 ISLET_ORACLE_CASES=100000 oracle_test
//   ISLET_ORACLE_STRIDE=1 oracle_test "all small graphs"
#include <catch2/catch.hpp>

#include <iostream>

#include "budget.hpp"
#include "generate.hpp"
#include "shrink.hpp"

namespace islet::oracle {
namespace {

constexpr std::size_t queries_per_graph = 12;

TEST_CASE("random queries", "[oracle]") {
    const std::uint64_t first = first_seed();
    const std::uint64_t graphs = cases(250);
    std::size_t skipped = 0;
    std::size_t with_rows = 0;
    std::size_t slow = 0;
    for (std::uint64_t seed = first; seed < first + graphs; ++seed) {
        Random random(seed);
        Case one;
        one.graph = random_graph(random);
        one.storage = static_cast<Storage>(random.below(3));
        Database database = load(one.graph, one.storage);
        for (std::size_t i = 0; i < queries_per_graph; ++i) {
            one.query = Generator(random).query();
            INFO("seed " << seed << ", query " << i << "\n" << to_text(one.query));
            const Verdict verdict = check(one, database, all_settings());
            skipped += verdict.skipped ? 1 : 0;
            slow += verdict.slow ? 1 : 0;
            with_rows += verdict.rows > 0 ? 1 : 0;
            if (!verdict.mismatch) continue;
            const auto [smallest, mismatch] = shrink(one, *verdict.mismatch);
            show(seed, "random queries", report(smallest, mismatch));
            FAIL_CHECK("seed " << seed << ": other rows");
        }
    }
    // A generator whose queries all fail or find nothing would show nothing.
    const std::size_t tried = graphs * queries_per_graph;
    std::cout << tried << " queries, " << skipped << " skipped, " << slow << " slow, " << with_rows
              << " with rows\n";
    if (tried >= 1000) {
        CHECK(skipped * 10 < tried);
        CHECK(slow * 1000 < tried);
        CHECK(with_rows * 3 > tried);
    }
}

TEST_CASE("all small graphs", "[oracle]") {
    const std::vector<Query> queries = small_patterns();
    const std::uint64_t step = stride(40);
    std::size_t number = 0;
    const auto try_graph = [&](Graph& graph) {
        Case one;
        one.graph = graph;
        one.storage = static_cast<Storage>(number % 3);
        Database database = load(one.graph, one.storage);
        for (std::size_t i = number++ % step; i < queries.size(); i += step) {
            one.query = queries[i];
            const Verdict verdict = check(one, database, two_settings());
            if (!verdict.mismatch) continue;
            const auto [smallest, mismatch] = shrink(one, *verdict.mismatch);
            show(0, "all small graphs", report(smallest, mismatch));
            FAIL_CHECK("other rows");
        }
    };
    each_small_graph(0, 0, 1, try_graph);
    each_small_graph(1, 3, 2, try_graph);
    each_small_graph(2, 3, 2, try_graph);
    each_small_graph(3, 3, 1, try_graph);
    CHECK(number > 2000);
}

}  // namespace
}  // namespace islet::oracle
