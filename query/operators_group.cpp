// Grouping: aggregation and DISTINCT, both on a table of keys.

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "aggregates.hpp"
#include "key_table.hpp"
#include "operator.hpp"
#include "seen_values.hpp"

namespace islet::query {
namespace {

/// One aggregate of the statement over all groups.
class CallState {
 public:
    explicit CallState(const AggregateCall& call)
        : call_(call),
          state_((call.function != nullptr ? call.function : find_aggregate("count"))->make()),
          counts_(call.function != nullptr && call.function->name == "count") {}

    void grow(std::size_t groups) { state_->grow(groups); }

    void add(RunContext& context, const Batch& batch, std::span<const std::uint32_t> groups) {
        std::vector<ColumnRef> columns;
        for (const ExprId argument : call_.arguments) columns.push_back(evaluate(context, argument, batch));
        if (!call_.arguments.empty()) context.at = context.plan[call_.arguments.front()].span;
        const bool keeps = call_.function != nullptr && call_.function->name == "collect";
        if (!call_.distinct) {
            if (keeps) context.hold(context.held.add(*columns.front(), batch.rows));
            context.hold(state_->add({columns, groups, batch.weights, nullptr}));
            return;
        }
        const std::vector<std::uint32_t> rows = seen_.fresh(columns.front(), groups);
        context.hold(context.held.add(*columns.front(), rows));
        if (counts_) columns.clear();  // none of the rows is null
        context.hold(rows.size() * 24 + state_->add({columns, groups, {}, &rows}));
    }

    [[nodiscard]] Column results(std::size_t from, std::size_t to) const { return state_->results(from, to); }

 private:
    const AggregateCall& call_;
    std::unique_ptr<GroupedAggregate> state_;
    bool counts_;
    SeenValues seen_;
};

/// Groups with what was aggregated over them.
struct Groups {
    explicit Groups(const AggregateOp& op) {
        for (const AggregateCall& call : op.calls) states.emplace_back(call);
    }

    void grow(std::size_t groups) {
        for (CallState& state : states) state.grow(groups);
    }
    void find(RunContext& context, std::span<const ColumnRef> keys, std::span<std::uint32_t> groups) {
        const std::uint32_t before = table.size();
        table.find(keys, groups);
        grow(table.size());
        context.hold((table.size() - before) * 48 * (keys.size() + states.size()));
        if (table.size() > before) hold_keys(context, keys, groups, before);
    }

    KeyTable table;
    std::vector<CallState> states;

 private:
    /// Counts the values that became keys: those of each new group's first row.
    static void hold_keys(RunContext& context, std::span<const ColumnRef> keys,
                          std::span<const std::uint32_t> groups, std::uint32_t known) {
        const auto keeps = [](const ColumnRef& key) { return key->layout == Column::Layout::values; };
        if (std::none_of(keys.begin(), keys.end(), keeps)) return;
        std::vector<std::uint32_t> rows;
        for (std::size_t row = 0; row < groups.size(); ++row) {
            if (groups[row] != known) continue;
            rows.push_back(static_cast<std::uint32_t>(row));
            ++known;
        }
        for (const ColumnRef& key : keys) context.hold(context.held.add(*key, rows));
    }
};

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
        for (std::size_t i = 0; i < op_.keys.size(); ++i)
            out[op_.keys[i].second] = groups_->table.keys()[i].gather(rows);
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
        Groups groups(op_);
        nodes_ = {};
        group_of_node_.clear();
        if (op_.keys.empty()) groups.grow(1);
        Batch in;
        std::vector<std::uint32_t> numbers;
        while (pull(in)) {
            numbers.assign(in.rows, 0);
            if (op_.by_id != SlotId::none) {
                find_by_node(in, groups, numbers);
            } else if (!op_.keys.empty()) {
                groups.find(context_, keys_of(in), numbers);
            }
            for (CallState& state : groups.states) state.add(context_, in, numbers);
        }
        groups_ = std::move(groups);
        given_ = 0;
    }

    [[nodiscard]] std::vector<ColumnRef> keys_of(const Batch& in) const {
        std::vector<ColumnRef> keys;
        for (const auto& [expr, slot] : op_.keys) keys.push_back(evaluate(context_, expr, in));
        return keys;
    }

    /// The groups of the rows by the nodes that all keys are of: a node's keys are computed once.
    void find_by_node(const Batch& in, Groups& groups, std::span<std::uint32_t> numbers) {
        const std::array<ColumnRef, 1> nodes = {ColumnRef::lend(in[op_.by_id])};
        nodes_.find(nodes, numbers);
        const std::size_t known = group_of_node_.size();
        if (nodes_.size() > known) {
            Batch fresh = empty_batch();
            fresh.rows = nodes_.size() - known;
            std::vector<std::uint32_t> rows(fresh.rows);
            std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(known));
            fresh[op_.by_id] = nodes_.keys().front().gather(rows);
            group_of_node_.resize(nodes_.size());
            groups.find(context_, keys_of(fresh), std::span(group_of_node_).subspan(known));
            context_.hold(fresh.rows * 24);
        }
        for (std::uint32_t& number : numbers) number = group_of_node_[number];
    }

    const AggregateOp& op_;
    std::optional<Groups> groups_;
    std::size_t given_ = 0;
    KeyTable nodes_;                            ///< of `by_id`
    std::vector<std::uint32_t> group_of_node_;  ///< by number in `nodes_`
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
            // A group's first row is the one that goes on.
            std::uint32_t known = table_.size();
            std::vector<std::uint32_t> groups(in.rows);
            if (!op.slots.empty()) table_.find(keys, groups);
            std::vector<std::uint32_t> rows;
            for (std::size_t row = 0; row < in.rows; ++row) {
                if (!op.slots.empty() && groups[row] != known) continue;
                rows.push_back(static_cast<std::uint32_t>(row));
                ++known;
            }
            if (rows.empty()) continue;
            context_.hold(rows.size() * 48 * op.slots.size());
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
    }

 private:
    KeyTable table_;
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
