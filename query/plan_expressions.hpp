// The expressions of an operator.
#pragma once

#include "plan.hpp"

namespace islet::query {

/// Calls `visit(ExprId)` for each expression that an operator computes; some may be none. The chains inside
/// of an operator have operators of their own.
template <class Visit>
void for_each_expression(const PlanOp& op, Visit&& visit) {
    const auto each = [&](const std::vector<ExprId>& ids) {
        for (const ExprId id : ids) visit(id);
    };
    const auto parts = [&](const auto& all) {
        for (const auto& part : all) for_each_expression(part, visit);
    };
    const auto creation = [&](const Creation& c) {
        parts(c.nodes), parts(c.rels);
        for (const auto& [slot, expr] : c.paths) visit(expr);
    };
    std::visit(overload{
                   [](const ArgumentOp&) {},
                   [](const NodeScanOp&) {},
                   [&](const NodeByIdOp& o) { visit(o.id); },
                   [&](const NodeIndexSeekOp& o) {
                       visit(o.subject), visit(o.value), visit(o.least), visit(o.most);
                       for (const auto& [key, value] : o.also) visit(value);
                   },
                   [](const ExpandOp&) {},
                   [](const IntersectOp&) {},
                   [&](const VarExpandOp& o) { each(o.step_predicates); },
                   [&](const PathSearchOp& o) {
                       each(o.accept);
                       for (const auto& [slot, expr] : o.paths) visit(expr);
                   },
                   [](const RelEndsOp&) {},
                   [&](const FilterOp& o) { each(o.predicates); },
                   [&](const ExtendOp& o) {
                       for (const auto& [expr, slot] : o.items) visit(expr);
                   },
                   [&](const UnwindOp& o) { visit(o.list); },
                   [&](const AggregateOp& o) {
                       for (const auto& [expr, slot] : o.keys) visit(expr);
                       for (const AggregateCall& call : o.calls) each(call.arguments);
                   },
                   [](const DistinctOp&) {},
                   [&](const SortOp& o) {
                       for (const SortKey& key : o.keys) visit(key.expr);
                       visit(o.skip), visit(o.limit);
                   },
                   [&](const SkipOp& o) { visit(o.count); },
                   [&](const LimitOp& o) { visit(o.count); },
                   [](const ApplyOp&) {},
                   [&](const LoadCsvOp& o) { visit(o.load.source), visit(o.load.field_terminator); },
                   [](const UnionOp&) {},
                   [&](const CreateOp& o) { creation(o.creation); },
                   [&](const SetOp& o) { parts(o.items); },
                   [&](const DeleteOp& o) { each(o.targets); },
                   [&](const MergeOp& o) { creation(o.creation), parts(o.on_create), parts(o.on_match); },
                   [&](const CallOp& o) { each(o.arguments); },
                   [&](const ForeachOp& o) { visit(o.list); },
               },
               op);
}

}  // namespace islet::query
