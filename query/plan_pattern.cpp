// A pattern to scans, expansions and filters, in the order that plan_order.cpp finds.

#include <algorithm>
#include <limits>

#include "planner.hpp"
#include "steps.hpp"

namespace islet::query {

bool Planner::ready(const Chain& chain, ExprId expr) const {
    std::vector<bool> used(plan_.statement.slot_names.size());
    used_slots(plan_, expr, used);
    for (std::uint32_t slot = 0; slot < used.size(); ++slot) {
        if (used[slot] && !chain.has(SlotId{slot})) return false;
    }
    return true;
}

void Planner::apply_ready(Chain& chain, std::vector<ExprId>& pending, bool all) {
    if (!switches_.filter_pushdown && !all) return;
    FilterOp filter;
    double share = 1;
    std::erase_if(pending, [&](ExprId predicate) {
        if (!ready(chain, predicate)) return false;
        filter.predicates.push_back(predicate);
        share *= cardinality_.selectivity(plan_.statement.pool, predicate);
        return true;
    });
    if (!filter.predicates.empty()) append(chain, std::move(filter), share);
}

void Planner::paths_ready(Chain& chain, const PatternGraph& graph, std::vector<bool>& done) {
    ExtendOp extend;
    for (std::size_t i = 0; i < graph.paths.size(); ++i) {
        const auto& [slot, expr] = graph.paths[i];
        if (done[i] || !ready(chain, expr)) continue;
        done[i] = true;
        extend.items.emplace_back(expr, slot);
    }
    if (extend.items.empty()) return;
    const auto items = extend.items;
    append(chain, std::move(extend));
    for (const auto& [expr, slot] : items) chain.give(slot);
}

void Planner::scan(Chain& chain, const PatternGraph& graph, std::uint32_t at, std::vector<ExprId>& pending) {
    const PatternNode& node = graph.nodes[at];
    // id(n) = … of something known: no scan at all.
    if (switches_.id_lookup) {
        for (auto it = pending.begin(); it != pending.end(); ++it) {
            const auto* compare = std::get_if<Compare>(&plan_[*it].node);
            if (compare == nullptr || compare->op != ast::Comparison::Op::equal) continue;
            for (const auto& [call_side, value_side] :
                 {std::pair{compare->left, compare->right}, std::pair{compare->right, compare->left}}) {
                const auto* call = std::get_if<FunctionOf>(&plan_[call_side].node);
                if (call == nullptr || call->function->name != "id") continue;
                const auto* ref = std::get_if<SlotRef>(&plan_[call->arguments.front()].node);
                if (ref == nullptr || ref->slot != node.slot || !ready(chain, value_side)) continue;
                append(chain, NodeByIdOp{node.slot, value_side});
                chain.give(node.slot);
                pending.erase(it);
                if (!node.labels.empty()) {
                    const ExprId subject =
                        plan_.statement.pool.add(SlotRef{node.slot}, {node_type, any_type});
                    pending.push_back(
                        plan_.statement.pool.add(LabelTest{subject, node.labels}, {boolean_type, any_type}));
                }
                return;
            }
        }
    }
    if (const auto choice = index_choice(node, chain, pending)) {
        index_seek(chain, *choice, pending);
        if (!node.labels.empty() && single_label(node.labels) == nullptr) {
            const ExprId subject = plan_.statement.pool.add(SlotRef{node.slot}, {node_type, any_type});
            pending.push_back(
                plan_.statement.pool.add(LabelTest{subject, node.labels}, {boolean_type, any_type}));
        }
        return;
    }
    // Of several labels the rarest is scanned, the rest tested.
    std::string label;
    double least = std::numeric_limits<double>::infinity();
    for (const std::string& name : required_labels(node.labels)) {
        const double count = cardinality_.nodes({{ast::LabelTerm::Op::name, {name, {}}, 0, 0}});
        if (count < least) least = count, label = name;
    }
    append(chain, NodeScanOp{node.slot, label},
           cardinality_.nodes(label.empty() ? ast::LabelExpr{}
                                            : ast::LabelExpr{{ast::LabelTerm::Op::name, {label, {}}, 0, 0}}));
    chain.give(node.slot);
    if (!node.labels.empty() && single_label(node.labels) == nullptr) {
        const ExprId subject = plan_.statement.pool.add(SlotRef{node.slot}, {node_type, any_type});
        pending.push_back(
            plan_.statement.pool.add(LabelTest{subject, node.labels}, {boolean_type, any_type}));
    }
}

void Planner::expand(Chain& chain, const PatternGraph& graph, const Step& step, std::vector<SlotId>& walked) {
    const PatternRel& rel = graph.rels[step.item];
    const PatternNode& near = graph.nodes[step.from_far ? rel.to : rel.from];
    const PatternNode& far = graph.nodes[step.from_far ? rel.from : rel.to];
    const PatternRel::Pointing pointing = step.from_far ? turned(rel.pointing) : rel.pointing;
    const bool into = chain.has(far.slot);
    std::vector<SlotId> different;
    for (const PatternRel& other : graph.rels) {
        const bool before = std::find(walked.begin(), walked.end(), other.slot) != walked.end();
        if (before && !graph.repeatable && may_share(rel, other)) different.push_back(other.slot);
    }
    const double fan = cardinality_.degree(near.labels, rel.types, pointing);
    double factor = fan * cardinality_.far_share(far.labels, rel.types, pointing);
    if (into) factor = fan / std::max(1.0, cardinality_.nodes(far.labels));
    if (step.kind == Step::Kind::ends) {
        RelEndsOp ends{rel.slot, near.slot, far.slot, chain.has(near.slot),
                       into,     rel.types, pointing, different};
        append(chain, std::move(ends));
    } else if (rel.path != SearchId::none) {
        expand_path(chain, graph, step, different);
    } else if (rel.length) {
        SlotId list = rel.slot;
        if (rel.bound) {
            plan_.statement.slot_names.emplace_back();
            plan_.statement.slot_types.push_back({list_type, relationship_type});
            chain.have.push_back(false);
            list = SlotId{static_cast<std::uint32_t>(chain.have.size() - 1)};
        }
        append(chain,
               VarExpandOp{near.slot, list, far.slot, rel.types, pointing, *rel.length, into, step.from_far,
                           different, rel.step, rel.step_predicates, rel.search},
               std::max(1.0, factor) * 2);
        chain.give(list);
        if (rel.bound) {
            // The list is known: only the trail that equals it stays.
            ExprPool& pool = plan_.statement.pool;
            const ExprId left = pool.add(SlotRef{list}, {list_type, relationship_type});
            const ExprId right = pool.add(SlotRef{rel.slot}, {list_type, relationship_type});
            append(chain, FilterOp{{pool.add(Compare{ast::Comparison::Op::equal, left, right},
                                             {boolean_type, any_type})}});
        }
    } else {
        append(chain,
               ExpandOp{near.slot, rel.slot, far.slot, rel.types, pointing, into, different, {}, {}, {}},
               factor);
    }
    chain.give(rel.slot);
    const bool near_was_known = chain.has(near.slot);
    chain.give(near.slot);
    chain.give(far.slot);
    walked.push_back(rel.slot);
    const auto test_labels = [&](const PatternNode& node) {
        if (node.labels.empty()) return;
        const ExprId subject = plan_.statement.pool.add(SlotRef{node.slot}, {node_type, any_type});
        const ExprId test =
            plan_.statement.pool.add(LabelTest{subject, node.labels}, {boolean_type, any_type});
        append(chain, FilterOp{{test}});
    };
    if (!near_was_known) test_labels(near);
    if (!into) test_labels(far);
}

void Planner::pattern(Chain& chain, const PatternGraph& graph, const Later& later) {
    std::vector<ExprId> pending = graph.predicates;
    std::vector<bool> paths_done(graph.paths.size());
    // Nodes that are known already may have to have further labels.
    for (const PatternNode& node : graph.nodes) {
        if (!chain.has(node.slot) || node.labels.empty()) continue;
        const ExprId subject = plan_.statement.pool.add(SlotRef{node.slot}, {node_type, any_type});
        const ExprId test =
            plan_.statement.pool.add(LabelTest{subject, node.labels}, {boolean_type, any_type});
        append(chain, FilterOp{{test}}, 0.5);
    }
    std::vector<SlotId> walked;
    // A node that is known may be null (from OPTIONAL MATCH): then nothing matches.
    for (const PatternNode& node : graph.nodes) {
        const bool touched = std::any_of(graph.rels.begin(), graph.rels.end(), [&](const PatternRel& rel) {
            return graph.nodes[rel.from].slot == node.slot || graph.nodes[rel.to].slot == node.slot;
        });
        if (!chain.has(node.slot) || touched) continue;
        const ExprId subject = plan_.statement.pool.add(SlotRef{node.slot}, {node_type, any_type});
        append(chain,
               FilterOp{{plan_.statement.pool.add(NullTest{subject, true}, {boolean_type, any_type})}});
    }
    const Walk walk = order(graph, chain, later);
    apply_ready(chain, pending, false);
    for (const Step& step : walk.steps) {
        if (step.kind == Step::Kind::scan) {
            scan(chain, graph, step.item, pending);
        } else if (step.kind == Step::Kind::seek) {
            if (const auto choice = index_choice(graph.rels[step.item], chain, pending))
                index_seek(chain, *choice, pending);
            expand(chain, graph, {Step::Kind::ends, step.item, false}, walked);
        } else {
            expand(chain, graph, step, walked);
        }
        apply_ready(chain, pending, false);
        paths_ready(chain, graph, paths_done);
        apply_ready(chain, pending, false);
    }
    paths_ready(chain, graph, paths_done);
    apply_ready(chain, pending, true);
}

}  // namespace islet::query
