// Colour refinement: tells nodes apart by their neighbourhoods, so that a graph
// can be put in an order which does not depend on how it was built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace islet::exporting {

/// Orders the nodes 0 … n-1 of a graph whose nodes and arcs are coloured.
///
/// The order is an ordered partition: `order_` holds the nodes cell by cell, and a node's colour is
/// the position where its cell begins. Invariants: the nodes of a cell stand together; a colour,
/// once given, stays with the part of the cell that nothing new was learnt about, so that a change
/// spreads only to where it matters. Everything that decides (colours, arcs, rounds) is the same for
/// isomorphic graphs; node numbers never decide, except between nodes that nothing else can tell apart.
class Refinement {
 public:
    /// What a node sees: the colour of an arc (its content and direction) and who is at its end.
    struct Arc {
        std::uint32_t colour;
        std::uint32_t neighbour;
    };

    /// `cells`: the nodes in order, equal ones together. `arcs`: by node.
    Refinement(const std::vector<std::vector<std::uint32_t>>& cells, std::vector<std::vector<Arc>> arcs);

    /// Refines until each node stands alone. Returns the nodes in canonical order.
    std::vector<std::uint32_t> run();

 private:
    using Signature = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    struct Member {
        std::uint32_t node;
        Signature signature;
    };

    void refine(std::vector<std::uint32_t> dirty);
    [[nodiscard]] std::vector<std::uint32_t> touched_by(const std::vector<std::uint32_t>& changed);
    [[nodiscard]] Signature signature(std::uint32_t node) const;
    void split(std::vector<Member>& members, std::size_t first, std::size_t last,
               std::vector<std::uint32_t>& changed);
    void move_to(std::uint32_t node, std::uint32_t position);

    std::vector<std::vector<Arc>> arcs_;
    std::vector<std::uint32_t> order_;     ///< nodes, cell by cell
    std::vector<std::uint32_t> position_;  ///< of a node in order_
    std::vector<std::uint32_t> colour_;    ///< of a node: where its cell begins
    std::vector<std::uint32_t> size_;      ///< of the cell that begins at a position
    std::vector<bool> marked_;
};

}  // namespace islet::exporting
