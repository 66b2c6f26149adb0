// Which slots each operator's consumers read: the columns that its batches must have.

#include <algorithm>

#include "plan.hpp"

namespace islet::query {
namespace {

/// Which slots an operator's consumers read, from the root down.
class Liveness {
 public:
    Liveness(Plan& plan, Trails trails) : plan_(plan), trails_(trails) {}

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
            use(needed, it->source), use(needed, it->target);
            for_each_expression(*it, [&](ExprId expr) { use(needed, expr); });
        }
        for (auto it = c.nodes.rbegin(); it != c.nodes.rend(); ++it)
            for_each_expression(*it, [&](ExprId expr) { use(needed, expr); });
        for (const CreatedRel& rel : c.rels) made(needed, rel.slot);
        for (const CreatedNode& node : c.nodes) made(needed, node.slot);
    }
    void assignments(std::vector<bool>& needed, const std::vector<Assignment>& items) {
        for (const Assignment& item : items)
            for_each_expression(item, [&](ExprId expr) { use(needed, expr); });
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
                           for (const auto& [key, value] : o.also) use(needed, value);
                       },
                       [&](const ExpandOp& o) {
                           made(needed, o.rel);
                           if (!o.into) made(needed, o.to);
                           use(needed, o.from);
                           if (o.into) use(needed, o.to);
                           trail(needed, o.different_from, o.not_between);
                           for (const SlotId slot : o.not_nodes) use(needed, slot);
                       },
                       [&](const IntersectOp& o) {
                           made(needed, o.to);
                           for (const SlotId slot : o.not_nodes) use(needed, slot);
                           for (const IntersectOp::Arm& arm : o.arms) {
                               use(needed, arm.from);
                               trail(needed, arm.different_from, arm.not_between);
                           }
                       },
                       [&](const VarExpandOp& o) {
                           made(needed, o.rels);
                           if (o.hops != SlotId::none) made(needed, o.hops);
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
                       [&](const UnwindOp& o) {
                           made(needed, o.slot);
                           if (o.position != SlotId::none) made(needed, o.position);
                           use(needed, o.list);
                       },
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

    void trail(std::vector<bool>& needed, const std::vector<SlotId>& rels,
               const std::vector<TakenBetween>& ends) {
        for (const SlotId slot : rels) {
            if (trails_ == Trails::read) use(needed, slot);
        }
        for (const TakenBetween& one : ends) use(needed, one.from), use(needed, one.to);
    }

    Plan& plan_;
    Trails trails_;
};

}  // namespace

void find_liveness(Plan& plan, Trails trails) {
    std::vector<bool> columns(plan.statement.slot_names.size());
    for (const SlotId slot : plan.columns) columns[static_cast<std::size_t>(slot)] = true;
    Liveness(plan, trails).run(plan.root, std::move(columns));
}

void drop_unread(Plan& plan) {
    for (PlanNode& node : plan.nodes) {
        auto* extend = std::get_if<ExtendOp>(&node.op);
        if (extend == nullptr) continue;
        std::erase_if(extend->items, [&](const auto& item) {
            // What may fail must be computed, whoever reads it.
            const ExprNode& made = plan[item.first].node;
            const bool safe = std::holds_alternative<MakePath>(made) || std::holds_alternative<SlotRef>(made);
            return safe && std::find(node.live.begin(), node.live.end(), item.second) == node.live.end();
        });
        if (extend->items.empty()) node.op = FilterOp{};
    }
}

}  // namespace islet::query
