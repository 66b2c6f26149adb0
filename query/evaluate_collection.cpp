// Expressions with a variable of their own, over the elements of a list: the
// lists of a whole batch are laid end to end and the inner expression is
// evaluated on all elements at once.

#include <algorithm>
#include <array>

#include "evaluate.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

/// The elements of all lists of a column, end to end.
struct Flat {
    Batch batch;  ///< one row per element: the outer slots that are read, and the variable
    std::vector<std::uint32_t> parent;  ///< row of the list that the element is in
    std::vector<std::uint8_t> null;     ///< by list: it is null itself
};

/// Of an element: itself, the row it is in, and what is made of it.
constexpr std::uint64_t bytes_each = sizeof(Value) * 3 + sizeof(std::uint32_t);

[[noreturn]] void not_a_list(RunContext& context, ExprId list, const Value& value) {
    context.at = context.plan[list].span;
    throw Exception({.code = "22G03",
                     .kind = "TypeError",
                     .phase = "runtime",
                     .detail = "InvalidArgumentType",
                     .message = "a list is expected, but this is a " + std::string(kind_name(value.kind())),
                     .span = {},
                     .hint = {},
                     .place = {}});
}

Flat flatten(RunContext& context, ExprId list, SlotId variable, std::initializer_list<ExprId> inner,
             const Batch& batch) {
    const ColumnRef lists = evaluate(context, list, batch);
    Flat flat;
    flat.null.resize(batch.rows);
    std::vector<Value> elements;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const Value value = lists->at(row);
        if (value.is_null()) {
            flat.null[row] = 1;
            continue;
        }
        if (value.kind() != Kind::list) not_a_list(context, list, value);
        for (const Value& element : value.as_list()) {
            elements.push_back(element);
            flat.parent.push_back(static_cast<std::uint32_t>(row));
        }
        context.need(elements.size() * bytes_each);
    }
    flat.batch = batch.gather(flat.parent, slots_read(context, inner, batch));
    flat.batch.origin.clear();
    if (flat.batch.columns.size() <= static_cast<std::size_t>(variable)) {
        flat.batch.columns.resize(static_cast<std::size_t>(variable) + 1);
    }
    flat.batch[variable] = Column::of_values(std::move(elements));
    return flat;
}

}  // namespace

Column evaluate_comprehension(RunContext& context, const Comprehension& c, ExprId, const Batch& batch) {
    Flat flat = flatten(context, c.list, c.variable, {c.where, c.value}, batch);
    if (c.where != ExprId::none) {
        const std::vector<std::uint32_t> kept = select(context, std::array{c.where}, flat.batch);
        std::vector<SlotId> slots = slots_read(context, {c.value}, flat.batch);
        slots.push_back(c.variable);
        flat.batch = flat.batch.gather(kept, slots);
        std::vector<std::uint32_t> parent;
        parent.reserve(kept.size());
        for (const std::uint32_t row : kept) parent.push_back(flat.parent[row]);
        flat.parent = std::move(parent);
    }
    const ColumnRef values = c.value == ExprId::none ? ColumnRef::lend(flat.batch[c.variable])
                                                     : evaluate(context, c.value, flat.batch);
    HeldBytes made;
    context.need(flat.parent.size() * bytes_each + made.add(*values, flat.parent.size(), true));
    std::vector<List> lists(batch.rows);
    for (std::size_t i = 0; i < flat.parent.size(); ++i) lists[flat.parent[i]].push_back(values->at(i));
    std::vector<Value> out(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (flat.null[row] == 0) out[row] = Value(std::move(lists[row]));
    }
    return Column::of_values(std::move(out));
}

Column evaluate_quantifier(RunContext& context, const QuantifierOf& q, ExprId, const Batch& batch) {
    const Flat flat = flatten(context, q.list, q.variable, {q.where}, batch);
    const ColumnRef tests = q.where == ExprId::none ? ColumnRef::lend(flat.batch[q.variable])
                                                    : evaluate(context, q.where, flat.batch);
    struct Counts {
        std::uint32_t yes = 0, no = 0, unknown = 0;
    };
    std::vector<Counts> counts(batch.rows);
    for (std::size_t i = 0; i < flat.parent.size(); ++i) {
        Counts& c = counts[flat.parent[i]];
        if (tests->is_null(i)) {
            ++c.unknown;
        } else if (tests->is_true(i)) {
            ++c.yes;
        } else {
            ++c.no;
        }
    }
    std::vector<std::uint8_t> out(batch.rows);
    using Kind = ast::Quantifier::Kind;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const Counts& c = counts[row];
        std::uint8_t value = Column::null_bool;
        if (flat.null[row] != 0) {
            out[row] = value;
            continue;
        }
        switch (q.kind) {
            case Kind::all:
                value = c.no > 0 ? 0 : c.unknown > 0 ? Column::null_bool : 1;
                break;
            case Kind::any:
                value = c.yes > 0 ? 1 : c.unknown > 0 ? Column::null_bool : 0;
                break;
            case Kind::none:
                value = c.yes > 0 ? 0 : c.unknown > 0 ? Column::null_bool : 1;
                break;
            case Kind::single:
                value = c.yes > 1 ? 0 : c.unknown > 0 ? Column::null_bool : c.yes == 1 ? 1 : 0;
                break;
        }
        out[row] = value;
    }
    return Column::booleans(std::move(out));
}

/// One element after the other, but all lists of the batch side by side.
Column evaluate_reduce(RunContext& context, const ReduceOf& r, ExprId, const Batch& batch) {
    const ColumnRef lists = evaluate(context, r.list, batch);
    const ColumnRef initial = evaluate(context, r.initial, batch);
    std::vector<Value> out(batch.rows);
    std::vector<std::uint32_t> open;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const Value list = lists->at(row);
        if (list.is_null()) continue;
        if (list.kind() != Kind::list) not_a_list(context, r.list, list);
        out[row] = initial->at(row);
        open.push_back(static_cast<std::uint32_t>(row));
    }
    const std::vector<SlotId> slots = slots_read(context, {r.value}, batch);
    const std::size_t width =
        std::max(static_cast<std::size_t>(r.variable), static_cast<std::size_t>(r.accumulator)) + 1;
    for (std::size_t position = 0;; ++position) {
        std::erase_if(open, [&](std::uint32_t row) { return lists->at(row).as_list().size() <= position; });
        if (open.empty()) break;
        Batch step = batch.gather(open, slots);
        if (step.columns.size() < width) step.columns.resize(width);
        std::vector<Value> elements;
        std::vector<Value> accumulated;
        for (const std::uint32_t row : open) {
            elements.push_back(lists->at(row).as_list()[position]);
            accumulated.push_back(out[row]);
        }
        step[r.variable] = Column::of_values(std::move(elements));
        step[r.accumulator] = Column::of_values(std::move(accumulated));
        const ColumnRef next = evaluate(context, r.value, step);
        for (std::size_t i = 0; i < open.size(); ++i) out[open[i]] = next->at(i);
        context.check();
    }
    return Column::of_values(std::move(out));
}

/// Null when any part is null (an OPTIONAL MATCH that found nothing).
Column evaluate_path(RunContext& context, const MakePath& path, const Batch& batch) {
    const Snapshot& snapshot = *context.snapshot;
    std::vector<Value> out(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        Path made;
        bool null = false;
        const auto walk = [&](RelId rel) {
            const Ends ends = snapshot.ends(rel);
            made.relationships.push_back(rel);
            made.nodes.push_back(made.nodes.back() == ends.source ? ends.target : ends.source);
        };
        for (std::size_t i = 0; i < path.parts.size() && !null; ++i) {
            const Value part = batch[path.parts[i]].at(row);
            if (part.is_null()) {
                null = true;
            } else if (i == 0) {
                made.nodes.push_back(part.as_node());
            } else if (part.kind() == Kind::relationship) {
                walk(part.as_relationship());
            } else if (part.kind() == Kind::list) {
                for (const Value& rel : part.as_list()) walk(rel.as_relationship());
            }
        }
        if (!null) out[row] = Value(std::move(made));
    }
    return Column::of_values(std::move(out));
}

}  // namespace islet::query
