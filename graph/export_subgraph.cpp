// Which nodes and relationships an export holds.
#include <algorithm>
#include <utility>

#include "islet/export.hpp"

namespace islet {

namespace {

template <class Id>
void sort_unique(std::vector<Id>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

void collect(const Value& value, Subgraph& graph);

void collect(RelId rel, Subgraph& graph) {
    const Ends ends = graph.snapshot.ends(rel);
    graph.nodes.push_back(ends.source);
    graph.nodes.push_back(ends.target);
    graph.relationships.push_back(rel);
}

void collect(const Value& value, Subgraph& graph) {
    switch (value.kind()) {
        case Kind::node:
            graph.nodes.push_back(value.as_node());
            break;
        case Kind::relationship:
            collect(value.as_relationship(), graph);
            break;
        case Kind::path:
            graph.nodes.insert(graph.nodes.end(), value.as_path().nodes.begin(), value.as_path().nodes.end());
            for (const RelId rel : value.as_path().relationships) collect(rel, graph);
            break;
        case Kind::list:
            for (const Value& item : value.as_list()) collect(item, graph);
            break;
        case Kind::map:
            for (const auto& [key, item] : value.as_map().entries()) collect(item, graph);
            break;
        case Kind::null:
        case Kind::boolean:
        case Kind::integer:
        case Kind::floating:
        case Kind::string:
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            break;
    }
}

/// Calls `visit(neighbour, relationship)` for every relationship at `node` in one direction.
template <class Visit>
void each_neighbour(const Snapshot& snapshot, NodeId node, Direction direction, Visit visit) {
    for (std::uint32_t type = 0; type < snapshot.type_count(); ++type) {
        const Adjacent adjacent = snapshot.neighbours(node, TypeId{type}, direction);
        for (std::size_t i = 0; i < adjacent.size(); ++i) visit(adjacent.nodes[i], adjacent.rel(i));
    }
}

}  // namespace

Subgraph whole_graph(const Snapshot& snapshot) {
    Subgraph graph{snapshot, {}, {}};
    graph.nodes.reserve(snapshot.node_count());
    graph.relationships.reserve(snapshot.rel_count());
    for (std::uint32_t id = 0; id < snapshot.node_bound(); ++id) {
        if (snapshot.contains(NodeId{id})) graph.nodes.push_back(NodeId{id});
    }
    for (std::uint32_t id = 0; id < snapshot.rel_bound(); ++id) {
        if (snapshot.contains(RelId{id})) graph.relationships.push_back(RelId{id});
    }
    return graph;
}

Subgraph neighbourhood(const Snapshot& snapshot, std::span<const NodeId> centres, std::size_t hops) {
    Subgraph graph{snapshot, {centres.begin(), centres.end()}, {}};
    sort_unique(graph.nodes);
    std::vector<bool> reached(snapshot.node_bound(), false);
    for (const NodeId node : graph.nodes) reached[index(node)] = true;

    std::vector<NodeId> ring = graph.nodes;
    for (std::size_t hop = 0; hop < hops && !ring.empty(); ++hop) {
        std::vector<NodeId> next;
        for (const NodeId node : ring) {
            for (const Direction direction : {Direction::out, Direction::in}) {
                each_neighbour(snapshot, node, direction, [&](NodeId neighbour, RelId) {
                    if (reached[index(neighbour)]) return;
                    reached[index(neighbour)] = true;
                    next.push_back(neighbour);
                });
            }
        }
        graph.nodes.insert(graph.nodes.end(), next.begin(), next.end());
        ring = std::move(next);
    }
    for (const NodeId node : graph.nodes) {
        each_neighbour(snapshot, node, Direction::out, [&](NodeId neighbour, RelId rel) {
            if (reached[index(neighbour)]) graph.relationships.push_back(rel);
        });
    }
    sort_unique(graph.nodes);
    sort_unique(graph.relationships);
    return graph;
}

Subgraph subgraph_of(const Snapshot& snapshot, std::span<const Value> values) {
    Subgraph graph{snapshot, {}, {}};
    for (const Value& value : values) collect(value, graph);
    sort_unique(graph.nodes);
    sort_unique(graph.relationships);
    return graph;
}

}  // namespace islet
