// What the expanding operators share: which steps a plan's expansion may take, and
// which relationships a row has taken already.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "batch.hpp"
#include "plan.hpp"
#include "steps.hpp"

namespace islet::query {

/// Whether a relationship is among those that the row has taken already.
bool taken(const Batch& in, std::span<const SlotId> slots, std::size_t row, RelId rel);

/// The node in a column, if it is one.
inline std::optional<NodeId> node_at(const Column& column, std::size_t row) {
    if (column.constant) row = 0;
    if (column.layout == Column::Layout::nodes) {
        return column.ids[row] == Column::null_id ? std::nullopt : std::optional(NodeId{column.ids[row]});
    }
    const Value value = column.at(row);
    return value.kind() == Kind::node ? std::optional(value.as_node()) : std::nullopt;
}

/// Throws Exception (ArithmeticError, NumberOutOfRange) when a count does not fit into an INTEGER.
std::int64_t multiplied(std::int64_t a, std::int64_t b);
std::int64_t added(std::int64_t a, std::int64_t b);

/// An expansion's names as ids of one state of the graph.
struct ExpandSteps {
    explicit ExpandSteps(const ExpandOp& op) : op(op), ways(directions(op.pointing)) {}

    /// To be called for each incoming batch, as a writing query may make names and nodes between two.
    /// False: nothing can match.
    bool resolve(const Snapshot& snapshot);

    /// Walked both ways, a loop would be met twice.
    [[nodiscard]] bool skips_loops(Direction way) const { return ways.size() == 2 && way == Direction::in; }
    [[nodiscard]] bool accepts(const Snapshot& snapshot, NodeId far) const {
        return label == LabelId::none || snapshot.has_label(far, label);
    }

    const ExpandOp& op;
    std::vector<Direction> ways;
    std::vector<TypeId> types;
    LabelId label = LabelId::none;  ///< to be tested; none where all far ends are known to have it
};

}  // namespace islet::query
