// A DISTINCT over rows that differ anyway does nothing, and goes, also that of an aggregate over nodes that
// differ in each group; and where the rows of an aggregation differ in its keys, they are a group each. A
// scan gives each node once; an expansion gives the rows of each incoming row in a piece, and a combining one
// each far node once for each piece.

#include <algorithm>

#include "plan.hpp"

namespace islet::query {
namespace {

/// What is known of the rows that an operator gives.
struct Rows {
    /// Rows that agree in these slots follow each other. Each slot holds nodes, or values that DISTINCT or
    /// grouping made.
    std::vector<SlotId> pieces;
    bool unique = false;  ///< and there is only one row in each piece
};

bool within(const std::vector<SlotId>& part, const std::vector<SlotId>& whole) {
    return std::all_of(part.begin(), part.end(), [&](SlotId slot) {
        return std::find(whole.begin(), whole.end(), slot) != whole.end();
    });
}

Rows after_expand(const ExpandOp& op, const PlanNode& node, Rows rows) {
    switch (op.gives) {
        case Gives::counted:
            return rows;
        case Gives::rows:
            rows.unique = false;  // relationships may be parallel
            return rows;
        case Gives::combined:
            break;
    }
    std::vector<SlotId> outer = node.live;
    std::erase(outer, op.to);
    // Every run of the operator is a piece, and the only one of its kind.
    const bool runs_differ = outer.empty() || (within(outer, rows.pieces) && within(rows.pieces, outer));
    rows.pieces = std::move(outer);
    rows.pieces.push_back(op.to);
    rows.unique = runs_differ;
    if (!runs_differ) rows.pieces.clear();
    return rows;
}

/// What an operator makes of what is known of its input.
Rows after(const PlanNode& node, Rows rows) {
    const auto forget = [] { return Rows{{}, false}; };
    return std::visit(overload{
                          // The statement's own argument is one row.
                          [](const ArgumentOp&) {
                              return Rows{{}, true};
                          },
                          [&](const NodeScanOp& o) {
                              if (rows.unique) rows.pieces.push_back(o.node);
                              return rows;
                          },
                          [&](const NodeByIdOp&) { return rows; },
                          [&](const NodeIndexSeekOp& o) {
                              if (rows.unique) rows.pieces.push_back(o.node);
                              return rows;
                          },
                          [&](const ExpandOp& o) { return after_expand(o, node, rows); },
                          [&](const FilterOp&) { return rows; },
                          [&](const ExtendOp&) { return rows; },
                          [&](const DistinctOp& o) {
                              return Rows{o.slots, true};
                          },
                          [&](const AggregateOp& o) {
                              Rows groups{{}, true};
                              for (const auto& [expr, slot] : o.keys) groups.pieces.push_back(slot);
                              return groups;
                          },
                          [&](const SkipOp&) { return rows; },
                          [&](const LimitOp&) { return rows; },
                          [&](const SortOp&) { return rows.unique ? rows : forget(); },
                          [&](const VarExpandOp&) {
                              return Rows{rows.pieces, false};
                          },
                          [&](const UnwindOp&) {
                              return Rows{rows.pieces, false};
                          },
                          [&](const auto&) { return forget(); },
                      },
                      node.op);
}

}  // namespace

void drop_distinct(Plan& plan) {
    std::vector<PlanId> chain;
    for (PlanId id = plan.root; id != PlanId::none; id = plan[id].input) chain.push_back(id);
    Rows rows;
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
        PlanNode& node = plan[*it];
        if (const auto* distinct = std::get_if<DistinctOp>(&node.op)) {
            if (rows.unique && within(rows.pieces, distinct->slots)) {
                node.op = FilterOp{};
                continue;
            }
        }
        if (auto* aggregate = std::get_if<AggregateOp>(&node.op)) {
            std::vector<SlotId> keys;
            for (const auto& [expr, slot] : aggregate->keys) {
                if (const auto* ref = std::get_if<SlotRef>(&plan[expr].node)) keys.push_back(ref->slot);
            }
            // Beside a call that counts all rows they may have weights.
            const bool sets = std::all_of(aggregate->calls.begin(), aggregate->calls.end(),
                                          [](const AggregateCall& call) { return call.distinct; });
            for (AggregateCall& call : aggregate->calls) {
                if (!sets || !rows.unique || call.arguments.size() != 1) continue;
                const auto* ref = std::get_if<SlotRef>(&plan[call.arguments.front()].node);
                std::vector<SlotId> known = keys;
                if (ref != nullptr) known.push_back(ref->slot);
                call.distinct = !within(rows.pieces, known);
            }
            aggregate->each_row = !aggregate->keys.empty() && rows.unique && within(rows.pieces, keys);
            const SlotId id = group_id(plan, node);
            const bool once =
                rows.unique && within(rows.pieces, {id});  // no row shares its node with another
            if (!aggregate->each_row && !once) aggregate->by_id = id;
        }
        rows = after(node, std::move(rows));
    }
}

}  // namespace islet::query
