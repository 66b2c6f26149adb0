// The passes, in order:
//
//   merge_filters     adjacent filters become one, so that the next pass sees each condition
//   label_in_expand   a filter on the label of an expansion's far end, or on its being another node than one
//                     before, moves into the expansion
//   top_k             a sort below SKIP and LIMIT keeps only the rows that these let through
//   path_length       length(p) of a searched path is what the search knows (optimize_path_length.cpp)
//   liveness          each operator learns which slots are read above it (optimize_liveness.cpp; always)
//   trails_by_ends    a relationship that is only not to be taken again is known by its ends
//                     (optimize_trail.cpp)
//   intersect         an expansion and those that close cycles on its far end walk sorted neighbours together
//   combine           below a count, rows that nobody tells apart become one (optimize_combine.cpp)
//   drop_distinct     DISTINCT of rows that differ anyway goes (optimize_unique.cpp)
//   relationship_scan  relationships whose beginning nobody reads are read as they lie in the store
//                     (optimize_relationship_scan.cpp)
//   known_counts      what the store counts is not counted again (optimize_known_counts.cpp)
//   morsels           long aggregations are shared out among threads (optimize_morsels.cpp)
//
// A pass changes operators in place and leaves an operator that it emptied as a filter without
// conditions, which skip_empty then takes out of the chain.

#include <algorithm>

#include "plan.hpp"

namespace islet::query {
namespace {

void merge_filters(Plan& plan) {
    for (PlanNode& node : plan.nodes) {
        auto* filter = std::get_if<FilterOp>(&node.op);
        if (filter == nullptr || node.input == PlanId::none) continue;
        auto* below = std::get_if<FilterOp>(&plan[node.input].op);
        if (below == nullptr) continue;
        filter->predicates.insert(filter->predicates.begin(), below->predicates.begin(),
                                  below->predicates.end());
        below->predicates.clear();
    }
}

}  // namespace

namespace {

bool has(const std::vector<SlotId>& slots, SlotId slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

}  // namespace

Matched matched_below(const Plan& plan, PlanId id, SlotId slot) {
    const auto node = [&](SlotId made) { return made == slot ? Matched::node : Matched::no; };
    for (; id != PlanId::none; id = plan[id].input) {
        const Matched here = std::visit(overload{
                                            [&](const NodeScanOp& op) { return node(op.node); },
                                            [&](const NodeByIdOp& op) { return node(op.node); },
                                            [&](const NodeIndexSeekOp& op) {
                                                if (op.relationship && op.node == slot)
                                                    return Matched::relationship;
                                                return node(op.node);
                                            },
                                            [&](const IntersectOp& op) { return node(op.to); },
                                            [&](const VarExpandOp& op) { return node(op.to); },
                                            [&](const ExpandOp& op) {
                                                if (op.rel == slot) return Matched::relationship;
                                                return op.from == slot ? Matched::node : node(op.to);
                                            },
                                            [](const auto&) { return Matched::no; },
                                        },
                                        plan[id].op);
        if (here != Matched::no) return here;
        const PlanOp& op = plan[id].op;
        const auto* apply = std::get_if<ApplyOp>(&op);
        const bool passes =
            std::holds_alternative<NodeScanOp>(op) || std::holds_alternative<NodeByIdOp>(op) ||
            std::holds_alternative<NodeIndexSeekOp>(op) || std::holds_alternative<ExpandOp>(op) ||
            std::holds_alternative<IntersectOp>(op) || std::holds_alternative<VarExpandOp>(op) ||
            std::holds_alternative<FilterOp>(op) || (apply != nullptr && !has(apply->introduced, slot));
        if (!passes) return Matched::no;
    }
    return Matched::no;
}

namespace {

/// The operator below `id`, past filters that were emptied.
PlanId below_empty(const Plan& plan, PlanId id) {
    while (id != PlanId::none && std::holds_alternative<FilterOp>(plan[id].op) &&
           std::get<FilterOp>(plan[id].op).predicates.empty()) {
        id = plan[id].input;
    }
    return id;
}

/// Whether the expansion can test the label.
bool take_label(const Plan& plan, ExprId predicate, ExpandOp& expand) {
    const auto* test = std::get_if<LabelTest>(&plan[predicate].node);
    if (test == nullptr || !expand.to_label.empty()) return false;
    const auto* ref = std::get_if<SlotRef>(&plan[test->subject].node);
    const bool plain = test->labels.size() == 1 && test->labels.front().op == ast::LabelTerm::Op::name;
    if (ref == nullptr || ref->slot != expand.to || !plain) return false;
    expand.to_label = test->labels.front().name.text;
    return true;
}

/// Whether the condition is `far <> other`, and the expansion can leave that node out.
bool take_difference(const Plan& plan, PlanId below, ExprId predicate, ExpandOp& expand) {
    const auto* compare = std::get_if<Compare>(&plan[predicate].node);
    if (compare == nullptr || compare->op != ast::Comparison::Op::not_equal) return false;
    const auto* left = std::get_if<SlotRef>(&plan[compare->left].node);
    const auto* right = std::get_if<SlotRef>(&plan[compare->right].node);
    if (left == nullptr || right == nullptr) return false;
    if (right->slot == expand.to) std::swap(left, right);
    if (left->slot != expand.to || right->slot == expand.to) return false;
    // What may be null may also be neither equal nor different.
    if (matched_below(plan, below, right->slot) != Matched::node) return false;
    expand.not_nodes.push_back(right->slot);
    return true;
}

void conditions_in_expand(Plan& plan) {
    for (PlanNode& node : plan.nodes) {
        auto* filter = std::get_if<FilterOp>(&node.op);
        if (filter == nullptr || node.input == PlanId::none) continue;
        const PlanId below = below_empty(plan, node.input);
        auto* expand = below == PlanId::none ? nullptr : std::get_if<ExpandOp>(&plan[below].op);
        if (expand == nullptr || expand->into) continue;
        std::erase_if(filter->predicates, [&](ExprId predicate) {
            return take_label(plan, predicate, *expand) ||
                   take_difference(plan, plan[below].input, predicate, *expand);
        });
    }
}

void skip_empty(Plan& plan) {
    const auto past = [&](PlanId id) { return below_empty(plan, id); };
    for (PlanNode& node : plan.nodes) {
        node.input = past(node.input);
        if (auto* apply = std::get_if<ApplyOp>(&node.op)) apply->inner = past(apply->inner);
        if (auto* merge = std::get_if<MergeOp>(&node.op)) merge->inner = past(merge->inner);
        if (auto* each = std::get_if<ForeachOp>(&node.op)) each->inner = past(each->inner);
        if (auto* search = std::get_if<PathSearchOp>(&node.op)) {
            for (PathSearchOp::Segment& segment : search->segments) segment.inner = past(segment.inner);
        }
        if (auto* both = std::get_if<UnionOp>(&node.op)) {
            for (PlanId& branch : both->branches) branch = past(branch);
        }
    }
    for (PlannedBlock& block : plan.blocks) block.root = past(block.root);
    plan.root = past(plan.root);
}

void top_k(Plan& plan) {
    for (const PlanNode& node : plan.nodes) {
        const auto* limit = std::get_if<LimitOp>(&node.op);
        if (limit == nullptr) continue;
        PlanId below = node.input;
        ExprId skip = ExprId::none;
        if (const auto* skipping = std::get_if<SkipOp>(&plan[below].op)) {
            skip = skipping->count;
            below = plan[below].input;
        }
        if (auto* sort = std::get_if<SortOp>(&plan[below].op)) sort->limit = limit->count, sort->skip = skip;
    }
}

}  // namespace

Plan optimize(Plan plan, const Switches& switches) {
    merge_filters(plan);
    skip_empty(plan);
    if (switches.label_in_expand) conditions_in_expand(plan);
    skip_empty(plan);
    if (switches.top_k) top_k(plan);
    if (switches.path_length) {
        path_length(plan);
        skip_empty(plan);
    }

    const bool extends = std::any_of(plan.nodes.begin(), plan.nodes.end(), [](const PlanNode& node) {
        return std::holds_alternative<ExtendOp>(node.op);
    });
    if (switches.path_length && extends) {
        find_liveness(plan);
        drop_unread(plan);
        skip_empty(plan);
    }
    if (switches.trail_by_ends) {
        find_liveness(plan, Trails::unread);
        trails_by_ends(plan);
    }
    find_liveness(plan);
    if (switches.intersect && intersect(plan)) find_liveness(plan);
    if (switches.combine) {
        combine(plan, switches);
        drop_distinct(plan);
        skip_empty(plan);
    }
    if (switches.relationship_scan) relationship_scans(plan);
    if (switches.once_per_node) once_per_node(plan);
    if (switches.known_counts) known_counts(plan);
    if (switches.morsels) morsels(plan);
    return plan;
}

}  // namespace islet::query
