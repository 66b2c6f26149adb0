// Expansions whose rows are made one where they differ only in the node that they
// came from: the ways from a run of rows to each node are added up in an array.

#include <algorithm>

#include "expand_parts.hpp"
#include "runs.hpp"

namespace islet::query {
namespace {

class CombinedExpandOperator final : public RunOperator {
 public:
    CombinedExpandOperator(RunContext& context, const PlanNode& node, Input input)
        : RunOperator(context, node, std::move(input), std::get<ExpandOp>(node.op).from,
                      std::get<ExpandOp>(node.op).to),
          op_(std::get<ExpandOp>(node.op)),
          steps_(op_) {}

 private:
    bool resolve() override {
        sums_.resize(context_.snapshot->node_bound());
        return steps_.resolve(context_);
    }

    void take(const Batch& in, std::size_t row, NodeId from) override {
        const std::int64_t weight = in.weight(row);
        const std::vector<SlotId>& others = op_.different_from;
        if (!op_.not_between.empty()) blocked_.find(in, row, from, op_.not_between);
        if (!op_.not_nodes.empty()) excluded_.find(in, row, op_.not_nodes);
        for (const ExpandSteps::Step& step : steps_.steps) {
            const Adjacent near = step.rows(from);
            if (!step.skips_loops && !steps_.tests_label && others.empty() && !blocked_.any() &&
                excluded_.nodes().empty()) {
                if (op_.weighted) {
                    add_all(near.nodes, [weight](std::int64_t sum) { return added(sum, weight); });
                } else {
                    add_all(near.nodes, [](std::int64_t) { return std::int64_t{1}; });
                }
                continue;
            }
            for (std::size_t i = 0; i < near.size(); ++i) {
                const NodeId far = near.nodes[i];
                if (step.skips_loops && far == from) continue;
                if (!steps_.accepts(far) || excluded_.has(far)) continue;
                if (!others.empty() && taken(in, others, row, near.rel(i))) continue;
                if (blocked_.any() && blocked_.meet(far)) continue;
                add(far, weight);
            }
        }
    }

    bool take_alone(const Batch& in, std::size_t row, NodeId from) override {
        if (steps_.steps.size() != 1 || !steps_.takes_all(steps_.steps.front())) return false;
        const std::int64_t weight = in.weight(row);
        nodes_.clear();
        weights_.clear();
        for (const NodeId far : steps_.steps.front().rows(from).nodes) {
            const auto node = static_cast<std::uint32_t>(far);
            if (!nodes_.empty() && nodes_.back() == node) {  // parallel relationships follow each other
                if (op_.weighted) weights_.back() = added(weights_.back(), weight);
                continue;
            }
            nodes_.push_back(node);
            if (op_.weighted) weights_.push_back(weight);
        }
        emit(nodes_, weights_);
        return true;
    }

    /// Every node is written, and the next one over it unless it is new: nothing to predict.
    template <class More>
    void add_all(std::span<const NodeId> nodes, More&& more) {
        if (reached_.size() < count_ + nodes.size()) reached_.resize(2 * (count_ + nodes.size()));
        std::uint32_t* const reached = reached_.data();
        std::int64_t* const sums = &sums_[0];
        std::size_t count = count_;
        for (const NodeId far : nodes) {
            std::int64_t& sum = sums[static_cast<std::uint32_t>(far)];
            reached[count] = static_cast<std::uint32_t>(far);
            count += sum == 0 ? 1 : 0;
            sum = more(sum);
        }
        count_ = count;
    }

    void add(NodeId node, std::int64_t weight) {
        add_all(std::span(&node, 1), [&](std::int64_t sum) { return op_.weighted ? added(sum, weight) : 1; });
    }

    void finish() override {
        const std::span reached = std::span(reached_).first(count_);
        if (op_.weighted) {
            weights_.resize(count_);
            std::transform(reached.begin(), reached.end(), weights_.begin(),
                           [&](std::uint32_t node) { return sums_[node]; });
        }
        emit(reached, weights_);
        drop();
    }

    void drop() override {
        for (std::size_t i = 0; i < count_; ++i) sums_[reached_[i]] = 0;
        count_ = 0;
    }

    const ExpandOp& op_;
    ExpandSteps steps_;
    Blocked blocked_;  ///< of the present row
    Excluded excluded_;
    ZeroedArray<std::int64_t> sums_;      ///< zero but for the nodes of `reached_`
    std::vector<std::uint32_t> reached_;  ///< the first `count_`; behind them is room
    std::size_t count_ = 0;
    std::vector<std::uint32_t> nodes_;  ///< of a run of one row
    std::vector<std::int64_t> weights_;
};

}  // namespace

Input make_combined_expand(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<CombinedExpandOperator>(context, node, std::move(input));
}

}  // namespace islet::query
