// Patterns to small graphs: one node per variable, relationships between them,
// everything that was written inside of brackets as conditions.

#include <algorithm>
#include <utility>

#include "bind.hpp"

namespace islet::query {
namespace {

constexpr StaticType node_value{node_type, any_type};
constexpr StaticType rel_value{relationship_type, any_type};
constexpr StaticType rel_list{list_type, relationship_type};
constexpr StaticType path_value{path_type, any_type};

}  // namespace

PatternGraph Binder::pattern(const ast::Pattern& pattern, Scope& scope, PatternUse use) {
    PatternGraph graph;
    graph.repeatable = use.repeatable;
    std::vector<Inside> inside;
    const Scope before = scope;
    const Scope* const outer = std::exchange(before_match_, &before);
    for (const ast::PathPattern& path : pattern) path_pattern(path, scope, use, graph, inside);
    before_match_ = outer;
    ExprContext context;
    context.scope = &scope;
    conditions(inside, context, graph);
    for (const ast::PathPattern& path : pattern) {
        if (path.where != ast::ExprId::none && !is_search(path))
            conjuncts(path.where, context, graph.predicates);
    }
    bind_searches(scope, graph);
    return graph;
}

/// Conditions come last: they may name any variable of the whole pattern.
void Binder::conditions(const std::vector<Inside>& inside, const ExprContext& context, PatternGraph& graph) {
    const auto bind = [&](const Inside& each, SlotId entity, const ExprContext& here,
                          std::vector<ExprId>& out) {
        inline_properties(each.properties, entity, here, out);
        if (each.where != ast::ExprId::none) conjuncts(each.where, here, out);
        if (each.types.empty()) return;
        out.push_back(label_condition(each.types, slot_ref(entity, {}), here));
    };
    for (const Inside& each : inside) {
        if (each.properties == ast::ExprId::none && each.where == ast::ExprId::none && each.types.empty())
            continue;
        if (each.rel == UINT32_MAX) {
            bind(each, each.entity, context, graph.predicates);
            continue;
        }
        // Of each relationship of variable length: there, its variable is one of them.
        const SlotId step = new_slot("", rel_value);
        Scope scope = *context.scope;
        if (*each.variable) scope.add((*each.variable)->text, step);
        ExprContext local = context;
        local.scope = &scope;
        std::vector<ExprId> predicates;
        bind(each, step, local, predicates);
        graph.rels[each.rel].step = step;
        graph.rels[each.rel].step_predicates = std::move(predicates);
    }
}

std::pair<SlotId, SlotId> Binder::path_pattern(const ast::PathPattern& path, Scope& scope, PatternUse use,
                                               PatternGraph& graph, std::vector<Inside>& inside) {
    MakePath parts;
    const auto node = [&](const ast::NodePattern& n) {
        const std::uint32_t at = pattern_node(n, scope, use, graph);
        const SlotId slot = graph.nodes[at].slot;
        parts.parts.push_back(slot);
        inside.push_back({n.properties, n.where, slot, UINT32_MAX, nullptr, computed_labels(n.labels)});
        return at;
    };
    using Selector = ast::PathPattern::Selector;
    const bool call = path.selector == Selector::shortest_one || path.selector == Selector::shortest_all;
    if (call && (path.relationships.size() != 1 || path.relationships.front().group != ast::GroupId::none)) {
        fail({.code = "42001",
              .detail = "UnexpectedSyntax",
              .message = "a shortest path is asked for by a pattern of one relationship",
              .span = path.span,
              .hint = "write `shortestPath((a)-[*]-(b))`, or `SHORTEST 1` before a longer pattern"});
    }
    std::uint32_t from = node(path.nodes.front());
    if (is_search(path)) {
        // The middle is bound with its conditions once all variables are known; names come up here.
        const std::uint32_t to =
            path.nodes.size() == 1 ? from : pattern_node(path.nodes.back(), scope, use, graph);
        if (path.nodes.size() > 1) {
            const ast::NodePattern& last = path.nodes.back();
            inside.push_back({last.properties, last.where, graph.nodes[to].slot, UINT32_MAX, nullptr,
                              computed_labels(last.labels)});
        }
        search_pattern(path, scope, use, from, to, graph);
        parts.parts.push_back(graph.rels.back().slot);
        parts.parts.push_back(graph.nodes[to].slot);
    } else {
        for (std::size_t i = 0; i < path.relationships.size(); ++i) {
            const ast::RelPattern& rel = path.relationships[i];
            // Where a relationship may come again, what is repeated is walked, not searched for trails.
            if (rel.group != ast::GroupId::none || (use.repeatable && rel.range)) {
                const std::size_t at = parts.parts.size();
                const std::uint32_t to = node(path.nodes[i + 1]);
                group_pattern(rel, scope, use, from, to, graph);
                parts.parts.insert(parts.parts.begin() + static_cast<std::ptrdiff_t>(at),
                                   graph.rels.back().slot);
                from = to;
                continue;
            }
            const std::size_t at = parts.parts.size();
            const std::uint32_t to = node(path.nodes[i + 1]);
            pattern_rel(rel, from, to, path.selector, scope, use, graph, inside);
            parts.parts.insert(parts.parts.begin() + static_cast<std::ptrdiff_t>(at), graph.rels.back().slot);
            from = to;
        }
    }
    const std::pair ends{parts.parts.front(), parts.parts.back()};
    if (!path.variable) return ends;
    if (scope.find(path.variable->text)) {
        fail(
            {.code = "42N59",
             .detail = "VariableAlreadyBound",
             .message = "variable `" + path.variable->text + "` is defined already, so it cannot name a path",
             .span = path.variable->span,
             .hint = {}});
    }
    const SlotId slot = new_slot(path.variable->text, path_value);
    scope.add(path.variable->text, slot);
    graph.paths.emplace_back(slot, out_.pool.add(std::move(parts), path_value, path.span));
    return ends;
}

std::uint32_t Binder::pattern_node(const ast::NodePattern& node, Scope& scope, PatternUse use,
                                   PatternGraph& graph) {
    for (const ast::LabelTerm& term : node.labels) {
        if (term.op == ast::LabelTerm::Op::name) check_label(term.name);
    }
    if (node.properties != ast::ExprId::none &&
        std::holds_alternative<ast::Parameter>(ast_[node.properties].node)) {
        fail({.code = "42N46",
              .detail = "InvalidParameterUse",
              .message = "a parameter cannot stand for all the properties of a pattern",
              .span = ast_[node.properties].span,
              .hint = "name each property: `{key: $parameter.key}`"});
    }
    const ast::LabelExpr labels = plain_labels(node.labels);
    SlotId slot = SlotId::none;
    bool bound = false;
    const std::optional<SlotId> known = node.variable ? scope.find(node.variable->text) : std::nullopt;
    if (known) {
        const StaticType type = slot_type(*known);
        if (type.set != any_type && type.set != 0 && (type.set & node_type) == 0) {
            const bool path = type.set == path_type;
            fail({.code = path ? "42N59" : "42N65",
                  .detail = path && graph.paths.end() !=
                                        std::find_if(graph.paths.begin(), graph.paths.end(),
                                                     [&](const auto& p) { return p.first == *known; })
                                ? "VariableAlreadyBound"
                                : "VariableTypeConflict",
                  .message = "variable `" + node.variable->text + "` is a " + describe(type) + ", not a NODE",
                  .span = node.variable->span,
                  .hint = {}});
        }
        slot = *known;
        bound = true;
    } else {
        if (node.variable && use.must_be_bound) undefined_variable(*node.variable, scope);
        slot = new_slot(node.variable ? node.variable->text : "", node_value);
        if (node.variable) scope.add(node.variable->text, slot);
    }
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        PatternNode& other = graph.nodes[i];
        if (other.slot != slot) continue;
        if (!labels.empty()) {
            if (other.labels.empty()) {
                other.labels = labels;
            } else {
                // Both must hold: join the two trees under a conjunction.
                const auto left = static_cast<std::uint32_t>(other.labels.size() - 1);
                for (ast::LabelTerm term : labels) {
                    term.left += left + 1, term.right += left + 1;
                    other.labels.push_back(std::move(term));
                }
                const auto right = static_cast<std::uint32_t>(other.labels.size() - 1);
                other.labels.push_back({ast::LabelTerm::Op::conjunction, {}, left, right});
            }
        }
        return i;
    }
    graph.nodes.push_back({slot, bound, labels});
    return static_cast<std::uint32_t>(graph.nodes.size() - 1);
}

bool Binder::relationship_types(const ast::LabelExpr& types, std::vector<std::string>& names) {
    bool plain = true;
    for (const ast::LabelTerm& term : types) {
        if (term.op == ast::LabelTerm::Op::name) {
            check_type(term.name);
            if (std::find(names.begin(), names.end(), term.name.text) == names.end())
                names.push_back(term.name.text);
        } else if (term.op != ast::LabelTerm::Op::disjunction) {
            plain = false;
        }
    }
    if (!plain) names.clear();
    return plain;
}

void Binder::pattern_rel(const ast::RelPattern& rel, std::uint32_t from, std::uint32_t to,
                         ast::PathPattern::Selector selector, Scope& scope, PatternUse use,
                         PatternGraph& graph, std::vector<Inside>& inside) {
    if (rel.properties != ast::ExprId::none &&
        std::holds_alternative<ast::Parameter>(ast_[rel.properties].node)) {
        fail({.code = "42N46",
              .detail = "InvalidParameterUse",
              .message = "a parameter cannot stand for all the properties of a pattern",
              .span = ast_[rel.properties].span,
              .hint = "name each property: `{key: $parameter.key}`"});
    }
    PatternRel out{};
    if (rel.variable) out.variable = rel.variable->text;
    out.from = from;
    out.to = to;
    const bool plain_types = relationship_types(rel.types, out.types);
    using Arrow = ast::RelPattern::Arrow;
    out.pointing = rel.arrow == Arrow::right  ? PatternRel::Pointing::forward
                   : rel.arrow == Arrow::left ? PatternRel::Pointing::backward
                                              : PatternRel::Pointing::either;
    if (rel.range) {
        out.length = PatternRel::Length{rel.range->min.value_or(rel.quantified ? 0 : 1),
                                        rel.range->max.value_or(UINT64_MAX)};
        if (selector == ast::PathPattern::Selector::all) warn_unbounded(*out.length, rel.span);
    }
    if (selector != ast::PathPattern::Selector::all) {
        if (!out.length) out.length = PatternRel::Length{1, 1};
        out.search = selector == ast::PathPattern::Selector::shortest_one ? PatternRel::Search::shortest_one
                                                                          : PatternRel::Search::shortest_all;
    }
    const StaticType wanted = out.length ? rel_list : rel_value;
    const std::optional<SlotId> known = rel.variable ? scope.find(rel.variable->text) : std::nullopt;
    if (known) {
        const bool in_this_pattern =
            std::any_of(graph.rels.begin(), graph.rels.end(),
                        [&](const PatternRel& other) { return other.variable == rel.variable->text; });
        if (in_this_pattern) {
            fail({.code = "42N59",
                  .detail = "RelationshipUniquenessViolation",
                  .message = "relationship `" + rel.variable->text +
                             "` stands twice in one pattern, and could never match",
                  .span = rel.variable->span,
                  .hint = "use two variables"});
        }
        const StaticType type = slot_type(*known);
        if (type.set != any_type && type.set != 0 && (type.set & wanted.set) == 0) {
            const bool path_here = std::any_of(graph.paths.begin(), graph.paths.end(),
                                               [&](const auto& p) { return p.first == *known; });
            fail({.code = path_here ? "42N59" : "42N65",
                  .detail = path_here ? "VariableAlreadyBound" : "VariableTypeConflict",
                  .message = "variable `" + rel.variable->text + "` is a " + describe(type) + ", not a " +
                             describe(wanted),
                  .span = rel.variable->span,
                  .hint = {}});
        }
        if (use.merge) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message =
                      "relationship `" + rel.variable->text + "` is defined already, so MERGE cannot make it",
                  .span = rel.variable->span,
                  .hint = {}});
        }
        if (rel.quantified) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message = "variable `" + rel.variable->text +
                             "` is defined already, so it cannot name repeated relationships",
                  .span = rel.variable->span,
                  .hint = {}});
        }
        out.slot = *known;
        out.bound = true;
    } else {
        if (rel.variable && use.must_be_bound) undefined_variable(*rel.variable, scope);
        out.slot = new_slot(rel.variable ? rel.variable->text : "", wanted);
        if (rel.variable) scope.add(rel.variable->text, out.slot);
    }
    inside.push_back({rel.properties, rel.where, out.slot,
                      out.length ? static_cast<std::uint32_t>(graph.rels.size()) : UINT32_MAX, &rel.variable,
                      plain_types ? ast::LabelExpr{} : rel.types});
    graph.rels.push_back(std::move(out));
}

void Binder::inline_properties(ast::ExprId properties, SlotId entity, const ExprContext& context,
                               std::vector<ExprId>& out) {
    if (properties == ast::ExprId::none) return;
    const auto& map = std::get<ast::MapLiteral>(ast_[properties].node);
    for (const auto& [key, value] : map.entries) {
        check_key(key);
        const ExprId right = expression(value, context);
        const ast::Span span{key.span.begin, ast_[value].span.end};
        const ExprId left = out_.pool.add(PropertyOf{slot_ref(entity, key.span), key.text}, {}, key.span);
        out.push_back(
            out_.pool.add(Compare{ast::Comparison::Op::equal, left, right}, {boolean_type, any_type}, span));
    }
}

/// A pattern inside an expression, as a subquery of one MATCH.
BlockId Binder::pattern_block(const ast::PathPattern& path, ast::ExprId where, ast::ExprId value,
                              const ExprContext& context, bool must_be_bound) {
    Scope scope = *context.scope;
    BoundPart part;
    BoundMatch match;
    match.pattern = pattern({path}, scope, {.must_be_bound = must_be_bound, .merge = false});
    ExprContext inner;
    inner.scope = &scope;
    if (where != ast::ExprId::none) conjuncts(where, inner, match.pattern.predicates);
    select_by_conditions(match.pattern);
    part.clauses.emplace_back(std::move(match));
    if (value != ast::ExprId::none) {
        BoundProjection projection;
        projection.final = true;
        const ExprId item = expression(value, inner);
        const SlotId slot = new_slot("", out_.pool[item].type);
        projection.items.emplace_back(item, slot);
        part.columns.push_back(slot);
        part.clauses.emplace_back(std::move(projection));
    }
    BoundBlock block;
    block.columns = part.columns;
    block.parts.push_back(std::move(part));
    out_.blocks.push_back(std::move(block));
    return BlockId{static_cast<std::uint32_t>(out_.blocks.size() - 1)};
}

ExprId Binder::pattern_predicate(const ast::PatternPredicate& p, ast::Span span, const ExprContext& context) {
    const BlockId block = pattern_block(p.pattern, ast::ExprId::none, ast::ExprId::none, context, true);
    return out_.pool.add(SubqueryOf{ast::Subquery::Kind::exists, block}, {boolean_type, any_type}, span);
}

/// `shortestPath(…)` as a value: the path or null; `allShortestPaths(…)`: the list of them.
ExprId Binder::shortest_path(const ast::PatternPredicate& p, ast::Span span, const ExprContext& context) {
    ast::PathPattern path = p.pattern;
    path.variable = ast::Name{"", span};
    Scope scope = *context.scope;
    BoundPart part;
    BoundMatch match;
    match.pattern = pattern({path}, scope, {.must_be_bound = true, .merge = false});
    part.columns.push_back(match.pattern.paths.front().first);
    part.clauses.emplace_back(std::move(match));
    BoundBlock block;
    block.columns = part.columns;
    block.parts.push_back(std::move(part));
    out_.blocks.push_back(std::move(block));
    const BlockId id{static_cast<std::uint32_t>(out_.blocks.size() - 1)};
    const ExprId paths =
        out_.pool.add(SubqueryOf{ast::Subquery::Kind::collect, id}, {list_type, path_type}, span);
    if (p.pattern.selector == ast::PathPattern::Selector::shortest_all) return paths;
    return out_.pool.add(SubscriptOf{paths, constant(Value(std::int64_t{0}), span)}, path_value, span);
}

ExprId Binder::pattern_comprehension(const ast::PatternComprehension& p, ast::Span span,
                                     const ExprContext& context) {
    const BlockId block = pattern_block(p.pattern, p.where, p.value, context, false);
    const TypeSet element = slot_type(out_[block].columns.front()).set;
    return out_.pool.add(SubqueryOf{ast::Subquery::Kind::collect, block}, {list_type, element}, span);
}

ExprId Binder::subquery(const ast::Subquery& s, ast::Span span, const ExprContext& context) {
    const BlockId id = block(ast_[s.query], *context.scope, BlockUse::expression, span);
    using SubqueryKind = ast::Subquery::Kind;
    if (s.kind == SubqueryKind::collect && out_[id].columns.size() != 1) {
        fail({.code = "42N22",
              .detail = "InvalidClauseComposition",
              .message = "COLLECT takes a query that returns one column",
              .span = span,
              .hint = {}});
    }
    StaticType type{boolean_type, any_type};
    if (s.kind == SubqueryKind::count) type.set = integer_type;
    if (s.kind == SubqueryKind::collect) type = {list_type, any_type};
    return out_.pool.add(SubqueryOf{s.kind, id}, type, span);
}

}  // namespace islet::query
