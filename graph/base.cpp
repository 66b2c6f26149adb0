#include "base.hpp"

#include <algorithm>

namespace islet {

Ends Base::ends(RelId rel) const noexcept {
    // The last type that begins at or before the relationship; empty types begin where the next one does.
    const auto after =
        std::upper_bound(adjacency.begin(), adjacency.end(), static_cast<std::uint32_t>(rel),
                         [](std::uint32_t id, const TypeAdjacency& type) { return id < type.first_rel; });
    const auto type = after - 1;
    if (guard != nullptr &&
        !known(TypeId{static_cast<std::uint32_t>(type - adjacency.begin())}, Direction::out)) {
        const GuardedArrays arrays{adjacency.size(), node_columns.size()};
        const auto verify = [&](GuardedArrays::OfType array) {
            return guard->verify(
                arrays.of_type(static_cast<std::size_t>(type - adjacency.begin()), Direction::out, array));
        };
        const auto at = static_cast<std::uint32_t>(rel) - type->first_rel;
        const bool sound =
            verify(GuardedArrays::nodes) && verify(GuardedArrays::offsets) &&
            guard->verify_elements<NodeId>(arrays.of_type(static_cast<std::size_t>(type - adjacency.begin()),
                                                          Direction::out, GuardedArrays::neighbours),
                                           at, std::uint64_t{at} + 1);
        if (!sound)
            return {NodeId{0}, NodeId{0}, TypeId{static_cast<std::uint32_t>(type - adjacency.begin())}};
    }
    return {type->source(rel), type->target(rel),
            TypeId{static_cast<std::uint32_t>(type - adjacency.begin())}};
}

const Bitmap& Base::nodes_of(LabelId label) const noexcept {
    static const Bitmap none;
    return index(label) < label_nodes.size() ? label_nodes[index(label)] : none;
}

Value Base::property(NodeId node, KeyId key) const {
    if (index(key) >= node_columns.size()) return {};
    if (guard != nullptr && !sound_value(true, key, static_cast<std::uint32_t>(node))) return {};
    return node_columns[index(key)].get(static_cast<std::uint32_t>(node), texts);
}

Value Base::property(RelId rel, KeyId key) const {
    if (index(key) >= rel_columns.size()) return {};
    if (guard != nullptr && !sound_value(false, key, static_cast<std::uint32_t>(rel))) return {};
    return rel_columns[index(key)].get(static_cast<std::uint32_t>(rel), texts);
}

const std::shared_ptr<const Base>& empty_base() {
    static const std::shared_ptr<const Base> empty = std::make_shared<const Base>();
    return empty;
}

}  // namespace islet
