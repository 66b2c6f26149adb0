// graph.betweenness, graph.closeness: importance from shortest paths.

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "families.hpp"
#include "simple_graph.hpp"

namespace islet::query {
namespace {

Rows betweenness(const ProcedureContext& context, const Projected& projected, const Options& options) {
    const bool normalized = options.boolean("normalized", false);
    const SimpleGraph graph = simple_graph(projected, projected.undirected ? Ways::both : Ways::out);
    Poll poll(context);
    std::vector<double> score(projected.size());
    const PolledMap<double> map{&score, &poll};
    if (projected.weighted()) {
        boost::brandes_betweenness_centrality(
            graph, boost::centrality_map(map).weight_map(get(boost::edge_weight, graph)));
    } else {
        boost::brandes_betweenness_centrality(graph, boost::centrality_map(map));
    }
    // An edge each way counts an undirected path from both of its ends.
    const auto size = static_cast<double>(projected.size());
    double factor = projected.undirected ? 0.5 : 1;
    if (normalized && size > 2) factor = 1 / ((size - 1) * (size - 2));
    Rows rows;
    rows.reserve(score.size());
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex)
        rows.push_back({projected.view.node(vertex), score[vertex] * factor});
    return rows;
}

/// Distances from one vertex; what cannot be reached stays below zero.
class Distances {
 public:
    Distances(const SimpleGraph& graph, bool weighted, Poll& poll)
        : graph_(graph), weighted_(weighted), poll_(poll), distance_(num_vertices(graph)) {}

    /// The number of vertices reached, with the first, and the sum of their distances.
    std::pair<std::uint32_t, double> from(std::uint32_t first) {
        std::uint32_t reached = 0;
        double sum = 0;
        if (weighted_) {
            boost::dijkstra_shortest_paths(graph_, first,
                                           boost::weight_map(get(boost::edge_weight, graph_))
                                               .distance_map(PolledMap<double>{&distance_, &poll_}));
            for (const double distance : distance_) {
                if (distance < std::numeric_limits<double>::max()) ++reached, sum += distance;
            }
            return {reached, sum};
        }
        distance_.assign(distance_.size(), -1);
        queue_.assign(1, first);
        distance_[first] = 0;
        for (std::size_t at = 0; at < queue_.size(); ++at) {
            poll_();
            const std::uint32_t vertex = queue_[at];
            sum += distance_[vertex];
            for (auto [next, end] = adjacent_vertices(vertex, graph_); next != end; ++next) {
                if (distance_[*next] >= 0) continue;
                distance_[*next] = distance_[vertex] + 1;
                queue_.push_back(*next);
            }
        }
        return {static_cast<std::uint32_t>(queue_.size()), sum};
    }

 private:
    const SimpleGraph& graph_;
    bool weighted_;
    Poll& poll_;
    std::vector<double> distance_;
    std::vector<std::uint32_t> queue_;
};

Rows closeness(const ProcedureContext& context, const Projected& projected) {
    const SimpleGraph graph = simple_graph(projected, projected.undirected ? Ways::both : Ways::in);
    Poll poll(context);
    Distances distances(graph, projected.weighted(), poll);
    Rows rows;
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex) {
        const auto [reached, sum] = distances.from(vertex);
        // Of Wasserman and Faust: what few reach is not close for it.
        const double others = reached - 1.0;
        const double score = sum > 0 ? others / sum * (others / (projected.size() - 1.0)) : 0.0;
        rows.push_back({projected.view.node(vertex), score});
    }
    return rows;
}

}  // namespace

void add_centrality_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add({.name = "graph.betweenness",
                  .inputs = {graph_field(), options_field()},
                  .outputs = {node_field(), {"score", FieldType::floating, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.betweenness";
                          const Options options(name, arguments[1], {"normalized"});
                          const Projected projected =
                              project(name, *projections, arguments[0], context.snapshot);
                          require_weights(name, projected);
                          return betweenness(context, projected, options);
                      },
                  .description = "The shortest paths between others that lead over a node: {normalized}"});
    registry.add({.name = "graph.closeness",
                  .inputs = {graph_field()},
                  .outputs = {node_field(), {"score", FieldType::floating, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.closeness";
                          const Projected projected =
                              project(name, *projections, arguments[0], context.snapshot);
                          require_weights(name, projected);
                          return closeness(context, projected);
                      },
                  .description = "How short the ways are that lead to a node"});
}

}  // namespace islet::query
