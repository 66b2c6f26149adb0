// Grouping: aggregation and DISTINCT, both on a table of keys.

#include "expand_parts.hpp"
#include "key_table.hpp"
#include "operator.hpp"
#include "seen_values.hpp"

namespace islet::query {
namespace {

/// One aggregate over all groups. Plain counts are integers in a vector; the others have a state a group.
class CallState {
 public:
    explicit CallState(const AggregateCall& call)
        : call_(call), counts_only_(call.function == nullptr || call.function->name == "count") {}

    void grow(std::size_t groups) {
        if (counts_only_) {
            counts_.resize(groups);
            return;
        }
        while (states_.size() < groups) states_.push_back(call_.function->make());
    }

    void add(RunContext& context, const Batch& batch, std::span<const std::uint32_t> groups) {
        std::vector<ColumnRef> columns;
        for (const ExprId argument : call_.arguments) columns.push_back(evaluate(context, argument, batch));
        if (!call_.arguments.empty()) context.at = context.plan[call_.arguments.front()].span;
        if (call_.distinct) {
            const std::vector<std::uint32_t> rows = seen_.fresh(columns.front(), groups);
            context.hold(rows.size() * 24);
            for (const std::uint32_t row : rows) {
                if (counts_only_) {
                    ++counts_[groups[row]];
                } else {
                    add_row(columns, row, groups[row]);
                }
            }
            return;
        }
        if (counts_only_) {
            for (std::size_t row = 0; row < batch.rows; ++row) {
                if (!columns.empty() && columns.front()->is_null(row)) continue;
                std::int64_t& count = counts_[groups[row]];
                count = added(count, batch.weight(row));
            }
            return;
        }
        for (std::size_t row = 0; row < batch.rows; ++row) add_row(columns, row, groups[row]);
    }

    [[nodiscard]] Column results(std::size_t from, std::size_t to) const {
        if (counts_only_)
            return Column::integers({counts_.begin() + static_cast<std::ptrdiff_t>(from),
                                     counts_.begin() + static_cast<std::ptrdiff_t>(to)});
        std::vector<Value> out;
        for (std::size_t group = from; group < to; ++group) out.push_back(states_[group]->result());
        return Column::of_values(std::move(out));
    }

 private:
    void add_row(std::span<const ColumnRef> columns, std::size_t row, std::uint32_t group) {
        arguments_.resize(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) arguments_[i] = columns[i]->at(row);
        states_[group]->add(arguments_);
    }

    const AggregateCall& call_;
    bool counts_only_;
    std::vector<std::int64_t> counts_;
    std::vector<std::unique_ptr<Aggregate>> states_;
    SeenValues seen_;
    std::vector<Value> arguments_;
};

class AggregateOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<AggregateOp>(node_.op);
        if (!grouped_) group(op);
        const std::size_t total = op.keys.empty() ? 1 : table_.size();
        if (given_ == total) return false;
        const std::size_t to = std::min(total, given_ + batch_rows);
        std::vector<std::uint32_t> rows;
        for (std::size_t group = given_; group < to; ++group)
            rows.push_back(static_cast<std::uint32_t>(group));
        out = empty_batch();
        out.rows = rows.size();
        for (std::size_t i = 0; i < op.keys.size(); ++i)
            out[op.keys[i].second] = table_.keys()[i].gather(rows);
        for (std::size_t i = 0; i < op.calls.size(); ++i)
            out[op.calls[i].slot] = states_[i].results(given_, to);
        given_ = to;
        return true;
    }

    void reset() override {
        Operator::reset();
        grouped_ = false;
    }

 private:
    void group(const AggregateOp& op) {
        table_ = {};
        states_.clear();
        for (const AggregateCall& call : op.calls) states_.emplace_back(call);
        if (op.keys.empty()) {
            for (CallState& state : states_) state.grow(1);
        }
        Batch in;
        while (pull(in)) {
            std::vector<std::uint32_t> groups(in.rows);
            if (!op.keys.empty()) {
                std::vector<ColumnRef> keys;
                for (const auto& [expr, slot] : op.keys) keys.push_back(evaluate(context_, expr, in));
                const std::uint32_t before = table_.size();
                table_.find(keys, groups);
                for (CallState& state : states_) state.grow(table_.size());
                context_.hold((table_.size() - before) * 48 * (op.keys.size() + op.calls.size()));
            }
            for (CallState& state : states_) state.add(context_, in, groups);
        }
        grouped_ = true;
        given_ = 0;
    }

    KeyTable table_;
    std::vector<CallState> states_;
    bool grouped_ = false;
    std::size_t given_ = 0;
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
    return std::make_unique<AggregateOperator>(context, node, std::move(input));
}
Input make_distinct(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<DistinctOperator>(context, node, std::move(input));
}

}  // namespace islet::query
