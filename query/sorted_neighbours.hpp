// The neighbours of one node as a single ascending list, however many types and directions lead to them.
#pragma once

#include <algorithm>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "expand_parts.hpp"

namespace islet::query {

/// The first position from `at` on whose node is not below `node`: found in leaps of doubling length.
inline std::size_t leap(std::span<const NodeId> nodes, std::size_t at, NodeId node) {
    if (at >= nodes.size() || nodes[at] >= node) return at;
    std::size_t step = 1;
    while (at + step < nodes.size() && nodes[at + step] < node) {
        at += step;
        step *= 2;
    }
    const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    const auto end = nodes.begin() + static_cast<std::ptrdiff_t>(std::min(at + step, nodes.size()));
    return static_cast<std::size_t>(std::lower_bound(begin, end, node) - nodes.begin());
}

/// The neighbours that one arm of an intersection can reach, and where it stands among them.
class SortedNeighbours {
 public:
    NodeId from{};
    std::span<const NodeId> nodes;  ///< ascending, a node once for each relationship
    std::size_t at = 0;
    std::size_t size = 0;   ///< of all lists together
    bool searched = false;  ///< `nodes` are only those that are the node looked at
    Blocked blocked;

    /// REQUIRES: find(…) was told of relationships, or search(…) was called
    [[nodiscard]] RelId rel(std::size_t i) const { return pool_.empty() ? store_.rel(i) : pool_[i].second; }
    /// The position behind those of the node at `at`.
    [[nodiscard]] std::size_t end_of_run() const {
        std::size_t end = at + 1;
        while (end < nodes.size() && nodes[end] == nodes[at]) ++end;
        return end;
    }
    void forget() { pooled_ = NodeId::none; }

    /// All neighbours of `from`.
    void find(const ExpandSteps& arm, bool with_rels) {
        at = 0;
        if (arm.steps.size() == 1) {
            store_ = arm.steps.front().rows(from);
            nodes = store_.nodes;
            return;
        }
        // Rows that follow each other often go from the same node.
        if (pooled_ == from && (!with_rels || !pool_.empty())) return;
        pooled_ = from;
        pool_.clear();
        pool_nodes_.clear();
        for (const ExpandSteps::Step& step : arm.steps) {
            if (with_rels) {
                add_sorted(pool_, step, merged_);
            } else {
                add_sorted(pool_nodes_, step, merged_nodes_);
            }
        }
        for (const auto& [node, rel] : pool_) pool_nodes_.push_back(node);
        nodes = pool_nodes_;
    }

    /// What leads to one node.
    void search(const ExpandSteps& arm, NodeId wanted) {
        pooled_ = NodeId::none;
        at = 0;
        pool_.clear();
        pool_nodes_.clear();
        for (const ExpandSteps::Step& step : arm.steps) {
            if (step.skips_loops && wanted == from) continue;
            const Adjacent list = step.rows(from);
            const auto [first, last] = std::equal_range(list.nodes.begin(), list.nodes.end(), wanted);
            for (auto it = first; it != last; ++it) {
                pool_.emplace_back(wanted, list.rel(static_cast<std::size_t>(it - list.nodes.begin())));
                pool_nodes_.push_back(wanted);
            }
        }
        nodes = pool_nodes_;
    }

 private:
    template <class Entry>
    void add_sorted(std::vector<Entry>& list, const ExpandSteps::Step& step, std::vector<Entry>& room) {
        const Adjacent near = step.rows(from);
        const auto before = static_cast<std::ptrdiff_t>(list.size());
        for (std::size_t i = 0; i < near.size(); ++i) {
            if (step.skips_loops && near.nodes[i] == from) continue;
            if constexpr (std::is_same_v<Entry, NodeId>) {
                list.push_back(near.nodes[i]);
            } else {
                list.emplace_back(near.nodes[i], near.rel(i));
            }
        }
        if (before == 0 || static_cast<std::ptrdiff_t>(list.size()) == before) return;
        room.resize(list.size());
        std::merge(list.begin(), list.begin() + before, list.begin() + before, list.end(), room.begin());
        list.swap(room);
    }

    Adjacent store_;                              ///< of a single type and direction, else:
    std::vector<std::pair<NodeId, RelId>> pool_;  ///< all of them, where relationships matter
    std::vector<NodeId> pool_nodes_;
    std::vector<std::pair<NodeId, RelId>> merged_;  ///< room for making these
    std::vector<NodeId> merged_nodes_;
    NodeId pooled_ = NodeId::none;  ///< whose neighbours are in the pool
};

}  // namespace islet::query
