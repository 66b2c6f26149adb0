// An expansion whose far end must also be met from other nodes,
//
//   ExpandInto (a)-[]->(c)
//     Expand (b)-[]->(c)
//
// becomes one operator that walks the sorted neighbours of all those nodes together, where nobody reads
// the relationships themselves. Filters between them come after it: it leaves them fewer rows.

#include <algorithm>
#include <optional>

#include "plan.hpp"
#include "steps.hpp"

namespace islet::query {
namespace {

/// An expansion into `to`, seen from its other end.
std::optional<IntersectOp::Arm> arm_of(const ExpandOp& op, SlotId to) {
    if (op.from == op.to) return std::nullopt;
    IntersectOp::Arm arm{op.from, op.types, op.pointing, op.different_from, op.not_between};
    if (op.to == to) return arm;
    if (op.from != to) return std::nullopt;
    arm.from = op.to;
    arm.pointing = turned(op.pointing);
    for (TakenBetween& one : arm.not_between) std::swap(one.along, one.against);
    return arm;
}

bool contains(const std::vector<SlotId>& slots, SlotId slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

/// What can stand for the operator at `top` and those below it down to `lowest`.
struct Found {
    IntersectOp op;
    PlanId lowest;
    std::vector<ExprId> predicates;  ///< of the filters between
};

std::optional<Found> intersection(const Plan& plan, PlanId top) {
    IntersectOp found;
    std::vector<SlotId> rels;
    std::vector<ExprId> predicates;
    std::vector<bool> tested(plan.statement.slot_names.size());
    PlanId id = top;
    while (true) {
        if (id == PlanId::none) return std::nullopt;
        if (const auto* filter = std::get_if<FilterOp>(&plan[id].op)) {
            predicates.insert(predicates.begin(), filter->predicates.begin(), filter->predicates.end());
            for (const ExprId predicate : filter->predicates) used_slots(plan, predicate, tested);
            id = plan[id].input;
            continue;
        }
        const auto* op = std::get_if<ExpandOp>(&plan[id].op);
        if (op == nullptr || contains(plan[top].live, op->rel) || tested[static_cast<std::size_t>(op->rel)])
            return std::nullopt;
        rels.push_back(op->rel);
        if (!op->into) {
            found.to = op->to;
            found.to_label = op->to_label;
            found.not_nodes = op->not_nodes;
            break;
        }
        id = plan[id].input;
    }
    if (rels.size() < 2) return std::nullopt;
    std::reverse(rels.begin(), rels.end());  // as the arms will stand: the lowest first
    for (PlanId at = top;; at = plan[at].input) {
        const auto* op = std::get_if<ExpandOp>(&plan[at].op);
        if (op == nullptr) continue;
        std::optional<IntersectOp::Arm> arm = arm_of(*op, found.to);
        if (!arm) return std::nullopt;
        const auto own = [&](SlotId rel) {
            const auto other = std::find(rels.begin(), rels.end(), rel);
            if (other == rels.end()) return false;
            arm->differs_from.push_back(static_cast<std::size_t>(other - rels.begin()));
            return true;
        };
        std::erase_if(arm->different_from, own);
        std::erase_if(arm->not_between, [&](const TakenBetween& one) { return own(one.rel); });
        found.arms.insert(found.arms.begin(), std::move(*arm));
        if (at == id) break;
    }
    return Found{std::move(found), id, std::move(predicates)};
}

}  // namespace

bool intersect(Plan& plan) {
    bool any = false;
    // An operator comes after its input: from the last on, the longest run of expansions is met first.
    for (std::size_t at = plan.nodes.size(); at-- > 0;) {
        const auto* top = std::get_if<ExpandOp>(&plan.nodes[at].op);
        if (top == nullptr || !top->into) continue;
        auto found = intersection(plan, PlanId{static_cast<std::uint32_t>(at)});
        if (!found) continue;
        if (found->predicates.empty()) {
            plan.nodes[at].input = plan[found->lowest].input;
            plan.nodes[at].op = std::move(found->op);
        } else {
            plan[found->lowest].op = std::move(found->op);
            plan.nodes[at].input = found->lowest;
            plan.nodes[at].op = FilterOp{std::move(found->predicates)};
        }
        any = true;
    }
    return any;
}

}  // namespace islet::query
