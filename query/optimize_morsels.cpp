// Long aggregations are shared out among threads: each takes some of the nodes of the scan at the bottom,
// walks the operators above it with them, and aggregates what comes out; then the groups are put together,
// in the order of the nodes, so that the rows are those of one thread in the same order. What is aggregated
// must be of a kind whose groups can be put together.
//
// V. Leis et al., Morsel-driven parallelism (SIGMOD 2014).

#include <algorithm>
#include <optional>

#include "functions.hpp"
#include "plan.hpp"

namespace islet::query {
namespace {

/// About how many nanoseconds an operator takes for rows in and out; none: its rows, or their order, depend
/// on which rows come together.
std::optional<double> nanoseconds(const PlanOp& op, double in, double out) {
    using Time = std::optional<double>;
    return std::visit(overload{
                          [&](const ExpandOp& o) -> Time { return o.whole ? out : 2 * in + 5 * out; },
                          [&](const IntersectOp&) -> Time { return 80 * in + 10 * out; },
                          [&](const VarExpandOp&) -> Time { return 50 * in + 50 * out; },
                          [&](const RelEndsOp&) -> Time { return 10 * in; },
                          [&](const FilterOp&) -> Time { return 2 * in; },
                          [&](const ExtendOp&) -> Time { return 5 * in; },
                          [](const auto&) -> Time { return std::nullopt; },
                      },
                      op);
}

bool gives_counts(const PlanOp& op) {
    const auto* expand = std::get_if<ExpandOp>(&op);
    const auto* intersect = std::get_if<IntersectOp>(&op);
    return (expand != nullptr && expand->gives == Gives::counted) ||
           (intersect != nullptr && intersect->gives == Gives::counted);
}

/// Whether rows are made one that may come from different nodes of the scan: parts of it would give more.
bool combines_all(const PlanNode& node, SlotId scanned) {
    const auto* expand = std::get_if<ExpandOp>(&node.op);
    const auto* intersect = std::get_if<IntersectOp>(&node.op);
    const bool combines = (expand != nullptr && expand->gives == Gives::combined) ||
                          (intersect != nullptr && intersect->gives == Gives::combined);
    return combines && std::find(node.live.begin(), node.live.end(), scanned) == node.live.end();
}

/// rand() gives each thread its own numbers, but those of one thread are a sequence.
bool repeatable(const Plan& plan) {
    const std::vector<Expr>& all = plan.statement.pool.expressions;
    return std::all_of(all.begin(), all.end(), [](const Expr& expr) {
        const auto* call = std::get_if<FunctionOf>(&expr.node);
        return call == nullptr || call->function->pure;
    });
}

}  // namespace

bool is_shared(const AggregateOp& op, unsigned threads, std::chrono::nanoseconds worth_it) {
    const bool worth = worth_it.count() == 0 || op.work >= static_cast<double>(worth_it.count());
    return op.shared_scan != PlanId::none && threads > 1 && worth;
}

void morsels(Plan& plan) {
    if (plan.statement.writes || !repeatable(plan)) return;
    std::vector<PlanId> chain;  // of the statement itself: chains inside of others run for few rows at a time
    for (PlanId id = plan.root; id != PlanId::none; id = plan[id].input) chain.push_back(id);
    if (chain.size() < 3) return;
    std::reverse(chain.begin(), chain.end());
    const PlanNode& leaf = plan[chain[1]];
    const auto* scan = std::get_if<NodeScanOp>(&leaf.op);
    if (scan == nullptr || !std::holds_alternative<ArgumentOp>(plan[chain[0]].op)) return;
    double work = leaf.rows;
    double each = 1;  // how many rows, as estimated, one stands for that a counting expansion gives
    for (std::size_t i = 2; i < chain.size(); ++i) {
        PlanNode& node = plan[chain[i]];
        const double in = plan[node.input].rows / each;
        if (auto* aggregate = std::get_if<AggregateOp>(&node.op)) {
            const bool merges =
                std::all_of(aggregate->calls.begin(), aggregate->calls.end(), [](const AggregateCall& call) {
                    return !call.distinct && (call.function == nullptr || call.function->merges);
                });
            if (!merges || aggregate->known || aggregate->each_row) return;
            aggregate->shared_scan = chain[1];
            // Groups that several threads have found are put together by one.
            aggregate->work = work + 5 * in - 60 * std::min(in, shared_parts * node.rows);
            return;
        }
        if (gives_counts(node.op)) each *= std::max(1.0, node.rows / plan[node.input].rows);
        const std::optional<double> time = nanoseconds(node.op, in, node.rows / each);
        if (!time || combines_all(node, scan->node)) return;
        work += *time;
    }
}

}  // namespace islet::query
