// Expressions with a variable of their own, over the elements of a list: the
// lists of a whole batch are laid end to end and the inner expression is
// evaluated on all elements at once.

#include <algorithm>
#include <array>

#include "evaluate_lists.hpp"

namespace islet::query {
void not_a_list(RunContext& context, ExprId list, const Value& value) {
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

FlatLists flatten(RunContext& context, ExprId list, SlotId variable, std::initializer_list<ExprId> inner,
                  const Batch& batch) {
    const ColumnRef lists = evaluate(context, list, batch);
    FlatLists flat;
    flat.null.resize(batch.rows);
    Column elements;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const Value value = lists->at(row);
        if (value.is_null()) {
            flat.null[row] = 1;
            continue;
        }
        if (value.kind() != Kind::list) not_a_list(context, list, value);
        for (const Value& element : value.as_list()) {
            elements.append(element);
            flat.parent.push_back(static_cast<std::uint32_t>(row));
        }
        context.need(flat.parent.size() * FlatLists::bytes_each);
    }
    flat.batch = batch.gather(flat.parent, slots_read(context, inner, batch));
    flat.batch.origin.clear();
    if (flat.batch.columns.size() <= static_cast<std::size_t>(variable)) {
        flat.batch.columns.resize(static_cast<std::size_t>(variable) + 1);
    }
    flat.batch[variable] = std::move(elements);
    return flat;
}

namespace {

/// The elements that a comprehension keeps.
FlatLists kept_elements(RunContext& context, const Comprehension& c, const Batch& batch) {
    FlatLists flat = flatten(context, c.list, c.variable, {c.where, c.value}, batch);
    if (c.where == ExprId::none) return flat;
    const std::vector<std::uint32_t> kept = select(context, std::array{c.where}, flat.batch);
    std::vector<SlotId> slots = slots_read(context, {c.value}, flat.batch);
    slots.push_back(c.variable);
    flat.batch = flat.batch.gather(kept, slots);
    for (std::size_t i = 0; i < kept.size(); ++i) flat.parent[i] = flat.parent[kept[i]];
    flat.parent.resize(kept.size());
    return flat;
}

ColumnRef values_of(RunContext& context, const Comprehension& c, const FlatLists& flat) {
    return c.value == ExprId::none ? ColumnRef::lend(flat.batch[c.variable])
                                   : evaluate(context, c.value, flat.batch);
}

}  // namespace

Column evaluate_comprehension(RunContext& context, const Comprehension& c, const Batch& batch) {
    const FlatLists flat = kept_elements(context, c, batch);
    const ColumnRef values = values_of(context, c, flat);
    HeldBytes made;
    context.need(flat.parent.size() * FlatLists::bytes_each + made.add(*values, flat.parent.size(), true));
    std::vector<List> lists(batch.rows);
    for (std::size_t i = 0; i < flat.parent.size(); ++i) lists[flat.parent[i]].push_back(values->at(i));
    std::vector<Value> out(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (flat.null[row] == 0) out[row] = Value(std::move(lists[row]));
    }
    return Column::of_values(std::move(out));
}

Column evaluate_comprehension_size(RunContext& context, const Comprehension& c, const Batch& batch) {
    const FlatLists flat = kept_elements(context, c, batch);
    static_cast<void>(values_of(context, c, flat));  // for its errors
    Column sizes = Column::integers(std::vector<std::int64_t>(batch.rows));
    for (const std::uint32_t row : flat.parent) ++sizes.ints[row];
    if (std::find(flat.null.begin(), flat.null.end(), 1) != flat.null.end()) {
        for (const std::uint8_t null : flat.null) sizes.valid.push_back(null == 0 ? 1 : 0);
    }
    return sizes;
}

Column evaluate_quantifier(RunContext& context, const QuantifierOf& q, const Batch& batch) {
    const FlatLists flat = flatten(context, q.list, q.variable, {q.where}, batch);
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
