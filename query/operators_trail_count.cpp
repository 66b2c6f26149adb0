// Relationships of variable length of which only the number of trails is asked for: what a trail's last step
// may be is counted, not walked.

#include <algorithm>

#include "expand_parts.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

ExpandOp step_of(const VarExpandOp& op, const std::string& to_label) {
    ExpandOp step;
    step.types = op.types;
    step.pointing = op.pointing;
    step.to_label = to_label;
    return step;
}

/// Each incoming row once, with its trails as weight.
class CountedTrailsOperator final : public Operator {
 public:
    CountedTrailsOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)),
          op_(std::get<VarExpandOp>(node.op)),
          inner_step_(step_of(op_, "")),
          last_step_(step_of(op_, op_.to_label)),
          inner_(inner_step_),
          last_(last_step_) {}

    bool next(Batch& out) override {
        Batch in;
        while (pull(in)) {
            inner_.resolve(context_);
            last_.resolve(context_);
            find_label();
            std::vector<std::uint32_t> rows;
            std::vector<std::int64_t> weights;
            for (std::uint32_t row = 0; row < in.rows; ++row) {
                const NodeId from = node_at(in[op_.from], row);
                if (from == NodeId::none) continue;
                std::int64_t trails = op_.length.min == 0 && fits(from) ? 1 : 0;
                if (op_.length.max > 0) trails = added(trails, trails_from(from));
                if (trails == 0) continue;
                rows.push_back(row);
                weights.push_back(multiplied(in.weight(row), trails));
            }
            if (rows.empty()) continue;
            out = in.gather(rows, carried(in));
            out.weights = std::move(weights);
            return true;
        }
        return false;
    }

 private:
    struct Taken {
        RelId rel;
        NodeId from;
        NodeId to;
    };

    void find_label() {
        known_label_ = true;
        if (op_.to_label.empty()) return;
        const std::optional<LabelId> label = context_.snapshot->find_label(op_.to_label);
        known_label_ = label.has_value();
        if (label) labelled_ = context_.snapshot->labelled(*label);
    }
    [[nodiscard]] bool fits(NodeId node) const {
        return op_.to_label.empty() || (known_label_ && labelled_.contains(node));
    }
    [[nodiscard]] bool is_taken(RelId rel) const {
        return std::any_of(taken_.begin(), taken_.end(), [rel](const Taken& one) { return one.rel == rel; });
    }

    /// The trails that go on from the one that was walked to `node`, of lengths that are asked for.
    std::int64_t trails_from(NodeId node) {
        context_.check();
        const std::size_t depth = taken_.size() + 1;
        if (depth == op_.length.max) return last_steps(node);
        std::int64_t trails = 0;
        for (const ExpandSteps::Step& step : inner_.steps) {
            const Adjacent near = step.rows(node);
            for (std::size_t i = 0; i < near.size(); ++i) {
                const NodeId far = near.nodes[i];
                if (step.skips_loops && far == node) continue;
                const RelId rel = near.rel(i);
                if (is_taken(rel)) continue;
                if (depth >= op_.length.min && fits(far)) trails = added(trails, 1);
                taken_.push_back({rel, node, far});
                trails = added(trails, trails_from(far));
                taken_.pop_back();
            }
        }
        return trails;
    }

    [[nodiscard]] std::int64_t last_steps(NodeId node) const {
        std::int64_t steps = 0;
        for (const ExpandSteps::Step& step : last_.steps) {
            const Adjacent near = step.rows(node);
            if (!last_.tests_label) {
                steps += static_cast<std::int64_t>(near.size());
                if (step.skips_loops) steps -= static_cast<std::int64_t>(loops_of(node, near));
                continue;
            }
            for (const NodeId far : near.nodes)
                steps += last_.labelled.contains(far) && !(step.skips_loops && far == node) ? 1 : 0;
        }
        // Those that were taken are among these, if they lead from here to where a trail may end.
        const bool both_ways = op_.pointing == PatternRel::Pointing::either;
        for (const Taken& one : taken_) {
            if (one.from == node) {
                steps -= fits(one.to) ? 1 : 0;
            } else if (both_ways && one.to == node) {
                steps -= fits(one.from) ? 1 : 0;
            }
        }
        return steps;
    }

    const VarExpandOp& op_;
    ExpandOp inner_step_, last_step_;
    ExpandSteps inner_;  ///< of all steps but the last
    ExpandSteps last_;   ///< of these those alone that lead to the label
    LabelledNodes labelled_;
    bool known_label_ = true;
    std::vector<Taken> taken_;  ///< of the trail at hand
};

}  // namespace

Input make_counted_trails(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<CountedTrailsOperator>(context, node, std::move(input));
}

}  // namespace islet::query
