// EXISTS, COUNT and COLLECT: what a plan inside of an expression gives for each row.

#include "evaluate_kernels.hpp"
#include "expand_parts.hpp"
#include "held_bytes.hpp"
#include "operator.hpp"
#include "pair_counts.hpp"

namespace islet::query {
namespace {

Column exists(const std::vector<std::int64_t>& counts) {
    std::vector<std::uint8_t> out;
    out.reserve(counts.size());
    for (const std::int64_t count : counts) out.push_back(count > 0 ? 1 : 0);
    return Column::booleans(std::move(out));
}

bool holds_nodes_alone(const Column& column) {
    return column.layout == Column::Layout::nodes && !column.constant;
}

/// How many relationships lead from one node of each row to the other.
void count_between(const RunContext& context, const ExpandSteps& steps, std::span<const std::uint32_t> from,
                   std::span<const std::uint32_t> to, std::span<std::int64_t> counts) {
    PairCounts pairs;
    pairs.begin(*context.snapshot, steps);
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (from[row] != Column::null_id && to[row] != Column::null_id)
            counts[row] = pairs.count(NodeId{from[row]}, NodeId{to[row]});
    }
}

}  // namespace

std::optional<std::vector<std::int64_t>> count_of_step(const RunContext& context, const SubqueryOf& s,
                                                       const Batch& batch) {
    if (s.kind == ast::Subquery::Kind::collect) return std::nullopt;
    const PlannedBlock& block = context.plan.blocks[static_cast<std::size_t>(s.block)];
    const PlanNode& root = context.plan[block.root];
    const auto* op = std::get_if<ExpandOp>(&root.op);
    if (op == nullptr || op->gives != Gives::counted || root.input == PlanId::none ||
        !std::holds_alternative<ArgumentOp>(context.plan[root.input].op))
        return std::nullopt;
    const Column& from = batch[op->from];
    if (!holds_nodes_alone(from) || (op->into && !holds_nodes_alone(batch[op->to]))) return std::nullopt;
    std::vector<std::int64_t> counts(batch.rows);
    ExpandSteps steps(*op);
    if (!steps.resolve(context)) return counts;
    if (!steps.takes_all()) return std::nullopt;
    if (op->into) {
        count_between(context, steps, from.ids, batch[op->to].ids, counts);
        return counts;
    }
    std::vector<std::int64_t> more;
    for (const ExpandSteps::Step& step : steps.steps) {
        // A loop that is met twice is there all the same.
        if (step.skips_loops && s.kind == ast::Subquery::Kind::count) return std::nullopt;
        const bool first = &step == &steps.steps.front();
        if (!first) more.resize(batch.rows);
        step.rows.degrees(from.ids, first ? counts.data() : more.data());
        for (std::size_t row = 0; row < more.size(); ++row) counts[row] += more[row];
    }
    return counts;
}

Column evaluate_subquery(RunContext& context, const SubqueryOf& s, const Batch& batch) {
    if (const auto counts = count_of_step(context, s, batch)) {
        if (s.kind == ast::Subquery::Kind::count) return Column::integers(*counts);
        return exists(*counts);
    }
    const PlannedBlock& block = context.plan.blocks[static_cast<std::size_t>(s.block)];
    if (context.blocks.empty()) context.blocks.resize(context.plan.blocks.size());
    // The block may be running already, further out (a subquery inside of itself cannot be, but one
    // expression may be evaluated while another batch of it is): take it out while it runs.
    std::unique_ptr<InnerPlan> inner = std::move(context.blocks[static_cast<std::size_t>(s.block)]);
    if (!inner) inner = std::make_unique<InnerPlan>(context, block.root);
    std::vector<std::int64_t> counts(batch.rows);
    std::vector<List> lists(s.kind == ast::Subquery::Kind::collect ? batch.rows : 0);
    if (batch.rows > 0) {
        inner->start(batch);
        Batch found;
        HeldBytes made;
        std::uint64_t bytes = 0;
        while (inner->next(found)) {
            if (!lists.empty()) {
                bytes +=
                    found.rows * 2 * sizeof(Value) + made.add(found[block.columns.front()], found.rows, true);
                context.need(bytes);
            }
            for (std::size_t row = 0; row < found.rows; ++row) {
                counts[found.origin[row]] = added(counts[found.origin[row]], found.weight(row));
                if (!lists.empty()) lists[found.origin[row]].push_back(found[block.columns.front()].at(row));
            }
        }
    }
    context.blocks[static_cast<std::size_t>(s.block)] = std::move(inner);
    switch (s.kind) {
        case ast::Subquery::Kind::count:
            return Column::integers(std::move(counts));
        case ast::Subquery::Kind::exists:
            return exists(counts);
        case ast::Subquery::Kind::collect:
            break;
    }
    std::vector<Value> out;
    out.reserve(batch.rows);
    for (List& list : lists) out.emplace_back(std::move(list));
    return Column::of_values(std::move(out));
}

}  // namespace islet::query
