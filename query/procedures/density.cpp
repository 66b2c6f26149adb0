// graph.coreNumbers, graph.triangleCount: how densely a node's neighbourhood is
// knit. Directions do not count, nor do loops, nor how often two nodes are related.

#include <boost/graph/core_numbers.hpp>

#include "families.hpp"
#include "simple_graph.hpp"

namespace islet::query {
namespace {

Rows core_numbers(const ProcedureContext& context, const Projected& projected) {
    const SimpleGraph graph = simple_graph(projected, Ways::both);
    Poll poll(context);
    std::vector<std::int64_t> core(projected.size());
    Rows rows;
    if (core.empty()) return rows;
    boost::core_numbers(graph, PolledMap<std::int64_t>{&core, &poll});
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex)
        rows.push_back({projected.view.node(vertex), core[vertex]});
    return rows;
}

/// Boost counts the triangles of one vertex by looking up each pair of its neighbours; meeting of sorted
/// lists, each edge once from its end with fewer neighbours, is faster by the length of the longest list.
std::vector<std::int64_t> triangles(const SimpleGraph& graph, Poll& poll) {
    const auto size = static_cast<std::uint32_t>(num_vertices(graph));
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(out_degree(a, graph), a) < std::pair(out_degree(b, graph), b);
    };
    std::vector<std::vector<std::uint32_t>> later(size);
    for (std::uint32_t vertex = 0; vertex < size; ++vertex) {
        for (auto [next, end] = adjacent_vertices(vertex, graph); next != end; ++next) {
            if (before(vertex, *next)) later[vertex].push_back(*next);
        }
    }
    std::vector<std::int64_t> count(size);
    for (std::uint32_t a = 0; a < size; ++a) {
        for (const std::uint32_t b : later[a]) {
            poll();
            auto left = later[a].begin();
            auto right = later[b].begin();
            while (left != later[a].end() && right != later[b].end()) {
                if (*left < *right) {
                    ++left;
                } else if (*right < *left) {
                    ++right;
                } else {
                    ++count[a], ++count[b], ++count[*left];
                    ++left, ++right;
                }
            }
        }
    }
    return count;
}

Rows triangle_count(const ProcedureContext& context, const Projected& projected) {
    const SimpleGraph graph = simple_graph(projected, Ways::both);
    Poll poll(context);
    const std::vector<std::int64_t> count = triangles(graph, poll);
    Rows rows;
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex) {
        const auto degree = static_cast<double>(out_degree(vertex, graph));
        const double pairs = degree * (degree - 1) / 2;
        const double coefficient = pairs > 0 ? static_cast<double>(count[vertex]) / pairs : 0.0;
        rows.push_back({projected.view.node(vertex), count[vertex], coefficient});
    }
    return rows;
}

}  // namespace

void add_density_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add({.name = "graph.coreNumbers",
                  .inputs = {graph_field()},
                  .outputs = {node_field(), {"core", FieldType::integer, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          return core_numbers(context, project("graph.coreNumbers", *projections,
                                                               arguments[0], context.snapshot));
                      },
                  .description = "The largest k such that a node is in a part where each has k neighbours"});
    registry.add({.name = "graph.triangleCount",
                  .inputs = {graph_field()},
                  .outputs = {node_field(),
                              {"triangles", FieldType::integer, false, {}},
                              {"coefficient", FieldType::floating, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          return triangle_count(context, project("graph.triangleCount", *projections,
                                                                 arguments[0], context.snapshot));
                      },
                  .description =
                      "Pairs of neighbours that are neighbours, and their share of all pairs of neighbours"});
}

}  // namespace islet::query
