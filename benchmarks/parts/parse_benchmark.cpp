// The parser by itself: a short query, a longer one, and a script.

#include <benchmark/benchmark.h>

#include <string>

#include "islet/parser.hpp"

namespace {

constexpr std::string_view short_query = "MATCH (d:Drug)-[:HAS_TARGET]->(t) WHERE d.x = 1 RETURN d.name, t";

void parse_short(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(islet::parser::parse(short_query));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * short_query.size()));
}
BENCHMARK(parse_short);

std::string long_query() {
    std::string text = "MATCH (a:Gene)";
    for (int i = 0; i < 20; ++i) {
        text += "\nMATCH (a)-[r" + std::to_string(i) + ":BINDS|TREATS]->(b" + std::to_string(i) +
                ":Drug {name: 'x'})" + " WHERE b" + std::to_string(i) +
                ".rank >= 10 AND a.name STARTS WITH 'G'";
    }
    return text + "\nRETURN a, count(*) AS n ORDER BY n DESC LIMIT 10";
}

void parse_long(benchmark::State& state) {
    const std::string text = long_query();
    for (auto _ : state) benchmark::DoNotOptimize(islet::parser::parse(text));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(parse_long);

void parse_script(benchmark::State& state) {
    std::string script;
    while (script.size() < (1U << 20))
        script += "CREATE (:Drug {name: 'a name', rank: 12})-[:TREATS]->(:Disease);\n";
    for (auto _ : state) {
        for (const islet::parser::Statement& statement : islet::parser::split(script).statements) {
            benchmark::DoNotOptimize(islet::parser::parse(statement.text));
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * script.size()));
}
BENCHMARK(parse_script);

}  // namespace
