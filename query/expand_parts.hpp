// What the expanding operators share: which steps a plan's expansion may take, and
// which relationships a row has taken already.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "batch.hpp"
#include "evaluate.hpp"
#include "plan.hpp"
#include "steps.hpp"

namespace islet::query {

/// Whether a relationship is among those that the row has taken already.
bool taken(const Batch& in, std::span<const SlotId> slots, std::size_t row, RelId rel);

/// All relationships that the row has taken already: of `slots`, or of lists of them.
std::vector<RelId> all_taken(const Batch& in, std::span<const SlotId> slots, std::size_t row);

/// How many relationships of a type have a label at one end, as far as it is known.
enum class Labelled : std::uint8_t { none, some, all };
/// `end`: out for their targets, in for their sources.
Labelled labelled_ends(const Snapshot& snapshot, LabelId label, TypeId type, Direction end);

/// Of a column that holds more than nodes.
NodeId node_among_values(const Column& column, std::size_t row);

/// The node in a column; none if it is something else.
inline NodeId node_at(const Column& column, std::size_t row) {
    static_assert(Column::null_id == static_cast<std::uint32_t>(NodeId::none));
    if (column.layout != Column::Layout::nodes) return node_among_values(column, row);
    return NodeId{column.ids[column.constant ? 0 : row]};
}

/// Throws Exception (ArithmeticError, NumberOutOfRange) when a count does not fit into an INTEGER.
[[noreturn]] void raise_count_overflow();
inline std::int64_t multiplied(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product)) raise_count_overflow();
    return product;
}
inline std::int64_t added(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) raise_count_overflow();
    return sum;
}

/// An expansion's names as ids of one state of the graph.
struct ExpandSteps {
    /// The neighbours of one type in one direction.
    struct Step {
        TypeId type;
        Direction way;
        NeighbourRows rows;
        bool skips_loops = false;  ///< walked both ways, a loop would be met twice
    };

    explicit ExpandSteps(const ExpandOp& op) : op(op), ways(directions(op.pointing)) {}

    /// To be called for each incoming batch, as a writing query may make names and nodes between two.
    /// False: nothing can match.
    bool resolve(const RunContext& context);

    /// The neighbours of all steps, parallel relationships and loops as often as they are met.
    [[nodiscard]] std::size_t degree(NodeId from) const {
        std::size_t all = 0;
        for (const Step& step : steps) all += step.rows.degree(from);
        return all;
    }
    [[nodiscard]] bool accepts(NodeId far) const { return !tests_label || labelled.contains(far); }
    /// Whether every neighbour is a match, but for loops that are met twice.
    [[nodiscard]] bool takes_all() const { return !tests_label && !op.restricted(); }
    /// Whether every neighbour is a match.
    [[nodiscard]] bool takes_all(const Step& step) const { return !step.skips_loops && takes_all(); }

    const ExpandOp& op;
    std::vector<Direction> ways;
    std::vector<TypeId> types;
    std::vector<Step> steps;   ///< types × ways, without those of which no far end has the label
    bool tests_label = false;  ///< false too where all far ends are known to have it
    LabelledNodes labelled;

 private:
    bool resolved_ = false;
};

/// The far ends to which a row may take one relationship less than there are, because it has taken one.
class Blocked {
 public:
    void find(const Batch& in, std::size_t row, NodeId from, std::span<const TakenBetween> taken);
    [[nodiscard]] bool any() const noexcept { return !nodes_.empty(); }
    [[nodiscard]] std::span<const NodeId> nodes() const noexcept { return nodes_; }
    [[nodiscard]] std::int64_t count(NodeId far) const {
        return std::count(nodes_.begin(), nodes_.end(), far);
    }
    /// Whether a relationship to `far` is one of those that were taken; each is met once.
    bool meet(NodeId far) {
        const auto at = std::find(nodes_.begin(), nodes_.end(), far);
        if (at == nodes_.end()) return false;
        nodes_.erase(at);
        return true;
    }

 private:
    std::vector<NodeId> nodes_;
};

/// The nodes that a row's far ends must not be.
class Excluded {
 public:
    void find(const Batch& in, std::size_t row, std::span<const SlotId> slots) {
        nodes_.clear();
        for (const SlotId slot : slots) {
            const NodeId node = node_at(in[slot], row);
            if (node != NodeId::none && !has(node)) nodes_.push_back(node);
        }
    }
    [[nodiscard]] bool has(NodeId node) const {
        return std::find(nodes_.begin(), nodes_.end(), node) != nodes_.end();
    }
    [[nodiscard]] std::span<const NodeId> nodes() const noexcept { return nodes_; }

 private:
    std::vector<NodeId> nodes_;  ///< each once
};

}  // namespace islet::query
