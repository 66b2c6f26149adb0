// Repeated parts of paths, and paths of which some are selected: to segments that
// one search walks in rounds.

#include <algorithm>
#include <utility>

#include "bind.hpp"

namespace islet::query {
namespace {

using Selector = ast::PathPattern::Selector;

constexpr StaticType rel_value{relationship_type, any_type};
constexpr StaticType rel_list{list_type, relationship_type};

PatternRel::Length bounds(const ast::Range& range, std::uint64_t least) {
    return {range.min.value_or(least), range.max.value_or(UINT64_MAX)};
}

bool is_call(Selector selector) {
    return selector == Selector::shortest_one || selector == Selector::shortest_all;
}

}  // namespace

bool Binder::is_search(const ast::PathPattern& path) const {
    if (path.selector == Selector::all || path.relationships.empty()) return false;
    if (!is_call(path.selector)) return true;
    // A search by distance finds the nearest; one that must go further needs more.
    const ast::RelPattern& rel = path.relationships.front();
    return rel.range && bounds(*rel.range, rel.quantified ? 0 : 1).min > 1;
}

void Binder::refuse_search(const ast::PathPattern& path, std::string_view clause) const {
    if (path.selector != Selector::all) {
        fail(
            {.code = "42001",
             .detail = "UnexpectedSyntax",
             .message = "no path is selected in " + std::string(clause) + ", which writes all of the pattern",
             .span = path.span,
             .hint = "find the path with MATCH"});
    }
    const auto conditional = [&](ast::ExprId where) {
        if (where == ast::ExprId::none) return;
        fail({.code = "42001",
              .detail = "UnexpectedSyntax",
              .message = "WHERE stands in a pattern to match, not in one of " + std::string(clause),
              .span = ast_[where].span,
              .hint = "set properties in braces: `{key: value}`"});
    };
    conditional(path.where);
    for (const ast::NodePattern& node : path.nodes) conditional(node.where);
    for (const ast::RelPattern& rel : path.relationships) {
        conditional(rel.where);
        if (rel.group == ast::GroupId::none) continue;
        fail({.code = "42N23",
              .detail = "CreatingVarLength",
              .message = "a part of a path that is repeated cannot be created",
              .span = rel.span,
              .hint = "write it out, or create it with UNWIND or FOREACH"});
    }
}

/// A round must go somewhere: one that may take no relationship could be repeated without end.
void Binder::check_progress(const ast::RelPattern& group) const {
    const auto least = [&](const auto& self, const ast::PathPattern& path) -> std::uint64_t {
        std::uint64_t sum = 0;
        for (const ast::RelPattern& rel : path.relationships) {
            if (rel.group != ast::GroupId::none) {
                const ast::PathGroup& inner = ast_[rel.group];
                if (bounds(inner.range, 0).min > 0) sum += self(self, inner.pattern);
            } else {
                sum += rel.range ? std::min<std::uint64_t>(1, bounds(*rel.range, rel.quantified ? 0 : 1).min)
                                 : 1;
            }
        }
        return sum;
    };
    if (least(least, ast_[group.group].pattern) > 0) return;
    fail(
        {.code = "42001",
         .detail = "UnexpectedSyntax",
         .message = "this part of a path may be empty, so it cannot be repeated",
         .span = group.span,
         .hint = "let it hold at least one relationship: `+` or `{1,3}` inside, in place of `*` or `{0,3}`"});
}

/// Without the rule that no relationship comes twice, a circle could be walked for ever.
void Binder::refuse_endless(PatternRel::Length length, ast::Span span, PatternUse use) const {
    if (!use.repeatable || length.max != UINT64_MAX) return;
    fail({.code = "42001",
          .detail = "UnexpectedSyntax",
          .message = "with REPEATABLE ELEMENTS, a circle could be followed for ever here",
          .span = span,
          .hint = "give an upper bound, such as `{1,5}`, or select paths with SHORTEST"});
}

/// `((a)-[r]->(b) WHERE …){1,3}`: inside, a variable is the one of a round; outside, the list of them.
PathSegment Binder::group_segment(const ast::RelPattern& rel, Scope& scope, PatternUse use) {
    const ast::PathGroup& group = ast_[rel.group];
    if (group.pattern.relationships.empty()) {
        fail({.code = "42001",
              .detail = "UnexpectedSyntax",
              .message = "a part of a path that is repeated holds at least one relationship",
              .span = rel.span,
              .hint = "write for example `((a)-->(b)){1,3}`"});
    }
    check_progress(rel);
    if (group.pattern.selector != Selector::all) {
        fail({.code = "42001",
              .detail = "UnexpectedSyntax",
              .message = "paths are selected of a whole pattern, not inside of a repeated part",
              .span = rel.span,
              .hint = {}});
    }
    PathSegment out;
    out.rounds = bounds(group.range, 0);
    out.pattern.repeatable = use.repeatable;
    const Scope before = *before_match_;
    Scope inner = before;
    std::vector<Inside> inside;
    // Its variables are its own, and stand for lists outside.
    use.must_be_bound = false;
    std::tie(out.first, out.last) = path_pattern(group.pattern, inner, use, out.pattern, inside);
    ExprContext context;
    context.scope = &inner;
    context.around = &scope;
    conditions(inside, context, out.pattern);
    if (group.pattern.where != ast::ExprId::none)
        conjuncts(group.pattern.where, context, out.pattern.predicates);
    for (const PatternRel& each : out.pattern.rels) out.rels.push_back(each.slot);
    const auto own = [&](const ast::Name& name) {
        if (before.find(name.text)) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message =
                      "variable `" + name.text + "` is defined already, so no repeated part can define it",
                  .span = name.span,
                  .hint = "use another name, and compare the two in WHERE"});
        }
        if (scope.find(name.text)) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message = "variable `" + name.text + "` stands inside and outside of a repeated part",
                  .span = name.span,
                  .hint = "inside it is one node or relationship, outside the list of them: use two names"});
        }
    };
    for (const ast::NodePattern& node : group.pattern.nodes) {
        if (node.variable) own(*node.variable);
    }
    for (const ast::RelPattern& each : group.pattern.relationships) {
        if (each.variable) own(*each.variable);
    }
    if (group.pattern.variable) own(*group.pattern.variable);
    for (std::size_t i = before.names().size(); i < inner.names().size(); ++i) {
        const auto& [name, slot] = inner.names()[i];
        own({name, rel.span});  // of a part within
        const SlotId list = new_slot(name, {list_type, slot_type(slot).set});
        scope.add(name, list);
        out.variables.push_back({slot, list, true});
    }
    return out;
}

/// `-[r:T WHERE …]->{1,3}` in a selected path.
PathSegment Binder::repeated_segment(const ast::RelPattern& rel, Scope& scope, PatternUse use) {
    ast::RelPattern one = rel;
    one.range.reset();
    one.quantified = false;
    PathSegment out;
    out.rounds = bounds(*rel.range, rel.quantified ? 0 : 1);
    out.pattern.repeatable = use.repeatable;
    out.first = new_slot("", {node_type, any_type});
    out.last = new_slot("", {node_type, any_type});
    out.pattern.nodes = {{out.first, false, {}}, {out.last, false, {}}};
    if (rel.variable && scope.find(rel.variable->text)) {
        fail({.code = "42N59",
              .detail = "VariableAlreadyBound",
              .message = "variable `" + rel.variable->text +
                         "` is defined already, so it cannot name repeated relationships",
              .span = rel.variable->span,
              .hint = {}});
    }
    Scope inner = scope;
    std::vector<Inside> inside;
    use.must_be_bound = false;
    pattern_rel(one, 0, 1, Selector::all, inner, use, out.pattern, inside);
    ExprContext context;
    context.scope = &inner;
    conditions(inside, context, out.pattern);
    out.rels = {out.pattern.rels.front().slot};
    if (rel.variable) {
        const SlotId list = new_slot(rel.variable->text, rel_list);
        scope.add(rel.variable->text, list);
        out.variables.push_back({out.rels.front(), list, true});
    }
    return out;
}

void Binder::add_search(SearchId id, PathSearch search, std::uint32_t from, std::uint32_t to,
                        PatternGraph& graph) {
    PatternRel rel{};
    rel.slot = new_slot("", rel_list);
    rel.from = from;
    rel.to = to;
    PatternRel::Length length{0, 0};
    bool any_type_of_rel = false;
    constexpr std::uint64_t endless = UINT64_MAX;
    const auto product = [](std::uint64_t a, std::uint64_t b) {
        if (a == 0 || b == 0) return std::uint64_t{0};
        return a > endless / b ? endless : a * b;
    };
    const auto sum = [](std::uint64_t a, std::uint64_t b) { return a > endless - b ? endless : a + b; };
    for (const PathSegment& segment : search.segments) {
        PatternRel::Length each{0, 0};
        for (const PatternRel& inner : segment.pattern.rels) {
            each.min = sum(each.min, inner.length ? inner.length->min : 1);
            each.max = sum(each.max, inner.length ? inner.length->max : 1);
        }
        length.min = sum(length.min, product(segment.rounds.min, each.min));
        length.max = sum(length.max, product(segment.rounds.max, each.max));
        for (const PatternRel& inner : segment.pattern.rels) {
            any_type_of_rel = any_type_of_rel || inner.types.empty();
            rel.types.insert(rel.types.end(), inner.types.begin(), inner.types.end());
            rel.pointing = inner.pointing;
        }
    }
    if (any_type_of_rel) rel.types.clear();
    rel.length = length;
    rel.path = id;
    out_.searches[static_cast<std::size_t>(id)] = std::move(search);
    graph.rels.push_back(std::move(rel));
}

void Binder::group_pattern(const ast::RelPattern& rel, Scope& scope, PatternUse use, std::uint32_t from,
                           std::uint32_t to, PatternGraph& graph) {
    const SearchId id{static_cast<std::uint32_t>(out_.searches.size())};
    out_.searches.emplace_back();
    PathSearch search;
    search.repeatable = use.repeatable;
    search.segments.push_back(rel.group != ast::GroupId::none ? group_segment(rel, scope, use)
                                                              : repeated_segment(rel, scope, use));
    refuse_endless(search.segments.front().rounds, rel.span, use);
    warn_unbounded(search.segments.front().rounds, rel.span);
    add_search(id, std::move(search), from, to, graph);
}

/// A selected path: what is repeated are segments, and so is what stands between.
void Binder::search_pattern(const ast::PathPattern& path, Scope& scope, PatternUse use, std::uint32_t from,
                            std::uint32_t to, PatternGraph& graph) {
    // Its number is taken now: conditions of the parts may hold searches of their own.
    const SearchId id{static_cast<std::uint32_t>(out_.searches.size())};
    out_.searches.emplace_back();
    PathSearch search;
    search.selector = path.selector == Selector::shortest_one   ? Selector::shortest
                      : path.selector == Selector::shortest_all ? Selector::all_shortest
                                                                : path.selector;
    search.count = path.count;
    search.repeatable = use.repeatable;
    if (path.count_value != ast::ExprId::none) {
        const Scope nothing;
        ExprContext alone;
        alone.scope = &nothing;
        search.count_value = expression(path.count_value, alone);
    }
    PathSegment fixed;
    std::vector<Inside> inside;
    const auto begin_fixed = [&](SlotId node) {
        fixed = {};
        fixed.pattern.repeatable = use.repeatable;
        inside.clear();
        fixed.first = fixed.last = node;
    };
    const auto end_fixed = [&] {
        if (fixed.pattern.nodes.empty()) return;
        open_segments_.push_back({id, search.segments.size(), std::move(inside)});
        search.segments.push_back(std::move(fixed));
    };
    const auto middle = [&](const ast::NodePattern& node) {
        if (node.variable && scope.find(node.variable->text)) {
            fail({.code = "42N59",
                  .detail = "VariableAlreadyBound",
                  .message = "variable `" + node.variable->text +
                             "` is defined already, and stands in the middle of a path to be selected",
                  .span = node.variable->span,
                  .hint = "use another name, and compare the two in WHERE"});
        }
        return pattern_node(node, scope, use, fixed.pattern);
    };
    begin_fixed(graph.nodes[from].slot);
    const auto enter = [&] {
        if (fixed.pattern.nodes.empty()) fixed.pattern.nodes.push_back({fixed.first, false, {}});
    };
    const std::size_t names = scope.names().size();
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        const ast::RelPattern& rel = path.relationships[i];
        const ast::NodePattern& next = path.nodes[i + 1];
        const bool last = i + 1 == path.relationships.size();
        if (!rel.range && rel.group == ast::GroupId::none) {
            enter();
            const auto near = static_cast<std::uint32_t>(fixed.pattern.nodes.size() - 1);
            std::uint32_t far = 0;
            if (last) {
                fixed.pattern.nodes.push_back({graph.nodes[to].slot, false, {}});
                far = near + 1;
            } else {
                far = middle(next);
                inside.push_back({next.properties, next.where, fixed.pattern.nodes[far].slot, UINT32_MAX,
                                  nullptr, computed_labels(next.labels)});
            }
            pattern_rel(rel, near, far, Selector::all, scope, use, fixed.pattern, inside);
            if (fixed.pattern.rels.back().bound) {
                fail({.code = "42N59",
                      .detail = "VariableAlreadyBound",
                      .message = "variable `" + rel.variable->text +
                                 "` is defined already, and stands in a path to be selected",
                      .span = rel.variable->span,
                      .hint = "use another name, and compare the two in WHERE"});
            }
            fixed.rels.push_back(fixed.pattern.rels.back().slot);
            fixed.last = fixed.pattern.nodes[far].slot;
            continue;
        }
        end_fixed();
        search.segments.push_back(rel.range ? repeated_segment(rel, scope, use)
                                            : group_segment(rel, scope, use));
        if (last) {
            begin_fixed(graph.nodes[to].slot);
            continue;
        }
        begin_fixed(SlotId::none);
        const std::uint32_t node = middle(next);
        fixed.first = fixed.last = fixed.pattern.nodes[node].slot;
        inside.push_back(
            {next.properties, next.where, fixed.first, UINT32_MAX, nullptr, computed_labels(next.labels)});
        // A node that nothing asks about needs no segment.
        const bool bare = !next.variable && next.labels.empty() && next.properties == ast::ExprId::none &&
                          next.where == ast::ExprId::none;
        if (bare) fixed.pattern.nodes.clear(), inside.clear();
    }
    end_fixed();
    // What is not repeated is what it is outside too.
    for (PathSegment& segment : search.segments) {
        if (segment.rounds.min != 1 || segment.rounds.max != 1) continue;
        for (std::size_t i = names; i < scope.names().size(); ++i) {
            const SlotId slot = scope.names()[i].second;
            const bool node = std::any_of(segment.pattern.nodes.begin(), segment.pattern.nodes.end(),
                                          [&](const PatternNode& n) { return n.slot == slot; });
            const bool rel = std::any_of(segment.pattern.rels.begin(), segment.pattern.rels.end(),
                                         [&](const PatternRel& r) { return r.slot == slot; });
            if (node || rel) segment.variables.push_back({slot, slot, false});
        }
    }
    if (path.where != ast::ExprId::none) open_segments_.push_back({id, SIZE_MAX, {}, path.where});
    add_search(id, std::move(search), from, to, graph);
}

bool Binder::reads_slot(ExprId id, SlotId slot) const {
    const Expr& expr = out_.pool[id];
    if (const auto* ref = std::get_if<SlotRef>(&expr.node)) return ref->slot == slot;
    bool reads = false;
    for_each_operand(expr, [&](ExprId operand) { reads = reads || reads_slot(operand, slot); });
    return reads;
}

/// Binds the conditions of selected paths, once all variables are known, and gives each search the paths
/// that its conditions may name.
void Binder::bind_searches(const Scope& scope, PatternGraph& graph) {
    ExprContext context;
    context.scope = &scope;
    std::vector<OpenSegment> open;
    std::erase_if(open_segments_, [&](OpenSegment& each) {
        const bool here = std::any_of(graph.rels.begin(), graph.rels.end(),
                                      [&](const PatternRel& rel) { return rel.path == each.search; });
        if (here) open.push_back(std::move(each));
        return here;
    });
    for (const OpenSegment& each : open) {
        if (each.segment == SIZE_MAX) {
            std::vector<ExprId> accept;
            conjuncts(each.where, context, accept);
            PathSearch& search = out_.searches[static_cast<std::size_t>(each.search)];
            search.accept.insert(search.accept.end(), accept.begin(), accept.end());
            continue;
        }
        PatternGraph bound = out_[each.search].segments[each.segment].pattern;
        conditions(each.inside, context, bound);
        out_.searches[static_cast<std::size_t>(each.search)].segments[each.segment].pattern =
            std::move(bound);
    }
    for (const PatternRel& rel : graph.rels) {
        if (rel.path != SearchId::none) out_.searches[static_cast<std::size_t>(rel.path)].paths = graph.paths;
    }
}

/// `shortestPath()` finds the shortest path that the conditions of its WHERE hold for: where one of these
/// names the path or its relationships, it is tested while searching.
void Binder::select_by_conditions(PatternGraph& graph) {
    for (std::uint32_t r = 0; r < graph.rels.size(); ++r) {
        if (graph.rels[r].search == PatternRel::Search::all) continue;
        const SlotId rels = graph.rels[r].slot;
        SlotId path = SlotId::none;
        for (const auto& [slot, expr] : graph.paths) {
            const auto& parts = std::get<MakePath>(out_.pool[expr].node).parts;
            if (std::find(parts.begin(), parts.end(), rels) != parts.end()) path = slot;
        }
        std::vector<ExprId> accept;
        std::erase_if(graph.predicates, [&](ExprId predicate) {
            const bool names =
                reads_slot(predicate, rels) || (path != SlotId::none && reads_slot(predicate, path));
            if (names) accept.push_back(predicate);
            return names;
        });
        if (accept.empty()) continue;
        PatternRel& rel = graph.rels[r];
        PathSegment segment;
        segment.first = new_slot("", {node_type, any_type});
        segment.last = new_slot("", {node_type, any_type});
        segment.pattern.nodes = {{segment.first, false, {}}, {segment.last, false, {}}};
        PatternRel one = rel;
        one.variable.clear();
        one.length.reset();
        one.step = SlotId::none;
        one.search = PatternRel::Search::all;
        one.slot = rel.step != SlotId::none ? rel.step : new_slot("", rel_value);
        one.from = 0, one.to = 1;
        segment.pattern.predicates = std::move(one.step_predicates);
        one.step_predicates.clear();
        segment.rounds = *rel.length;
        segment.rels = {one.slot};
        segment.pattern.rels.push_back(std::move(one));
        PathSearch search;
        search.selector =
            rel.search == PatternRel::Search::shortest_one ? Selector::shortest : Selector::all_shortest;
        search.segments.push_back(std::move(segment));
        search.accept = std::move(accept);
        search.paths = graph.paths;
        rel.step = SlotId::none;
        rel.step_predicates.clear();
        rel.search = PatternRel::Search::all;
        rel.path = SearchId{static_cast<std::uint32_t>(out_.searches.size())};
        out_.searches.push_back(std::move(search));
    }
}

}  // namespace islet::query
