// reduce(). Where each step only applies operators to the accumulator with operands that do not read it
// (`sum + x.weight * 2`), the operands are evaluated on all elements of the batch's lists at once; any other
// step is evaluated element by element, the lists of a batch side by side.

#include <algorithm>

#include "evaluate_kernels.hpp"
#include "evaluate_lists.hpp"

namespace islet::query {
namespace {

/// One operator on the accumulator.
struct FoldStep {
    ast::Binary::Op op;
    ExprId operand;  ///< does not read the accumulator
    bool accumulator_left;
    ast::Span span;
};

bool reads(const Plan& plan, ExprId id, SlotId slot) {
    std::vector<bool> used(plan.statement.slot_names.size());
    used_slots(plan, id, used);
    return used[static_cast<std::size_t>(slot)];
}

/// Appends what `id` does to the accumulator, the innermost first. False: it does something else.
bool add_steps(const Plan& plan, ExprId id, SlotId accumulator, std::vector<FoldStep>& steps) {
    const Expr& expr = plan[id];
    if (const auto* ref = std::get_if<SlotRef>(&expr.node)) return ref->slot == accumulator;
    if (const auto* operation = std::get_if<Operation>(&expr.node)) {
        const bool left = !reads(plan, operation->right, accumulator);
        if (!left && reads(plan, operation->left, accumulator)) return false;
        if (!add_steps(plan, left ? operation->left : operation->right, accumulator, steps)) return false;
        steps.push_back({operation->op, left ? operation->right : operation->left, left, expr.span});
        return true;
    }
    if (const auto* run = std::get_if<OperationRun>(&expr.node)) {
        if (!add_steps(plan, run->first, accumulator, steps)) return false;
        for (const auto& [op, operand] : run->rest) {
            if (reads(plan, operand, accumulator)) return false;
            steps.push_back({op, operand, true, {expr.span.begin, plan[operand].span.end}});
        }
        return true;
    }
    return false;
}

/// From the initial values to what each list makes of them. False: something is no integer, or too large for
/// one.
bool fold_integers(std::span<const FoldStep> steps, std::span<const ColumnRef> operands,
                   const FlatLists& flat, std::vector<std::int64_t>& accumulators) {
    using Op = ast::Binary::Op;
    const auto is_plain = [](const ColumnRef& column) {
        return column->layout == Column::Layout::ints && column->valid.empty();
    };
    const auto is_simple = [](const FoldStep& step) {
        return step.op == Op::add || step.op == Op::multiply ||
               (step.op == Op::subtract && step.accumulator_left);
    };
    if (!std::all_of(operands.begin(), operands.end(), is_plain)) return false;
    if (!std::all_of(steps.begin(), steps.end(), is_simple)) return false;
    bool overflow = false;
    for (std::size_t i = 0; i < flat.parent.size(); ++i) {
        std::int64_t& value = accumulators[flat.parent[i]];
        for (std::size_t s = 0; s < steps.size(); ++s) {
            const std::int64_t operand = operands[s]->ints[operands[s]->constant ? 0 : i];
            if (steps[s].op == Op::add) {
                overflow |= __builtin_add_overflow(value, operand, &value);
            } else if (steps[s].op == Op::multiply) {
                overflow |= __builtin_mul_overflow(value, operand, &value);
            } else {
                overflow |= __builtin_sub_overflow(value, operand, &value);
            }
        }
    }
    return !overflow;
}

/// The steps of all lists, one list after the other.
Column fold(RunContext& context, const ReduceOf& r, std::span<const FoldStep> steps, const Batch& batch) {
    const FlatLists flat = flatten(context, r.list, r.variable, {r.value}, batch);
    const ColumnRef initial = evaluate(context, r.initial, batch);
    std::vector<ColumnRef> operands;
    operands.reserve(steps.size());
    for (const FoldStep& step : steps) operands.push_back(evaluate(context, step.operand, flat.batch));
    const bool any_null = std::find(flat.null.begin(), flat.null.end(), 1) != flat.null.end();
    if (!any_null && initial->layout == Column::Layout::ints && initial->valid.empty()) {
        std::vector<std::int64_t> out =
            initial->constant ? std::vector<std::int64_t>(batch.rows, initial->ints.front()) : initial->ints;
        if (fold_integers(steps, operands, flat, out)) return Column::integers(std::move(out));
    }
    std::vector<Value> out(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (flat.null[row] == 0) out[row] = initial->at(row);
    }
    for (std::size_t i = 0; i < flat.parent.size(); ++i) {
        Value& value = out[flat.parent[i]];
        for (std::size_t s = 0; s < steps.size(); ++s) {
            context.at = steps[s].span;
            const Value operand = operands[s]->at(i);
            const auto& [op, id, accumulator_left, span] = steps[s];
            value = accumulator_left ? apply_operation(op, value, operand, context.regexes)
                                     : apply_operation(op, operand, value, context.regexes);
        }
        if (i % batch_rows == 0) context.check();
    }
    return Column::packed(std::move(out));
}

/// One element after the other, but all lists of the batch side by side.
Column walk(RunContext& context, const ReduceOf& r, const Batch& batch) {
    const ColumnRef lists = evaluate(context, r.list, batch);
    const ColumnRef initial = evaluate(context, r.initial, batch);
    std::vector<Value> list(batch.rows);
    std::vector<Value> out(batch.rows);
    std::vector<std::uint32_t> open;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        list[row] = lists->at(row);
        if (list[row].is_null()) continue;
        if (list[row].kind() != Kind::list) not_a_list(context, r.list, list[row]);
        out[row] = initial->at(row);
        open.push_back(static_cast<std::uint32_t>(row));
    }
    const std::vector<SlotId> slots = slots_read(context, {r.value}, batch);
    const std::size_t width =
        std::max(static_cast<std::size_t>(r.variable), static_cast<std::size_t>(r.accumulator)) + 1;
    for (std::size_t position = 0;; ++position) {
        std::erase_if(open, [&](std::uint32_t row) { return list[row].as_list().size() <= position; });
        if (open.empty()) break;
        Batch step = batch.gather(open, slots);
        if (step.columns.size() < width) step.columns.resize(width);
        Column elements;
        Column accumulated;
        for (const std::uint32_t row : open) {
            elements.append(list[row].as_list()[position]);
            accumulated.append(out[row]);
        }
        step[r.variable] = std::move(elements);
        step[r.accumulator] = std::move(accumulated);
        const ColumnRef next = evaluate(context, r.value, step);
        for (std::size_t i = 0; i < open.size(); ++i) out[open[i]] = next->at(i);
        context.check();
    }
    return Column::packed(std::move(out));
}

}  // namespace

Column evaluate_reduce(RunContext& context, const ReduceOf& r, const Batch& batch) {
    std::vector<FoldStep> steps;
    if (add_steps(context.plan, r.value, r.accumulator, steps)) return fold(context, r, steps, batch);
    return walk(context, r, batch);
}

}  // namespace islet::query
