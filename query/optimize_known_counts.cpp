// count(*) over all nodes of a label, or over all relationships of some types: the store keeps these numbers.
// Where it does not (relationships of nodes of a label, with writes that are not in the base yet), the
// operator counts the rows of the chain below, which stays as it is.

#include <algorithm>

#include "plan.hpp"

namespace islet::query {

void known_counts(Plan& plan) {
    for (PlanNode& node : plan.nodes) {
        auto* aggregate = std::get_if<AggregateOp>(&node.op);
        if (aggregate == nullptr || !aggregate->keys.empty() || aggregate->calls.empty()) continue;
        const bool only_counts =
            std::all_of(aggregate->calls.begin(), aggregate->calls.end(),
                        [](const AggregateCall& call) { return call.function == nullptr; });
        if (!only_counts || node.input == PlanId::none) continue;
        AggregateOp::Known known;
        PlanId below = node.input;
        SlotId from = SlotId::none;
        bool backward = false;
        if (const auto* expand = std::get_if<ExpandOp>(&plan[below].op)) {
            // In either direction a loop counts once, and of loops there is no count.
            if (expand->into || expand->restricted() || expand->pointing == PatternRel::Pointing::either) {
                continue;
            }
            backward = expand->pointing == PatternRel::Pointing::backward;
            known.step = true;
            known.types = expand->types;
            known.far_label = expand->to_label;
            from = expand->from;
            below = plan[below].input;
        }
        const auto* scan = below == PlanId::none ? nullptr : std::get_if<NodeScanOp>(&plan[below].op);
        if (scan == nullptr || (known.step && scan->node != from)) continue;
        const PlanId leaf = plan[below].input;
        // An aggregate runs for one outer row at a time: its argument is one row.
        if (leaf == PlanId::none || !std::holds_alternative<ArgumentOp>(plan[leaf].op)) continue;
        known.label = scan->label;
        if (backward) std::swap(known.label, known.far_label);
        aggregate->known = std::move(known);
    }
}

}  // namespace islet::query
