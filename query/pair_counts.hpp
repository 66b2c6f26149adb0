// How many relationships join two nodes, for many pairs that share a node.
#pragma once

#include "expand_parts.hpp"
#include "zeroed_array.hpp"

namespace islet::query {

/// A pair is searched for in the shorter of two sorted lists. When one node comes in pair after pair, its
/// neighbours are marked, and what joins it to another is a look at that node's mark.
class PairCounts {
 public:
    /// To be called when the steps are resolved anew.
    void begin(const Snapshot& snapshot, const ExpandSteps& steps);
    [[nodiscard]] std::int64_t count(NodeId from, NodeId to);

 private:
    struct Step {
        NeighbourRows out;   ///< from the pair's first node
        NeighbourRows back;  ///< from its second
        bool skips_loops;
    };
    /// One of the two nodes of a pair.
    struct Side {
        NodeId last = NodeId::none;
        std::uint32_t streak = 0;  ///< pairs in a row that had it

        void meet(NodeId node) {
            streak = node == last ? streak + 1 : 0;
            last = node;
        }
    };
    [[nodiscard]] std::int64_t search(NodeId from, NodeId to) const;
    /// Whether the node's neighbours are marked, now if that pays.
    bool marked(const Side& side, bool first);
    void unmark();

    std::vector<Step> steps_;
    Side from_;
    Side to_;
    NodeId marked_ = NodeId::none;
    bool marked_first_ = true;
    ZeroedArray<std::uint32_t> marks_;  ///< zero but for the neighbours of marked_
};

}  // namespace islet::query
