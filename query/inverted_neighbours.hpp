// What lies next to one node and to each of many others, found once for all of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "expand_parts.hpp"

namespace islet::query {

/// The two steps away from a node by way of its neighbours, kept by where they end.
///
/// Rows that share a node `a` and differ in `d` ask for the nodes next to both. Walking from the neighbours
/// of `a` on to whatever has them as a neighbour answers all these rows, where that is fewer steps than
/// meeting the two lists of neighbours for each row.
class InvertedNeighbours {
 public:
    /// A node next to both, and by how many relationships each.
    struct Met {
        NodeId node;
        std::uint32_t from_first;
        std::uint32_t from_second;
        std::uint32_t next;  ///< of the same second node; `none` after the last
    };
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    /// Whether the steps on from `near`, the first node's neighbours in ascending order, are at most
    /// `budget`.
    [[nodiscard]] static bool within(std::span<const NodeId> near, const ExpandSteps& on, std::size_t budget);
    /// With `labelled`, only by way of these nodes.
    void fill(std::span<const NodeId> near, const ExpandSteps& on, const LabelledNodes* labelled);
    /// The first of the nodes next to both, which are linked in ascending order.
    [[nodiscard]] std::uint32_t find(NodeId second) const {
        const std::uint32_t slot = slot_of(second);
        return slots_[slot].head;
    }
    [[nodiscard]] const Met& operator[](std::uint32_t at) const { return met_[at]; }

 private:
    struct Slot {
        NodeId second = NodeId::none;
        std::uint32_t head = none;
    };
    /// Of the node, or the empty one that it may have.
    [[nodiscard]] std::uint32_t slot_of(NodeId node) const {
        auto slot =
            static_cast<std::uint32_t>((static_cast<std::uint32_t>(node) * 0x9E3779B97F4A7C15U) >> shift_);
        while (slots_[slot].second != node && slots_[slot].second != NodeId::none)
            slot = (slot + 1) & (static_cast<std::uint32_t>(slots_.size()) - 1);
        return slot;
    }

    std::vector<Slot> slots_;  ///< a power of two of them, at least a quarter empty
    unsigned shift_ = 60;
    std::vector<Met> met_;
};

}  // namespace islet::query
