#include "islet/boost_graph.hpp"

namespace islet {

namespace {

/// The nodes with any of the labels (all nodes if there are none), ascending.
std::vector<NodeId> shown_nodes(const Snapshot& snapshot, const std::vector<LabelId>& labels) {
    std::vector<NodeId> nodes;
    if (labels.empty()) {
        snapshot.scan(LabelId::none, NodeId{0}, SIZE_MAX, nodes);
        return nodes;
    }
    for (const LabelId label : labels) snapshot.scan(label, NodeId{0}, SIZE_MAX, nodes);
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    return nodes;
}

}  // namespace

GraphView::GraphView(Snapshot snapshot, ViewFilter filter)
    : snapshot_(std::move(snapshot)), types_(std::move(filter.types)) {
    if (types_.empty()) {
        for (std::uint32_t type = 0; type < snapshot_.type_count(); ++type) types_.push_back(TypeId{type});
    }
    std::sort(types_.begin(), types_.end());
    types_.erase(std::unique(types_.begin(), types_.end()), types_.end());

    vertex_count_ = snapshot_.node_bound();
    // Deleted nodes count as hidden too: within a transaction they may still be someone's neighbours.
    hides_nodes_ = !filter.labels.empty() || snapshot_.node_count() != snapshot_.node_bound();
    if (hides_nodes_) {
        auto tables = std::make_shared<Tables>();
        tables->nodes = shown_nodes(snapshot_, filter.labels);
        tables->vertices.assign(snapshot_.node_bound(), null_vertex());
        vertex_count_ = static_cast<vertices_size_type>(tables->nodes.size());
        for (std::uint32_t i = 0; i < vertex_count_; ++i) tables->vertices[index(tables->nodes[i])] = i;
        tables_ = std::move(tables);
    }
    if (!hides_nodes_) {
        for (const TypeId type : types_) edge_count_ += snapshot_.count(type);
    } else {
        for (std::uint32_t i = 0; i < vertex_count_; ++i) edge_count_ += degree_one_way(i, Direction::out);
    }
}

GraphView::degree_size_type GraphView::degree_one_way(vertex_descriptor vertex,
                                                      Direction direction) const noexcept {
    degree_size_type degree = 0;
    for (const TypeId type : types_) {
        const Adjacent list = snapshot_.neighbours(node(vertex), type, direction);
        if (!hides_nodes_) {
            degree += list.size();
        } else {
            for (const NodeId neighbour : list.nodes)
                degree += vertex_or_null(neighbour) != null_vertex() ? 1 : 0;
        }
    }
    return degree;
}

GraphView::degree_size_type GraphView::degree(vertex_descriptor vertex, Walk walk) const {
    degree_size_type degree = 0;
    if (walk != Walk::in) degree += degree_one_way(vertex, Direction::out);
    if (walk != Walk::out) degree += degree_one_way(vertex, Direction::in);
    return degree;
}

}  // namespace islet
