// graph.dijkstra, graph.bfs: the way from one node to others.

#include "paths.hpp"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "families.hpp"

namespace islet::query {
namespace {

/// Ends a search of Boost.Graph, which knows no other way out.
struct Arrived {};

class TreeVisitor : public boost::dijkstra_visitor<> {
 public:
    TreeVisitor(Tree& tree, std::uint32_t target, Poll& poll) : tree_(&tree), target_(target), poll_(&poll) {}

    template <class Graph>
    void examine_vertex(std::uint32_t vertex, const Graph& /*graph*/) {
        (*poll_)();
        if (vertex == target_) throw Arrived();
    }
    template <class Edge, class Graph>
    void edge_relaxed(const Edge& edge, const Graph& /*graph*/) {
        tree_->last[edge.target] = edge;
    }

 private:
    Tree* tree_;
    std::uint32_t target_;
    Poll* poll_;
};

struct AllowedEdge {
    const Banned* banned = nullptr;
    bool operator()(const ViewEdge& edge) const {
        return std::find(banned->rels.begin(), banned->rels.end(), edge.rel) == banned->rels.end();
    }
};
struct AllowedVertex {
    const Banned* banned = nullptr;
    bool operator()(std::uint32_t vertex) const { return !banned->vertices[vertex]; }
};

Rows shortest(const ProcedureContext& context, const Projected& projected, std::uint32_t source,
              std::uint32_t target) {
    Poll poll(context);
    const Tree tree = dijkstra(projected, source, target, {}, poll);
    Rows rows;
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex) {
        if (target != GraphView::null_vertex() && vertex != target) continue;
        if (tree.distance[vertex] == unreached) continue;
        poll();
        rows.push_back({projected.view.node(vertex), tree.distance[vertex],
                        path_value(projected, tree.route(source, vertex))});
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a[1].as_double() < b[1].as_double(); });
    return rows;
}

Rows breadth_first(const ProcedureContext& context, const Projected& projected, std::uint32_t source,
                   std::int64_t depth) {
    Poll poll(context);
    std::vector<std::int64_t> distance(projected.size(), -1);
    std::vector<std::uint32_t> queue{source};
    distance[source] = 0;
    on_graph(projected, [&](const auto& graph) {
        for (std::size_t at = 0; at < queue.size(); ++at) {
            const std::uint32_t vertex = queue[at];
            if (distance[vertex] == depth) break;
            for (auto [edge, end] = out_edges(vertex, graph); edge != end; ++edge) {
                poll();
                const std::uint32_t next = (*edge).target;
                if (distance[next] >= 0) continue;
                distance[next] = distance[vertex] + 1;
                queue.push_back(next);
            }
        }
    });
    std::stable_sort(queue.begin(), queue.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(distance[a], a) < std::pair(distance[b], b);
    });
    Rows rows;
    rows.reserve(queue.size());
    for (const std::uint32_t vertex : queue) rows.push_back({projected.view.node(vertex), distance[vertex]});
    return rows;
}

}  // namespace

Route Tree::route(std::uint32_t from, std::uint32_t to) const {
    Route route;
    route.distance = distance[to];
    route.vertices.push_back(to);
    for (std::uint32_t at = to; at != from; at = last[at].source) {
        route.rels.push_back(last[at].rel);
        route.vertices.push_back(last[at].source);
    }
    std::reverse(route.vertices.begin(), route.vertices.end());
    std::reverse(route.rels.begin(), route.rels.end());
    return route;
}

Tree dijkstra(const Projected& projected, std::uint32_t source, std::uint32_t target, const Banned& banned,
              Poll& poll) {
    Tree tree{std::vector<double>(projected.size(), unreached), std::vector<ViewEdge>(projected.size())};
    const auto weight = boost::make_function_property_map<ViewEdge>(
        [&](const ViewEdge& edge) { return projected.weight(edge); });
    const auto search = [&](const auto& graph) {
        try {
            boost::dijkstra_shortest_paths(
                graph, source,
                boost::weight_map(weight)
                    .vertex_index_map(VertexIndexMap())
                    .distance_map(boost::make_iterator_property_map(tree.distance.begin(), VertexIndexMap()))
                    .visitor(TreeVisitor(tree, target, poll)));
        } catch (const Arrived&) {
        }
    };
    on_graph(projected, [&](const auto& graph) {
        if (banned.vertices.empty()) {
            search(graph);
        } else {
            search(boost::filtered_graph(graph, AllowedEdge{&banned}, AllowedVertex{&banned}));
        }
    });
    return tree;
}

void add_path_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add({.name = "graph.dijkstra",
                  .inputs = {graph_field(), node_field("source"), {"target", FieldType::node, true, Value()}},
                  .outputs = {node_field(),
                              {"distance", FieldType::floating, false, {}},
                              {"path", FieldType::path, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.dijkstra";
                          const Projected projected =
                              project(name, *projections, arguments[0], context.snapshot);
                          require_weights(name, projected);
                          const std::uint32_t source = projected.vertex(name, "source", arguments[1]);
                          const std::uint32_t target = arguments[2].is_null()
                                                           ? GraphView::null_vertex()
                                                           : projected.vertex(name, "target", arguments[2]);
                          return shortest(context, projected, source, target);
                      },
                  .description = "The lightest path to one node, or to every node that can be reached"});
    registry.add(
        {.name = "graph.bfs",
         .inputs = {graph_field(), node_field("source"), options_field()},
         .outputs = {node_field(), {"distance", FieldType::integer, false, {}}},
         .call =
             [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                 constexpr std::string_view name = "graph.bfs";
                 const Options options(name, arguments[2], {"maxDepth"});
                 const Projected projected = project(name, *projections, arguments[0], context.snapshot);
                 return breadth_first(context, projected, projected.vertex(name, "source", arguments[1]),
                                      options.integer("maxDepth", INT64_MAX, 0));
             },
         .description = "Nodes in order of the relationships it takes to get there: {maxDepth}"});
}

}  // namespace islet::query
