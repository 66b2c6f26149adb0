// The relationships of one type as compressed sparse rows, both ways.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "array.hpp"
#include "islet/graph.hpp"
#include "large_pages.hpp"
#include "type_list.hpp"

namespace islet {

/// The rows of one direction: slot i holds neighbours [offsets[i], offsets[i + 1]).
///
/// Dense: slot i is node `first` + i; only the range of nodes that have a neighbour is covered.
/// Sparse, where fewer than one in eight of that range have one: slot i is node nodes[i], ascending.
struct Rows {
    std::uint32_t first = 0;
    std::uint32_t slots = 0;
    std::uint32_t distinct = 0;  ///< nodes that have a neighbour
    Array<NodeId> nodes;
    Array<std::uint32_t> offsets;  ///< slots + 1; empty if there is none
    Array<NodeId> neighbours;
    Array<RelId> rels;  ///< backward only: forward, position p is relationship first_rel + p

    /// The slot of a node; `slots` or more if it has none.
    [[nodiscard]] std::uint32_t slot_of(NodeId node) const noexcept {
        if (nodes.empty()) return static_cast<std::uint32_t>(node) - first;
        const NodeId* at = std::lower_bound(nodes.begin(), nodes.end(), node);
        return at != nodes.end() && *at == node ? static_cast<std::uint32_t>(at - nodes.begin()) : slots;
    }
    [[nodiscard]] NodeId node_of(std::uint32_t slot) const noexcept {
        return nodes.empty() ? NodeId{first + slot} : nodes[slot];
    }
    [[nodiscard]] std::uint32_t degree(NodeId node) const noexcept {
        const std::uint32_t slot = slot_of(node);
        return slot < slots ? offsets[slot + 1] - offsets[slot] : 0;
    }
};

/// Relationships [first_rel, first_rel + count), ordered by source, target, order of adding.
struct TypeAdjacency {
    std::uint32_t first_rel = 0;
    std::uint32_t count = 0;
    Rows out;
    Rows in;

    [[nodiscard]] const Rows& rows(Direction direction) const noexcept {
        return direction == Direction::out ? out : in;
    }
    [[nodiscard]] Adjacent neighbours(NodeId node, Direction direction) const noexcept {
        const Rows& side = rows(direction);
        const std::uint32_t slot = side.slot_of(node);
        if (slot >= side.slots) return {};
        const std::uint32_t begin = side.offsets[slot];
        const std::uint32_t size = side.offsets[slot + 1] - begin;
        if (direction == Direction::out) {
            return {{side.neighbours.data() + begin, size}, {}, RelId{first_rel + begin}};
        }
        return {{side.neighbours.data() + begin, size}, {side.rels.data() + begin, size}, {}};
    }
    /// REQUIRES: rel is of this type
    [[nodiscard]] NodeId target(RelId rel) const noexcept {
        return out.neighbours[static_cast<std::uint32_t>(rel) - first_rel];
    }
    /// REQUIRES: rel is of this type. Searches the offsets: no array of sources is held.
    [[nodiscard]] NodeId source(RelId rel) const noexcept {
        const std::uint32_t position = static_cast<std::uint32_t>(rel) - first_rel;
        const auto* after = std::upper_bound(out.offsets.begin(), out.offsets.end(), position);
        return out.node_of(static_cast<std::uint32_t>(after - out.offsets.begin()) - 1);
    }
};

/// Relationships in order of adding, column by column.
struct PendingRelationships {
    LargeVector<NodeId> sources;
    LargeVector<NodeId> targets;
    TypeList types;

    [[nodiscard]] std::uint32_t size() const noexcept { return types.size(); }
};

/// One TypeAdjacency for each of `type_count` types. `rename`, if not null, receives the new id of
/// every relationship by its order of adding. Linear in the relationships and their range of nodes, or, where
/// the nodes of a type lie far apart, in the relationships and the logarithm of their number. Types are
/// worked on side by side by up to `threads` threads.
std::vector<TypeAdjacency> build_adjacency(PendingRelationships pending, std::uint32_t type_count,
                                           LargeVector<std::uint32_t>* rename, unsigned threads = 1);

}  // namespace islet
