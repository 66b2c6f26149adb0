// WITH and RETURN: columns, grouping keys, aggregates, and what ORDER BY may see.

#include <algorithm>
#include <set>

#include "bind.hpp"

namespace islet::query {

/// SKIP and LIMIT: one number for all rows.
ExprId Binder::row_count(ast::ExprId id, std::string_view what) {
    if (id == ast::ExprId::none) return ExprId::none;
    const Scope nothing;
    ExprContext context;
    context.scope = &nothing;
    context.constant = true;
    const ExprId count = expression(id, context);
    expect(count, integer_type, what);
    const auto* literal = std::get_if<Constant>(&out_.pool[count].node);
    if (literal != nullptr && literal->value.kind() == Kind::integer && literal->value.as_int() < 0) {
        fail({.code = "42N31",
              .detail = "NegativeIntegerArgument",
              .message = std::string(what) + " takes a number of rows, which cannot be negative",
              .span = ast_[id].span,
              .hint = {}});
    }
    return count;
}

BoundProjection Binder::projection(const ast::Projection& body, ast::ExprId where, bool final, Scope& scope) {
    BoundProjection out;
    out.final = final;
    out.distinct = body.distinct;
    out.grouped = std::any_of(body.items.begin(), body.items.end(),
                              [&](const ast::ProjectionItem& item) { return has_aggregate(item.expr); });
    if (body.star && scope.names().empty() && final) {
        fail({.code = "42N10",
              .detail = "NoVariablesInScope",
              .message = "`*` stands for all variables, and there are none",
              .span = body.span,
              .hint = {}});
    }

    ExprContext::Grouping grouping;
    std::vector<std::pair<std::string, SlotId>> columns;
    group_items(body, scope, out, grouping, columns);

    std::set<std::string, std::less<>> seen;
    Scope after;
    std::map<std::string, SlotId, std::less<>> item_slots;  // canonical text of an item to its slot
    const std::size_t star_columns = columns.size() - body.items.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& [name, slot] = columns[i];
        if (!seen.insert(name).second) {
            const ast::Span span = i < star_columns ? body.span : body.items[i - star_columns].span;
            fail({.code = "42N38",
                  .detail = "ColumnNameConflict",
                  .message = "two columns are called `" + name + "`",
                  .span = span,
                  .hint = "give one of them another name with AS"});
        }
        after.add(name, slot);
        if (i >= star_columns)
            item_slots.emplace(ast::to_text(ast_, body.items[i - star_columns].expr), slot);
    }

    // ORDER BY sees the columns, and where rows stay rows also what was visible before.
    Scope sort_scope;
    const bool rows_stay = !out.grouped && !out.distinct;
    if (rows_stay) {
        for (const auto& [name, slot] : scope.names()) sort_scope.add(name, slot);
    }
    for (const auto& [name, slot] : columns) sort_scope.add(name, slot);
    ExprContext context;
    context.scope = &sort_scope;
    context.incoming = &scope;
    grouping.final = true;
    if (out.grouped) context.grouping = &grouping;
    for (const ast::SortItem& item : body.order_by) {
        out.order_by.push_back({sort_expression(item.expr, context, item_slots), item.descending});
    }
    out.skip = row_count(body.skip, "SKIP");
    out.limit = row_count(body.limit, "LIMIT");

    if (where != ast::ExprId::none) {
        // WHERE after WITH sees the columns, and where rows stay rows also what was visible before.
        ExprContext condition;
        condition.scope = rows_stay ? &sort_scope : &after;
        if (!rows_stay) condition.columns_by_text = &item_slots;
        conjuncts(where, condition, out.where);
    }
    if (!final) {
        for (const ast::ProjectionItem& item : body.items) {
            if (item.alias || std::holds_alternative<ast::Variable>(ast_[item.expr].node)) continue;
            fail({.code = "42N21",
                  .detail = "NoExpressionAlias",
                  .message = "an expression in WITH needs a name",
                  .span = item.span,
                  .hint = "add `AS name`"});
        }
    }
    scope = std::move(after);
    return out;
}

/// The columns: those without aggregates first, for in a grouped projection they are the keys.
void Binder::group_items(const ast::Projection& body, const Scope& scope, BoundProjection& out,
                         ExprContext::Grouping& grouping,
                         std::vector<std::pair<std::string, SlotId>>& columns) {
    const auto add_plain = [&](ExprId expr, const std::string& text) {
        // A variable keeps its slot, so that nothing is copied.
        const auto* ref = std::get_if<SlotRef>(&out_.pool[expr].node);
        const SlotId slot = ref != nullptr ? ref->slot : new_slot("", out_.pool[expr].type);
        if (out.grouped) {
            out.keys.emplace_back(expr, slot);
            grouping.keys.emplace(text, slot);
            expr = slot_ref(slot, out_.pool[expr].span);
        }
        out.items.emplace_back(expr, slot);
        return slot;
    };
    ExprContext plain;
    plain.scope = &scope;
    if (body.star) {
        // By name, whatever the order in which the variables came up.
        std::vector<std::pair<std::string, SlotId>> all = scope.names();
        std::sort(all.begin(), all.end());
        for (const auto& [name, slot] : all) {
            columns.emplace_back(name, add_plain(slot_ref(slot, body.span), name));
        }
    }
    const std::size_t first = columns.size();
    columns.resize(first + body.items.size());
    std::vector<std::pair<ExprId, SlotId>> items(body.items.size());
    const std::size_t star_items = out.items.size();
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t i = 0; i < body.items.size(); ++i) {
            const ast::ProjectionItem& item = body.items[i];
            const bool aggregated = out.grouped && has_aggregate(item.expr);
            if (aggregated != (pass == 1)) continue;
            const std::string name =
                item.alias ? item.alias->text
                : std::holds_alternative<ast::Variable>(ast_[item.expr].node)
                    ? std::get<ast::Variable>(ast_[item.expr].node).name.text
                    : std::string(text_.substr(item.span.begin, item.span.end - item.span.begin));
            SlotId slot = SlotId::none;
            if (aggregated) {
                ExprContext context = plain;
                context.grouping = &grouping;
                context.keys_only = true;
                const ExprId expr = expression(item.expr, context);
                const auto* ref = std::get_if<SlotRef>(&out_.pool[expr].node);
                slot = ref != nullptr ? ref->slot : new_slot("", out_.pool[expr].type);
                items[i] = {expr, slot};
            } else {
                slot = add_plain(expression(item.expr, plain), ast::to_text(ast_, item.expr));
                items[i] = out.items.back();
            }
            columns[first + i] = {name, slot};
        }
    }
    out.items.resize(star_items);
    out.items.insert(out.items.end(), items.begin(), items.end());
    out.aggregates = grouping.calls;
}

/// An ORDER BY expression: what equals a column is that column; the rest is computed from columns.
ExprId Binder::sort_expression(ast::ExprId id, const ExprContext& context,
                               const std::map<std::string, SlotId, std::less<>>& items) {
    // A column's name is that column, also where another column holds what had the name before.
    const auto* name = std::get_if<ast::Variable>(&ast_[id].node);
    const bool is_name = name != nullptr && context.scope->find(name->name.text).has_value();
    const auto item = items.find(ast::to_text(ast_, id));
    if (!is_name && item != items.end()) return slot_ref(item->second, ast_[id].span);
    if (context.grouping == nullptr) {
        ExprContext plain = context;
        plain.columns_by_text = &items;
        return expression(id, plain);
    }

    // Grouped: the columns by their text, and the keys, count as keys; a column's name too.
    ExprContext::Grouping visible = *context.grouping;
    for (const auto& [text, slot] : items) visible.keys.emplace(text, slot);
    for (const auto& [name, slot] : context.scope->names()) visible.keys.insert_or_assign(name, slot);
    ExprContext inner = context;
    inner.grouping = &visible;
    inner.keys_only = true;
    inner.columns = context.scope;
    // A variable of before that no key holds is out of scope; one that a key is made of is ambiguous.
    Scope scope = *context.scope;
    for (const auto& [name, slot] : context.incoming->names()) {
        const bool in_key = std::any_of(context.grouping->keys.begin(), context.grouping->keys.end(),
                                        [&wanted = name](const auto& key) {
                                            const std::size_t at = key.first.find(wanted);
                                            return at != std::string::npos && key.first != wanted;
                                        });
        if (in_key && !scope.find(name) && has_aggregate(id)) scope.add(name, slot);
    }
    inner.scope = &scope;
    return expression(id, inner);
}

}  // namespace islet::query
