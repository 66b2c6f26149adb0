// A pattern's order: from each possible first node, always the cheapest next
// step; the cheapest walk of all is taken.

#include <algorithm>
#include <functional>
#include <limits>

#include "planner.hpp"
#include "steps.hpp"

namespace islet::query {
namespace {

/// Whether two relationships could be the same one and must not be.
bool may_share(const PatternRel& a, const PatternRel& b) {
    if (a.match != b.match) return false;
    if (a.types.empty() || b.types.empty()) return true;
    return std::any_of(a.types.begin(), a.types.end(), [&](const std::string& type) {
        return std::find(b.types.begin(), b.types.end(), type) != b.types.end();
    });
}

/// Which rows of a pattern can be one because nobody tells them apart, while the pattern is walked.
class Combining {
 public:
    using Reads = std::function<bool(SlotId)>;
    Combining(const PatternGraph& graph, bool counted, const Reads& needs)
        : graph_(graph), counted_(counted) {
        for (const PatternNode& node : graph.nodes) needed_.push_back(needs(node.slot));
        for (const PatternRel& rel : graph.rels) rel_needed_.push_back(needs(rel.slot) || rel.bound);
        if (!graph.paths.empty()) counted_ = false;
    }

    /// A condition keeps what it reads, unless it reads a single node: then it is tested on arrival.
    void condition(const std::vector<bool>& used) {
        const auto reads = [&](SlotId slot) { return used[static_cast<std::size_t>(slot)]; };
        std::size_t read = 0;
        for (const PatternNode& node : graph_.nodes) read += reads(node.slot) ? 1 : 0;
        for (std::size_t i = 0; i < graph_.rels.size(); ++i) {
            if (!reads(graph_.rels[i].slot)) continue;
            ++read;
            rel_needed_[i] = true;
        }
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (read > 1 && reads(graph_.nodes[i].slot)) needed_[i] = true;
        }
    }

    /// Whether walking `rel` next can combine rows: no relationship taken so far has to be remembered.
    [[nodiscard]] bool may(std::size_t rel, const std::vector<bool>& done) const {
        if (!counted_) return false;
        for (std::size_t i = 0; i < graph_.rels.size(); ++i) {
            if (!done[i] && i != rel) continue;
            if (rel_needed_[i]) return false;
            for (std::size_t other = 0; other < graph_.rels.size(); ++other) {
                if (other != rel && !done[other] && may_share(graph_.rels[i], graph_.rels[other]))
                    return false;
            }
        }
        return true;
    }

    /// Whether a node is still read after these relationships were walked.
    [[nodiscard]] bool live(std::uint32_t node, const std::vector<bool>& done) const {
        if (needed_[node]) return true;
        for (std::size_t i = 0; i < graph_.rels.size(); ++i) {
            if (!done[i] && (graph_.rels[i].from == node || graph_.rels[i].to == node)) return true;
        }
        return false;
    }

 private:
    const PatternGraph& graph_;
    bool counted_;
    std::vector<bool> needed_;
    std::vector<bool> rel_needed_;
};

}  // namespace

Planner::Walk Planner::order(const PatternGraph& graph, const Chain& chain, const Later& later) const {
    const bool anchored = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                      [&](const PatternNode& n) { return chain.has(n.slot); }) ||
                          std::any_of(graph.rels.begin(), graph.rels.end(),
                                      [&](const PatternRel& r) { return chain.has(r.slot) && !r.length; });
    if (!switches_.order_by_cost) return walk_from(graph, chain, later, 0);
    Walk best{{}, std::numeric_limits<double>::infinity()};
    if (anchored) best = walk_from(graph, chain, later, UINT32_MAX);
    if (anchored && best.steps.size() <= graph.rels.size()) return best;
    for (std::uint32_t first = 0; first < graph.nodes.size(); ++first) {
        if (chain.has(graph.nodes[first].slot)) continue;
        Walk walk = walk_from(graph, chain, later, first);
        if (walk.cost < best.cost) best = std::move(walk);
    }
    return best;
}

/// `first`: the node to scan first; UINT32_MAX: go from what is known.
Planner::Walk Planner::walk_from(const PatternGraph& graph, const Chain& chain, const Later& later,
                                 std::uint32_t first) const {
    Walk walk;
    std::vector<bool> have(graph.nodes.size());
    std::vector<bool> done(graph.rels.size());
    const ExprPool& pool = plan_.statement.pool;
    double rows = chain.last == PlanId::none ? 1 : plan_[chain.last].rows;

    // The share of a node that its own conditions keep.
    std::vector<double> kept(graph.nodes.size(), 1);
    Combining combining(graph, later.counted, [&](SlotId slot) { return later.needs(slot); });
    for (const ExprId predicate : graph.predicates) {
        std::vector<bool> used(plan_.statement.slot_names.size());
        used_slots(plan_, predicate, used);
        combining.condition(used);
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            if (!used[static_cast<std::size_t>(graph.nodes[i].slot)]) continue;
            const bool alone =
                std::all_of(graph.nodes.begin(), graph.nodes.end(), [&](const PatternNode& other) {
                    return other.slot == graph.nodes[i].slot || !used[static_cast<std::size_t>(other.slot)];
                });
            if (alone) kept[i] *= cardinality_.selectivity(pool, predicate);
        }
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) have[i] = chain.has(graph.nodes[i].slot);
    const std::vector<bool> known = have;
    const double outer_rows = rows;
    const auto scan_rows = [&](std::uint32_t node) {
        return cardinality_.nodes(graph.nodes[node].labels) * kept[node];
    };
    const auto take_scan = [&](std::uint32_t node) {
        const auto by_index = index_choice(graph.nodes[node], chain, graph.predicates);
        walk.cost += rows * (by_index ? by_index->rows : cardinality_.nodes(graph.nodes[node].labels));
        rows *= by_index ? std::min(by_index->rows, scan_rows(node)) : scan_rows(node);
        have[node] = true;
        walk.steps.push_back({Step::Kind::scan, node, false});
    };
    if (first != UINT32_MAX && !have[first]) take_scan(first);
    while (true) {
        double best = std::numeric_limits<double>::infinity();
        double best_rows = rows;
        Step step{Step::Kind::scan, UINT32_MAX, false};
        for (std::uint32_t r = 0; r < graph.rels.size(); ++r) {
            if (done[r]) continue;
            const PatternRel& rel = graph.rels[r];
            if (rel.bound && !rel.length) {
                best = 0, best_rows = rows, step = {Step::Kind::ends, r, false};
                break;
            }
            for (const bool from_far : {false, true}) {
                const std::uint32_t near = from_far ? rel.to : rel.from;
                const std::uint32_t far = from_far ? rel.from : rel.to;
                if (!have[near]) continue;
                const PatternRel::Pointing pointing = from_far ? turned(rel.pointing) : rel.pointing;
                double fan = cardinality_.degree(graph.nodes[near].labels, rel.types, pointing);
                double out =
                    fan * cardinality_.far_share(graph.nodes[far].labels, rel.types, pointing) * kept[far];
                if (rel.length) {
                    const auto steps =
                        static_cast<double>(std::min<std::uint64_t>(rel.length->max, rel.length->min + 3));
                    double total = 0;
                    double power = 1;
                    for (double s = 0; s < steps; ++s) total += power *= std::max(1.0, fan);
                    fan = total, out = total * cardinality_.label_share(graph.nodes[far].labels);
                }
                if (have[far]) {
                    // Both ends known: a search, which keeps the rows whose ends happen to be related.
                    out = fan / std::max(1.0, cardinality_.nodes(graph.nodes[far].labels));
                    fan = rel.length ? fan : 0.5;
                }
                double cost = rows * (fan + 0.01);
                double next = rows * out;
                if (combining.may(r, done) && !rel.length) {
                    // Rows that differ only in what is done with are one, and a far end that nobody asks for
                    // is not even visited.
                    std::vector<bool> then_done = done;
                    std::vector<bool> then_have = have;
                    then_done[r] = then_have[far] = true;
                    if (!have[far] && !combining.live(far, then_done) && kept[far] == 1)
                        cost = rows * 0.02, next = rows;
                    double most = outer_rows;
                    for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
                        if (then_have[n] && combining.live(n, then_done))
                            most *= std::max(1.0, known[n] ? 1 : scan_rows(n));
                    }
                    next = std::min(next, most);
                }
                if (cost + next < best)
                    best = cost + next, best_rows = next, step = {Step::Kind::expand, r, from_far};
            }
        }
        if (step.item == UINT32_MAX) {
            // Nothing is connected to what is known: the cheapest scan.
            for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
                if (!have[n] && (step.item == UINT32_MAX || scan_rows(n) < scan_rows(step.item)))
                    step.item = n;
                if (step.item != UINT32_MAX && !switches_.order_by_cost) break;
            }
            if (step.item == UINT32_MAX) break;
            take_scan(step.item);
            continue;
        }
        walk.cost += best;
        rows = std::max(best_rows, 0.001);
        done[step.item] = true;
        have[graph.rels[step.item].from] = have[graph.rels[step.item].to] = true;
        walk.steps.push_back(step);
    }
    return walk;
}

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
        if (single_label(node.labels) == nullptr) {
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
        append(chain, ExpandOp{near.slot, rel.slot, far.slot, rel.types, pointing, into, different, {}, {}},
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
        } else {
            expand(chain, graph, step, walked);
        }
        paths_ready(chain, graph, paths_done);
        apply_ready(chain, pending, false);
    }
    paths_ready(chain, graph, paths_done);
    apply_ready(chain, pending, true);
}

}  // namespace islet::query
