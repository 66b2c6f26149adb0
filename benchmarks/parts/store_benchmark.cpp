// The store by itself: what a bulk load, an expansion, an intersection and a column cost, without a query.
// ISLET_SCALE sets the graph's size (default 0.1: 4,703 nodes, 225,020 relationships).

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "islet/graph.hpp"
#include "shape.hpp"

namespace {

double scale() {
    const char* text = std::getenv("ISLET_SCALE");
    return text == nullptr ? 0.1 : std::strtod(text, nullptr);
}

const islet::benchmarks::PlainGraph& plain() {
    static const islet::benchmarks::PlainGraph graph = islet::benchmarks::hetionet_shape(scale());
    return graph;
}

const islet::Snapshot& snapshot() {
    static const islet::Snapshot graph = to_snapshot(plain());
    return graph;
}

std::vector<islet::NodeId> genes() {
    std::vector<islet::NodeId> nodes;
    snapshot().scan(snapshot().find_label("Gene").value(), islet::NodeId{0}, snapshot().node_bound(), nodes);
    return nodes;
}

/// Arrays to a base: what an import does after it has parsed.
void load(benchmark::State& state) {
    const islet::benchmarks::PlainGraph& graph = plain();
    for (auto _ : state) benchmark::DoNotOptimize(to_snapshot(graph));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * graph.rel_count()));
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

/// Every neighbour of every gene over one type; items are neighbours.
void expand(benchmark::State& state) {
    const std::vector<islet::NodeId> nodes = genes();
    const islet::TypeId type = snapshot().find_type("PARTICIPATES_GpBP").value();
    std::uint64_t sum = 0;
    std::uint64_t met = 0;
    for (auto _ : state) {
        for (const islet::NodeId node : nodes) {
            const islet::Adjacent found = snapshot().neighbours(node, type, islet::Direction::out);
            for (const islet::NodeId other : found.nodes) sum += static_cast<std::uint32_t>(other);
            met += found.size();
        }
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(met));
}
BENCHMARK(expand)->Unit(benchmark::kMicrosecond);

/// The sorted neighbours of both ends of every relationship of a type, intersected; items are elements read.
void intersect(benchmark::State& state) {
    const std::vector<islet::NodeId> nodes = genes();
    const islet::TypeId type = snapshot().find_type("INTERACTS_GiG").value();
    std::vector<islet::NodeId> shared;
    std::uint64_t read = 0;
    for (auto _ : state) {
        for (const islet::NodeId a : nodes) {
            const auto first = snapshot().neighbours(a, type, islet::Direction::out).nodes;
            for (const islet::NodeId b : first) {
                const auto second = snapshot().neighbours(b, type, islet::Direction::out).nodes;
                shared.clear();
                std::set_intersection(first.begin(), first.end(), second.begin(), second.end(),
                                      std::back_inserter(shared));
                read += first.size() + second.size();
                benchmark::DoNotOptimize(shared.data());
            }
        }
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(read));
}
BENCHMARK(intersect)->Unit(benchmark::kMicrosecond);

/// A property of every gene, one by one.
void property(benchmark::State& state) {
    const std::vector<islet::NodeId> nodes = genes();
    const islet::KeyId rank = snapshot().find_key("rank").value();
    std::int64_t sum = 0;
    for (auto _ : state) {
        for (const islet::NodeId node : nodes) sum += snapshot().property(node, rank).as_int();
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * nodes.size()));
}
BENCHMARK(property)->Unit(benchmark::kMicrosecond);

/// The same from the column.
void column(benchmark::State& state) {
    const std::vector<islet::NodeId> nodes = genes();
    const islet::PropertyColumn* ranks = snapshot().node_column(snapshot().find_key("rank").value());
    if (ranks == nullptr || ranks->integers.empty()) return state.SkipWithError("rank is no integer column");
    std::int64_t sum = 0;
    for (auto _ : state) {
        for (const islet::NodeId node : nodes) {
            const auto id = static_cast<std::uint32_t>(node);
            if (ranks->has(id)) sum += ranks->integers[id - ranks->first];
        }
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * nodes.size()));
}
BENCHMARK(column)->Unit(benchmark::kMicrosecond);

}  // namespace
