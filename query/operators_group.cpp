// Grouping: aggregation and DISTINCT, both on a table of keys.

#include <unordered_map>

#include "operator.hpp"

namespace islet::query {
namespace {

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    return (a ^ (b + 0x9E3779B97F4A7C15ULL + (a << 6) + (a >> 2))) * 0xD6E8FEB86659FD93ULL;
}

/// Rows of key columns, each distinct row once, numbered in order of appearance. A single column of nodes
/// or relationships is looked up by id, without hashing values.
class KeyTable {
 public:
    /// The group of a row; `fresh` tells whether it is new.
    std::uint32_t find(std::span<const ColumnRef> columns, std::size_t row, bool& fresh) {
        if (keys_.empty()) keys_.resize(columns.size());
        if (columns.size() == 1 && by_id_ok_) {
            const Column& column = *columns[0];
            const bool ids = column.layout == Column::Layout::nodes || column.layout == Column::Layout::rels;
            if (ids && (count_ == 0 || keys_[0].layout == column.layout)) {
                const std::uint32_t id = column.ids[column.constant ? 0 : row];
                const auto [it, inserted] = by_id_.try_emplace(id, count_);
                fresh = inserted;
                if (inserted) keys_[0].append(column, row), ++count_;
                return it->second;
            }
            // Other values come too: go over to hashing for good.
            by_id_ok_ = false;
            for (std::uint32_t group = 0; group < count_; ++group)
                by_hash_.emplace(hash_of_group(group), group);
            by_id_.clear();
        }
        std::uint64_t code = 0;
        for (const ColumnRef& column : columns) code = mix(code, hash_at(*column, row));
        const auto [first, last] = by_hash_.equal_range(code);
        for (auto it = first; it != last; ++it) {
            if (same(columns, row, it->second)) {
                fresh = false;
                return it->second;
            }
        }
        fresh = true;
        by_hash_.emplace(code, count_);
        for (std::size_t i = 0; i < columns.size(); ++i) keys_[i].append(*columns[i], row);
        return count_++;
    }

    [[nodiscard]] std::uint32_t size() const { return count_; }
    [[nodiscard]] const std::vector<Column>& keys() const { return keys_; }
    [[nodiscard]] std::vector<Column>& keys() { return keys_; }

 private:
    static std::uint64_t hash_at(const Column& column, std::size_t row) { return hash(column.at(row)); }

    [[nodiscard]] std::uint64_t hash_of_group(std::uint32_t group) const {
        std::uint64_t code = 0;
        for (const Column& key : keys_) code = mix(code, hash_at(key, group));
        return code;
    }

    [[nodiscard]] bool same(std::span<const ColumnRef> columns, std::size_t row, std::uint32_t group) const {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (!equivalent(columns[i]->at(row), keys_[i].at(group))) return false;
        }
        return true;
    }

    std::vector<Column> keys_;
    std::uint32_t count_ = 0;
    bool by_id_ok_ = true;
    std::unordered_map<std::uint32_t, std::uint32_t> by_id_;
    std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;
};

/// Values seen, for DISTINCT inside of an aggregate.
class SeenValues {
 public:
    bool insert(std::span<const Value> values) {
        std::uint64_t code = 0;
        for (const Value& value : values) code = mix(code, hash(value));
        const auto [first, last] = seen_.equal_range(code);
        for (auto it = first; it != last; ++it) {
            if (std::equal(values.begin(), values.end(), it->second.begin(), equivalent)) return false;
        }
        seen_.emplace(code, std::vector<Value>(values.begin(), values.end()));
        return true;
    }

 private:
    std::unordered_multimap<std::uint64_t, std::vector<Value>> seen_;
};

/// One aggregate over all groups. Plain counts are integers in a vector; the others have a state a group.
class CallState {
 public:
    explicit CallState(const AggregateCall& call)
        : call_(call),
          counts_only_(call.function == nullptr || (call.function->name == "count" && !call.distinct)) {}

    void grow(std::size_t groups) {
        if (counts_only_) {
            counts_.resize(groups);
            return;
        }
        while (states_.size() < groups) states_.push_back(call_.function->make());
        if (call_.distinct) seen_.resize(groups);
    }

    void add(RunContext& context, const Batch& batch, std::span<const std::uint32_t> groups) {
        std::vector<ColumnRef> columns;
        for (const ExprId argument : call_.arguments) columns.push_back(evaluate(context, argument, batch));
        if (!call_.arguments.empty()) context.at = context.plan[call_.arguments.front()].span;
        if (counts_only_) {
            for (std::size_t row = 0; row < batch.rows; ++row) {
                if (columns.empty() || !columns.front()->is_null(row)) ++counts_[groups[row]];
            }
            return;
        }
        std::vector<Value> arguments(columns.size());
        for (std::size_t row = 0; row < batch.rows; ++row) {
            for (std::size_t i = 0; i < columns.size(); ++i) arguments[i] = columns[i]->at(row);
            if (call_.distinct && (arguments.front().is_null() || !seen_[groups[row]].insert(arguments)))
                continue;
            states_[groups[row]]->add(arguments);
        }
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
    const AggregateCall& call_;
    bool counts_only_;
    std::vector<std::int64_t> counts_;
    std::vector<std::unique_ptr<Aggregate>> states_;
    std::vector<SeenValues> seen_;
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
                bool fresh = false;
                const std::uint32_t before = table_.size();
                for (std::size_t row = 0; row < in.rows; ++row) groups[row] = table_.find(keys, row, fresh);
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
            std::vector<std::uint32_t> rows;
            for (std::size_t row = 0; row < in.rows; ++row) {
                bool fresh = true;
                if (!op.slots.empty()) table_.find(keys, row, fresh);
                if (fresh) rows.push_back(static_cast<std::uint32_t>(row));
            }
            if (rows.empty()) continue;
            context_.hold(rows.size() * 48 * op.slots.size());
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
