// graph.topologicalSort: an order in which every relationship points forward.

#include <boost/graph/depth_first_search.hpp>
#include <queue>

#include "families.hpp"
#include "projection.hpp"

namespace islet::query {
namespace {

/// The first cycle that a depth-first search closes.
class CycleFinder : public boost::dfs_visitor<> {
 public:
    CycleFinder(std::vector<std::uint32_t>& cycle, std::vector<std::uint32_t>& parent)
        : cycle_(&cycle), parent_(&parent) {}

    template <class Graph>
    void tree_edge(const ViewEdge& edge, const Graph& /*graph*/) {
        (*parent_)[edge.target] = edge.source;
    }
    template <class Graph>
    void back_edge(const ViewEdge& edge, const Graph& /*graph*/) {
        if (!cycle_->empty()) return;
        for (std::uint32_t at = edge.source; at != edge.target; at = (*parent_)[at]) cycle_->push_back(at);
        cycle_->push_back(edge.target);
    }

 private:
    std::vector<std::uint32_t>* cycle_;
    std::vector<std::uint32_t>* parent_;
};

[[noreturn]] void refuse_cycle(const Projected& projected) {
    std::vector<std::uint32_t> cycle;
    std::vector<std::uint32_t> parent(projected.size());
    boost::depth_first_search(projected.view, boost::visitor(CycleFinder(cycle, parent)));
    std::string text = std::to_string(index(projected.view.node(cycle.back())));
    constexpr std::size_t shown = 8;
    for (std::size_t i = 0; i + 1 < cycle.size() && i < shown; ++i)
        text = std::to_string(index(projected.view.node(cycle[i]))) + " -> " + text;
    if (cycle.size() > shown + 1) text = "… -> " + text;
    text = std::to_string(index(projected.view.node(cycle.back()))) + " -> " + text;
    refuse("graph.topologicalSort", "the graph has a cycle, of the nodes " + text,
           "leave a relationship type of the cycle out of the projection");
}

Rows topological_order(const ProcedureContext& context, const Projected& projected) {
    std::vector<std::uint32_t> waits(projected.size());
    Poll poll(context);
    const auto [begin, end] = projected.view.all_edges();
    for (auto edge = begin; edge != end; ++edge) poll(), ++waits[(*edge).target];
    // Of those that could come next the smallest: Boost's order, of a depth-first search, is as good but
    // says nothing of nodes that no relationship orders.
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> free;
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex) {
        if (waits[vertex] == 0) free.push(vertex);
    }
    Rows rows;
    rows.reserve(projected.size());
    while (!free.empty()) {
        const std::uint32_t vertex = free.top();
        free.pop();
        rows.push_back({projected.view.node(vertex), static_cast<std::int64_t>(rows.size())});
        for (auto [edge, last] = out_edges(vertex, projected.view); edge != last; ++edge) {
            poll();
            if (--waits[(*edge).target] == 0) free.push((*edge).target);
        }
    }
    if (rows.size() < projected.size()) refuse_cycle(projected);
    return rows;
}

}  // namespace

void add_order_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add({.name = "graph.topologicalSort",
                  .inputs = {graph_field()},
                  .outputs = {node_field(), {"position", FieldType::integer, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.topologicalSort";
                          const Projected projected =
                              project(name, *projections, arguments[0], context.snapshot);
                          if (projected.undirected) {
                              refuse(name, "an undirected projection has no order", "leave `undirected` out");
                          }
                          return topological_order(context, projected);
                      },
                  .description = "An order in which every relationship points forward"});
}

}  // namespace islet::query
