// Whole queries on a graph of Hetionet's shape, from text to rows. ISLET_SCALE sets
// the graph's size (default 0.1: 4,703 nodes, 225,020 relationships).

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "islet/database.hpp"
#include "shape.hpp"

namespace {

double scale() {
    const char* text = std::getenv("ISLET_SCALE");
    return text == nullptr ? 0.1 : std::strtod(text, nullptr);
}

void run(benchmark::State& state, islet::Database& db, const std::string& query) {
    islet::Session session = db.session();
    for (auto _ : state) {
        islet::Expected<islet::Result> result = session.run(query);
        if (!result.ok()) {
            state.SkipWithError(result.error().message.c_str());
            return;
        }
        benchmark::DoNotOptimize(result.value().size());
    }
}

/// Parsing, binding and planning of texts that were not seen before. Without the parse: see
/// parse_benchmark.cpp.
void prepare(benchmark::State& state) {
    static islet::Database db(to_snapshot(islet::benchmarks::hetionet_shape(0.01)));
    islet::Session session = db.session();
    const std::string text =
        "MATCH (c:Compound)-[:BINDS_CbG]->(g:Gene)<-[:ASSOCIATES_DaG]-(d:Disease) WHERE c.rank < 10 "
        "RETURN d.name, count(*) AS n ORDER BY n DESC LIMIT ";
    std::size_t n = 0;
    for (auto _ : state) {
        if (!session.prepare(text + std::to_string(++n)).ok()) return state.SkipWithError("does not prepare");
    }
}
BENCHMARK(prepare)->Unit(benchmark::kMicrosecond);

/// A prepared lookup by a parameter: the least that a query costs.
void prepared_lookup(benchmark::State& state) {
    static islet::Database db(to_snapshot(islet::benchmarks::hetionet_shape(0.1)));
    islet::Session session = db.session();
    const islet::Prepared statement =
        session.prepare("MATCH (g:Gene {id: $id}) RETURN g.name, g.rank").value();
    const islet::Parameters parameters = {{"id", islet::Value(17)}};
    for (auto _ : state) benchmark::DoNotOptimize(session.run(statement, parameters).value().size());
}
BENCHMARK(prepared_lookup)->Unit(benchmark::kMicrosecond);

const std::vector<std::pair<std::string, std::string>>& queries() {
    static const std::vector<std::pair<std::string, std::string>> all = {
        {"count_nodes", "MATCH (g:Gene) RETURN count(*)"},
        {"point_lookup", "MATCH (c:Compound {name: 'Compound 7'}) RETURN c.rank"},
        {"one_hop", "MATCH (c:Compound {name: 'Compound 7'})-[:BINDS_CbG]->(g) RETURN g.name"},
        {"two_hop_count",
         "MATCH (c:Compound)-[:BINDS_CbG]->(:Gene)<-[:ASSOCIATES_DaG]-(d:Disease) RETURN count(*)"},
        {"metapath_top20",
         "MATCH (c:Compound)-[:BINDS_CbG]->(:Gene)<-[:ASSOCIATES_DaG]-(d:Disease) "
         "RETURN c.name, d.name, count(*) AS n ORDER BY n DESC, c.name, d.name LIMIT 20"},
        {"star_count",
         "MATCH (g:Gene)<-[:EXPRESSES_AeG]-(:Anatomy), (g)-[:PARTICIPATES_GpPW]->(:Pathway) RETURN count(*)"},
        {"triangles",
         "MATCH (a:Gene)-[:INTERACTS_GiG]->(b)-[:INTERACTS_GiG]->(c), (a)-[:INTERACTS_GiG]->(c) RETURN "
         "count(*)"},
        {"distinct_pairs",
         "MATCH (c:Compound)-[:BINDS_CbG]->(:Gene)-[:PARTICIPATES_GpPW]->(p:Pathway) WITH DISTINCT c, p "
         "RETURN count(*)"},
        {"group_sum",
         "MATCH (c:Compound)-[r:CAUSES_CcSE]->(s) RETURN s.name, sum(r.weight) AS w ORDER BY w DESC, s.name "
         "LIMIT 10"},
        {"anti_join", "MATCH (c:Compound) WHERE NOT (c)-[:TREATS_CtD]->() RETURN count(*)"},
        {"optional", "MATCH (c:Compound) OPTIONAL MATCH (c)-[:TREATS_CtD]->(d) RETURN count(c), count(d)"},
        {"string_filter", "MATCH (g:Gene) WHERE g.name CONTAINS '99' RETURN count(*)"},
        {"var_length",
         "MATCH (c:Compound {name: 'Compound 7'})-[:RESEMBLES_CrC*1..2]-(o) RETURN count(DISTINCT o)"},
    };
    return all;
}

const bool registered = [] {
    static islet::Database db(to_snapshot(islet::benchmarks::hetionet_shape(scale())));
    for (const auto& [name, query] : queries()) {
        benchmark::RegisterBenchmark(name.c_str(), [&query = query](benchmark::State& state) {
            run(state, db, query);
        })->Unit(benchmark::kMicrosecond);
    }
    return true;
}();

}  // namespace
