// Clauses that write.

#include <algorithm>

#include "bind.hpp"

namespace islet::query {
/// What CREATE makes, or MERGE when nothing matches: nodes first, then relationships.
Creation Binder::creation(const ast::Pattern& pattern, Scope& scope, bool merge) {
    Creation out;
    const auto properties = [&](ast::ExprId id) {
        if (id == ast::ExprId::none) return ExprId::none;
        // Later properties of one CREATE may name nodes that it made before.
        ExprContext here;
        here.scope = &scope;
        const ExprId map = expression(id, here);
        expect(map, map_type | node_type | relationship_type, "a set of properties");
        return map;
    };
    const auto labels = [&](const ast::LabelExpr& expr, ast::Span span, CreatedNode& created) {
        ExprContext here;
        here.scope = &scope;
        for (const ast::LabelTerm& term : expr) {
            if (term.op == ast::LabelTerm::Op::name) {
                created.labels.push_back(term.name.text);
            } else if (term.op == ast::LabelTerm::Op::computed_all) {
                created.computed_labels.push_back(label_value(term.value, here));
            } else if (term.op != ast::LabelTerm::Op::conjunction) {
                fail({.code = "42N24",
                      .detail = "UnexpectedSyntax",
                      .message = "what is created has labels, not conditions on labels",
                      .span = span,
                      .hint = "join them by `:` or `&`"});
            }
        }
    };
    const auto node = [&](const ast::NodePattern& n, bool alone) {
        const std::optional<SlotId> known = n.variable ? scope.find(n.variable->text) : std::nullopt;
        if (known) {
            const bool made_here = std::any_of(out.nodes.begin(), out.nodes.end(),
                                               [&](const CreatedNode& c) { return c.slot == *known; });
            const bool says_more = !n.labels.empty() || n.properties != ast::ExprId::none;
            if (!merge && (says_more || (alone && !made_here) || (alone && made_here))) {
                fail({.code = "42N59",
                      .detail = "VariableAlreadyBound",
                      .message =
                          "variable `" + n.variable->text + "` is defined already, so it cannot be created",
                      .span = n.variable->span,
                      .hint = says_more ? "set its labels and properties with SET" : ""});
            }
            const StaticType type = slot_type(*known);
            if (type.set != any_type && (type.set & node_type) == 0) {
                fail(
                    {.code = "42N65",
                     .detail = "VariableTypeConflict",
                     .message = "variable `" + n.variable->text + "` is a " + describe(type) + ", not a NODE",
                     .span = n.variable->span,
                     .hint = {}});
            }
            return *known;
        }
        const SlotId slot = new_slot(n.variable ? n.variable->text : "", {node_type, any_type});
        CreatedNode created{};
        created.slot = slot;
        labels(n.labels, n.span, created);
        created.properties = properties(n.properties);
        if (n.variable) scope.add(n.variable->text, slot);
        out.nodes.push_back(std::move(created));
        return slot;
    };
    for (const ast::PathPattern& path : pattern) {
        refuse_search(path, merge ? "MERGE" : "CREATE");
        MakePath parts;
        SlotId from = node(path.nodes.front(), path.relationships.empty());
        parts.parts.push_back(from);
        for (std::size_t i = 0; i < path.relationships.size(); ++i) {
            const ast::RelPattern& rel = path.relationships[i];
            if (rel.variable && scope.find(rel.variable->text)) {
                fail({.code = "42N59",
                      .detail = "VariableAlreadyBound",
                      .message =
                          "variable `" + rel.variable->text + "` is defined already, so it cannot be created",
                      .span = rel.variable->span,
                      .hint = {}});
            }
            if (rel.range) {
                fail({.code = "42N23",
                      .detail = "CreatingVarLength",
                      .message = "a relationship of variable length cannot be created",
                      .span = rel.span,
                      .hint = {}});
            }
            const bool computed =
                rel.types.size() == 1 && rel.types.front().op == ast::LabelTerm::Op::computed_all;
            if (rel.types.size() != 1 || (rel.types.front().op != ast::LabelTerm::Op::name && !computed)) {
                fail({.code = "42N25",
                      .detail = "NoSingleRelationshipType",
                      .message = "a relationship is created with exactly one type",
                      .span = rel.span,
                      .hint = "write `-[:TYPE]->`"});
            }
            using Arrow = ast::RelPattern::Arrow;
            if (rel.arrow != Arrow::right && rel.arrow != Arrow::left && !merge) {
                fail({.code = "42N26",
                      .detail = "RequiresDirectedRelationship",
                      .message = "a relationship is created with a direction",
                      .span = rel.span,
                      .hint = "write `-[:TYPE]->` or `<-[:TYPE]-`"});
            }
            const SlotId to = node(path.nodes[i + 1], false);
            const SlotId slot =
                new_slot(rel.variable ? rel.variable->text : "", {relationship_type, any_type});
            const bool left = rel.arrow == Arrow::left;
            CreatedRel created{slot, left ? to : from, left ? from : to, rel.types.front().name.text,
                               properties(rel.properties)};
            if (computed) {
                ExprContext here;
                here.scope = &scope;
                created.computed_type = label_value(rel.types.front().value, here);
            }
            if (rel.variable) scope.add(rel.variable->text, slot);
            out.rels.push_back(std::move(created));
            parts.parts.push_back(slot);
            parts.parts.push_back(to);
            from = to;
        }
        if (path.variable) {
            if (scope.find(path.variable->text)) {
                fail({.code = "42N59",
                      .detail = "VariableAlreadyBound",
                      .message = "variable `" + path.variable->text + "` is defined already",
                      .span = path.variable->span,
                      .hint = {}});
            }
            const SlotId slot = new_slot(path.variable->text, {path_type, any_type});
            scope.add(path.variable->text, slot);
            out.paths.emplace_back(slot, out_.pool.add(std::move(parts), {path_type, any_type}, path.span));
        }
    }
    return out;
}

/// The match and the creation share their slots, so that the rows look alike either way.
BoundMerge Binder::merge(const ast::Merge& m, Scope& scope) {
    BoundMerge out;
    const Scope before = scope;
    refuse_search(m.pattern, "MERGE");
    if (m.pattern.relationships.empty() && m.pattern.nodes.front().variable &&
        before.find(m.pattern.nodes.front().variable->text)) {
        fail({.code = "42N59",
              .detail = "VariableAlreadyBound",
              .message = "variable `" + m.pattern.nodes.front().variable->text +
                         "` is defined already, so MERGE cannot make it",
              .span = m.pattern.nodes.front().variable->span,
              .hint = {}});
    }
    for (const ast::NodePattern& node : m.pattern.nodes) {
        if (!node.variable || node.labels.empty() || !before.find(node.variable->text)) continue;
        fail({.code = "42N59",
              .detail = "VariableAlreadyBound",
              .message =
                  "node `" + node.variable->text + "` is defined already, so MERGE cannot give it labels",
              .span = node.variable->span,
              .hint = "set them with SET"});
    }
    Scope created_scope = scope;
    out.pattern = pattern({m.pattern}, scope, {.must_be_bound = false, .merge = true});
    out.creation = creation({m.pattern}, created_scope, true);

    // Give the creation the pattern's slots: nodes and relationships come in the same order.
    std::vector<std::pair<SlotId, SlotId>> rename;
    std::size_t node = 0;
    for (const PatternNode& n : out.pattern.nodes) {
        if (n.bound &&
            before.names().end() != std::find_if(before.names().begin(), before.names().end(),
                                                 [&](const auto& name) { return name.second == n.slot; })) {
            continue;
        }
        rename.emplace_back(out.creation.nodes[node].slot, n.slot);
        out.creation.nodes[node++].slot = n.slot;
    }
    const auto renamed = [&](SlotId slot) {
        for (const auto& [old, now] : rename) {
            if (old == slot) return now;
        }
        return slot;
    };
    for (std::size_t i = 0; i < out.creation.rels.size(); ++i) {
        CreatedRel& rel = out.creation.rels[i];
        rel.slot = out.pattern.rels[i].slot;
        rel.source = renamed(rel.source);
        rel.target = renamed(rel.target);
    }
    out.creation.paths = out.pattern.paths;
    out.on_create = assignments(m.on_create, scope);
    out.on_match = assignments(m.on_match, scope);
    return out;
}

/// `n.key`, or `n[key]` with a key that is computed.
void Binder::assigned_property(ast::ExprId target, const ExprContext& context, Assignment& out) {
    out.kind = Assignment::Kind::property;
    if (const auto* access = std::get_if<ast::PropertyAccess>(&ast_[target].node)) {
        out.target = expression(access->subject, context);
        out.key = access->key.text;
        return;
    }
    const auto& subscript = std::get<ast::Subscript>(ast_[target].node);
    out.target = expression(subscript.subject, context);
    out.computed_key = expression(subscript.index, context);
    expect(out.computed_key, string_type, "the key of a property");
}

std::vector<Assignment> Binder::assignments(const std::vector<ast::SetItem>& items, const Scope& scope) {
    std::vector<Assignment> out;
    ExprContext context;
    context.scope = &scope;
    using Kind = ast::SetItem::Kind;
    for (const ast::SetItem& item : items) {
        Assignment a{};
        a.span = item.span;
        a.value = ExprId::none;
        if (item.kind == Kind::property) {
            assigned_property(item.target, context, a);
        } else {
            a.target = expression(item.target, context);
            a.kind = item.kind == Kind::replace ? Assignment::Kind::replace
                     : item.kind == Kind::merge ? Assignment::Kind::merge
                                                : Assignment::Kind::add_labels;
            label_items(item.labels, context, a.labels, a.computed_labels);
        }
        expect(a.target, node_type | relationship_type, "SET");
        if (item.value != ast::ExprId::none) a.value = expression(item.value, context);
        out.push_back(std::move(a));
    }
    return out;
}

BoundSet Binder::removals(const ast::Remove& r, const Scope& scope) {
    BoundSet out;
    ExprContext context;
    context.scope = &scope;
    for (const ast::RemoveItem& item : r.items) {
        Assignment a{};
        a.span = item.span;
        if (item.labels.empty()) {
            assigned_property(item.target, context, a);
            a.value = constant(Value(), item.span);
        } else {
            a.kind = Assignment::Kind::remove_labels;
            a.target = expression(item.target, context);
            a.value = ExprId::none;
            label_items(item.labels, context, a.labels, a.computed_labels);
        }
        expect(a.target, node_type | relationship_type, "REMOVE");
        out.items.push_back(std::move(a));
    }
    return out;
}

BoundDelete Binder::deletion(const ast::Delete& d, const Scope& scope) {
    BoundDelete out;
    out.detach = d.detach;
    ExprContext context;
    context.scope = &scope;
    for (const ast::ExprId target : d.targets) {
        if (std::holds_alternative<ast::HasLabels>(ast_[target].node)) {
            fail({.code = "42N27",
                  .detail = "InvalidDelete",
                  .message = "DELETE takes nodes, relationships and paths, not labels",
                  .span = ast_[target].span,
                  .hint = "use REMOVE for a label"});
        }
        out.targets.push_back(expression(target, context));
        expect(out.targets.back(), node_type | relationship_type | path_type, "DELETE");
    }
    return out;
}

BoundForeach Binder::foreach (const ast::Foreach& f, const Scope& scope) {
    ExprContext context;
    context.scope = &scope;
    const ExprId list = expression(f.list, context);
    expect(list, list_type, "FOREACH");
    Scope inner = scope;
    const SlotId slot = new_slot(f.variable.text, {out_.pool[list].type.element, any_type});
    inner.add(f.variable.text, slot);
    return {slot, list, block(ast_[f.body], inner, BlockUse::foreach, f.span)};
}

}  // namespace islet::query
