// Searches for paths of several parts: each part's round is a plan of its own,
// begun from one of its ends.

#include <algorithm>

#include "planner.hpp"
#include "steps.hpp"

namespace islet::query {
namespace {

/// Whether a relationship of a round is just one.
bool is_single(const PatternRel& rel) {
    return rel.path == SearchId::none && !rel.length;
}

}  // namespace

/// Whether any expression names the slot, or the list over the rounds of a part around it.
bool Planner::named(SlotId slot) const {
    const auto& all = plan_.statement.pool.expressions;
    const bool here = std::any_of(all.begin(), all.end(), [&](const Expr& expr) {
        const auto* ref = std::get_if<SlotRef>(&expr.node);
        return ref != nullptr && ref->slot == slot;
    });
    if (here) return true;
    for (const PathSearch& search : plan_.statement.searches) {
        for (const PathSegment& segment : search.segments) {
            for (const PathSegment::Variable& variable : segment.variables) {
                if (variable.inner == slot && variable.list && named(variable.outer)) return true;
            }
        }
    }
    return false;
}

/// Whether a pattern takes the slot as its list of relationships.
bool Planner::in_pattern(SlotId slot) const {
    const auto& blocks = plan_.statement.blocks;
    const auto takes = [&](const PatternGraph& graph) {
        return std::any_of(graph.rels.begin(), graph.rels.end(),
                           [&](const PatternRel& rel) { return rel.bound && rel.slot == slot; });
    };
    for (const BoundBlock& block : blocks) {
        for (const BoundPart& part : block.parts) {
            for (const BoundClause& clause : part.clauses) {
                const auto* match = std::get_if<BoundMatch>(&clause);
                if (match != nullptr && takes(match->pattern)) return true;
            }
        }
    }
    return false;
}

/// A part that is no more than relationships of variable length is walked as such.
bool Planner::as_var_expand(Chain& chain, const PathSearch& search, VarExpandOp op) {
    if (search.segments.size() != 1 || !search.accept.empty()) return false;
    if (search.repeatable) return false;
    const PathSegment& segment = search.segments.front();
    using Selector = ast::PathPattern::Selector;
    const bool one = search.count == 1;
    if (search.selector == Selector::all) {
        op.search = PatternRel::Search::all;
    } else if (one && (search.selector == Selector::any || search.selector == Selector::shortest)) {
        op.search = PatternRel::Search::shortest_one;
    } else if (search.selector == Selector::all_shortest || search.selector == Selector::shortest_all ||
               (one && search.selector == Selector::shortest_groups)) {
        op.search = PatternRel::Search::shortest_all;
    } else {
        return false;
    }
    if (op.search != PatternRel::Search::all) {
        // What other patterns take does not bear on which paths are selected.
        if (segment.rounds.min > 1 || !op.different_from.empty()) return false;
        op.cycles = true;
    }
    if (segment.pattern.rels.size() != 1 || segment.pattern.nodes.size() != 2) return false;
    const PatternRel& rel = segment.pattern.rels.front();
    if (!is_single(rel)) return false;
    for (const PatternNode& node : segment.pattern.nodes) {
        if (!node.labels.empty() || named(node.slot)) return false;
    }
    if (!segment.pattern.paths.empty()) return false;
    for (const ExprId predicate : segment.pattern.predicates) {
        std::vector<bool> used(plan_.statement.slot_names.size());
        used_slots(plan_, predicate, used);
        for (const PatternNode& node : segment.pattern.nodes) {
            if (used[static_cast<std::size_t>(node.slot)]) return false;
        }
    }
    for (const PathSegment::Variable& variable : segment.variables) {
        if (variable.inner != rel.slot && named(variable.outer)) return false;
    }
    op.types = rel.types;
    op.pointing = op.reversed ? turned(rel.pointing) : rel.pointing;
    op.length = segment.rounds;
    op.step = rel.slot;
    op.step_predicates = segment.pattern.predicates;
    const SlotId list = op.rels;
    const double fan = cardinality_.degree({}, op.types, op.pointing);
    append(chain, std::move(op), std::max(1.0, fan) * 2);
    chain.give(list);
    ExtendOp lists;
    for (const PathSegment::Variable& variable : segment.variables) {
        if (variable.inner == rel.slot && (named(variable.outer) || in_pattern(variable.outer))) {
            lists.items.emplace_back(plan_.statement.pool.add(SlotRef{list}, {list_type, relationship_type}),
                                     variable.outer);
        }
        chain.give(variable.outer);
    }
    if (!lists.items.empty()) append(chain, std::move(lists));
    return true;
}

void Planner::expand_path(Chain& chain, const PatternGraph& graph, const Step& step,
                          const std::vector<SlotId>& different) {
    const PatternRel& rel = graph.rels[step.item];
    const PathSearch search = plan_.statement[rel.path];  // a copy: planning may add expressions
    const PatternNode& near = graph.nodes[step.from_far ? rel.to : rel.from];
    const PatternNode& far = graph.nodes[step.from_far ? rel.from : rel.to];
    const bool into = chain.has(far.slot);
    VarExpandOp simple{near.slot, rel.slot,      far.slot,  {},           rel.pointing, {},
                       into,      step.from_far, different, SlotId::none, {},           {}};
    if (as_var_expand(chain, search, std::move(simple))) return;

    PathSearchOp op{};
    op.from = near.slot;
    op.rels = rel.slot;
    op.to = far.slot;
    op.into = into;
    op.reversed = step.from_far;
    op.selector = search.selector;
    op.count = search.count;
    op.different_from = different;
    op.accept = search.accept;
    if (!into) op.to_labels = far.labels;
    op.repeatable = search.repeatable;
    op.count_value = search.count_value;
    for (const PathSegment& segment : search.segments) {
        PathSearchOp::Segment out{};
        out.enter = step.from_far ? segment.last : segment.first;
        out.leave = step.from_far ? segment.first : segment.last;
        out.rounds = segment.rounds;
        out.rels = segment.rels;
        if (step.from_far) std::reverse(out.rels.begin(), out.rels.end());
        out.variables = segment.variables;
        PatternGraph round = segment.pattern;
        // What needs a variable of another part is tested once the path is whole.
        Chain inner = start(chain.have);
        inner.give(out.enter);
        std::vector<bool> there = inner.have;
        const auto know = [&](SlotId slot) {
            if (there.size() <= static_cast<std::size_t>(slot))
                there.resize(static_cast<std::size_t>(slot) + 1);
            there[static_cast<std::size_t>(slot)] = true;
        };
        for (const PatternNode& node : round.nodes) know(node.slot);
        for (const PatternRel& each : round.rels) know(each.slot);
        for (const auto& [slot, expr] : round.paths) know(slot);
        Chain known;
        known.have = std::move(there);
        std::erase_if(round.predicates, [&](ExprId predicate) {
            if (ready(known, predicate)) return false;
            op.accept.push_back(predicate);
            return true;
        });
        out.plain = round.rels.size() == 1 && is_single(round.rels.front()) && round.nodes.size() == 2 &&
                    round.predicates.empty() && round.paths.empty() && round.nodes[0].labels.empty() &&
                    round.nodes[1].labels.empty() && round.nodes[0].slot != round.nodes[1].slot &&
                    !chain.has(out.leave);
        if (out.plain) {
            out.types = round.rels.front().types;
            out.pointing = round.rels.front().pointing;
            if (step.from_far) out.pointing = turned(out.pointing);
            out.inner = inner.last;
        } else {
            pattern(inner, round, Later{});
            out.inner = inner.last;
        }
        op.segments.push_back(std::move(out));
    }
    if (step.from_far) std::reverse(op.segments.begin(), op.segments.end());
    // Paths that the conditions of acceptance name.
    for (const auto& [slot, expr] : search.paths) {
        const bool read =
            std::any_of(op.accept.begin(), op.accept.end(), [this, wanted = slot](ExprId predicate) -> bool {
                std::vector<bool> used(plan_.statement.slot_names.size());
                used_slots(plan_, predicate, used);
                return used[static_cast<std::size_t>(wanted)];
            });
        if (read) op.paths.emplace_back(slot, expr);
    }
    append(chain, std::move(op), 4);
    chain.give(rel.slot);
    for (const PathSegment& segment : search.segments) {
        for (const PathSegment::Variable& variable : segment.variables) chain.give(variable.outer);
    }
}

}  // namespace islet::query
