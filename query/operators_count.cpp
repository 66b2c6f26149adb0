// Expansions of which only the number of matches is asked for: degrees, without
// walking the neighbours where their number says all.

#include "expand_parts.hpp"
#include "operator.hpp"
#include "pair_counts.hpp"

namespace islet::query {
namespace {

/// Each incoming row once, with the number of its matches as weight; rows without match go.
class CountedExpandOperator final : public Operator {
 public:
    CountedExpandOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)), op_(std::get<ExpandOp>(node.op)), steps_(op_) {}

    bool next(Batch& out) override {
        Batch in;
        while (pull(in)) {
            if (!steps_.resolve(context_)) continue;
            if ((op_.into || !op_.not_nodes.empty()) && (!begun_ || context_.transaction != nullptr)) {
                pairs_.begin(*context_.snapshot, steps_);
                begun_ = true;
            }
            std::vector<std::uint32_t> kept;
            std::vector<std::int64_t> weights;
            if (by_degree(in)) {
                degrees(in, kept, weights);
                if (kept.empty()) continue;
                give(out, std::move(in), kept, std::move(weights));
                return true;
            }
            for (std::size_t row = 0; row < in.rows; ++row) {
                const std::int64_t matches = op_.into ? between(in, row) : around(in, row);
                if (matches == 0) continue;
                kept.push_back(static_cast<std::uint32_t>(row));
                if (op_.weighted) weights.push_back(multiplied(in.weight(row), matches));
            }
            if (kept.empty()) continue;
            give(out, std::move(in), kept, std::move(weights));
            return true;
        }
        return false;
    }

 private:
    /// Whether the lengths of the neighbours' lists are the number of matches.
    [[nodiscard]] bool by_degree(const Batch& in) const {
        const Column& from = in[op_.from];
        return !op_.into && steps_.takes_all() && from.layout == Column::Layout::nodes && !from.constant;
    }

    void degrees(const Batch& in, std::vector<std::uint32_t>& kept,
                 std::vector<std::int64_t>& weights) const {
        const std::vector<std::uint32_t>& from = in[op_.from].ids;
        weights.assign(in.rows, 0);
        std::vector<std::int64_t> more;
        for (std::size_t i = 0; i < steps_.steps.size(); ++i) {
            const ExpandSteps::Step& step = steps_.steps[i];
            more.resize(i == 0 ? 0 : in.rows);
            step.rows.degrees(from, i == 0 ? weights.data() : more.data());
            for (std::size_t row = 0; row < more.size(); ++row) weights[row] += more[row];
            for (std::size_t row = 0; step.skips_loops && row < in.rows; ++row) {
                if (weights[row] == 0) continue;
                const NodeId node{from[row]};
                weights[row] -= static_cast<std::int64_t>(loops_of(node, step.rows(node)));
            }
        }
        kept.resize(in.rows);
        std::size_t count = 0;
        for (std::uint32_t row = 0; row < in.rows; ++row) {
            kept[count] = row;
            weights[count] = weights[row];
            count += weights[row] > 0 ? 1U : 0U;
        }
        kept.resize(count);
        weights.resize(count);
        if (!in.weights.empty()) {
            for (std::size_t i = 0; i < count; ++i) weights[i] = multiplied(in.weights[kept[i]], weights[i]);
        }
    }

    void give(Batch& out, Batch in, const std::vector<std::uint32_t>& kept,
              std::vector<std::int64_t> weights) {
        if (kept.size() == in.rows) {
            out = std::move(in);
        } else {
            out = in.gather(kept, carried(in));
        }
        out.weights = op_.weighted ? std::move(weights) : std::vector<std::int64_t>();
    }

    std::int64_t between(const Batch& in, std::size_t row) {
        const NodeId from = node_at(in[op_.from], row);
        const NodeId to = node_at(in[op_.to], row);
        std::int64_t matches = 0;
        if (from == NodeId::none || to == NodeId::none) return 0;
        if (!op_.not_between.empty()) blocked_.find(in, row, from, op_.not_between);
        if (op_.different_from.empty()) return pairs_.count(from, to) - blocked_.count(to);
        for_each_between(*context_.snapshot, from, to, steps_.types, steps_.ways, [&](RelId rel) {
            if (!taken(in, op_.different_from, row, rel)) ++matches;
        });
        return matches - blocked_.count(to);
    }

    std::int64_t around(const Batch& in, std::size_t row) {
        const NodeId from = node_at(in[op_.from], row);
        std::int64_t matches = 0;
        if (from == NodeId::none) return 0;
        if (!op_.not_between.empty()) blocked_.find(in, row, from, op_.not_between);
        if (!op_.not_nodes.empty()) excluded_.find(in, row, op_.not_nodes);
        for (const NodeId far : blocked_.nodes())
            matches -= steps_.accepts(far) && !excluded_.has(far) ? 1 : 0;
        if (!steps_.tests_label && op_.different_from.empty()) {
            for (const NodeId far : excluded_.nodes()) matches -= pairs_.count(from, far);
        }
        for (const ExpandSteps::Step& step : steps_.steps) {
            if (!steps_.tests_label && op_.different_from.empty()) {
                matches += step.rows.degree(from);
                if (!step.skips_loops) continue;
                matches -= static_cast<std::int64_t>(loops_of(from, step.rows(from)));
                continue;
            }
            const Adjacent near = step.rows(from);
            for (std::size_t i = 0; i < near.size(); ++i) {
                if (step.skips_loops && near.nodes[i] == from) continue;
                if (!steps_.accepts(near.nodes[i]) || excluded_.has(near.nodes[i])) continue;
                if (!op_.different_from.empty() && taken(in, op_.different_from, row, near.rel(i))) continue;
                ++matches;
                if (!op_.weighted && matches > 0) return matches;
            }
        }
        return matches;
    }

    const ExpandOp& op_;
    ExpandSteps steps_;
    Blocked blocked_;
    Excluded excluded_;
    PairCounts pairs_;
    bool begun_ = false;
};

}  // namespace

Input make_counted_expand(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<CountedExpandOperator>(context, node, std::move(input));
}

}  // namespace islet::query
