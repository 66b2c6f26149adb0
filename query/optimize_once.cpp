// toLower(d.name) is the same in every row of d, and after an expansion there are many of these. What calls a
// function and depends on nothing but one matched node is computed once for each node (once_per_node.hpp).

#include <algorithm>

#include "plan.hpp"

namespace islet::query {
namespace {

bool calls_function(const Plan& plan, ExprId id) {
    bool calls = std::holds_alternative<FunctionOf>(plan[id].node);
    for_each_operand(plan[id], [&](ExprId operand) { calls = calls || calls_function(plan, operand); });
    return calls;
}

/// The only slot that an expression reads; none if there is no such.
SlotId only_slot(const Plan& plan, ExprId id) {
    std::vector<bool> used(plan.statement.slot_names.size());
    used_slots(plan, id, used);
    if (std::count(used.begin(), used.end(), true) != 1) return SlotId::none;
    return SlotId{static_cast<std::uint32_t>(std::find(used.begin(), used.end(), true) - used.begin())};
}

/// Marks the largest parts of an expression that are of one node.
void mark(Plan& plan, PlanId input, ExprId id) {
    if (!calls_function(plan, id)) return;
    const SlotId slot = only_slot(plan, id);
    if (slot != SlotId::none && depends_on_slots_only(plan, id) &&
        matched_below(plan, input, slot) == Matched::node) {
        plan.once_per_node.resize(plan.statement.pool.expressions.size(), SlotId::none);
        plan.once_per_node[static_cast<std::size_t>(id)] = slot;
        return;
    }
    std::vector<ExprId> operands;
    for_each_operand(plan[id], [&](ExprId operand) { operands.push_back(operand); });
    for (const ExprId operand : operands) mark(plan, input, operand);
}

/// Whether an operator below may give several rows for a node; a scan alone does not.
bool may_repeat(const Plan& plan, PlanId id) {
    for (; id != PlanId::none; id = plan[id].input) {
        const PlanOp& op = plan[id].op;
        if (std::holds_alternative<ExpandOp>(op) || std::holds_alternative<IntersectOp>(op) ||
            std::holds_alternative<VarExpandOp>(op))
            return true;
    }
    return false;
}

}  // namespace

void once_per_node(Plan& plan) {
    for (std::size_t at = 0; at < plan.nodes.size(); ++at) {
        const PlanNode& node = plan.nodes[at];
        if (node.input == PlanId::none || !may_repeat(plan, node.input)) continue;
        std::vector<ExprId> expressions;
        if (const auto* filter = std::get_if<FilterOp>(&node.op)) {
            expressions = filter->predicates;
        } else if (const auto* extend = std::get_if<ExtendOp>(&node.op)) {
            for (const auto& [expr, slot] : extend->items) expressions.push_back(expr);
        } else if (const auto* aggregate = std::get_if<AggregateOp>(&node.op)) {
            for (const auto& [expr, slot] : aggregate->keys) {
                if (aggregate->by_id == SlotId::none) expressions.push_back(expr);
            }
            for (const AggregateCall& call : aggregate->calls)
                expressions.insert(expressions.end(), call.arguments.begin(), call.arguments.end());
        }
        for (const ExprId expr : expressions) mark(plan, node.input, expr);
    }
}

}  // namespace islet::query
