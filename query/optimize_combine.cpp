// Below an operator that counts rows or makes them distinct, rows that differ only
// in what nobody reads need not be told apart: one row with a weight stands for
// them all. So
//
//   MATCH (g)-[:A]->(x), (g)-[:B]->(y) RETURN count(*)      multiplies two degrees
//   MATCH (a)-[:A]->(b)<-[:B]-(c) RETURN a, c, count(*)     adds up over b, for each a
//   MATCH (a)-[:A*1..3]->(b) RETURN count(DISTINCT b)       visits each b once
//   MATCH (a)-[:A*1..3]->(b) RETURN a, count(*)             counts the last steps instead of walking them
//   MATCH (g)-[:A]->(x) WHERE x.p > 1 RETURN g, count(*)    forgets x once it is known to fit
//
// The pass walks each chain from its consumer down and notes at every expansion what it may give.

#include <algorithm>

#include "functions.hpp"
#include "plan.hpp"

namespace islet::query {
namespace {

/// What a consumer must know of the rows below it.
enum class Need : std::uint8_t {
    rows,     ///< each of them, and in their order
    weights,  ///< which there are, and how many of each
    set,      ///< which there are
};

Need need_of(const AggregateOp& op) {
    Need need = Need::set;
    for (const AggregateCall& call : op.calls) {
        if (!takes_weights(call)) return Need::rows;
        const bool of_set = call.distinct || (call.function != nullptr &&
                                              (call.function->name == "min" || call.function->name == "max"));
        if (!of_set) need = Need::weights;
    }
    return need;
}

class Combine {
 public:
    Combine(Plan& plan, const Switches& switches) : plan_(plan), switches_(switches) {}

    void run() {
        chain(plan_.root, Need::rows);
        for (const Expr& expr : plan_.statement.pool.expressions) {
            const auto* subquery = std::get_if<SubqueryOf>(&expr.node);
            if (subquery == nullptr) continue;
            const PlanId root = plan_.blocks[static_cast<std::size_t>(subquery->block)].root;
            if (root == PlanId::none) continue;
            switch (subquery->kind) {
                case ast::Subquery::Kind::count:
                    chain(root, Need::weights);
                    break;
                case ast::Subquery::Kind::exists:
                    chain(root, Need::set);
                    break;
                case ast::Subquery::Kind::collect:
                    chain(root, Need::rows);
                    break;
            }
        }
    }

 private:
    void chain(PlanId root, Need need) {
        for (PlanId id = root; id != PlanId::none; id = plan_[id].input) {
            std::visit(overload{
                           [&](const AggregateOp& o) {
                               need = need_of(o);
                               for (const auto& [expr, slot] : o.keys) need = unless_impure(expr, need);
                               for (const AggregateCall& call : o.calls) {
                                   for (const ExprId argument : call.arguments)
                                       need = unless_impure(argument, need);
                               }
                           },
                           [&](const DistinctOp&) { need = Need::set; },
                           [&](FilterOp& o) {
                               count_to_label(o, plan_[id], need);
                               filter(o, plan_[id], need);
                               for (const ExprId predicate : o.predicates)
                                   need = unless_impure(predicate, need);
                           },
                           [&](const ExtendOp& o) {
                               for (const auto& [expr, slot] : o.items) need = unless_impure(expr, need);
                           },
                           [&](const UnwindOp& o) { need = unless_impure(o.list, need); },
                           [&](ExpandOp& o) { expand(o, plan_[id], need); },
                           [&](IntersectOp& o) {
                               if (need == Need::rows) return;
                               o.weighted = need == Need::weights;
                               o.gives = live(plan_[id], o.to) ? Gives::combined : Gives::counted;
                           },
                           [&](VarExpandOp& o) {
                               reach(o, plan_[id], need);
                               o.counted = o.counted || countable(o, plan_[id].live, need);
                           },
                           [&](PathSearchOp& o) { reach(o, plan_[id], need); },
                           [&](const LoadCsvOp&) { need = Need::rows; },
                           [&](const ApplyOp& o) {
                               if (o.effect_only || o.transactions) need = Need::rows;
                               chain(o.inner, need);
                           },
                           [&](const UnionOp& o) {
                               for (const PlanId branch : o.branches) chain(branch, need);
                           },
                           [](const ArgumentOp&) {},
                           [](const NodeScanOp&) {},
                           [](const NodeByIdOp&) {},
                           [](const NodeIndexSeekOp&) {},
                           [](const RelEndsOp&) {},
                           [&](const SortOp&) { need = Need::rows; },
                           [&](const SkipOp&) { need = Need::rows; },
                           [&](const LimitOp&) { need = Need::rows; },
                           [&](const CreateOp&) { need = Need::rows; },
                           [&](const SetOp&) { need = Need::rows; },
                           [&](const DeleteOp&) { need = Need::rows; },
                           [&](const MergeOp& o) {
                               need = Need::rows;
                               chain(o.inner, need);
                           },
                           [&](const CallOp&) { need = Need::rows; },
                           [&](const ForeachOp& o) {
                               need = Need::rows;
                               chain(o.inner, need);
                           },
                       },
                       plan_[id].op);
        }
    }

    static bool live(const PlanNode& node, SlotId slot) {
        return std::find(node.live.begin(), node.live.end(), slot) != node.live.end();
    }

    /// What only the condition has read is forgotten behind it, as soon as that leaves something to tell rows
    /// apart by that is cheap to compare.
    void filter(FilterOp& op, const PlanNode& node, Need need) const {
        if (need == Need::rows) return;
        std::vector<bool> used(plan_.statement.slot_names.size());
        for (const ExprId predicate : op.predicates) used_slots(plan_, predicate, used);
        for (const SlotId slot : node.live) {
            if (matched_below(plan_, node.input, slot) == Matched::no) return;
            used[static_cast<std::size_t>(slot)] = false;
        }
        if (std::find(used.begin(), used.end(), true) == used.end()) return;
        op.gives = Gives::combined;
        op.weighted = need == Need::weights;
    }

    static void expand(ExpandOp& op, const PlanNode& node, Need need) {
        if (need == Need::rows || live(node, op.rel)) return;
        op.weighted = need == Need::weights;
        if (op.into || !live(node, op.to)) {
            op.gives = Gives::counted;
        } else if (!live(node, op.from)) {
            op.gives = Gives::combined;
        }
    }

    /// A node that can be reached at all can be reached along a trail no longer than any other way there (the
    /// start itself is another matter: see operators_reach.cpp). That says nothing of longer trails, so that
    /// a least length above 1 must be walked.
    void reach(VarExpandOp& op, const PlanNode& node, Need need) const {
        op.reach = switches_.reach && need == Need::set && op.search == PatternRel::Search::all && !op.into &&
                   op.length.min <= 1 && op.different_from.empty() && steps_alone(op) &&
                   !live(node, op.rels) && (op.hops == SlotId::none || !live(node, op.hops)) &&
                   live(node, op.to);
    }

    /// Whether nothing is asked of trails but their number. Longer ones than these would go too deep.
    [[nodiscard]] static bool countable(const VarExpandOp& op, const std::vector<SlotId>& live, Need need) {
        constexpr std::uint64_t longest = 32;
        const auto read = [&](SlotId slot) {
            return std::find(live.begin(), live.end(), slot) != live.end();
        };
        return need == Need::weights && op.search == PatternRel::Search::all && !op.into &&
               op.length.max <= longest && op.length.min <= op.length.max && op.different_from.empty() &&
               op.step_predicates.empty() && !read(op.rels) && !read(op.to) &&
               (op.hops == SlotId::none || !read(op.hops));
    }

    /// The label of the far end of trails that are counted is tested by who counts them.
    void count_to_label(FilterOp& op, const PlanNode& node, Need need) {
        auto* trails = node.input == PlanId::none ? nullptr : std::get_if<VarExpandOp>(&plan_[node.input].op);
        if (trails == nullptr || op.predicates.size() != 1 || !countable(*trails, node.live, need)) return;
        const auto* test = std::get_if<LabelTest>(&plan_[op.predicates.front()].node);
        if (test == nullptr || test->labels.size() != 1 ||
            test->labels.front().op != ast::LabelTerm::Op::name)
            return;
        const auto* ref = std::get_if<SlotRef>(&plan_[test->subject].node);
        if (ref == nullptr || ref->slot != trails->to) return;
        trails->to_label = test->labels.front().name.text;
        trails->counted = true;
        op.predicates.clear();
    }

    /// Whether what is asked of a step can be asked without knowing from where the walk began: along arrows
    /// (see operators_reach.cpp), and of nothing but the relationship.
    [[nodiscard]] bool steps_alone(const VarExpandOp& op) const {
        if (op.step_predicates.empty()) return true;
        std::vector<bool> used(plan_.statement.slot_names.size());
        for (const ExprId predicate : op.step_predicates) {
            if (!depends_on_slots_only(plan_, predicate)) return false;
            used_slots(plan_, predicate, used);
        }
        used[static_cast<std::size_t>(op.step)] = false;
        return std::find(used.begin(), used.end(), true) == used.end() &&
               op.pointing != PatternRel::Pointing::either;
    }

    /// Of paths of several parts, one for each pair of ends is enough.
    void reach(PathSearchOp& op, const PlanNode& node, Need need) const {
        using Selector = ast::PathPattern::Selector;
        bool asked = live(node, op.rels);
        for (const PathSearchOp::Segment& segment : op.segments) {
            for (const PathSegment::Variable& variable : segment.variables)
                asked = asked || live(node, variable.outer);
        }
        if (switches_.reach && need == Need::set && op.selector == Selector::all &&
            op.different_from.empty() && op.accept.empty() && !asked)
            op.selector = Selector::any;
    }

    /// A function that gives another value at each call must be called for each row.
    [[nodiscard]] Need unless_impure(ExprId expr, Need need) const {
        return need != Need::rows && impure(expr) ? Need::rows : need;
    }
    [[nodiscard]] bool impure(ExprId id) const {
        if (const auto* call = std::get_if<FunctionOf>(&plan_[id].node)) {
            if (!call->function->pure) return true;
        }
        if (std::holds_alternative<SubqueryOf>(plan_[id].node)) return false;
        bool found = false;
        for_each_operand(plan_[id], [&](ExprId operand) { found = found || impure(operand); });
        return found;
    }

    Plan& plan_;
    const Switches& switches_;
};

}  // namespace

void combine(Plan& plan, const Switches& switches) {
    Combine(plan, switches).run();
}

}  // namespace islet::query
