// A snapshot as a Boost.Graph graph: its algorithms run on the store itself, nothing is copied.
//
//   GraphView view(snapshot, {.labels = {drug}, .types = {has_target}});
//   std::vector<std::uint32_t> component(num_vertices(view));
//   boost::strong_components(view, component.data());          // vertices are 0 … num_vertices - 1
//   boost::connected_components(Undirected(view), component.data());
//   boost::dijkstra_shortest_paths(view, *view.vertex(node), boost::weight_map(view.weights(key)) …);
//
// GraphView models VertexListGraph, EdgeListGraph, IncidenceGraph, BidirectionalGraph and
// AdjacencyGraph. Undirected is the same graph with every relationship walked both ways, for the
// algorithms that Boost defines on undirected graphs only; it models all of these but
// BidirectionalGraph.
#pragma once

#include <algorithm>
#include <boost/graph/adjacency_iterator.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "islet/graph.hpp"

namespace islet {

/// A relationship as an edge. Equal edges are the same relationship, from whichever end it was reached.
struct ViewEdge {
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    RelId rel = RelId::none;

    friend bool operator==(const ViewEdge& a, const ViewEdge& b) noexcept { return a.rel == b.rel; }
    friend bool operator<(const ViewEdge& a, const ViewEdge& b) noexcept { return a.rel < b.rel; }
};

/// A property of relationships as a weight map: integers and floats as double, `missing` for all else.
class WeightMap {
 public:
    using key_type = ViewEdge;
    using value_type = double;
    using reference = double;
    using category = boost::readable_property_map_tag;

    WeightMap(Snapshot snapshot, KeyId key, double missing)
        : snapshot_(std::move(snapshot)), key_(key), missing_(missing) {}

    [[nodiscard]] double operator[](const ViewEdge& edge) const {
        const Value value = snapshot_.property(edge.rel, key_);
        return value.is_number() ? value.number() : missing_;
    }
    friend double get(const WeightMap& map, const ViewEdge& edge) { return map[edge]; }

 private:
    Snapshot snapshot_;
    KeyId key_;
    double missing_;
};

/// What a view shows. Empty lists show everything.
struct ViewFilter {
    std::vector<LabelId> labels;  ///< nodes that have any of these
    std::vector<TypeId> types;    ///< relationships of any of these, between nodes that are shown
};

/// Holds its snapshot, so that it shows one state for as long as it lives. A value: copies share all
/// tables. Safe to read from several threads.
///
/// A vertex is a number below num_vertices(), in ascending order of node id: the node id itself while
/// nothing is filtered out and nothing was deleted, else by tables of 4 bytes a node.
class GraphView {
 public:
    using vertex_descriptor = std::uint32_t;
    using edge_descriptor = ViewEdge;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    struct traversal_category : virtual boost::bidirectional_graph_tag,
                                virtual boost::adjacency_graph_tag,
                                virtual boost::vertex_list_graph_tag,
                                virtual boost::edge_list_graph_tag {};
    using vertices_size_type = std::uint32_t;
    using edges_size_type = std::uint64_t;
    using degree_size_type = std::size_t;
    using vertex_iterator = boost::counting_iterator<vertex_descriptor>;

    /// How the edges of one vertex are walked.
    enum class Walk : std::uint8_t { out, in, both };
    class IncidentIterator;
    class EdgeIterator;
    using out_edge_iterator = IncidentIterator;
    using in_edge_iterator = IncidentIterator;
    using edge_iterator = EdgeIterator;
    using adjacency_iterator =
        boost::adjacency_iterator<GraphView, vertex_descriptor, IncidentIterator, std::ptrdiff_t>;

    explicit GraphView(Snapshot snapshot, ViewFilter filter = {});

    static vertex_descriptor null_vertex() noexcept { return std::numeric_limits<vertex_descriptor>::max(); }

    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }
    /// REQUIRES: vertex < vertex_count()
    [[nodiscard]] NodeId node(vertex_descriptor vertex) const noexcept {
        return tables_ == nullptr ? NodeId{vertex} : tables_->nodes[vertex];
    }
    /// None if the view does not show the node.
    [[nodiscard]] std::optional<vertex_descriptor> vertex(NodeId node) const noexcept {
        const std::uint32_t vertex = vertex_or_null(node);
        return vertex < vertex_count_ ? std::optional(vertex) : std::nullopt;
    }
    [[nodiscard]] vertices_size_type vertex_count() const noexcept { return vertex_count_; }
    [[nodiscard]] edges_size_type edge_count() const noexcept { return edge_count_; }
    [[nodiscard]] degree_size_type degree(vertex_descriptor vertex, Walk walk) const;
    [[nodiscard]] std::pair<IncidentIterator, IncidentIterator> incident(vertex_descriptor vertex,
                                                                         Walk walk) const;
    [[nodiscard]] std::pair<EdgeIterator, EdgeIterator> all_edges() const;

    [[nodiscard]] WeightMap weights(KeyId key, double missing = 1.0) const {
        return {snapshot_, key, missing};
    }

 private:
    struct Tables {
        std::vector<NodeId> nodes;            ///< by vertex
        std::vector<std::uint32_t> vertices;  ///< by node id; null_vertex() where not shown
    };
    [[nodiscard]] std::uint32_t vertex_or_null(NodeId node) const noexcept {
        if (tables_ == nullptr) return static_cast<std::uint32_t>(node);
        return index(node) < tables_->vertices.size() ? tables_->vertices[index(node)] : null_vertex();
    }
    [[nodiscard]] degree_size_type degree_one_way(vertex_descriptor vertex,
                                                  Direction direction) const noexcept;

    Snapshot snapshot_;
    std::vector<TypeId> types_;  ///< those shown, ascending
    std::shared_ptr<const Tables> tables_;
    bool hides_nodes_ = false;  ///< whether a neighbour may be one that is not shown
    vertices_size_type vertex_count_ = 0;
    edges_size_type edge_count_ = 0;
};

/// The edges of one vertex: type by type, out before in.
class GraphView::IncidentIterator
    : public boost::iterator_facade<IncidentIterator, ViewEdge, boost::forward_traversal_tag, ViewEdge> {
 public:
    IncidentIterator() = default;
    /// The first edge from type number `type` on.
    IncidentIterator(const GraphView& view, vertex_descriptor vertex, Walk walk, std::size_t type)
        : view_(&view), vertex_(vertex), walk_(walk), direction_(first_direction()), type_(type) {
        if (!at_end()) {
            load();
            settle();
        }
    }

 private:
    friend class boost::iterator_core_access;

    [[nodiscard]] Direction first_direction() const noexcept {
        return walk_ == Walk::in ? Direction::in : Direction::out;
    }
    [[nodiscard]] bool at_end() const noexcept { return type_ == view_->types_.size(); }
    void load() {
        list_ = view_->snapshot_.neighbours(view_->node(vertex_), view_->types_[type_], direction_);
        position_ = 0;
    }
    /// Goes on to the next edge that is shown, if this position has none.
    void settle() {
        for (;;) {
            for (; position_ < list_.size(); ++position_) {
                neighbour_ = view_->vertex_or_null(list_.nodes[position_]);
                if (!view_->hides_nodes_ || neighbour_ != null_vertex()) return;
            }
            if (walk_ == Walk::both && direction_ == Direction::out) {
                direction_ = Direction::in;
            } else {
                direction_ = first_direction();
                if (++type_; at_end()) {
                    position_ = 0;
                    return;
                }
            }
            load();
        }
    }
    void increment() {
        ++position_;
        settle();
    }
    [[nodiscard]] bool equal(const IncidentIterator& other) const noexcept {
        return type_ == other.type_ && position_ == other.position_ && direction_ == other.direction_ &&
               vertex_ == other.vertex_;
    }
    [[nodiscard]] ViewEdge dereference() const noexcept {
        if (walk_ == Walk::in) return {neighbour_, vertex_, list_.rel(position_)};
        return {vertex_, neighbour_, list_.rel(position_)};
    }

    const GraphView* view_ = nullptr;
    vertex_descriptor vertex_ = 0;
    Walk walk_ = Walk::out;
    Direction direction_ = Direction::out;
    std::size_t type_ = 0;
    Adjacent list_;
    std::size_t position_ = 0;
    std::uint32_t neighbour_ = 0;
};

/// All edges, by their source.
class GraphView::EdgeIterator
    : public boost::iterator_facade<EdgeIterator, ViewEdge, boost::forward_traversal_tag, ViewEdge> {
 public:
    EdgeIterator() = default;
    EdgeIterator(const GraphView& view, vertex_descriptor vertex) : view_(&view), vertex_(vertex) {
        if (vertex_ < view.vertex_count()) {
            std::tie(at_, end_) = view.incident(vertex_, Walk::out);
            settle();
        }
    }

 private:
    friend class boost::iterator_core_access;

    void settle() {
        while (at_ == end_ && ++vertex_ < view_->vertex_count()) {
            std::tie(at_, end_) = view_->incident(vertex_, Walk::out);
        }
    }
    void increment() {
        ++at_;
        settle();
    }
    [[nodiscard]] bool equal(const EdgeIterator& other) const noexcept {
        return vertex_ == other.vertex_ &&
               (view_ == nullptr || vertex_ >= view_->vertex_count() || at_ == other.at_);
    }
    [[nodiscard]] ViewEdge dereference() const { return *at_; }

    const GraphView* view_ = nullptr;
    vertex_descriptor vertex_ = 0;
    IncidentIterator at_;
    IncidentIterator end_;
};

inline std::pair<GraphView::IncidentIterator, GraphView::IncidentIterator> GraphView::incident(
    vertex_descriptor vertex, Walk walk) const {
    return {{*this, vertex, walk, 0}, {*this, vertex, walk, types_.size()}};
}

inline std::pair<GraphView::EdgeIterator, GraphView::EdgeIterator> GraphView::all_edges() const {
    return {{*this, 0}, {*this, vertex_count_}};
}

/// A view with every relationship walked both ways. The view must outlive it.
class Undirected {
 public:
    using vertex_descriptor = GraphView::vertex_descriptor;
    using edge_descriptor = ViewEdge;
    using directed_category = boost::undirected_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    struct traversal_category : virtual boost::incidence_graph_tag,
                                virtual boost::adjacency_graph_tag,
                                virtual boost::vertex_list_graph_tag,
                                virtual boost::edge_list_graph_tag {};
    using vertices_size_type = GraphView::vertices_size_type;
    using edges_size_type = GraphView::edges_size_type;
    using degree_size_type = GraphView::degree_size_type;
    using vertex_iterator = GraphView::vertex_iterator;
    using out_edge_iterator = GraphView::IncidentIterator;
    using edge_iterator = GraphView::EdgeIterator;
    using adjacency_iterator =
        boost::adjacency_iterator<Undirected, vertex_descriptor, out_edge_iterator, std::ptrdiff_t>;

    explicit Undirected(const GraphView& view) noexcept : view_(&view) {}
    explicit Undirected(GraphView&&) = delete;

    static vertex_descriptor null_vertex() noexcept { return GraphView::null_vertex(); }
    [[nodiscard]] const GraphView& view() const noexcept { return *view_; }

 private:
    const GraphView* view_;
};

// The functions of Boost's graph concepts, found by argument-dependent look-up.
inline const GraphView& view_of(const GraphView& graph) noexcept {
    return graph;
}
inline const GraphView& view_of(const Undirected& graph) noexcept {
    return graph.view();
}

template <class Graph>
concept ViewGraph = std::same_as<Graph, GraphView> || std::same_as<Graph, Undirected>;

template <ViewGraph Graph>
constexpr GraphView::Walk outward =
    std::same_as<Graph, Undirected> ? GraphView::Walk::both : GraphView::Walk::out;

template <ViewGraph Graph>
auto vertices(const Graph& graph) {
    return std::pair(GraphView::vertex_iterator(0),
                     GraphView::vertex_iterator(view_of(graph).vertex_count()));
}
template <ViewGraph Graph>
auto num_vertices(const Graph& graph) {
    return view_of(graph).vertex_count();
}
template <ViewGraph Graph>
auto edges(const Graph& graph) {
    return view_of(graph).all_edges();
}
template <ViewGraph Graph>
auto num_edges(const Graph& graph) {
    return view_of(graph).edge_count();
}
template <ViewGraph Graph>
auto source(const ViewEdge& edge, const Graph& /*graph*/) noexcept {
    return edge.source;
}
template <ViewGraph Graph>
auto target(const ViewEdge& edge, const Graph& /*graph*/) noexcept {
    return edge.target;
}
template <ViewGraph Graph>
auto out_edges(GraphView::vertex_descriptor vertex, const Graph& graph) {
    return view_of(graph).incident(vertex, outward<Graph>);
}
template <ViewGraph Graph>
auto out_degree(GraphView::vertex_descriptor vertex, const Graph& graph) {
    return view_of(graph).degree(vertex, outward<Graph>);
}
template <ViewGraph Graph>
auto adjacent_vertices(GraphView::vertex_descriptor vertex, const Graph& graph) {
    using Iterator = typename Graph::adjacency_iterator;
    const auto [begin, end] = out_edges(vertex, graph);
    return std::pair(Iterator(begin, &graph), Iterator(end, &graph));
}
inline auto in_edges(GraphView::vertex_descriptor vertex, const GraphView& graph) {
    return graph.incident(vertex, GraphView::Walk::in);
}
inline auto in_degree(GraphView::vertex_descriptor vertex, const GraphView& graph) {
    return graph.degree(vertex, GraphView::Walk::in);
}
template <ViewGraph Graph>
auto degree(GraphView::vertex_descriptor vertex, const Graph& graph) {
    return view_of(graph).degree(vertex, GraphView::Walk::both);
}

// A vertex is its own index; an edge's is its relationship id, below the snapshot's rel_bound().
using VertexIndexMap = boost::typed_identity_property_map<GraphView::vertex_descriptor>;

struct EdgeIndexMap {
    using key_type = ViewEdge;
    using value_type = std::uint32_t;
    using reference = std::uint32_t;
    using category = boost::readable_property_map_tag;
    friend std::uint32_t get(EdgeIndexMap /*map*/, const ViewEdge& edge) noexcept {
        return static_cast<std::uint32_t>(edge.rel);
    }
};

template <ViewGraph Graph>
VertexIndexMap get(boost::vertex_index_t /*tag*/, const Graph& /*graph*/) {
    return {};
}
template <ViewGraph Graph>
std::uint32_t get(boost::vertex_index_t /*tag*/, const Graph& /*graph*/,
                  GraphView::vertex_descriptor vertex) {
    return vertex;
}
template <ViewGraph Graph>
EdgeIndexMap get(boost::edge_index_t /*tag*/, const Graph& /*graph*/) {
    return {};
}
template <ViewGraph Graph>
std::uint32_t get(boost::edge_index_t /*tag*/, const Graph& /*graph*/, const ViewEdge& edge) {
    return static_cast<std::uint32_t>(edge.rel);
}

}  // namespace islet

namespace boost {

template <islet::ViewGraph Graph>
struct property_map<Graph, vertex_index_t> {
    using type = islet::VertexIndexMap;
    using const_type = type;
};
template <islet::ViewGraph Graph>
struct property_map<Graph, edge_index_t> {
    using type = islet::EdgeIndexMap;
    using const_type = type;
};

}  // namespace boost
