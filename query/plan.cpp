// Bound clauses to a chain of operators, in the order in which they were written;
// only the inside of a MATCH is free to move.

#include <algorithm>
#include <array>
#include <string_view>

#include "plan_expressions.hpp"
#include "planner.hpp"

namespace islet::query {
namespace {

/// Slots that a block reads from outside: read somewhere in it, made nowhere in it.
void block_reads(const Plan& plan, BlockId id, std::vector<bool>& used);

void expr_reads(const Plan& plan, ExprId id, std::vector<bool>& used) {
    if (id == ExprId::none) return;
    const Expr& expr = plan.statement.pool[id];
    const auto mark = [&](SlotId slot) {
        if (used.size() <= static_cast<std::size_t>(slot)) used.resize(static_cast<std::size_t>(slot) + 1);
        used[static_cast<std::size_t>(slot)] = true;
    };
    const auto hide = [&](std::initializer_list<SlotId> own) {
        for (const SlotId slot : own) {
            if (static_cast<std::size_t>(slot) < used.size()) used[static_cast<std::size_t>(slot)] = false;
        }
    };
    for_each_operand(expr, [&](ExprId operand) { expr_reads(plan, operand, used); });
    if (const auto* ref = std::get_if<SlotRef>(&expr.node)) mark(ref->slot);
    if (const auto* path = std::get_if<MakePath>(&expr.node)) {
        for (const SlotId slot : path->parts) mark(slot);
    }
    if (const auto* c = std::get_if<Comprehension>(&expr.node)) hide({c->variable});
    if (const auto* q = std::get_if<QuantifierOf>(&expr.node)) hide({q->variable});
    if (const auto* r = std::get_if<ReduceOf>(&expr.node)) hide({r->accumulator, r->variable});
    if (const auto* s = std::get_if<SubqueryOf>(&expr.node)) block_reads(plan, s->block, used);
}

/// What a clause reads and what it makes.
void clause_reads(const Plan& plan, const BoundClause& clause, std::vector<bool>& inner,
                  std::vector<bool>& made) {
    const auto read = [&](ExprId expr) { expr_reads(plan, expr, inner); };
    const auto read_slot = [&](SlotId slot) { inner[static_cast<std::size_t>(slot)] = true; };
    const auto make = [&](SlotId slot) { made[static_cast<std::size_t>(slot)] = true; };
    const auto pattern_with = [&](const auto& self, const PatternGraph& graph) -> void {
        for (const PatternNode& node : graph.nodes) node.bound ? read_slot(node.slot) : make(node.slot);
        for (const PatternRel& rel : graph.rels) {
            rel.bound ? read_slot(rel.slot) : make(rel.slot);
            if (rel.step != SlotId::none) make(rel.step);
            for (const ExprId predicate : rel.step_predicates) read(predicate);
            if (rel.path == SearchId::none) continue;
            const PathSearch& search = plan.statement[rel.path];
            for (const PathSegment& segment : search.segments) {
                self(self, segment.pattern);
                make(segment.first), make(segment.last);
                for (const PathSegment::Variable& variable : segment.variables) make(variable.outer);
            }
            for (const ExprId predicate : search.accept) read(predicate);
        }
        for (const ExprId predicate : graph.predicates) read(predicate);
        for (const auto& [slot, expr] : graph.paths) make(slot);
    };
    const auto pattern = [&](const PatternGraph& graph) { pattern_with(pattern_with, graph); };
    const auto creation = [&](const Creation& c) {
        for (const CreatedNode& node : c.nodes) make(node.slot), for_each_expression(node, read);
        for (const CreatedRel& rel : c.rels) {
            make(rel.slot), read_slot(rel.source), read_slot(rel.target);
            for_each_expression(rel, read);
        }
        for (const auto& [slot, expr] : c.paths) make(slot);
    };
    const auto assignments = [&](const std::vector<Assignment>& items) {
        for (const Assignment& item : items) for_each_expression(item, read);
    };
    std::visit(overload{
                   [&](const BoundMatch& c) { pattern(c.pattern); },
                   [&](const BoundUnwind& c) {
                       read(c.list), make(c.slot);
                       if (c.position != SlotId::none) make(c.position);
                   },
                   [&](const BoundProjection& c) {
                       for (const auto& [expr, slot] : c.keys) {
                           read(expr);
                           if (!std::holds_alternative<SlotRef>(plan[expr].node)) make(slot);
                       }
                       for (const AggregateCall& call : c.aggregates) {
                           make(call.slot);
                           for (const ExprId argument : call.arguments) read(argument);
                       }
                       for (const auto& [expr, slot] : c.items) {
                           read(expr);
                           if (!std::holds_alternative<SlotRef>(plan[expr].node)) make(slot);
                       }
                       for (const SortKey& key : c.order_by) read(key.expr);
                       for (const ExprId predicate : c.where) read(predicate);
                       read(c.skip), read(c.limit);
                   },
                   [&](const BoundCreate& c) { creation(c.creation); },
                   [&](const BoundSet& c) { assignments(c.items); },
                   [&](const BoundDelete& c) {
                       for (const ExprId target : c.targets) read(target);
                   },
                   [&](const BoundMerge& c) {
                       pattern(c.pattern), creation(c.creation), assignments(c.on_create),
                           assignments(c.on_match);
                   },
                   [&](const BoundCall& c) {
                       for (const ExprId argument : c.arguments) read(argument);
                       for (const auto& [position, slot] : c.outputs) make(slot);
                       for (const ExprId predicate : c.where) read(predicate);
                   },
                   [&](const BoundCallSubquery& c) {
                       block_reads(plan, c.block, inner);
                       for (const SlotId slot : plan.statement[c.block].columns) make(slot);
                       if (c.transactions && c.transactions->status != SlotId::none)
                           make(c.transactions->status);
                   },
                   [&](const BoundForeach& c) {
                       read(c.list), make(c.variable);
                       block_reads(plan, c.block, inner);
                   },
                   [&](const BoundLoadCsv& c) { read(c.source), read(c.field_terminator), make(c.row); },
               },
               clause);
}

void block_reads(const Plan& plan, BlockId id, std::vector<bool>& used) {
    std::vector<bool> inner(plan.statement.slot_names.size());
    std::vector<bool> made(plan.statement.slot_names.size());
    for (const BoundPart& part : plan.statement[id].parts) {
        for (const BoundClause& clause : part.clauses) clause_reads(plan, clause, inner, made);
    }
    if (used.size() < inner.size()) used.resize(inner.size());
    for (std::size_t slot = 0; slot < inner.size(); ++slot) {
        if (inner[slot] && !(slot < made.size() && made[slot])) used[slot] = true;
    }
}

/// Whether the next projection wants of the rows before it only which there are and how many of each.
bool only_counts(const std::vector<BoundClause>& clauses, std::size_t from) {
    for (std::size_t i = from; i < clauses.size(); ++i) {
        if (const auto* match = std::get_if<BoundMatch>(&clauses[i])) {
            if (match->optional) return false;
            continue;
        }
        if (std::holds_alternative<BoundUnwind>(clauses[i])) continue;
        const auto* projection = std::get_if<BoundProjection>(&clauses[i]);
        if (projection == nullptr) return false;
        if (!projection->grouped) return projection->distinct;
        return std::all_of(projection->aggregates.begin(), projection->aggregates.end(), takes_weights);
    }
    return false;
}

/// The variable by which a clause groups rows for an aggregate of distinct values, if it is one.
SlotId grouped_by(const Plan& plan, const BoundClause& clause) {
    const auto* projection = std::get_if<BoundProjection>(&clause);
    if (projection == nullptr || projection->keys.empty()) return SlotId::none;
    const bool distinct = std::any_of(projection->aggregates.begin(), projection->aggregates.end(),
                                      [](const AggregateCall& call) { return call.distinct; });
    std::vector<bool> used(plan.statement.slot_names.size());
    for (const auto& [expr, slot] : projection->keys) expr_reads(plan, expr, used);
    if (!distinct || std::count(used.begin(), used.end(), true) != 1) return SlotId::none;
    return SlotId{static_cast<std::uint32_t>(std::find(used.begin(), used.end(), true) - used.begin())};
}

}  // namespace

bool takes_weights(const AggregateCall& call) {
    // Lists are in order of appearance.
    constexpr std::array<std::string_view, 5> of_weights = {"count", "min", "max", "sum", "avg"};
    const std::string_view name = call.function == nullptr ? "count" : std::string_view(call.function->name);
    if (call.distinct) return name == "count";
    return std::find(of_weights.begin(), of_weights.end(), name) != of_weights.end();
}

void used_slots(const Plan& plan, ExprId expr, std::vector<bool>& used) {
    expr_reads(plan, expr, used);  // a local variable has its slot to itself: hiding it hides nothing else
}

Plan plan(BoundStatement statement, const Snapshot& snapshot, const Switches& switches) {
    return Planner(std::move(statement), snapshot, switches).run();
}

Plan Planner::run() {
    plan_.blocks.resize(plan_.statement.blocks.size());
    plan_block(BlockId{0}, {});
    plan_.root = plan_.blocks.front().root;
    plan_.columns = plan_.blocks.front().columns;
    return std::move(plan_);
}

Planner::Chain Planner::start(const std::vector<bool>& outer) {
    Chain chain;
    chain.have = outer;
    chain.have.resize(plan_.statement.slot_names.size());
    chain.last = plan_.add(ArgumentOp{}, PlanId::none, 1);
    return chain;
}

/// Appends an operator; `factor`: rows that it gives per row that it gets.
void Planner::append(Chain& chain, PlanOp op, double factor) {
    // Subqueries of its expressions are planned with what is known here.
    for_each_expression(op, [&](ExprId e) { plan_subqueries(e, chain.have); });
    const double rows = plan_[chain.last].rows * factor;
    chain.last = plan_.add(std::move(op), chain.last, rows);
}

void Planner::plan_subqueries(ExprId expr, const std::vector<bool>& have) {
    if (expr == ExprId::none) return;
    const ExprNode& node = plan_[expr].node;
    std::vector<bool> inner = have;
    const auto local = [&](SlotId slot) {
        if (inner.size() <= static_cast<std::size_t>(slot)) inner.resize(static_cast<std::size_t>(slot) + 1);
        inner[static_cast<std::size_t>(slot)] = true;
    };
    if (const auto* c = std::get_if<Comprehension>(&node)) local(c->variable);
    if (const auto* q = std::get_if<QuantifierOf>(&node)) local(q->variable);
    if (const auto* r = std::get_if<ReduceOf>(&node)) local(r->accumulator), local(r->variable);
    if (const auto* s = std::get_if<SubqueryOf>(&node)) {
        if (planned(s->block).root == PlanId::none) plan_block(s->block, have);
        return;
    }
    std::vector<ExprId> operands;
    for_each_operand(plan_[expr], [&](ExprId operand) { operands.push_back(operand); });
    for (const ExprId operand : operands) plan_subqueries(operand, inner);
}

PlanId Planner::plan_union(const BoundBlock& block, const std::vector<bool>& outer) {
    if (block.parts.size() == 1) return plan_part(block.parts.front(), outer).last;
    UnionOp op;
    op.columns = block.columns;
    double rows = 0;
    for (const BoundPart& part : block.parts) {
        op.branches.push_back(plan_part(part, outer).last);
        op.branch_columns.push_back(part.columns);
        rows += plan_[op.branches.back()].rows;
    }
    const PlanId id = plan_.add(std::move(op), PlanId::none, rows);
    if (block.union_all) return id;
    return plan_.add(DistinctOp{block.columns}, id, rows);
}

void Planner::plan_block(BlockId id, const std::vector<bool>& outer) {
    const BoundBlock block = plan_.statement[id];  // a copy: planning may add blocks' slots
    const PlanId root = plan_union(block, outer);
    PlannedBlock& out = plan_.blocks[static_cast<std::size_t>(id)];
    out.root = root;
    out.columns = block.columns;
}

Planner::Chain Planner::plan_part(const BoundPart& part, const std::vector<bool>& outer) {
    Chain chain = start(outer);
    const std::vector<BoundClause> clauses = rewritten(part.clauses);
    for (std::size_t at = 0; at < clauses.size(); ++at) {
        const BoundClause& clause = clauses[at];
        Later later;
        later.counted = switches_.combine && only_counts(clauses, at + 1);
        if (later.counted) {
            std::vector<bool> made(plan_.statement.slot_names.size());
            later.reads.resize(made.size());
            for (std::size_t next = at + 1; next < clauses.size(); ++next)
                clause_reads(plan_, clauses[next], later.reads, made);
            later.grouped_by = grouped_by(plan_, clauses[at + 1]);
        }
        std::visit(
            overload{
                [&](const BoundMatch& c) { match(chain, c, later); },
                [&](const BoundUnwind& c) {
                    append(chain, UnwindOp{c.list, c.slot, c.position, c.first}, 10);
                    chain.give(c.slot);
                    if (c.position != SlotId::none) chain.give(c.position);
                },
                [&](const BoundProjection& c) { projection(chain, c); },
                [&](const BoundCreate& c) {
                    append(chain, CreateOp{c.creation});
                    for (const CreatedNode& node : c.creation.nodes) chain.give(node.slot);
                    for (const CreatedRel& rel : c.creation.rels) chain.give(rel.slot);
                    ExtendOp paths;
                    for (const auto& [slot, expr] : c.creation.paths) {
                        paths.items.emplace_back(expr, slot);
                        chain.give(slot);
                    }
                    if (!paths.items.empty()) append(chain, std::move(paths));
                },
                [&](const BoundSet& c) { append(chain, SetOp{c.items}); },
                [&](const BoundDelete& c) {
                    append(chain, DeleteOp{c.detach, c.targets});
                },
                [&](const BoundMerge& c) { merge(chain, c); },
                [&](const BoundCall& c) {
                    append(chain, CallOp{c.procedure, c.arguments, c.outputs, c.span}, 10);
                    for (const auto& [position, slot] : c.outputs) chain.give(slot);
                    if (!c.where.empty()) append(chain, FilterOp{c.where}, 0.5);
                },
                [&](const BoundCallSubquery& c) {
                    plan_block(c.block, chain.have);
                    const std::vector<SlotId> columns = plan_.statement[c.block].columns;
                    ApplyOp apply{planned(c.block).root, c.optional, columns, !c.returns, c.transactions};
                    if (c.transactions && c.transactions->status != SlotId::none) {
                        apply.introduced.push_back(c.transactions->status);
                        chain.give(c.transactions->status);
                    }
                    append(chain, std::move(apply));
                    for (const SlotId slot : columns) chain.give(slot);
                },
                [&](const BoundForeach& c) {
                    std::vector<bool> inner = chain.have;
                    if (inner.size() <= static_cast<std::size_t>(c.variable)) {
                        inner.resize(static_cast<std::size_t>(c.variable) + 1);
                    }
                    inner[static_cast<std::size_t>(c.variable)] = true;
                    plan_block(c.block, inner);
                    append(chain, ForeachOp{c.variable, c.list, planned(c.block).root});
                },
                [&](const BoundLoadCsv& c) {
                    append(chain, LoadCsvOp{c}, 1000);
                    chain.give(c.row);
                },
            },
            clause);
    }
    return chain;
}

void Planner::match(Chain& chain, const BoundMatch& m, const Later& later) {
    if (!m.optional) {
        pattern(chain, m.pattern, later);
        return;
    }
    Chain inner = start(chain.have);
    pattern(inner, m.pattern, later);
    ApplyOp apply{inner.last, true, {}, false, {}};
    for (std::uint32_t slot = 0; slot < inner.have.size(); ++slot) {
        if (inner.have[slot] && !chain.has(SlotId{slot})) apply.introduced.push_back(SlotId{slot});
    }
    const std::vector<SlotId> introduced = apply.introduced;
    const double factor = std::max(1.0, plan_[inner.last].rows);
    append(chain, std::move(apply), factor);
    for (const SlotId slot : introduced) chain.give(slot);
}

void Planner::merge(Chain& chain, const BoundMerge& m) {
    Chain inner = start(chain.have);
    pattern(inner, m.pattern, {});
    MergeOp op{inner.last, m.creation, m.on_create, m.on_match, {}};
    for (std::uint32_t slot = 0; slot < inner.have.size(); ++slot) {
        if (inner.have[slot] && !chain.has(SlotId{slot})) op.introduced.push_back(SlotId{slot});
    }
    const std::vector<SlotId> introduced = op.introduced;
    append(chain, std::move(op));
    for (const SlotId slot : introduced) chain.give(slot);
}

void Planner::projection(Chain& chain, const BoundProjection& p) {
    if (p.grouped) {
        append(chain, AggregateOp{p.keys, p.aggregates},
               p.keys.empty() ? 1 / std::max(1.0, plan_[chain.last].rows) : 0.3);
        chain.have.assign(chain.have.size(), false);
        for (const auto& [expr, slot] : p.keys) chain.give(slot);
        for (const AggregateCall& call : p.aggregates) chain.give(call.slot);
    }
    ExtendOp extend;
    for (const auto& [expr, slot] : p.items) {
        const auto* ref = std::get_if<SlotRef>(&plan_[expr].node);
        if (ref == nullptr || ref->slot != slot) extend.items.emplace_back(expr, slot);
    }
    if (!extend.items.empty()) {
        const auto items = extend.items;
        append(chain, std::move(extend));
        for (const auto& [expr, slot] : items) chain.give(slot);
    }
    if (p.distinct) {
        DistinctOp distinct;
        for (const auto& [expr, slot] : p.items) distinct.slots.push_back(slot);
        append(chain, std::move(distinct), 0.5);
    }
    if (!p.order_by.empty()) append(chain, SortOp{p.order_by, ExprId::none, ExprId::none});
    if (p.skip != ExprId::none) append(chain, SkipOp{p.skip});
    if (p.limit != ExprId::none) append(chain, LimitOp{p.limit});
    if (!p.where.empty()) append(chain, FilterOp{p.where}, 0.5);
}

}  // namespace islet::query
