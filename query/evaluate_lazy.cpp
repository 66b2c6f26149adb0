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
        for (std::size_t i = 0; i < open.size(); ++i) {
            const std::uint32_t row = open[i];
            const bool yes =
                subject ? equals((*subject)->at(row), test->at(i)).value_or(false) : test->is_true(i);
            if (yes) {
                chosen[row] = alternative;
            } else {
                open[still++] = row;
            }
        }
        open.resize(still);
    }
    return chosen;
}

Column evaluate_case(RunContext& context, const CaseOf& e, const Batch& batch) {
    const std::vector<std::uint32_t> chosen = choose_case(context, e, batch);
    const std::size_t count = e.alternatives.size() + 1;
    std::vector<std::vector<std::uint32_t>> rows(count);
    for (std::uint32_t row = 0; row < batch.rows; ++row) rows[chosen[row]].push_back(row);
    std::vector<std::optional<ColumnRef>> values(count);
    bool integers = true;
    for (std::size_t i = 0; i < count; ++i) {
        if (rows[i].empty()) continue;
        const ExprId then = i < e.alternatives.size() ? e.alternatives[i].second : e.otherwise;
        if (then != ExprId::none) {
            const Batch part = batch.gather(rows[i], slots_read(context, {then}, batch));
            values[i] = ColumnRef(evaluate(context, then, part).take(rows[i].size()));
        }
        integers = integers && values[i] && (*values[i])->layout == Column::Layout::ints &&
                   (*values[i])->valid.empty();
    }
    if (integers && batch.rows > 0) {
        std::vector<std::int64_t> out(batch.rows);
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t at = 0; at < rows[i].size(); ++at) out[rows[i][at]] = (*values[i])->ints[at];
        }
        return Column::integers(std::move(out));
    }
    std::vector<Value> out(batch.rows);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t at = 0; values[i] && at < rows[i].size(); ++at)
            out[rows[i][at]] = (*values[i])->at(at);
    }
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
