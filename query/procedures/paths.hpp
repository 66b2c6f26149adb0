// Shortest weighted paths over a projection.
#pragma once

#include <limits>

#include "projection.hpp"

namespace islet::query {

/// A walk and what its relationships weigh together.
struct Route {
    double distance = 0;
    std::vector<std::uint32_t> vertices;
    std::vector<RelId> rels;

    friend bool operator<(const Route& a, const Route& b) {
        if (a.distance != b.distance) return a.distance < b.distance;
        if (a.rels.size() != b.rels.size()) return a.rels.size() < b.rels.size();
        if (a.vertices != b.vertices) return a.vertices < b.vertices;
        return a.rels < b.rels;
    }
    friend bool operator==(const Route& a, const Route& b) { return a.rels == b.rels; }
};

inline Value path_value(const Projected& projected, const Route& route) {
    Path path;
    for (const std::uint32_t vertex : route.vertices) path.nodes.push_back(projected.view.node(vertex));
    path.relationships = route.rels;
    return path;
}

constexpr double unreached = std::numeric_limits<double>::max();

/// Dijkstra's tree from one vertex.
struct Tree {
    std::vector<double> distance;  ///< by vertex; `unreached` where no path leads
    std::vector<ViewEdge> last;    ///< by vertex: the relationship that led here, from its `source`

    [[nodiscard]] Route route(std::uint32_t from, std::uint32_t to) const;
};

/// What a search may not use; empty: everything may be used.
struct Banned {
    std::vector<bool> vertices;
    std::vector<RelId> rels;  ///< few
};

/// Until `target` is reached, or (null_vertex) everything has been. REQUIRES: no weight below zero.
Tree dijkstra(const Projected& projected, std::uint32_t source, std::uint32_t target, const Banned& banned,
              Poll& poll);

}  // namespace islet::query
