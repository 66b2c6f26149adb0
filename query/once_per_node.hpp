// Expressions that are the same for all rows of a node: computed once for each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "evaluate.hpp"
#include "zeroed_array.hpp"

namespace islet::query {

/// The results of one expression by the node that it is a function of.
class NodeMemo {
 public:
    /// The expression for every row; none where it has to be computed as usual: the slot holds no plain
    /// nodes, or most rows so far have been of a node of their own.
    std::optional<Column> get(RunContext& context, ExprId expr, SlotId slot, const Batch& batch);

 private:
    ZeroedArray<std::uint32_t> place_;  ///< by node: in results_, from 1
    Column results_;
    std::uint32_t known_ = 0;
    std::uint64_t asked_ = 0;
    bool given_up_ = false;
    std::vector<std::uint32_t> rows_, fresh_;  ///< of the batch at hand
};

/// Gives each row the place of its node in order of appearance, from 0; the nodes of which `known` are known
/// already. `by_node` holds the places from 1, and `fresh` gets the nodes that are new. REQUIRES: by_node has
/// room for every node, and no node is null.
void place_nodes(std::span<const std::uint32_t> nodes, std::uint32_t known,
                 ZeroedArray<std::uint32_t>& by_node, std::span<std::uint32_t> places,
                 std::vector<std::uint32_t>& fresh);

/// A batch of nothing but these nodes, in this slot.
Batch batch_of_nodes(const RunContext& context, SlotId slot, std::vector<std::uint32_t> nodes);

/// Whether the slot holds one node for each row, none of them null.
bool holds_nodes(const Column& column);

}  // namespace islet::query
