// A pattern's order. From each possible first node the pattern is walked step by step; of all partial walks
// with as many steps, the few that promise least cost are followed (a beam search), and of complete ones
// the cheapest is taken.

#include <algorithm>
#include <functional>
#include <limits>

#include "planner.hpp"
#include "steps.hpp"

namespace islet::query {
/// Which rows of a pattern can be one because nobody tells them apart, while the pattern is walked.
class Combining {
 public:
    using Reads = std::function<bool(SlotId)>;
    Combining(const PatternGraph& graph, bool counted, const Reads& needs)
        : graph_(graph), counted_(counted) {
        for (const PatternNode& node : graph.nodes) needed_.push_back(needs(node.slot));
        for (const PatternRel& rel : graph.rels) rel_needed_.push_back(needs(rel.slot) || rel.bound);
        rel_tested_.resize(graph.rels.size());
        if (!graph.paths.empty()) counted_ = false;
    }

    /// A condition keeps what it reads, unless that is a single node or relationship: then it is tested on
    /// arrival.
    void condition(const std::vector<bool>& used) {
        const auto reads = [&](SlotId slot) { return used[static_cast<std::size_t>(slot)]; };
        std::size_t read = 0;
        for (const PatternNode& node : graph_.nodes) read += reads(node.slot) ? 1 : 0;
        for (const PatternRel& rel : graph_.rels) read += reads(rel.slot) ? 1 : 0;
        for (std::size_t i = 0; i < graph_.rels.size(); ++i) {
            if (!reads(graph_.rels[i].slot)) continue;
            (read > 1 || graph_.rels[i].length ? rel_needed_ : rel_tested_)[i] = true;
        }
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (read > 1 && reads(graph_.nodes[i].slot)) needed_[i] = true;
        }
    }

    /// Whether each relationship of it has to be looked at.
    [[nodiscard]] bool tested(std::size_t rel) const { return rel_tested_[rel]; }

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
    std::vector<bool> rel_tested_;
};

/// Whether two relationships could be the same one and must not be.
bool may_share(const PatternRel& a, const PatternRel& b) {
    if (a.match != b.match) return false;
    if (a.types.empty() || b.types.empty()) return true;
    return std::any_of(a.types.begin(), a.types.end(), [&](const std::string& type) {
        return std::find(b.types.begin(), b.types.end(), type) != b.types.end();
    });
}

/// Walks a pattern on paper.
class Planner::Orders {
 public:
    Orders(const Planner& planner, const PatternGraph& graph, const Chain& chain, const Later& later)
        : planner_(planner),
          graph_(graph),
          chain_(chain),
          combining_(graph, later.counted, [&](SlotId slot) { return later.needs(slot); }),
          grouped_by_(later.grouped_by),
          outer_rows_(chain.last == PlanId::none ? 1 : planner.plan_[chain.last].rows) {
        const ExprPool& pool = planner.plan_.statement.pool;
        const Cardinality& cardinality = planner.cardinality_;
        kept_.assign(graph.nodes.size(), 1);
        joined_.assign(graph.nodes.size(), false);
        for (const ExprId predicate : graph.predicates) {
            std::vector<bool> used(planner.plan_.statement.slot_names.size());
            used_slots(planner.plan_, predicate, used);
            combining_.condition(used);
            for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
                if (!used[static_cast<std::size_t>(graph.nodes[i].slot)]) continue;
                const bool alone =
                    std::all_of(graph.nodes.begin(), graph.nodes.end(), [&](const PatternNode& other) {
                        return other.slot == graph.nodes[i].slot ||
                               !used[static_cast<std::size_t>(other.slot)];
                    });
                if (alone) kept_[i] *= cardinality.selectivity(pool, predicate);
                if (!alone) joined_[i] = true;
            }
        }
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            const PatternNode& node = graph.nodes[i];
            known_.push_back(chain.has(node.slot));
            of_label_.push_back(cardinality.nodes(node.labels));
            const auto by_index = planner.index_choice(node, chain, graph.predicates);
            const double all = of_label_[i] * kept_[i];
            scans_.push_back(by_index ? Scan{by_index->rows, std::min(by_index->rows, all)}
                                      : Scan{of_label_[i], all});
        }
        for (const PatternRel& rel : graph.rels) {
            const auto by_index = planner.index_choice(rel, chain, graph.predicates);
            seeks_.push_back(by_index ? by_index->rows : -1);
            for (const bool from_far : {false, true}) {
                const PatternNode& near = graph.nodes[from_far ? rel.to : rel.from];
                const PatternNode& far = graph.nodes[from_far ? rel.from : rel.to];
                const PatternRel::Pointing pointing = from_far ? turned(rel.pointing) : rel.pointing;
                fans_.push_back({cardinality.degree(near.labels, rel.types, pointing),
                                 cardinality.far_share(far.labels, rel.types, pointing)});
            }
        }
    }

    /// The cheapest walk found. `width`: partial walks that are followed.
    [[nodiscard]] Walk best(bool from_known, bool from_any, std::size_t width) const {
        std::vector<State> states;
        const State start{{}, known_, std::vector<bool>(graph_.rels.size()), outer_rows_};
        if (from_known) states.push_back(start);
        for (std::uint32_t node = 0; node < graph_.nodes.size(); ++node) {
            if (!from_any && !(node == 0 && !from_known)) continue;
            if (known_[node]) continue;
            states.push_back(start);
            scan(states.back(), node);
        }
        for (std::uint32_t rel = 0; rel < graph_.rels.size() && from_any; ++rel) {
            const PatternRel& r = graph_.rels[rel];
            if (seeks_[rel] < 0 || known_[r.from] || known_[r.to]) continue;
            states.push_back(start);
            State& state = states.back();
            const double rows = state.rows * seeks_[rel];
            take(state, {Step::Kind::seek, rel, false}, rows, rows * kept_[r.from] * kept_[r.to]);
        }
        if (states.empty()) states.push_back(start);
        // To tell values apart in each of many groups at once costs about this much more.
        constexpr double in_pieces = 0.75;
        Walk cheapest{{}, std::numeric_limits<double>::infinity()};
        while (!states.empty()) {
            std::vector<State> next;
            for (const State& state : states) {
                const std::size_t before = next.size();
                steps_from(state, next);
                if (next.size() > before) continue;
                Walk walk = state.walk;
                if (begins_with_groups(walk)) walk.cost *= in_pieces;
                if (walk.cost < cheapest.cost) cheapest = std::move(walk);
            }
            prune(next, std::max<std::size_t>(width, graph_.nodes.size()));
            states = std::move(next);
        }
        return cheapest;
    }

 private:
    struct Scan {
        double cost;
        double rows;
    };
    struct Fan {
        double degree;
        double share;  ///< of far ends that have the labels
    };
    struct State {
        Walk walk;
        std::vector<bool> have;  ///< nodes
        std::vector<bool> done;  ///< relationships
        double rows;
    };

    [[nodiscard]] bool begins_with_groups(const Walk& walk) const {
        if (walk.steps.empty() || grouped_by_ == SlotId::none) return false;
        const Step& first = walk.steps.front();
        return first.kind == Step::Kind::scan && graph_.nodes[first.item].slot == grouped_by_;
    }

    /// What scanning a node costs: what is known by then may be looked up in an index.
    [[nodiscard]] Scan scan_of(const State& state, std::uint32_t node) const {
        if (!joined_[node]) return scans_[node];
        Chain walked = chain_;
        for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
            if (state.have[n]) walked.give(graph_.nodes[n].slot);
        }
        const auto by_index = planner_.index_choice(graph_.nodes[node], walked, graph_.predicates);
        const double all = of_label_[node] * kept_[node];
        return by_index ? Scan{by_index->rows, std::min(by_index->rows, all)} : Scan{of_label_[node], all};
    }

    /// Whether the far end of a search for shortest paths is found first: between two known ends it looks at
    /// the least, and many searches that share one end take no more than one from it alone.
    [[nodiscard]] bool finds_first(const State& state, const PatternRel& rel, std::uint32_t far) const {
        constexpr double few = 16;
        const bool selects = rel.search != PatternRel::Search::all ||
                             (rel.path != SearchId::none &&
                              planner_.plan_.statement[rel.path].selector != ast::PathPattern::Selector::all);
        if (!selects || state.have[far] || !planner_.switches_.order_by_cost) return false;
        const Scan found = scan_of(state, far);
        return found.cost < of_label_[far] || found.rows <= few;
    }

    void scan(State& state, std::uint32_t node) const {
        const Scan found = scan_of(state, node);
        state.walk.cost += state.rows * found.cost;
        state.rows *= found.rows;
        state.have[node] = true;
        state.walk.steps.push_back({Step::Kind::scan, node, false});
    }

    void steps_from(const State& state, std::vector<State>& out) const {
        bool connected = false;
        for (std::uint32_t r = 0; r < graph_.rels.size(); ++r) {
            if (state.done[r]) continue;
            const PatternRel& rel = graph_.rels[r];
            if (rel.bound && !rel.length) {
                out.push_back(state);
                take(out.back(), {Step::Kind::ends, r, false}, 0, state.rows);
                return;
            }
            for (const bool from_far : {false, true}) {
                if (!state.have[from_far ? rel.to : rel.from]) continue;
                connected = true;
                out.push_back(state);
                const std::uint32_t far = from_far ? rel.from : rel.to;
                if (finds_first(state, rel, far)) {
                    scan(out.back(), far);
                } else {
                    expand(out.back(), r, from_far);
                }
            }
        }
        if (connected) {
            find_by_index(state, out);
            return;
        }
        // Nothing is connected to what is known: the cheapest scan.
        std::uint32_t cheapest = UINT32_MAX;
        double least = std::numeric_limits<double>::infinity();
        for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
            if (state.have[n]) continue;
            const double rows = scan_of(state, n).rows;
            if (cheapest == UINT32_MAX || rows < least) cheapest = n, least = rows;
            if (!planner_.switches_.order_by_cost) break;
        }
        if (cheapest == UINT32_MAX) return;
        out.push_back(state);
        scan(out.back(), cheapest);
    }

    /// What an index knows may be found at any time, so that two known ends can be brought
    /// together.
    void find_by_index(const State& state, std::vector<State>& out) const {
        constexpr double few = 2;
        if (!planner_.switches_.order_by_cost) return;
        for (std::uint32_t node = 0; node < graph_.nodes.size(); ++node) {
            if (state.have[node] || scans_[node].cost > few || of_label_[node] <= few) continue;
            out.push_back(state);
            scan(out.back(), node);
        }
    }

    void take(State& state, const Step& step, double cost, double rows) const {
        state.walk.cost += cost;
        state.rows = std::max(rows, 0.001);
        state.done[step.item] = true;
        state.have[graph_.rels[step.item].from] = state.have[graph_.rels[step.item].to] = true;
        state.walk.steps.push_back(step);
    }

    void expand(State& state, std::uint32_t r, bool from_far) const {
        const PatternRel& rel = graph_.rels[r];
        const std::uint32_t far = from_far ? rel.from : rel.to;
        double fan = fans_[2 * r + (from_far ? 1 : 0)].degree;
        double out = fan * fans_[2 * r + (from_far ? 1 : 0)].share * kept_[far];
        if (rel.length) {
            const auto steps =
                static_cast<double>(std::min<std::uint64_t>(rel.length->max, rel.length->min + 3));
            double total = 0;
            double power = 1;
            for (double s = 0; s < steps; ++s) total += power *= std::max(1.0, fan);
            fan = total;
            out = total * planner_.cardinality_.label_share(graph_.nodes[far].labels);
        }
        if (state.have[far]) {
            // Both ends known: a search, which keeps the rows whose ends happen to be related.
            out = fan / std::max(1.0, of_label_[far]);
            fan = rel.length ? fan : 0.5;
        }
        double cost = state.rows * (fan + 0.01);
        double next = state.rows * out;
        if (combining_.may(r, state.done) && !rel.length) {
            // Rows that differ only in what is done with are one, and a far end that nobody asks for is not
            // even visited.
            std::vector<bool> then_done = state.done;
            std::vector<bool> then_have = state.have;
            then_done[r] = then_have[far] = true;
            if (!state.have[far] && !combining_.live(far, then_done) && kept_[far] == 1 &&
                !combining_.tested(r))
                cost = state.rows * 0.02, next = state.rows;
            double most = outer_rows_;
            for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
                if (then_have[n] && combining_.live(n, then_done))
                    most *= std::max(1.0, known_[n] ? 1 : of_label_[n] * kept_[n]);
            }
            next = std::min(next, most);
        }
        take(state, {Step::Kind::expand, r, from_far}, cost + next, next);
    }

    /// Keeps the `width` most promising, without those to which another that has done the same is preferable.
    void prune(std::vector<State>& states, std::size_t width) const {
        const auto promise = [](const State& state) { return state.walk.cost + state.rows; };
        std::stable_sort(states.begin(), states.end(),
                         [&](const State& a, const State& b) { return promise(a) < promise(b); });
        std::vector<State> kept;
        for (State& state : states) {
            if (kept.size() == width) break;
            const bool same = std::any_of(kept.begin(), kept.end(), [&](const State& other) {
                return other.done == state.done && other.have == state.have && other.rows <= state.rows &&
                       other.walk.cost <= state.walk.cost &&
                       (begins_with_groups(other.walk) || !begins_with_groups(state.walk));
            });
            if (!same) kept.push_back(std::move(state));
        }
        states = std::move(kept);
    }

    const Planner& planner_;
    const PatternGraph& graph_;
    const Chain& chain_;
    Combining combining_;
    SlotId grouped_by_;
    double outer_rows_;
    std::vector<bool> known_;       ///< nodes that are known before the pattern
    std::vector<double> kept_;      ///< the share of a node that its own conditions keep
    std::vector<double> of_label_;  ///< nodes with its labels
    std::vector<bool> joined_;      ///< nodes that a condition compares with others
    std::vector<Scan> scans_;       ///< by node, of those that are not joined
    std::vector<Fan> fans_;         ///< by relationship, from its `from` and from its `to`
    std::vector<double> seeks_;     ///< by relationship: how many an index finds; below 0: there is none
};

Planner::Walk Planner::order(const PatternGraph& graph, const Chain& chain, const Later& later) const {
    const bool anchored = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                                      [&](const PatternNode& n) { return chain.has(n.slot); }) ||
                          std::any_of(graph.rels.begin(), graph.rels.end(),
                                      [&](const PatternRel& r) { return chain.has(r.slot) && !r.length; });
    const Orders orders(*this, graph, chain, later);
    if (!switches_.order_by_cost) return orders.best(anchored, false, 1);
    constexpr std::size_t width = 8;
    if (anchored) {
        // What is known is where to begin, unless that leaves something to be scanned.
        Walk walk = orders.best(true, false, width);
        if (walk.steps.size() <= graph.rels.size()) return walk;
    }
    return orders.best(anchored, true, width);
}

}  // namespace islet::query
