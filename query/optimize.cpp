// The passes, in order:
//
//   merge_filters     adjacent filters become one, so that the next pass sees each condition
//   label_in_expand   a filter on the label of an expansion's far end moves into the expansion
//   top_k             a sort below SKIP and LIMIT keeps only the rows that these let through
//   count_matches     count(x) of what a MATCH gives is count(*): x is never null, and need not be kept
//   liveness          each operator learns which slots are read above it (always; not an option)
//   intersect         an expansion and those that close cycles on its far end walk sorted neighbours together
//   combine           below a count, rows that nobody tells apart become one (optimize_combine.cpp)
//   drop_distinct     DISTINCT of rows that differ anyway goes (optimize_unique.cpp)
//
// A pass changes operators in place and leaves an operator that it emptied as a filter without
// conditions, which skip_empty then takes out of the chain.

#include <algorithm>

#include "functions.hpp"
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

/// Whether a slot is given by a MATCH in the operators from `id` down, and so is never null there.
bool matched_below(const Plan& plan, PlanId id, SlotId slot) {
    for (; id != PlanId::none; id = plan[id].input) {
        const PlanOp& op = plan[id].op;
        if (const auto* scan = std::get_if<NodeScanOp>(&op)) {
            if (scan->node == slot) return true;
        } else if (const auto* by_id = std::get_if<NodeByIdOp>(&op)) {
            if (by_id->node == slot) return true;
        } else if (const auto* by_key = std::get_if<NodeIndexSeekOp>(&op)) {
            if (by_key->node == slot) return true;
        } else if (const auto* expand = std::get_if<ExpandOp>(&op)) {
            if (expand->rel == slot || expand->to == slot || expand->from == slot) return true;
        } else if (!std::holds_alternative<FilterOp>(op)) {
            return false;
        }
    }
    return false;
}

void count_matches(Plan& plan) {
    for (PlanNode& node : plan.nodes) {
        auto* aggregate = std::get_if<AggregateOp>(&node.op);
        if (aggregate == nullptr) continue;
        for (AggregateCall& call : aggregate->calls) {
            if (call.function == nullptr || call.distinct || call.function->name != "count") continue;
            const auto* ref = std::get_if<SlotRef>(&plan[call.arguments.front()].node);
            if (ref == nullptr || !matched_below(plan, node.input, ref->slot)) continue;
            call.function = nullptr;
            call.arguments.clear();
        }
    }
}

void label_in_expand(Plan& plan) {
    for (PlanNode& node : plan.nodes) {
        auto* filter = std::get_if<FilterOp>(&node.op);
        if (filter == nullptr || node.input == PlanId::none) continue;
        PlanId below = node.input;
        while (below != PlanId::none && std::holds_alternative<FilterOp>(plan[below].op) &&
               std::get<FilterOp>(plan[below].op).predicates.empty()) {
            below = plan[below].input;
        }
        auto* expand = below == PlanId::none ? nullptr : std::get_if<ExpandOp>(&plan[below].op);
        if (expand == nullptr || expand->into) continue;
        std::erase_if(filter->predicates, [&](ExprId predicate) {
            const auto* test = std::get_if<LabelTest>(&plan[predicate].node);
            if (test == nullptr || !expand->to_label.empty()) return false;
            const auto* ref = std::get_if<SlotRef>(&plan[test->subject].node);
            const bool plain =
                test->labels.size() == 1 && test->labels.front().op == ast::LabelTerm::Op::name;
            if (ref == nullptr || ref->slot != expand->to || !plain) return false;
            expand->to_label = test->labels.front().name.text;
            return true;
        });
    }
}

void skip_empty(Plan& plan) {
    const auto past = [&](PlanId id) {
        while (id != PlanId::none && std::holds_alternative<FilterOp>(plan[id].op) &&
               std::get<FilterOp>(plan[id].op).predicates.empty()) {
            id = plan[id].input;
        }
        return id;
    };
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

/// Which slots an operator's consumers read, from the root down.
class Liveness {
 public:
    explicit Liveness(Plan& plan) : plan_(plan) {}

    /// Returns the slots that the chain reads from its Argument.
    std::vector<bool> run(PlanId root, std::vector<bool> needed) {
        needed.resize(plan_.statement.slot_names.size());
        for (PlanId id = root; id != PlanId::none; id = plan_[id].input) {
            PlanNode& node = plan_[id];
            node.live.clear();
            for (std::uint32_t slot = 0; slot < needed.size(); ++slot) {
                if (needed[slot]) node.live.push_back(SlotId{slot});
            }
            step(id, needed);
        }
        return needed;
    }

 private:
    void use(std::vector<bool>& needed, ExprId expr) {
        if (expr == ExprId::none) return;
        used_slots(plan_, expr, needed);
        mark_blocks(expr);
    }
    static void use(std::vector<bool>& needed, SlotId slot) { needed[static_cast<std::size_t>(slot)] = true; }
    static void made(std::vector<bool>& needed, SlotId slot) {
        needed[static_cast<std::size_t>(slot)] = false;
    }
    static void merge(std::vector<bool>& needed, const std::vector<bool>& more) {
        for (std::size_t slot = 0; slot < more.size(); ++slot) {
            if (more[slot]) needed[slot] = true;
        }
    }

    /// Subqueries of an expression have a chain of their own.
    void mark_blocks(ExprId expr) {
        if (const auto* s = std::get_if<SubqueryOf>(&plan_[expr].node)) {
            PlannedBlock& block = plan_.blocks[static_cast<std::size_t>(s->block)];
            std::vector<bool> columns(plan_.statement.slot_names.size());
            for (const SlotId slot : block.columns) use(columns, slot);
            const std::vector<bool> reads = run(block.root, columns);
            block.arguments.clear();
            for (std::uint32_t slot = 0; slot < reads.size(); ++slot) {
                if (reads[slot]) block.arguments.push_back(SlotId{slot});
            }
            return;
        }
        for_each_operand(plan_[expr], [&](ExprId operand) { mark_blocks(operand); });
    }

    void creation(std::vector<bool>& needed, const Creation& c) {
        for (const auto& [slot, expr] : c.paths) made(needed, slot), use(needed, expr);
        for (auto it = c.rels.rbegin(); it != c.rels.rend(); ++it) {
            made(needed, it->slot);
            use(needed, it->source), use(needed, it->target), use(needed, it->properties);
        }
        for (auto it = c.nodes.rbegin(); it != c.nodes.rend(); ++it) use(needed, it->properties);
        for (const CreatedRel& rel : c.rels) made(needed, rel.slot);
        for (const CreatedNode& node : c.nodes) made(needed, node.slot);
    }
    void assignments(std::vector<bool>& needed, const std::vector<Assignment>& items) {
        for (const Assignment& item : items) use(needed, item.target), use(needed, item.value);
    }

    void path_search(std::vector<bool>& needed, const PathSearchOp& o) {
        for (const ExprId predicate : o.accept) use(needed, predicate);
        for (const auto& [slot, expr] : o.paths) made(needed, slot);
        for (const auto& [slot, expr] : o.paths) use(needed, expr);
        const std::vector<bool> above = needed;
        for (const PathSearchOp::Segment& segment : o.segments) {
            for (const PathSegment::Variable& variable : segment.variables) made(needed, variable.outer);
        }
        made(needed, o.rels);
        for (const PathSearchOp::Segment& segment : o.segments) {
            std::vector<bool> round(needed.size());
            use(round, segment.leave);
            for (const SlotId slot : segment.rels) use(round, slot);
            for (const PathSegment::Variable& variable : segment.variables) {
                if (above[static_cast<std::size_t>(variable.outer)]) use(round, variable.inner);
            }
            std::vector<bool> reads = run(segment.inner, std::move(round));
            made(reads, segment.enter);
            if (segment.plain) continue;
            merge(needed, reads);
        }
        if (!o.into) made(needed, o.to);
        use(needed, o.from);
        if (o.into) use(needed, o.to);
        for (const SlotId slot : o.different_from) use(needed, slot);
    }

    /// Turns what is needed above an operator into what is needed below it.
    void step(PlanId id, std::vector<bool>& needed) {
        std::visit(overload{
                       [](const ArgumentOp&) {},
                       [&](const NodeScanOp& o) { made(needed, o.node); },
                       [&](const NodeByIdOp& o) { made(needed, o.node), use(needed, o.id); },
                       [&](const NodeIndexSeekOp& o) {
                           made(needed, o.node);
                           use(needed, o.value), use(needed, o.least), use(needed, o.most);
                       },
                       [&](const ExpandOp& o) {
                           made(needed, o.rel);
                           if (!o.into) made(needed, o.to);
                           use(needed, o.from);
                           if (o.into) use(needed, o.to);
                           for (const SlotId slot : o.different_from) use(needed, slot);
                       },
                       [&](const IntersectOp& o) {
                           made(needed, o.to);
                           for (const IntersectOp::Arm& arm : o.arms) {
                               use(needed, arm.from);
                               for (const SlotId slot : arm.different_from) use(needed, slot);
                           }
                       },
                       [&](const VarExpandOp& o) {
                           made(needed, o.rels);
                           if (!o.into) made(needed, o.to);
                           use(needed, o.from);
                           if (o.into) use(needed, o.to);
                           for (const SlotId slot : o.different_from) use(needed, slot);
                           for (const ExprId predicate : o.step_predicates) use(needed, predicate);
                           if (o.step != SlotId::none) made(needed, o.step);
                       },
                       [&](const PathSearchOp& o) { path_search(needed, o); },
                       [&](const RelEndsOp& o) {
                           made(needed, o.from), made(needed, o.to);
                           use(needed, o.rel);
                           if (o.from_known) use(needed, o.from);
                           if (o.to_known) use(needed, o.to);
                           for (const SlotId slot : o.different_from) use(needed, slot);
                       },
                       [&](const FilterOp& o) {
                           for (const ExprId predicate : o.predicates) use(needed, predicate);
                       },
                       [&](const ExtendOp& o) {
                           for (const auto& [expr, slot] : o.items) made(needed, slot);
                           for (const auto& [expr, slot] : o.items) use(needed, expr);
                       },
                       [&](const UnwindOp& o) { made(needed, o.slot), use(needed, o.list); },
                       [&](const AggregateOp& o) {
                           needed.assign(needed.size(), false);
                           for (const auto& [expr, slot] : o.keys) use(needed, expr);
                           for (const AggregateCall& call : o.calls) {
                               for (const ExprId argument : call.arguments) use(needed, argument);
                           }
                       },
                       [&](const DistinctOp& o) {
                           for (const SlotId slot : o.slots) use(needed, slot);
                       },
                       [&](const SortOp& o) {
                           for (const SortKey& key : o.keys) use(needed, key.expr);
                       },
                       [](const SkipOp&) {},
                       [](const LimitOp&) {},
                       [&](const ApplyOp& o) {
                           std::vector<bool> inner(needed.size());
                           for (const SlotId slot : o.introduced) {
                               inner[static_cast<std::size_t>(slot)] = needed[static_cast<std::size_t>(slot)];
                               made(needed, slot);
                           }
                           merge(needed, run(o.inner, inner));
                       },
                       [&](const UnionOp& o) {
                           std::vector<bool> through = needed;
                           for (const SlotId slot : o.columns) made(through, slot);
                           std::vector<bool> all(needed.size());
                           for (std::size_t b = 0; b < o.branches.size(); ++b) {
                               std::vector<bool> branch = through;
                               for (const SlotId slot : o.branch_columns[b]) use(branch, slot);
                               merge(all, run(o.branches[b], branch));
                           }
                           needed = all;
                       },
                       [&](const CreateOp& o) { creation(needed, o.creation); },
                       [&](const SetOp& o) { assignments(needed, o.items); },
                       [&](const DeleteOp& o) {
                           for (const ExprId target : o.targets) use(needed, target);
                       },
                       [&](const MergeOp& o) {
                           assignments(needed, o.on_create), assignments(needed, o.on_match);
                           std::vector<bool> inner(needed.size());
                           for (const SlotId slot : o.introduced) {
                               use(inner, slot);
                               made(needed, slot);
                           }
                           creation(needed, o.creation);
                           for (const SlotId slot : o.introduced) made(needed, slot);
                           merge(needed, run(o.inner, inner));
                       },
                       [&](const CallOp& o) {
                           for (const auto& [position, slot] : o.outputs) made(needed, slot);
                           for (const ExprId argument : o.arguments) use(needed, argument);
                       },
                       [&](const LoadCsvOp& o) {
                           made(needed, o.load.row);
                           use(needed, o.load.source), use(needed, o.load.field_terminator);
                       },
                       [&](const ForeachOp& o) {
                           std::vector<bool> reads = run(o.inner, {});
                           made(reads, o.variable);
                           merge(needed, reads);
                           use(needed, o.list);
                       },
                   },
                   plan_[id].op);
    }

    Plan& plan_;
};

}  // namespace

Plan optimize(Plan plan, const Switches& switches) {
    merge_filters(plan);
    skip_empty(plan);
    if (switches.label_in_expand) label_in_expand(plan);
    skip_empty(plan);
    if (switches.top_k) top_k(plan);
    if (switches.combine) count_matches(plan);

    std::vector<bool> columns(plan.statement.slot_names.size());
    for (const SlotId slot : plan.columns) columns[static_cast<std::size_t>(slot)] = true;
    Liveness(plan).run(plan.root, columns);
    if (switches.intersect) {
        intersect(plan);
        Liveness(plan).run(plan.root, std::move(columns));
    }
    if (switches.combine) {
        combine(plan, switches);
        drop_distinct(plan);
        skip_empty(plan);
    }
    return plan;
}

}  // namespace islet::query
