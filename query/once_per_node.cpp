#include "once_per_node.hpp"

#include <algorithm>

namespace islet::query {

bool holds_nodes(const Column& column) {
    return column.layout == Column::Layout::nodes && !column.constant &&
           std::find(column.ids.begin(), column.ids.end(), Column::null_id) == column.ids.end();
}

void place_nodes(std::span<const std::uint32_t> nodes, std::uint32_t known,
                 ZeroedArray<std::uint32_t>& by_node, std::span<std::uint32_t> places,
                 std::vector<std::uint32_t>& fresh) {
    fresh.clear();
    for (std::size_t row = 0; row < nodes.size(); ++row) {
        std::uint32_t& place = by_node[nodes[row]];
        if (place == 0) {
            fresh.push_back(nodes[row]);
            place = known + static_cast<std::uint32_t>(fresh.size());
        }
        places[row] = place - 1;
    }
}

Batch batch_of_nodes(const RunContext& context, SlotId slot, std::vector<std::uint32_t> nodes) {
    Batch batch;
    batch.columns.resize(context.plan.statement.slot_names.size());
    batch.rows = nodes.size();
    batch[slot] = Column::nodes(std::move(nodes));
    return batch;
}

std::optional<Column> NodeMemo::get(RunContext& context, ExprId expr, SlotId slot, const Batch& batch) {
    // Below this share of repeated nodes, looking them up costs more than it saves.
    constexpr std::uint64_t enough_to_tell = 4096;
    if (given_up_ || !holds_nodes(batch[slot])) return std::nullopt;
    asked_ += batch.rows;
    place_.resize(context.snapshot->node_bound());
    rows_.resize(batch.rows);
    place_nodes(batch[slot].ids, known_, place_, rows_, fresh_);
    if (!fresh_.empty()) {
        known_ += static_cast<std::uint32_t>(fresh_.size());
        const std::size_t count = fresh_.size();
        const Batch fresh = batch_of_nodes(context, slot, std::move(fresh_));
        fresh_ = {};
        const Column made = evaluate_afresh(context, expr, fresh).take(count);
        context.hold(count * 16);
        context.hold(context.held.add(made, count));
        results_.append_all(made, count);
    }
    Column found = results_.gather(rows_);
    if (asked_ > enough_to_tell && std::uint64_t{known_} * 4 > asked_ * 3) {
        given_up_ = true;
        results_ = {};
        place_ = {};
    }
    return found;
}

}  // namespace islet::query
