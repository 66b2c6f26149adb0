// All relationships of a type, where nobody reads the node that they lead from: no need to go from node to
// node. Where the store cannot give them so (writes that are not in the base yet, labels that only some of
// their ends have), the operator is the expansion that it was, on the chain below, which stays as it is.

#include <algorithm>

#include "plan.hpp"

namespace islet::query {

void relationship_scans(Plan& plan) {
    // Chains of inner plans are left alone: they run for many outer rows at once.
    for (PlanId id = plan.root; id != PlanId::none; id = plan[id].input) {
        auto* expand = std::get_if<ExpandOp>(&plan[id].op);
        if (expand == nullptr || expand->gives != Gives::rows || expand->into || expand->restricted() ||
            expand->pointing != PatternRel::Pointing::forward) {
            continue;
        }
        const auto* scan = std::get_if<NodeScanOp>(&plan[plan[id].input].op);
        if (scan == nullptr || scan->node != expand->from) continue;
        const PlanNode& leaf = plan[plan[plan[id].input].input];
        if (!std::holds_alternative<ArgumentOp>(leaf.op)) continue;
        const std::vector<SlotId>& live = plan[id].live;
        expand->whole = std::all_of(live.begin(), live.end(), [&](SlotId slot) {
            return slot == expand->rel || (slot == expand->to && slot != expand->from);
        });
    }
}

}  // namespace islet::query
