// Grouping: aggregation and DISTINCT, both on a table of keys.

#include <numeric>
#include <optional>

#include "grouping.hpp"
#include "id_rows.hpp"
#include "key_table.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

/// All groups, after all rows have come in.
class AggregateOperator final : public Operator {
 public:
    AggregateOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)), op_(std::get<AggregateOp>(node.op)) {}

    bool next(Batch& out) override {
        if (!groups_) group();
        const std::size_t total = op_.keys.empty() ? 1 : groups_->table.size();
        if (given_ == total) return false;
        const std::size_t to = std::min(total, given_ + batch_rows);
        std::vector<std::uint32_t> rows(to - given_);
        std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(given_));
        out = empty_batch();
        out.rows = rows.size();
        for (std::size_t i = 0; i < op_.keys.size(); ++i) out[op_.keys[i].second] = groups_->key(i, rows);
        for (std::size_t i = 0; i < op_.calls.size(); ++i)
            out[op_.calls[i].slot] = groups_->states[i].results(given_, to);
        given_ = to;
        return true;
    }

    void reset() override {
        Operator::reset();
        groups_.reset();
    }

 private:
    void group() {
        given_ = 0;
        if (is_shared(op_, context_.threads, context_.threads_from)) {
            groups_ = shared_groups(context_, op_, node_.input, *input_);
            return;
        }
        Grouping grouping(context_, op_);
        Batch in;
        while (pull(in)) grouping.add(in);
        groups_ = grouping.take();
    }

    const AggregateOp& op_;
    std::optional<Groups> groups_;
    std::size_t given_ = 0;
};

/// Where no two rows are of one group, each is a group as soon as it comes.
class AggregateRowsOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<AggregateOp>(node_.op);
        Batch in;
        if (!pull(in)) return false;
        std::vector<std::uint32_t> groups(in.rows);
        std::iota(groups.begin(), groups.end(), 0U);
        out = empty_batch();
        out.rows = in.rows;
        for (const auto& [expr, slot] : op.keys) out[slot] = evaluate(context_, expr, in).take(in.rows);
        for (const AggregateCall& call : op.calls) {
            CallState state(call);
            state.grow(in.rows);
            state.add(context_, in, groups);
            out[call.slot] = state.results(0, in.rows);
        }
        return true;
    }
};

class DistinctOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<DistinctOp>(node_.op);
        Batch in;
        while (pull(in)) {
            std::vector<ColumnRef> keys;
            for (const SlotId slot : op.slots) keys.push_back(ColumnRef::lend(in[slot]));
            std::vector<std::uint32_t> rows = new_rows(keys, in.rows);
            if (rows.empty()) continue;
            for (const SlotId slot : op.slots) context_.hold(context_.held.add(in[slot], rows));
            in.weights.clear();
            out = in.gather(rows, carried(in));
            return true;
        }
        return false;
    }

    void reset() override {
        Operator::reset();
        table_ = {};
        ids_ = {};
    }

 private:
    /// The first row of each group that was not there before. Where the table would hash ids, packed rows are
    /// less.
    std::vector<std::uint32_t> new_rows(std::span<const ColumnRef> keys, std::size_t count) {
        constexpr std::uint64_t packed_bytes = 32;  // with the free places of the set
        constexpr std::uint64_t hashed_bytes = 48;
        constexpr std::uint64_t listed_bytes = 12;
        std::vector<std::uint32_t> rows;
        if (keys.empty()) {
            rows.resize(count);
            std::iota(rows.begin(), rows.end(), 0U);
            return rows;
        }
        if (ids_.size() > 0) {
            if (ids_.find_new(*context_.snapshot, keys, count, rows)) {
                context_.hold(rows.size() * packed_bytes);
                return rows;
            }
            leave_ids();
        }
        std::uint32_t known = table_.size();
        std::vector<std::uint32_t> groups(count);
        table_.find(keys, groups);
        for (std::size_t row = 0; row < count; ++row) {
            if (groups[row] != known) continue;
            rows.push_back(static_cast<std::uint32_t>(row));
            ++known;
        }
        context_.hold(rows.size() * keys.size() * (table_.hashes() ? hashed_bytes : listed_bytes));
        if (table_.hashes() && table_.size() >= 4 * batch_rows) leave_table();
        return rows;
    }

    /// Goes on with packed rows, if they can be packed.
    void leave_table() {
        std::vector<ColumnRef> keys;
        for (const Column& column : table_.keys()) keys.push_back(ColumnRef::lend(column));
        std::vector<std::uint32_t> all;
        if (ids_.find_new(*context_.snapshot, keys, table_.size(), all)) table_ = {};
    }

    /// Goes on with the table.
    void leave_ids() {
        std::vector<ColumnRef> keys;
        for (Column& column : ids_.columns()) keys.emplace_back(std::move(column));
        std::vector<std::uint32_t> groups(ids_.size());
        table_.find(keys, groups);
        context_.hold(groups.size() * 48 * keys.size());
        ids_ = {};
    }

    // One of them is empty.
    KeyTable table_;
    IdRows ids_;
};

}  // namespace

Input make_aggregate(RunContext& context, const PlanNode& node, Input input) {
    if (std::get<AggregateOp>(node.op).each_row)
        return std::make_unique<AggregateRowsOperator>(context, node, std::move(input));
    return std::make_unique<AggregateOperator>(context, node, std::move(input));
}
Input make_distinct(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<DistinctOperator>(context, node, std::move(input));
}

}  // namespace islet::query
