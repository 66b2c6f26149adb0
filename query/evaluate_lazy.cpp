// What is evaluated lazily: the later operands and branches see only the rows that
// need them.

#include <algorithm>
#include <numeric>
#include <optional>

#include "evaluate_kernels.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

/// Calls `use(i, truth)` for the first `rows` rows of a condition.
template <class Use>
void for_each_truth(const Column& column, std::size_t rows, Use&& use) {
    if (column.layout == Column::Layout::bools && !column.constant) {
        for (std::size_t i = 0; i < rows; ++i) use(i, column.bools[i]);
    } else {
        for (std::size_t i = 0; i < rows; ++i) use(i, truth(column, i));
    }
}

}  // namespace

/// AND and OR: the later operands see only the rows that are not settled.
Column evaluate_logical(RunContext& context, const Logical& e, const Batch& batch) {
    std::vector<std::uint8_t> out(batch.rows);
    if (e.op == Logical::Op::exclusive) {
        for (std::size_t i = 0; i < e.operands.size(); ++i) {
            const ColumnRef column = evaluate(context, e.operands[i], batch);
            for (std::size_t row = 0; row < batch.rows; ++row) {
                const std::uint8_t value = truth(*column, row);
                const bool known = value != Column::null_bool && (i == 0 || out[row] != Column::null_bool);
                out[row] = !known   ? Column::null_bool
                           : i == 0 ? value
                                    : static_cast<std::uint8_t>(out[row] ^ value);
            }
        }
        return Column::booleans(std::move(out));
    }
    const std::uint8_t settled = e.op == Logical::Op::conjunction ? 0 : 1;
    std::fill(out.begin(), out.end(), static_cast<std::uint8_t>(1 - settled));
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0U);
    for (const ExprId operand : e.operands) {
        if (open.empty()) break;
        const bool all = open.size() == batch.rows;
        const std::vector<SlotId> slots = all ? std::vector<SlotId>() : slots_read(context, {operand}, batch);
        const Batch part = all ? Batch() : batch.gather(open, slots);
        const ColumnRef column = evaluate(context, operand, all ? batch : part);
        std::size_t still = 0;
        for_each_truth(*column, open.size(), [&](std::size_t i, std::uint8_t value) {
            const std::uint32_t row = open[i];
            if (value != static_cast<std::uint8_t>(1 - settled)) out[row] = value;
            open[still] = row;
            still += value == settled ? 0U : 1U;
        });
        open.resize(still);
    }
    return Column::booleans(std::move(out));
}

std::vector<std::uint32_t> choose_case(RunContext& context, const CaseOf& e, const Batch& batch) {
    std::vector<std::uint32_t> chosen(batch.rows, static_cast<std::uint32_t>(e.alternatives.size()));
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0U);
    std::optional<ColumnRef> subject;
    if (e.subject != ExprId::none) subject = evaluate(context, e.subject, batch);
    for (std::uint32_t alternative = 0; alternative < e.alternatives.size() && !open.empty(); ++alternative) {
        const ExprId when = e.alternatives[alternative].first;
        const bool all = open.size() == batch.rows;
        const Batch part = all ? Batch() : batch.gather(open, slots_read(context, {when}, batch));
        const ColumnRef test = evaluate(context, when, all ? batch : part);
        std::size_t still = 0;
        const auto place = [&](std::size_t i, bool yes) {
            const std::uint32_t row = open[i];
            chosen[row] = yes ? alternative : chosen[row];  // nothing to predict
            open[still] = row;
            still += yes ? 0U : 1U;
        };
        if (!subject && test->layout == Column::Layout::bools && !test->constant) {
            for (std::size_t i = 0; i < open.size(); ++i) place(i, test->bools[i] == 1);
        } else {
            for (std::size_t i = 0; i < open.size(); ++i) {
                place(i, subject ? equals((*subject)->at(open[i]), test->at(i)).value_or(false)
                                 : test->is_true(i));
            }
        }
        open.resize(still);
    }
    return chosen;
}

bool is_constant(const Plan& plan, ExprId expr) {
    return std::holds_alternative<Constant>(plan[expr].node) ||
           std::holds_alternative<ParameterRef>(plan[expr].node);
}

bool chooses_constants(const Plan& plan, const CaseOf& e) {
    return (e.otherwise == ExprId::none || is_constant(plan, e.otherwise)) &&
           std::all_of(e.alternatives.begin(), e.alternatives.end(),
                       [&](const auto& alternative) { return is_constant(plan, alternative.second); });
}

Column case_constants(RunContext& context, const CaseOf& e) {
    std::vector<Value> values;
    for (const auto& [when, then] : e.alternatives) values.push_back(evaluate_constant(context, then));
    values.push_back(e.otherwise == ExprId::none ? Value() : evaluate_constant(context, e.otherwise));
    return Column::packed(std::move(values));
}

Column evaluate_case(RunContext& context, const CaseOf& e, const Batch& batch) {
    if (chooses_constants(context.plan, e))
        return case_constants(context, e).gather(choose_case(context, e, batch));
    const std::vector<std::uint32_t> chosen = choose_case(context, e, batch);
    const std::size_t count = e.alternatives.size() + 1;
    std::vector<std::vector<std::uint32_t>> rows(count);
    for (std::uint32_t row = 0; row < batch.rows; ++row) rows[chosen[row]].push_back(row);
    // The branches' values end to end, and a null for all rows that have none; then in the order of the rows.
    Column made;
    std::vector<std::uint32_t> place(batch.rows);
    std::uint32_t end = 0;
    std::vector<std::uint32_t> nulls;
    for (std::size_t i = 0; i < count; ++i) {
        if (rows[i].empty()) continue;
        const ExprId then = i < e.alternatives.size() ? e.alternatives[i].second : e.otherwise;
        if (then == ExprId::none) {
            nulls = std::move(rows[i]);
            continue;
        }
        const Batch part = batch.gather(rows[i], slots_read(context, {then}, batch));
        made.append_all(evaluate(context, then, part).take(rows[i].size()), rows[i].size());
        for (const std::uint32_t row : rows[i]) place[row] = end++;
    }
    if (!nulls.empty()) made.append_null();
    for (const std::uint32_t row : nulls) place[row] = end;
    return made.gather(place);
}

Column evaluate_coalesce(RunContext& context, const Coalesce& e, const Batch& batch) {
    std::vector<Value> out(batch.rows);
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0U);
    for (const ExprId operand : e.operands) {
        if (open.empty()) break;
        const Batch part = batch.gather(open, slots_read(context, {operand}, batch));
        const ColumnRef values = evaluate(context, operand, part);
        std::vector<std::uint32_t> still;
        for (std::size_t i = 0; i < open.size(); ++i) {
            out[open[i]] = values->at(i);
            if (out[open[i]].is_null()) still.push_back(open[i]);
        }
        open = std::move(still);
    }
    return Column::packed(std::move(out));
}

}  // namespace islet::query
