// What is evaluated lazily: the later operands and branches see only the rows that
// need them.

#include <numeric>

#include "evaluate_kernels.hpp"
#include "operator.hpp"

namespace islet::query {

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
        std::vector<std::uint32_t> still;
        for (std::size_t i = 0; i < open.size(); ++i) {
            const std::uint8_t value = truth(*column, i);
            if (value == settled) {
                out[open[i]] = settled;
                continue;
            }
            if (value == Column::null_bool) out[open[i]] = Column::null_bool;
            still.push_back(open[i]);
        }
        open = std::move(still);
    }
    return Column::booleans(std::move(out));
}

Column evaluate_case(RunContext& context, const CaseOf& e, const Batch& batch) {
    std::vector<Value> out(batch.rows);
    std::vector<std::uint32_t> open(batch.rows);
    std::iota(open.begin(), open.end(), 0U);
    std::optional<ColumnRef> subject;
    if (e.subject != ExprId::none) subject = evaluate(context, e.subject, batch);
    const auto fill = [&](ExprId expr, const std::vector<std::uint32_t>& rows) {
        if (rows.empty()) return;
        const Batch part = batch.gather(rows, slots_read(context, {expr}, batch));
        const ColumnRef values = evaluate(context, expr, part);
        for (std::size_t i = 0; i < rows.size(); ++i) out[rows[i]] = values->at(i);
    };
    for (const auto& [when, then] : e.alternatives) {
        if (open.empty()) break;
        const Batch part = batch.gather(open, slots_read(context, {when}, batch));
        const ColumnRef test = evaluate(context, when, part);
        std::vector<std::uint32_t> taken;
        std::vector<std::uint32_t> still;
        for (std::size_t i = 0; i < open.size(); ++i) {
            const bool yes =
                subject ? equals((*subject)->at(open[i]), test->at(i)).value_or(false) : test->is_true(i);
            (yes ? taken : still).push_back(open[i]);
        }
        fill(then, taken);
        open = std::move(still);
    }
    if (e.otherwise != ExprId::none) fill(e.otherwise, open);
    return Column::of_values(std::move(out));
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
    return Column::of_values(std::move(out));
}

}  // namespace islet::query
