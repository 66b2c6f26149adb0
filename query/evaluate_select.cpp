// The rows for which conditions are true. A comparison of a property with a constant, of two properties or
// of two variables reads the store's columns in one loop; all else is evaluated as a column of answers.

#include <bit>
#include <cstring>
#include <numeric>

#include "evaluate_kernels.hpp"
#include "functions.hpp"

namespace islet::query {
namespace {

using CompareOp = ast::Comparison::Op;
using Layout = Column::Layout;
using Rows = std::vector<std::uint32_t>;

/// Keeps the rows that hold. Every row is written, and the next one over it unless it is kept: nothing to
/// predict.
template <class Holds>
void keep(Rows& rows, Holds&& holds) {
    std::size_t count = 0;
    for (const std::uint32_t row : rows) {
        rows[count] = row;
        count += holds(row) ? 1U : 0U;
    }
    rows.resize(count);
}

/// Sets flags[i] to whether the value holds beside `wanted`.
template <class T, class Holds>
[[gnu::always_inline]] inline void flag_each(const T* values, std::size_t count, T wanted, const Holds& holds,
                                             std::uint8_t* flags) {
    for (std::size_t i = 0; i < count; ++i) flags[i] = holds(values[i], wanted) ? 1 : 0;
}

#if defined(__x86_64__)
template <class T, class Holds>
[[gnu::target("avx2")]] void flag_wide(const T* values, std::size_t count, T wanted, const Holds& holds,
                                       std::uint8_t* flags) {
    flag_each(values, count, wanted, holds, flags);
}
bool has_wide() {
    static const bool has = __builtin_cpu_supports("avx2") != 0;
    return has;
}
#endif

/// The rows 0, 1, … whose value holds beside `wanted`.
template <class T, class Holds>
void keep_of_run(Rows& rows, const T* values, T wanted, const Holds& holds) {
    const std::size_t size = rows.size();
    std::vector<std::uint8_t> flags(size + 64);
#if defined(__x86_64__)
    if (has_wide()) {
        flag_wide(values, size, wanted, holds, flags.data());
    } else
#endif
        flag_each(values, size, wanted, holds, flags.data());
    std::size_t count = 0;
    for (std::size_t row = 0; row < size; row += 64) {
        std::uint64_t bits = 0;  // of 64 rows
        for (std::size_t i = 0; i < 8; ++i) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, flags.data() + row + 8 * i, 8);
            // The product has the lowest bit of each byte, which are all there are, in its highest byte.
            bits |= (eight * 0x0102040810204080U) >> 56 << (8 * i);
        }
        for (; bits != 0; bits &= bits - 1)
            rows[count++] =
                static_cast<std::uint32_t>(row) + static_cast<std::uint32_t>(std::countr_zero(bits));
    }
    rows.resize(count);
}

CompareOp turned(CompareOp op) {
    switch (op) {
        case CompareOp::less:
            return CompareOp::greater;
        case CompareOp::less_equal:
            return CompareOp::greater_equal;
        case CompareOp::greater:
            return CompareOp::less;
        case CompareOp::greater_equal:
            return CompareOp::less_equal;
        case CompareOp::equal:
        case CompareOp::not_equal:
            break;
    }
    return op;
}

/// A property of a variable that stands in an array of the store.
struct Stored {
    const PropertyColumn* source;
    const std::uint32_t* ids;  ///< of the variable, by row

    [[nodiscard]] bool has(std::uint32_t row) const noexcept {
        if (source->complete) return ids[row] - source->first < source->size;
        return ids[row] != Column::null_id && source->has(ids[row]);
    }
    [[nodiscard]] std::uint32_t at(std::uint32_t row) const noexcept { return ids[row] - source->first; }

    /// Where the values of the first `rows` rows stand one after another in the array, if they do.
    [[nodiscard]] std::optional<std::uint32_t> run(std::size_t rows) const {
        if (!source->complete || rows == 0 || ids[rows - 1] - ids[0] != rows - 1) return std::nullopt;
        if (!has(0) || !has(static_cast<std::uint32_t>(rows) - 1)) return std::nullopt;
        std::uint32_t differs = 0;
        for (std::uint32_t row = 0; row < rows; ++row) differs |= ids[row] ^ (ids[0] + row);
        return differs == 0 ? std::optional(at(0)) : std::nullopt;
    }
};

std::optional<Stored> stored(const RunContext& context, ExprId id, const Batch& batch) {
    const auto* property = std::get_if<PropertyOf>(&context.plan[id].node);
    if (property == nullptr || !context.snapshot->pristine()) return std::nullopt;
    const auto* subject = std::get_if<SlotRef>(&context.plan[property->subject].node);
    if (subject == nullptr) return std::nullopt;
    const Column& column = batch[subject->slot];
    const bool nodes = column.layout == Layout::nodes;
    if (column.constant || (!nodes && column.layout != Layout::rels)) return std::nullopt;
    const std::optional<KeyId> key = context.snapshot->find_key(property->key);
    if (!key) return std::nullopt;
    const PropertyColumn* source =
        nodes ? context.snapshot->node_column(*key) : context.snapshot->rel_column(*key);
    if (source == nullptr) return std::nullopt;
    return Stored{source, column.ids.data()};
}

/// The value of a constant or a parameter that is given.
const Value* fixed(const RunContext& context, ExprId id) {
    const Expr& expr = context.plan[id];
    if (const auto* constant = std::get_if<Constant>(&expr.node)) return &constant->value;
    if (const auto* parameter = std::get_if<ParameterRef>(&expr.node)) {
        const auto it = context.parameters.find(parameter->name);
        if (it != context.parameters.end()) return &it->second;
    }
    return nullptr;
}

bool keep_compared(const RunContext& context, const Stored& left, CompareOp op, const Value& right,
                   Rows& rows) {
    const PropertyColumn& source = *left.source;
    // Every row of a batch is a run of the store's array where it comes from a scan.
    const bool all = !rows.empty() && rows.back() == rows.size() - 1;
    const std::optional<std::uint32_t> run = all ? left.run(rows.size()) : std::nullopt;
    const auto loop = [&](const auto& array, const auto& wanted) {
        with_operator(op, [&](auto&& holds) {
            if (run) return keep_of_run(rows, array.data() + *run, wanted, holds);
            keep(rows,
                 [&](std::uint32_t row) { return left.has(row) && holds(array[left.at(row)], wanted); });
        });
        return true;
    };
    if (source.kind == Kind::integer && right.kind() == Kind::integer)
        return loop(source.integers, right.as_int());
    if (source.kind == Kind::floating && right.kind() == Kind::floating)
        return loop(source.floats, right.as_double());
    if (source.kind != Kind::string || right.kind() != Kind::string) return false;
    if (op == CompareOp::equal || op == CompareOp::not_equal) {
        // A text that the dictionary does not have is equal to none: UINT32_MAX is no code.
        const std::optional<std::uint32_t> code = context.snapshot->find_string(right.as_string());
        return loop(source.strings, code.value_or(UINT32_MAX));
    }
    const std::string_view wanted = right.as_string();
    with_operator(op, [&](auto&& holds) {
        keep(rows, [&](std::uint32_t row) {
            return left.has(row) && holds(context.snapshot->string(source.strings[left.at(row)]), wanted);
        });
    });
    return true;
}

bool keep_compared(const Stored& left, CompareOp op, const Stored& right, Rows& rows) {
    const auto loop = [&](const auto& a, const auto& b) {
        with_operator(op, [&](auto&& holds) {
            keep(rows, [&](std::uint32_t row) {
                return left.has(row) && right.has(row) && holds(a[left.at(row)], b[right.at(row)]);
            });
        });
        return true;
    };
    const Kind kind = left.source->kind;
    if (kind != right.source->kind) return false;
    if (kind == Kind::integer) return loop(left.source->integers, right.source->integers);
    if (kind == Kind::floating) return loop(left.source->floats, right.source->floats);
    return false;
}

bool keep_compared(const RunContext& context, const Compare& e, const Batch& batch, Rows& rows) {
    const std::optional<Stored> left = stored(context, e.left, batch);
    const std::optional<Stored> right = stored(context, e.right, batch);
    if (left && right) return keep_compared(*left, e.op, *right, rows);
    if (left) {
        const Value* value = fixed(context, e.right);
        return value != nullptr && keep_compared(context, *left, e.op, *value, rows);
    }
    if (right) {
        const Value* value = fixed(context, e.left);
        return value != nullptr && keep_compared(context, *right, turned(e.op), *value, rows);
    }
    const auto* a = std::get_if<SlotRef>(&context.plan[e.left].node);
    const auto* b = std::get_if<SlotRef>(&context.plan[e.right].node);
    if (a == nullptr || b == nullptr || (e.op != CompareOp::equal && e.op != CompareOp::not_equal))
        return false;
    const Column& x = batch[a->slot];
    const Column& y = batch[b->slot];
    const bool ids = x.layout == Layout::nodes || x.layout == Layout::rels;
    if (!ids || x.layout != y.layout || x.constant || y.constant) return false;
    const bool same = e.op == CompareOp::equal;
    keep(rows, [&](std::uint32_t row) {
        return x.ids[row] != Column::null_id && y.ids[row] != Column::null_id &&
               (x.ids[row] == y.ids[row]) == same;
    });
    return true;
}

bool keep_found(const RunContext& context, const Operation& e, const Batch& batch, Rows& rows) {
    using Op = ast::Binary::Op;
    if (e.op != Op::contains && e.op != Op::starts_with && e.op != Op::ends_with) return false;
    const std::optional<Stored> left = stored(context, e.left, batch);
    const Value* right = fixed(context, e.right);
    if (!left || left->source->kind != Kind::string || right == nullptr || right->kind() != Kind::string)
        return false;
    const std::string_view wanted = right->as_string();
    keep(rows, [&](std::uint32_t row) {
        return left->has(row) &&
               text_matches(e.op, context.snapshot->string(left->source->strings[left->at(row)]), wanted);
    });
    return true;
}

bool keep_linked(const RunContext& context, const SubqueryOf& e, bool linked, const Batch& batch,
                 Rows& rows) {
    if (e.kind != ast::Subquery::Kind::exists) return false;
    const auto counts = count_of_step(context, e, batch);
    if (counts) keep(rows, [&](std::uint32_t row) { return ((*counts)[row] > 0) == linked; });
    return counts.has_value();
}

/// Keeps the rows for which the condition is true, if it has a loop of its own and can raise no error.
bool keep_directly(const RunContext& context, ExprId predicate, const Batch& batch, Rows& rows) {
    const ExprNode& node = context.plan[predicate].node;
    if (const auto* compare = std::get_if<Compare>(&node))
        return keep_compared(context, *compare, batch, rows);
    if (const auto* operation = std::get_if<Operation>(&node))
        return keep_found(context, *operation, batch, rows);
    if (const auto* subquery = std::get_if<SubqueryOf>(&node))
        return keep_linked(context, *subquery, true, batch, rows);
    if (const auto* negation = std::get_if<Not>(&node)) {
        const auto* subquery = std::get_if<SubqueryOf>(&context.plan[negation->operand].node);
        return subquery != nullptr && keep_linked(context, *subquery, false, batch, rows);
    }
    return false;
}

}  // namespace

Rows select(RunContext& context, std::span<const ExprId> predicates, const Batch& batch) {
    Rows rows(batch.rows);
    std::iota(rows.begin(), rows.end(), 0U);
    for (const ExprId predicate : predicates) {
        if (rows.empty()) break;
        if (keep_directly(context, predicate, batch, rows)) continue;
        const bool all = rows.size() == batch.rows;
        const Batch part = all ? Batch() : batch.gather(rows, slots_read(context, {predicate}, batch));
        const ColumnRef column = evaluate(context, predicate, all ? batch : part);
        context.at = context.plan[predicate].span;
        std::size_t count = 0;
        if (column->layout == Layout::bools && !column->constant) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                rows[count] = rows[i];
                count += column->bools[i] == 1 ? 1U : 0U;
            }
        } else {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (truth(*column, i) == 1) rows[count++] = rows[i];
            }
        }
        rows.resize(count);
    }
    return rows;
}

}  // namespace islet::query
