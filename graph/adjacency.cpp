#include "adjacency.hpp"

#include <numeric>

namespace islet {

namespace {

constexpr std::uint64_t sparse_below = 8;  ///< sparse if fewer than one node in so many has a neighbour

/// Writes `items` to `out` in stable order of key(item): by counting where the keys lie close
/// enough, else by comparing.
template <class Key>
void order_by(std::span<const std::uint32_t> items, Key key, std::vector<std::uint32_t>& counts,
              std::span<std::uint32_t> out) {
    if (items.empty()) return;
    std::uint32_t least = UINT32_MAX;
    std::uint32_t greatest = 0;
    for (const std::uint32_t item : items) {
        least = std::min(least, key(item));
        greatest = std::max(greatest, key(item));
    }
    const std::uint64_t range = std::uint64_t{greatest} - least + 1;
    if (range > items.size() * sparse_below + 1024) {
        std::copy(items.begin(), items.end(), out.begin());
        std::stable_sort(out.begin(), out.end(),
                         [&key](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
        return;
    }
    counts.assign(range + 1, 0);
    for (const std::uint32_t item : items) ++counts[key(item) - least + 1];
    std::partial_sum(counts.begin(), counts.end(), counts.begin());
    for (const std::uint32_t item : items) out[counts[key(item) - least]++] = item;
}

/// Slots and offsets of rows whose entries are keyed by ascending nodes: node_at(position).
template <class NodeAt>
Rows rows_of(std::uint32_t count, NodeAt node_at) {
    Rows rows;
    if (count == 0) return rows;
    rows.distinct = 1;
    for (std::uint32_t i = 1; i < count; ++i) rows.distinct += node_at(i) != node_at(i - 1) ? 1 : 0;
    const std::uint32_t first = static_cast<std::uint32_t>(node_at(0));
    const std::uint32_t range = static_cast<std::uint32_t>(node_at(count - 1)) - first + 1;
    std::vector<std::uint32_t> offsets;
    if (rows.distinct * sparse_below < range) {
        std::vector<NodeId> nodes;
        nodes.reserve(rows.distinct);
        offsets.reserve(rows.distinct + 1);
        for (std::uint32_t i = 0; i < count; ++i) {
            if (i != 0 && node_at(i) == node_at(i - 1)) continue;
            nodes.push_back(node_at(i));
            offsets.push_back(i);
        }
        offsets.push_back(count);
        rows.slots = rows.distinct;
        rows.nodes = Array(std::move(nodes));
    } else {
        rows.first = first;
        rows.slots = range;
        offsets.assign(std::size_t{range} + 1, 0);
        for (std::uint32_t i = 0; i < count; ++i)
            ++offsets[static_cast<std::uint32_t>(node_at(i)) - first + 1];
        std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    }
    rows.offsets = Array(std::move(offsets));
    return rows;
}

/// `order`: the positions in `pending` of the relationships of one type, in their final order.
TypeAdjacency adjacency_of(const PendingRelationships& pending, std::span<const std::uint32_t> order,
                           std::uint32_t first_rel, std::vector<std::uint32_t>& counts) {
    const auto count = static_cast<std::uint32_t>(order.size());
    TypeAdjacency made;
    made.first_rel = first_rel;
    made.count = count;

    made.out = rows_of(count, [&](std::uint32_t i) { return pending.sources[order[i]]; });
    std::vector<NodeId> targets(count);
    for (std::uint32_t i = 0; i < count; ++i) targets[i] = pending.targets[order[i]];

    // Stable by target over relationships that ascend by (source, id): so do each target's entries.
    std::vector<std::uint32_t> ascending(count);
    std::iota(ascending.begin(), ascending.end(), 0U);
    std::vector<std::uint32_t> backward(count);
    order_by(
        std::span<const std::uint32_t>(ascending),
        [&](std::uint32_t i) { return static_cast<std::uint32_t>(targets[i]); }, counts, backward);
    ascending = {};
    made.in = rows_of(count, [&](std::uint32_t i) { return targets[backward[i]]; });
    std::vector<NodeId> sources(count);
    std::vector<RelId> rels(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        sources[i] = pending.sources[order[backward[i]]];
        rels[i] = RelId{first_rel + backward[i]};
    }
    made.in.neighbours = Array(std::move(sources));
    made.in.rels = Array(std::move(rels));
    made.out.neighbours = Array(std::move(targets));
    return made;
}

}  // namespace

std::vector<TypeAdjacency> build_adjacency(const PendingRelationships& pending, std::uint32_t type_count,
                                           std::vector<std::uint32_t>* rename) {
    const std::uint32_t count = pending.size();
    std::vector<std::uint32_t> starts(std::size_t{type_count} + 1);
    for (const TypeId type : pending.types) ++starts[index(type) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::uint32_t> order(count);
    std::vector<std::uint32_t> next(starts.begin(), starts.end());
    for (std::uint32_t i = 0; i < count; ++i) order[next[index(pending.types[i])]++] = i;

    std::vector<TypeAdjacency> made;
    made.reserve(type_count);
    std::vector<std::uint32_t> counts;
    std::vector<std::uint32_t> by_target;
    for (std::uint32_t type = 0; type < type_count; ++type) {
        const std::span<std::uint32_t> slice(order.data() + starts[type], starts[type + 1] - starts[type]);
        by_target.resize(slice.size());
        order_by(
            std::span<const std::uint32_t>(slice),
            [&](std::uint32_t i) { return static_cast<std::uint32_t>(pending.targets[i]); }, counts,
            by_target);
        order_by(
            std::span<const std::uint32_t>(by_target),
            [&](std::uint32_t i) { return static_cast<std::uint32_t>(pending.sources[i]); }, counts, slice);
        made.push_back(adjacency_of(pending, slice, starts[type], counts));
    }
    if (rename != nullptr) {
        rename->resize(count);
        for (std::uint32_t i = 0; i < count; ++i) (*rename)[order[i]] = i;
    }
    return made;
}

}  // namespace islet
