// Nodes that are next to several known nodes: their sorted neighbours are walked
// together, each list leaping to where the others stand. What is met costs no more
// than the shortest list, times the logarithm of the leaps.

#include <algorithm>

#include "expand_parts.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

/// The first position from `at` on whose node is not below `node`.
std::size_t leap(std::span<const NodeId> nodes, std::size_t at, NodeId node) {
    if (at >= nodes.size() || nodes[at] >= node) return at;
    std::size_t step = 1;
    while (at + step < nodes.size() && nodes[at + step] < node) {
        at += step;
        step *= 2;
    }
    const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    const auto end = nodes.begin() + static_cast<std::ptrdiff_t>(std::min(at + step, nodes.size()));
    return static_cast<std::size_t>(std::lower_bound(begin, end, node) - nodes.begin());
}

class IntersectOperator final : public Operator {
 public:
    IntersectOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)), op_(std::get<IntersectOp>(node.op)) {
        for (const IntersectOp::Arm& arm : op_.arms) {
            ExpandOp step;
            step.types = arm.types;
            step.pointing = arm.pointing;
            step.to_label = op_.to_label;
            steps_.push_back(std::move(step));
        }
        for (const ExpandOp& step : steps_) arms_.emplace_back(step);
        nears_.resize(arms_.size());
    }

    bool next(Batch& out) override {
        Batch in;
        while (pull(in)) {
            if (!resolve()) continue;
            parents_.clear();
            nodes_.clear();
            weights_.clear();
            for (std::size_t row = 0; row < in.rows; ++row) meet(in, row);
            if (parents_.empty()) continue;
            out = in.gather(parents_, carried(in));
            if (op_.gives != Gives::counted) out[op_.to] = Column::nodes(std::move(nodes_));
            if (op_.gives != Gives::rows) out.weights = std::move(weights_);
            return true;
        }
        return false;
    }

 private:
    /// The neighbours that one arm can reach, ascending.
    struct Near {
        NodeId from{};
        std::span<const NodeId> nodes;
        Adjacent store;                              ///< of a single type and direction, else:
        std::vector<std::pair<NodeId, RelId>> pool;  ///< all of them
        std::vector<NodeId> pool_nodes;
        std::size_t at = 0;
        std::size_t size = 0;          ///< of all lists
        NodeId pooled = NodeId::none;  ///< whose neighbours are in the pool
        bool searched = false;         ///< the pool holds only what leads to the node that is looked at
        Blocked blocked;

        [[nodiscard]] RelId rel(std::size_t i) const { return pool.empty() ? store.rel(i) : pool[i].second; }
        [[nodiscard]] std::size_t end_of_run() const {
            std::size_t end = at + 1;
            while (end < nodes.size() && nodes[end] == nodes[at]) ++end;
            return end;
        }
    };

    bool resolve() {
        bool all = true;
        for (ExpandSteps& arm : arms_) all = arm.resolve(context_) && all;
        if (context_.transaction != nullptr) {
            for (Near& near : nears_) near.pooled = NodeId::none;
        }
        // What one arm implies need not be tested for the others.
        tests_label_ =
            std::all_of(arms_.begin(), arms_.end(), [](const ExpandSteps& arm) { return arm.tests_label; });
        return all;
    }

    void look_around(Near& near, const ExpandSteps& arm) {
        near.at = 0;
        if (arm.steps.size() == 1) {
            near.store = arm.steps.front().rows(near.from);
            near.nodes = near.store.nodes;
            return;
        }
        if (near.pooled == near.from) return;  // rows that follow each other often go from the same node
        near.pooled = near.from;
        near.pool.clear();
        for (const ExpandSteps::Step& step : arm.steps) {
            const Adjacent list = step.rows(near.from);
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (step.skips_loops && list.nodes[i] == near.from) continue;
                near.pool.emplace_back(list.nodes[i], list.rel(i));
            }
        }
        std::sort(near.pool.begin(), near.pool.end());
        near.pool_nodes.clear();
        for (const auto& [node, rel] : near.pool) near.pool_nodes.push_back(node);
        near.nodes = near.pool_nodes;
    }

    /// What leads to one node.
    static void search(Near& near, const ExpandSteps& arm, NodeId wanted) {
        near.pooled = NodeId::none;
        near.at = 0;
        near.pool.clear();
        near.pool_nodes.clear();
        for (const ExpandSteps::Step& step : arm.steps) {
            if (step.skips_loops && wanted == near.from) continue;
            const Adjacent list = step.rows(near.from);
            const auto [first, last] = std::equal_range(list.nodes.begin(), list.nodes.end(), wanted);
            for (auto it = first; it != last; ++it) {
                near.pool.emplace_back(wanted, list.rel(static_cast<std::size_t>(it - list.nodes.begin())));
                near.pool_nodes.push_back(wanted);
            }
        }
        near.nodes = near.pool_nodes;
    }

    void meet(const Batch& in, std::size_t row) {
        bool apart = true;
        for (std::size_t i = 0; i < arms_.size(); ++i) {
            const NodeId from = node_at(in[op_.arms[i].from], row);
            if (from == NodeId::none) return;
            nears_[i].from = from;
            for (const std::size_t j : op_.arms[i].differs_from) apart = apart && nears_[j].from != from;
        }
        excluded_.find(in, row, op_.not_nodes);
        std::size_t driver = 0;
        for (std::size_t i = 0; i < arms_.size(); ++i) {
            nears_[i].size = 0;
            for (const ExpandSteps::Step& step : arms_[i].steps)
                nears_[i].size += step.rows.degree(nears_[i].from);
            if (nears_[i].size == 0) return;
            if (nears_[i].size < nears_[driver].size) driver = i;
        }
        for (std::size_t i = 0; i < arms_.size(); ++i) {
            // Lists of several types or directions are put together, unless they are long beside the driver.
            nears_[i].searched =
                i != driver && arms_[i].steps.size() > 1 && nears_[driver].size * 8 < nears_[i].size;
            if (!nears_[i].searched) look_around(nears_[i], arms_[i]);
            if (!op_.arms[i].not_between.empty())
                nears_[i].blocked.find(in, row, nears_[i].from, op_.arms[i].not_between);
        }
        std::int64_t all = 0;
        Near& first = nears_[driver];
        while (first.at < first.nodes.size()) {
            const NodeId wanted = first.nodes[first.at];
            NodeId reached = wanted;
            for (std::size_t i = 0; i < nears_.size() && reached == wanted; ++i) {
                if (i == driver) continue;
                Near& near = nears_[i];
                if (near.searched) {
                    search(near, arms_[i], wanted);
                    if (near.nodes.empty()) reached = NodeId{static_cast<std::uint32_t>(wanted) + 1};
                    continue;
                }
                near.at = leap(near.nodes, near.at, wanted);
                if (near.at == near.nodes.size()) return give(row, in, all);
                reached = near.nodes[near.at];
            }
            if (reached != wanted) {
                first.at = leap(first.nodes, first.at + 1, reached);
                continue;
            }
            const bool accepted = !tests_label_ || arms_.front().labelled.contains(wanted);
            if (accepted && !excluded_.has(wanted)) {
                const std::int64_t ways = count_ways(in, row, apart);
                if (ways > 0 && op_.gives == Gives::counted) {
                    all = added(all, ways);
                    if (!op_.weighted) return give(row, in, all);
                } else if (ways > 0) {
                    give(row, in, wanted, ways);
                }
            }
            first.at = first.end_of_run();
        }
        give(row, in, all);
    }

    /// In how many ways the arms reach the node where they stand, by different relationships.
    std::int64_t count_ways(const Batch& in, std::size_t row, bool apart) {
        if (!apart) {
            // Arms from one node may hold the same relationship.
            std::vector<RelId> chosen;
            return choose(in, row, 0, chosen);
        }
        std::int64_t ways = 1;
        for (std::size_t i = 0; i < nears_.size(); ++i) {
            const Near& near = nears_[i];
            const std::vector<SlotId>& others = op_.arms[i].different_from;
            const std::size_t end = near.end_of_run();
            std::int64_t here = static_cast<std::int64_t>(end - near.at);
            if (near.blocked.any()) here -= near.blocked.count(near.nodes[near.at]);
            for (std::size_t at = near.at; !others.empty() && at < end; ++at) {
                if (taken(in, others, row, near.rel(at))) --here;
            }
            if (here == 0) return 0;
            ways = multiplied(ways, here);
        }
        return ways;
    }

    std::int64_t choose(const Batch& in, std::size_t row, std::size_t arm, std::vector<RelId>& chosen) {
        if (arm == nears_.size()) return 1;
        const Near& near = nears_[arm];
        const std::size_t end = near.end_of_run();
        std::int64_t ways = 0;
        // Arms that were blocked by the same relationship are of the same types: which of parallel ones each
        // of them leaves out is all the same, as long as it is the same one.
        std::int64_t left_out = near.blocked.count(near.nodes[near.at]);
        for (std::size_t at = near.at; at < end; ++at) {
            const RelId rel = near.rel(at);
            if (taken(in, op_.arms[arm].different_from, row, rel)) continue;
            if (left_out-- > 0) continue;
            const auto& others = op_.arms[arm].differs_from;
            if (std::any_of(others.begin(), others.end(), [&](std::size_t j) { return chosen[j] == rel; }))
                continue;
            chosen.push_back(rel);
            ways = added(ways, choose(in, row, arm + 1, chosen));
            chosen.pop_back();
        }
        return ways;
    }

    /// A row for one far end.
    void give(std::size_t row, const Batch& in, NodeId node, std::int64_t ways) {
        const bool rows = op_.gives == Gives::rows;
        const auto times = static_cast<std::size_t>(rows ? ways : 1);
        parents_.insert(parents_.end(), times, static_cast<std::uint32_t>(row));
        nodes_.insert(nodes_.end(), times, static_cast<std::uint32_t>(node));
        if (!rows && op_.weighted) weights_.push_back(multiplied(in.weight(row), ways));
    }
    /// The incoming row itself, if only matches are counted.
    void give(std::size_t row, const Batch& in, std::int64_t all) {
        if (op_.gives != Gives::counted || all == 0) return;
        parents_.push_back(static_cast<std::uint32_t>(row));
        if (op_.weighted) weights_.push_back(multiplied(in.weight(row), all));
    }

    const IntersectOp& op_;
    std::vector<ExpandOp> steps_;  ///< for arms_
    std::vector<ExpandSteps> arms_;
    bool tests_label_ = false;
    Excluded excluded_;
    std::vector<Near> nears_;
    std::vector<std::uint32_t> parents_, nodes_;
    std::vector<std::int64_t> weights_;
};

}  // namespace

Input make_intersect(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<IntersectOperator>(context, node, std::move(input));
}

}  // namespace islet::query
