#include "grouping.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace islet::query {

CallState::CallState(const AggregateCall& call)
    : call_(call),
      state_((call.function != nullptr ? call.function : find_aggregate("count"))->make()),
      counts_(call.function != nullptr && call.function->name == "count") {}

void CallState::add(RunContext& context, const Batch& batch, std::span<const std::uint32_t> groups) {
    std::vector<ColumnRef> columns;
    for (const ExprId argument : call_.arguments) columns.push_back(evaluate(context, argument, batch));
    if (!call_.arguments.empty())
        context.at = {context.plan[call_.arguments.front()].span.begin,
                      context.plan[call_.arguments.back()].span.end};
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

namespace {

/// Counts the values that became keys: those of each new group's first row.
void hold_keys(RunContext& context, std::span<const ColumnRef> keys, std::span<const std::uint32_t> groups,
               std::uint32_t known) {
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

}  // namespace

Groups::Groups(const AggregateOp& op) {
    for (const AggregateCall& call : op.calls) states.emplace_back(call);
}

void Groups::grow(std::size_t groups) {
    for (CallState& state : states) state.grow(groups);
}

void Groups::find(RunContext& context, std::span<const ColumnRef> keys, std::span<std::uint32_t> groups) {
    const std::uint32_t before = table.size();
    table.find(keys, groups);
    grow(table.size());
    context.hold(std::uint64_t{table.size() - before} * 48 * (keys.size() + states.size()));
    if (table.size() > before) hold_keys(context, keys, groups, before);
}

Grouping::Grouping(RunContext& context, const AggregateOp& op) : context_(context), op_(op), groups_(op) {
    if (op_.keys.empty()) groups_.grow(1);
}

void Grouping::add(const Batch& in) {
    numbers_.assign(in.rows, 0);
    if (op_.by_id != SlotId::none) {
        find_by_node(in);
    } else if (!op_.keys.empty()) {
        groups_.find(context_, keys_of(in), numbers_);
    }
    for (CallState& state : groups_.states) state.add(context_, in, numbers_);
}

void Grouping::add(const Groups& other) {
    numbers_.assign(op_.keys.empty() ? 1 : other.table.size(), 0);
    if (!op_.keys.empty()) {
        std::vector<ColumnRef> keys;
        for (const Column& key : other.table.keys()) keys.push_back(ColumnRef::lend(key));
        if (!numbers_.empty()) groups_.find(context_, keys, numbers_);
    }
    for (std::size_t i = 0; i < groups_.states.size(); ++i)
        groups_.states[i].merge(other.states[i], numbers_);
}

std::vector<ColumnRef> Grouping::keys_of(const Batch& in) const {
    std::vector<ColumnRef> keys;
    for (const auto& [expr, slot] : op_.keys) keys.push_back(evaluate(context_, expr, in));
    return keys;
}

/// The groups of the rows by the nodes that all keys are of: a node's keys are computed once.
void Grouping::find_by_node(const Batch& in) {
    const std::array<ColumnRef, 1> nodes = {ColumnRef::lend(in[op_.by_id])};
    nodes_.find(nodes, numbers_);
    const std::size_t known = group_of_node_.size();
    if (nodes_.size() > known) {
        Batch fresh;
        fresh.columns.resize(in.columns.size());
        fresh.rows = nodes_.size() - known;
        std::vector<std::uint32_t> rows(fresh.rows);
        std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(known));
        fresh[op_.by_id] = nodes_.keys().front().gather(rows);
        group_of_node_.resize(nodes_.size());
        groups_.find(context_, keys_of(fresh), std::span(group_of_node_).subspan(known));
        context_.hold(fresh.rows * 24);
    }
    for (std::uint32_t& number : numbers_) number = group_of_node_[number];
}

}  // namespace islet::query
