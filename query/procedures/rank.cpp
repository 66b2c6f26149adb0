// graph.pageRank, graph.degree: importance from the relationships of a node.
//
// Boost's page_rank knows no weights and loses the rank of nodes from which
// nothing goes out; this one gives that rank to all nodes alike.

#include <cmath>

#include "families.hpp"
#include "projection.hpp"

namespace islet::query {
namespace {

struct Link {
    std::uint32_t source;
    std::uint32_t target;
    double weight;
};

/// Every relationship as it can be walked: an undirected one both ways, a loop once.
std::vector<Link> links(const Projected& projected) {
    std::vector<Link> found;
    const auto [begin, end] = projected.view.all_edges();
    for (auto edge = begin; edge != end; ++edge) {
        const double weight = projected.weight(*edge);
        found.push_back({(*edge).source, (*edge).target, weight});
        if (projected.undirected && (*edge).source != (*edge).target) {
            found.push_back({(*edge).target, (*edge).source, weight});
        }
    }
    return found;
}

Rows page_rank(const ProcedureContext& context, const Projected& projected, const Options& options) {
    const double damping = options.number("damping", 0.85, 0, 1);
    const double tolerance = options.number("tolerance", 1e-8, 0, 1);
    const std::int64_t iterations = options.integer("iterations", 200, 1);
    const std::size_t size = projected.size();
    Rows rows;
    if (size == 0) return rows;

    std::vector<Link> all = links(projected);
    std::vector<double> out(size);
    for (const Link& link : all) out[link.source] += link.weight;
    for (Link& link : all) link.weight = out[link.source] > 0 ? link.weight / out[link.source] : 0;

    const auto count = static_cast<double>(size);
    std::vector<double> rank(size, 1 / count);
    std::vector<double> next(size);
    for (std::int64_t round = 0; round < iterations; ++round) {
        context.check();
        double lost = 0;
        for (std::size_t i = 0; i < size; ++i) {
            if (!(out[i] > 0)) lost += rank[i];
        }
        next.assign(size, (1 - damping) / count + damping * lost / count);
        for (const Link& link : all) next[link.target] += damping * rank[link.source] * link.weight;
        double change = 0;
        for (std::size_t i = 0; i < size; ++i) change += std::abs(next[i] - rank[i]);
        rank.swap(next);
        if (change < tolerance) break;
    }
    rows.reserve(size);
    for (std::uint32_t vertex = 0; vertex < size; ++vertex)
        rows.push_back({projected.view.node(vertex), rank[vertex]});
    return rows;
}

Rows degrees(const Projected& projected, const Options& options) {
    const std::string direction = options.text("direction", projected.undirected ? "both" : "out");
    if (direction != "in" && direction != "out" && direction != "both") {
        refuse("graph.degree", "`direction` takes 'in', 'out' or 'both', got '" + direction + "'");
    }
    std::vector<std::int64_t> degree(projected.size());
    std::vector<double> weight(projected.size());
    const auto [begin, end] = projected.view.all_edges();
    for (auto edge = begin; edge != end; ++edge) {
        const auto count = [&](std::uint32_t vertex) {
            ++degree[vertex];
            weight[vertex] += projected.weight(*edge);
        };
        if (direction != "in") count((*edge).source);
        if (direction != "out") count((*edge).target);
    }
    Rows rows;
    rows.reserve(degree.size());
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex)
        rows.push_back({projected.view.node(vertex), degree[vertex], weight[vertex]});
    return rows;
}

}  // namespace

void add_rank_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add({.name = "graph.pageRank",
                  .inputs = {graph_field(), options_field()},
                  .outputs = {node_field(), {"score", FieldType::floating, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.pageRank";
                          const Options options(name, arguments[1], {"damping", "iterations", "tolerance"});
                          const Projected projected =
                              project(name, *projections, arguments[0], context.snapshot);
                          require_weights(name, projected);
                          return page_rank(context, projected, options);
                      },
                  .description = "Where a walk that follows relationships at random is found most: "
                                 "{damping, iterations, tolerance}"});
    registry.add({.name = "graph.degree",
                  .inputs = {graph_field(), options_field()},
                  .outputs = {node_field(),
                              {"degree", FieldType::integer, false, {}},
                              {"weight", FieldType::floating, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.degree";
                          const Options options(name, arguments[1], {"direction"});
                          return degrees(project(name, *projections, arguments[0], context.snapshot),
                                         options);
                      },
                  .description = "How many relationships a node has, and what they weigh: {direction}"});
}

}  // namespace islet::query
