// A search outward from one node, level by level: which nodes it has met, how far they are, and by which
// relationships the shortest ways lead there. Two of them, begun from both ends, meet in the middle.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "evaluate.hpp"
#include "zeroed_array.hpp"

namespace islet::query {

/// Nodes numbered in the order in which they were first met. Few are hashed; where many are met, an array by
/// node id takes over, and stays.
class MetNodes {
 public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// Forgets all nodes. `bound`: every node id is below.
    void clear(std::uint32_t bound);
    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(nodes_.size()); }
    [[nodiscard]] NodeId operator[](std::uint32_t number) const { return nodes_[number]; }
    /// The node's number, or none.
    [[nodiscard]] std::uint32_t find(NodeId node) const;
    /// The node's number, and whether it is new.
    std::pair<std::uint32_t, bool> add(NodeId node);

 private:
    [[nodiscard]] std::size_t place(NodeId node) const;
    void grow();

    std::vector<NodeId> nodes_;
    std::vector<std::uint32_t> table_;  ///< by hash: number + 1, or 0; a power of two of them
    ZeroedArray<std::uint32_t> by_id_;  ///< the same by node id, once `dense_`
    std::uint32_t bound_ = 0;
    bool dense_ = false;
};

class BreadthFirst {
 public:
    static constexpr std::uint32_t none = MetNodes::none;

    /// A step that the search would take: from which node, by what, where to.
    struct Candidate {
        std::uint32_t before;
        RelId rel;
        NodeId node;
    };
    /// Takes out of some candidates those that are not allowed.
    using Filter = std::function<void(std::vector<Candidate>&)>;
    /// Where and how to go. REQUIRES: what it names outlives the search's use of it.
    struct Rules {
        const std::vector<TypeId>& types;
        const std::vector<Direction>& ways;
        bool all;              ///< every shortest way is kept, else one a node
        const Filter* filter;  ///< nullptr: everything is allowed
    };
    /// The last step of a shortest way to a node.
    struct Link {
        RelId rel;
        std::uint32_t before;  ///< number of the node that it comes from
        std::uint32_t next;    ///< another one to the same node; none: no more
    };

    void begin(RunContext& context, NodeId start);
    /// Meets the nodes at the next distance. False: there are none, nor will there be. With `meet`, the
    /// numbers of those that the other search knows too go to meeting(); when not all ways are asked for, the
    /// first of them ends the level.
    bool grow(RunContext& context, const Rules& rules, const BreadthFirst* meet = nullptr);

    [[nodiscard]] const MetNodes& met() const noexcept { return met_; }
    /// Of the last level.
    [[nodiscard]] std::uint64_t distance() const noexcept { return levels_.size() - 1; }
    [[nodiscard]] std::uint64_t distance(std::uint32_t number) const;
    /// How many nodes are at the last distance.
    [[nodiscard]] std::uint32_t front() const noexcept { return met_.size() - levels_.back(); }
    [[nodiscard]] NodeId front_node(std::uint32_t i) const { return met_[levels_.back() + i]; }
    [[nodiscard]] const std::vector<std::uint32_t>& meeting() const noexcept { return meeting_; }
    /// The last step to a node; none for the start.
    [[nodiscard]] std::uint32_t first_link(std::uint32_t number) const { return first_[number]; }
    [[nodiscard]] const Link& link(std::uint32_t id) const { return links_[id]; }
    /// Relationships looked at since the search began.
    [[nodiscard]] std::uint64_t work() const noexcept { return work_; }

 private:
    bool reach(std::uint32_t before, const Adjacent& near, std::size_t i, const Rules& rules,
               const BreadthFirst* meet);
    bool settle(const Rules& rules, const BreadthFirst* meet);

    MetNodes met_;
    std::vector<std::uint32_t> levels_;  ///< by distance: the number of the first node there
    std::vector<std::uint32_t> first_;   ///< by number
    std::vector<Link> links_;
    std::vector<std::uint32_t> meeting_;
    std::vector<Candidate> candidates_;
    std::vector<NeighbourRows> rows_;  ///< by type and direction
    std::uint64_t work_ = 0;
    std::uint64_t held_ = 0;
};

/// The shortest ways to a node that a search has met, one after the other.
class ShortestWays {
 public:
    /// REQUIRES: `search` stays as it is until the last next().
    void begin(const BreadthFirst& search, std::uint32_t number);
    /// False: there are no more.
    bool next();
    /// The relationships from the node back to the start. Valid until the next call.
    void rels(std::vector<RelId>& out) const;
    [[nodiscard]] std::size_t length() const noexcept { return links_.size(); }

 private:
    void descend(std::uint32_t number);

    const BreadthFirst* search_ = nullptr;
    std::vector<std::uint32_t> links_;  ///< taken, from the node back
    bool fresh_ = false;
};

}  // namespace islet::query
