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
    if (!call_.distinct && call_.most != UINT64_MAX && batch.weights.empty()) {
        const std::vector<std::uint32_t> rows = still_asked(*columns.front(), groups);
        context.hold(context.held.add(*columns.front(), rows));
        context.hold(state_->add({columns, groups, {}, &rows}));
        return;
    }
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

std::vector<std::uint32_t> CallState::still_asked(const Column& values,
                                                  std::span<const std::uint32_t> groups) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < groups.size(); ++row) {
        std::uint64_t& taken = taken_[groups[row]];
        if (taken >= call_.most || values.is_null(row)) continue;
        ++taken;
        rows.push_back(row);
    }
    return rows;
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

/// Numbers of values stand in the layout of ids, which is the narrowest.
ColumnRef numbered(std::vector<std::uint32_t> numbers) {
    return ColumnRef(Column::nodes(std::move(numbers)));
}

}  // namespace

Groups::Groups(const Plan& plan, const AggregateOp& op) : keys(op.keys.size()) {
    using Kind = Key::Kind;
    std::size_t columns = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const ExprId expr = op.keys[i].first;
        const auto* choice = std::get_if<CaseOf>(&plan[expr].node);
        // One column there must be, as a table of none has a group before the first row has come.
        const bool left_out = is_constant(plan, expr) && (columns > 0 || i + 1 < keys.size());
        if (left_out) {
            keys[i].kind = Kind::constant;
        } else if (op.by_id == SlotId::none && plan.node_of(expr) != SlotId::none) {
            keys[i].kind = Kind::numbered;
        } else if (op.by_id == SlotId::none && choice != nullptr && chooses_constants(plan, *choice)) {
            keys[i].kind = Kind::chosen;
        }
        if (!left_out) keys[i].column = columns++;
    }
    for (const AggregateCall& call : op.calls) states.emplace_back(call);
}

Column Groups::key(std::size_t i, std::span<const std::uint32_t> groups) const {
    const Key& key = keys[i];
    if (key.kind == Key::Kind::constant) return ColumnRef(Column::of_constant(key.value)).take(groups.size());
    const Column& column = table.keys()[key.column];
    if (key.kind == Key::Kind::plain) return column.gather(groups);
    return key.values.keys().front().gather(column.gather(groups).ids);
}

void Groups::grow(std::size_t groups) {
    for (CallState& state : states) state.grow(groups);
}

void Groups::find(RunContext& context, std::span<const ColumnRef> columns, std::span<std::uint32_t> groups) {
    const std::uint32_t before = table.size();
    table.find(columns, groups);
    grow(table.size());
    context.hold(std::uint64_t{table.size() - before} * 48 * (columns.size() + states.size()));
    if (table.size() > before) hold_keys(context, columns, groups, before);
}

Grouping::Grouping(RunContext& context, const AggregateOp& op)
    : context_(context),
      op_(op),
      groups_(context.plan, op),
      of_nodes_(op.keys.size()),
      of_choices_(op.keys.size()) {
    if (op_.keys.empty()) groups_.grow(1);
}

void Grouping::add(const Batch& in) {
    numbers_.assign(in.rows, 0);
    if (op_.by_id != SlotId::none) {
        find_by_node(in);
    } else if (!op_.keys.empty()) {
        groups_.find(context_, columns_of(in), numbers_);
    }
    for (CallState& state : groups_.states) state.add(context_, in, numbers_);
}

void Grouping::add(const Groups& other) {
    numbers_.assign(op_.keys.empty() ? 1 : other.table.size(), 0);
    if (!op_.keys.empty()) {
        std::vector<ColumnRef> columns;
        for (std::size_t i = 0; !numbers_.empty() && i < groups_.keys.size(); ++i) {
            Groups::Key& key = groups_.keys[i];
            const Groups::Key& theirs = other.keys[i];
            if (key.kind == Groups::Key::Kind::constant) {
                key.value = theirs.value;
                continue;
            }
            const Column& column = other.table.keys()[theirs.column];
            if (key.kind == Groups::Key::Kind::plain) {
                columns.push_back(ColumnRef::lend(column));
                continue;
            }
            std::vector<std::uint32_t> here(theirs.values.size());
            const std::array<ColumnRef, 1> values = {ColumnRef::lend(theirs.values.keys().front())};
            key.values.find(values, here);
            std::vector<std::uint32_t> numbers;
            for (const std::uint32_t number : column.ids) numbers.push_back(here[number]);
            columns.push_back(numbered(std::move(numbers)));
        }
        if (!numbers_.empty()) groups_.find(context_, columns, numbers_);
    }
    for (std::size_t i = 0; i < groups_.states.size(); ++i)
        groups_.states[i].merge(other.states[i], numbers_);
}

std::vector<ColumnRef> Grouping::columns_of(const Batch& in) {
    std::vector<ColumnRef> columns;
    for (std::size_t i = 0; i < groups_.keys.size(); ++i) {
        Groups::Key& key = groups_.keys[i];
        const ExprId expr = op_.keys[i].first;
        if (key.kind == Groups::Key::Kind::constant) {
            key.value = evaluate(context_, expr, in)->at(0);
        } else if (key.kind == Groups::Key::Kind::numbered) {
            columns.push_back(numbered(numbers_of(i, in)));
        } else if (key.kind == Groups::Key::Kind::chosen) {
            columns.push_back(numbered(choices_of(i, in)));
        } else {
            columns.push_back(evaluate(context_, expr, in));
        }
    }
    return columns;
}

std::vector<std::uint32_t> Grouping::numbers_of(std::size_t key, const Batch& in) {
    const ExprId expr = op_.keys[key].first;
    const SlotId slot = context_.plan.node_of(expr);
    KeyTable& values = groups_.keys[key].values;
    std::vector<std::uint32_t> rows(in.rows);
    if (holds_nodes(in[slot])) {
        Numbers& known = of_nodes_[key];
        known.place.resize(context_.snapshot->node_bound());
        std::vector<std::uint32_t> fresh;
        const std::size_t before = known.value_numbers.size();
        place_nodes(in[slot].ids, static_cast<std::uint32_t>(before), known.place, rows, fresh);
        if (!fresh.empty()) {
            const Batch nodes = batch_of_nodes(context_, slot, std::move(fresh));
            known.value_numbers.resize(before + nodes.rows);
            const std::array<ColumnRef, 1> column = {evaluate_afresh(context_, expr, nodes)};
            const std::span<std::uint32_t> theirs = std::span(known.value_numbers).subspan(before);
            const std::uint32_t values_before = values.size();
            values.find(column, theirs);
            context_.hold(nodes.rows * 8);
            hold_keys(context_, column, theirs, values_before);
        }
        for (std::uint32_t& row : rows) row = known.value_numbers[row];
    } else {
        const std::array<ColumnRef, 1> column = {evaluate_afresh(context_, expr, in)};
        values.find(column, rows);
    }
    return rows;
}

std::vector<std::uint32_t> Grouping::choices_of(std::size_t key, const Batch& in) {
    const auto& choice = std::get<CaseOf>(context_.plan[op_.keys[key].first].node);
    std::vector<std::uint32_t>& numbers = of_choices_[key];
    if (numbers.empty()) {
        numbers.resize(choice.alternatives.size() + 1);
        const std::array<ColumnRef, 1> column = {ColumnRef(case_constants(context_, choice))};
        groups_.keys[key].values.find(column, numbers);
    }
    std::vector<std::uint32_t> of_rows = choose_case(context_, choice, in);
    for (std::uint32_t& of_row : of_rows) of_row = numbers[of_row];
    return of_rows;
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
        groups_.find(context_, columns_of(fresh), std::span(group_of_node_).subspan(known));
        context_.hold(fresh.rows * 24);
    }
    for (std::uint32_t& number : numbers_) number = group_of_node_[number];
}

}  // namespace islet::query
