// RETURN n.name, n.rank, sum(…) groups by what a node has. Its properties need not be read, and hashed, for
// every row: a node is known by its number, which is its place in an array, and its keys are looked at once.

#include <algorithm>

#include "functions.hpp"
#include "plan.hpp"

namespace islet::query {

bool depends_on_slots_only(const Plan& plan, ExprId id) {
    const ExprNode& node = plan[id].node;
    if (std::holds_alternative<SubqueryOf>(node)) return false;
    if (const auto* call = std::get_if<FunctionOf>(&node)) {
        if (!call->function->pure) return false;
    }
    bool all = true;
    for_each_operand(plan[id], [&](ExprId operand) { all = all && depends_on_slots_only(plan, operand); });
    return all;
}

namespace {

/// The one variable that the keys read; none if they read several, or are that variable itself.
SlotId key_slot(const Plan& plan, const AggregateOp& op) {
    std::vector<bool> used(plan.statement.slot_names.size());
    bool plain = true;
    for (const auto& [expr, slot] : op.keys) {
        if (!depends_on_slots_only(plan, expr)) return SlotId::none;
        used_slots(plan, expr, used);
        plain = plain && std::holds_alternative<SlotRef>(plan[expr].node);
    }
    if (plain || std::count(used.begin(), used.end(), true) != 1) return SlotId::none;
    return SlotId{static_cast<std::uint32_t>(std::find(used.begin(), used.end(), true) - used.begin())};
}

}  // namespace

SlotId group_id(const Plan& plan, const PlanNode& aggregation) {
    const auto& op = std::get<AggregateOp>(aggregation.op);
    const SlotId slot = op.keys.empty() ? SlotId::none : key_slot(plan, op);
    const bool node = slot != SlotId::none && matched_below(plan, aggregation.input, slot) == Matched::node;
    return node ? slot : SlotId::none;
}

}  // namespace islet::query
