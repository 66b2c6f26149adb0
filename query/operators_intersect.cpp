// Nodes that are next to several known nodes: their sorted neighbours are walked
// together, each list leaping to where the others stand. What is met costs no more
// than the shortest list, times the logarithm of the leaps. Rows in sequence that share one of two nodes may
// be answered together (inverted_neighbours.hpp).

#include <algorithm>
#include <array>

#include "expand_parts.hpp"
#include "inverted_neighbours.hpp"
#include "operator.hpp"
#include "sorted_neighbours.hpp"
#include "zeroed_array.hpp"

namespace islet::query {
namespace {

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
        knows_ends_ = std::all_of(op_.arms.begin(), op_.arms.end(),
                                  [](const IntersectOp::Arm& arm) { return arm.different_from.empty(); });
        inverts_ = knows_ends_ && op_.arms.size() == 2;
        for (ExpandOp step : steps_) {
            step.pointing = turned(step.pointing);
            step.to_label.clear();
            turned_steps_.push_back(std::move(step));
        }
        for (const ExpandOp& step : turned_steps_) turned_.emplace_back(step);
    }

    bool next(Batch& out) override {
        Batch in;
        while (pull(in)) {
            if (!resolve()) continue;
            parents_.clear();
            nodes_.clear();
            weights_.clear();
            for (std::size_t row = 0; row < in.rows;) {
                if (plain_) row = meet_plain(in, row);
                if (row == in.rows) break;
                const Run run = run_from(in, row);
                if (!meet_together(in, row, run)) {
                    for (std::size_t at = row; at < run.end; ++at) meet(in, at);
                }
                row = run.end;
            }
            if (parents_.empty()) continue;
            out = in.gather(parents_, carried(in));
            if (op_.gives != Gives::counted) out[op_.to] = Column::nodes(std::move(nodes_));
            if (op_.gives != Gives::rows) out.weights = std::move(weights_);
            return true;
        }
        return false;
    }

 private:
    /// Rows in sequence that go from the same node in one of two arms.
    struct Run {
        std::size_t end;
        std::size_t fixed;  ///< the arm
    };
    static constexpr std::size_t least_run = 2;

    [[nodiscard]] Run run_from(const Batch& in, std::size_t row) const {
        if (!inverts_) return {row + 1, 0};
        std::array<std::size_t, 2> ends{};
        for (std::size_t arm = 0; arm < 2; ++arm) {
            const Column& from = in[op_.arms[arm].from];
            const NodeId node = node_at(from, row);
            std::size_t end = row + 1;
            while (end < in.rows && node_at(from, end) == node) ++end;
            ends[arm] = node == NodeId::none ? row + 1 : end;
        }
        return ends[0] >= ends[1] ? Run{ends[0], 0} : Run{ends[1], 1};
    }

    /// Answers the rows together; false, and nothing is done, where this would take longer than one by one.
    bool meet_together(const Batch& in, std::size_t row, const Run& run) {
        if (run.end - row < least_run) return false;
        const std::size_t other = 1 - run.fixed;
        SortedNeighbours& near = nears_[run.fixed];
        near.from = node_at(in[op_.arms[run.fixed].from], row);
        const std::size_t mine = arms_[run.fixed].degree(near.from);
        if (mine == 0) return true;
        std::size_t leaps = 0;
        const Column& others = in[op_.arms[other].from];
        for (std::size_t at = row; at < run.end; ++at) {
            const NodeId from = node_at(others, at);
            if (from != NodeId::none) leaps += std::min(mine, arms_[other].degree(from));
        }
        if (leaps < mine) return false;
        near.find(arms_[run.fixed], false);
        if (InvertedNeighbours::within(near.nodes, turned_[other], leaps / 2)) {
            // Always of the label, as the steps back are of all types, also of those that do not lead to it.
            inverted_.fill(near.nodes, turned_[other],
                           op_.to_label.empty() ? nullptr : &arms_.front().labelled);
            meet_all(in, row, run, [&](std::size_t at, NodeId from) {
                std::uint32_t met = inverted_.find(from);
                begin_row(in, at, run.fixed, from);
                for (; met != InvertedNeighbours::none; met = inverted_[met].next) {
                    const InvertedNeighbours::Met& one = inverted_[met];
                    take(in, at, run.fixed, one.node, one.from_first, one.from_second);
                }
                give(at, in, all_);
            });
            return true;
        }
        if (!mark(near.nodes)) return false;
        meet_all(in, row, run, [&](std::size_t at, NodeId from) {
            if (arms_[other].degree(from) > 8 * mine)
                return meet(in, at);  // leaping is less than reading all
            find_marked(arms_[other], from);
            begin_row(in, at, run.fixed, from);
            for (std::size_t i = 0; i < hits_.size();) {
                std::size_t end = i + 1;
                while (end < hits_.size() && hits_[end] == hits_[i]) ++end;
                take(in, at, run.fixed, hits_[i], marks_[static_cast<std::uint32_t>(hits_[i])],
                     static_cast<std::int64_t>(end - i));
                i = end;
            }
            give(at, in, all_);
        });
        for (const NodeId node : marked_) marks_[static_cast<std::uint32_t>(node)] = 0;
        return true;
    }

    template <class Each>
    void meet_all(const Batch& in, std::size_t row, const Run& run, Each&& each) {
        const NodeId fixed = nears_[run.fixed].from;
        for (std::size_t at = row; at < run.end; ++at) {
            const NodeId from = node_at(in[op_.arms[1 - run.fixed].from], at);
            if (from == fixed) {
                meet(in, at);  // the arms may hold the same relationship
            } else if (from != NodeId::none) {
                each(at, from);
            }
        }
    }

    /// Notes the neighbours that the fixed arm can reach, and by how many relationships.
    bool mark(std::span<const NodeId> near) {
        marks_.resize(context_.snapshot->node_bound());
        marked_.assign(near.begin(), near.end());
        bool fits = true;
        for (const NodeId node : near) {
            if (tests_label_ && !arms_.front().labelled.contains(node)) continue;
            std::uint8_t& ways = marks_[static_cast<std::uint32_t>(node)];
            fits = fits && ways < 255;
            ++ways;
        }
        if (fits) return true;
        for (const NodeId node : near) marks_[static_cast<std::uint32_t>(node)] = 0;
        return false;
    }

    /// The marked ones among a node's neighbours, ascending.
    void find_marked(const ExpandSteps& arm, NodeId from) {
        hits_.clear();
        for (const ExpandSteps::Step& step : arm.steps) {
            const std::span<const NodeId> nodes = step.rows(from).nodes;
            std::size_t count = hits_.size();
            hits_.resize(count + nodes.size());
            for (const NodeId node : nodes) {
                hits_[count] = node;
                count += marks_[static_cast<std::uint32_t>(node)] != 0 ? 1 : 0;
            }
            hits_.resize(count);
            if (step.skips_loops && marks_[static_cast<std::uint32_t>(from)] != 0) {
                const std::span<const NodeId> loops = step.rows(from).nodes;
                auto left_out = std::count(loops.begin(), loops.end(), from);
                std::erase_if(hits_, [&](NodeId node) { return node == from && left_out-- > 0; });
            }
        }
        if (arm.steps.size() > 1) std::sort(hits_.begin(), hits_.end());
    }

    void begin_row(const Batch& in, std::size_t row, std::size_t fixed, NodeId from) {
        all_ = 0;
        nears_[1 - fixed].from = from;
        for (std::size_t arm = 0; arm < 2; ++arm)
            nears_[arm].blocked.find(in, row, nears_[arm].from, op_.arms[arm].not_between);
        excluded_.find(in, row, op_.not_nodes);
    }

    /// A node next to both, and by how many relationships each.
    void take(const Batch& in, std::size_t row, std::size_t fixed, NodeId node, std::int64_t first,
              std::int64_t second) {
        if (excluded_.has(node)) return;
        const std::int64_t ways = multiplied(first - nears_[fixed].blocked.count(node),
                                             second - nears_[1 - fixed].blocked.count(node));
        if (ways == 0) return;
        if (op_.gives == Gives::counted) {
            all_ = added(all_, ways);
        } else {
            give(row, in, node, ways);
        }
    }

    bool resolve() {
        bool all = true;
        for (ExpandSteps& arm : turned_) arm.resolve(context_);
        for (ExpandSteps& arm : arms_) all = arm.resolve(context_) && all;
        if (context_.transaction != nullptr) {
            for (SortedNeighbours& near : nears_) near.forget();
        }
        plain_ = inverts_ && op_.not_nodes.empty();
        for (std::size_t arm = 0; plain_ && arm < 2; ++arm) {
            plain_ = op_.arms[arm].not_between.empty() && one_list(arms_[arm]) && one_list(turned_[arm]);
        }
        // What one arm implies need not be tested for the others.
        tests_label_ =
            std::all_of(arms_.begin(), arms_.end(), [](const ExpandSteps& arm) { return arm.tests_label; });
        return all;
    }

    static bool one_list(const ExpandSteps& arm) {
        return arm.steps.size() == 1 && !arm.steps.front().skips_loops;
    }

    /// Answers rows of which one arm leads to no or a single node, by lists as the store has them, with
    /// nothing that they must not hold. Returns the first row that is not so.
    std::size_t meet_plain(const Batch& in, std::size_t row) {
        const Column& first = in[op_.arms[0].from];
        const Column& second = in[op_.arms[1].from];
        // Copies, which nothing that is written here can change.
        const NeighbourRows to_first = arms_[0].steps.front().rows, to_second = arms_[1].steps.front().rows;
        const NeighbourRows back_first = turned_[0].steps.front().rows;
        const NeighbourRows back_second = turned_[1].steps.front().rows;
        const LabelledNodes labelled = arms_.front().labelled;
        const bool tests_label = tests_label_, counted = op_.gives == Gives::counted;
        for (; row < in.rows; ++row) {
            const NodeId one = node_at(first, row), other = node_at(second, row);
            if (one == NodeId::none || other == NodeId::none) continue;
            if (one == other) return row;  // the arms may hold the same relationship
            const std::span<const NodeId> near_one = to_first(one).nodes, near_other = to_second(other).nodes;
            if (near_one.empty() || near_other.empty()) continue;
            if (near_one.size() > 1 && near_other.size() > 1) return row;
            const bool by_first = near_one.size() == 1;
            const NodeId node = by_first ? near_one.front() : near_other.front();
            if (tests_label && !labelled.contains(node)) continue;
            const std::int64_t ways = by_first ? occurrences(back_second(node).nodes, other)
                                               : occurrences(back_first(node).nodes, one);
            if (ways == 0) continue;
            if (counted) {
                give(row, in, ways);
            } else {
                give(row, in, node, ways);
            }
        }
        return row;
    }

    static std::int64_t occurrences(std::span<const NodeId> ascending, NodeId node) {
        if (ascending.size() <= 4) return std::count(ascending.begin(), ascending.end(), node);
        const auto [first, last] = std::equal_range(ascending.begin(), ascending.end(), node);
        return last - first;
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
            nears_[i].size = arms_[i].degree(nears_[i].from);
            if (nears_[i].size == 0) return;
            if (nears_[i].size < nears_[driver].size) driver = i;
        }
        if (nears_[driver].size == 1 && knows_ends_ && apart) return meet_one(in, row, driver);
        for (std::size_t i = 0; i < arms_.size(); ++i) {
            // Lists of several types or directions are put together, unless they are long beside the driver.
            nears_[i].searched =
                i != driver && arms_[i].steps.size() > 1 && nears_[driver].size * 8 < nears_[i].size;
            if (!nears_[i].searched) nears_[i].find(arms_[i], !knows_ends_ || !apart);
            if (!op_.arms[i].not_between.empty())
                nears_[i].blocked.find(in, row, nears_[i].from, op_.arms[i].not_between);
        }
        std::int64_t all = 0;
        SortedNeighbours& first = nears_[driver];
        while (first.at < first.nodes.size()) {
            const NodeId wanted = first.nodes[first.at];
            NodeId reached = wanted;
            for (std::size_t i = 0; i < nears_.size() && reached == wanted; ++i) {
                if (i == driver) continue;
                SortedNeighbours& near = nears_[i];
                if (near.searched) {
                    near.search(arms_[i], wanted);
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

    /// The single neighbour of one arm, looked at from its own side.
    void meet_one(const Batch& in, std::size_t row, std::size_t driver) {
        NodeId node = NodeId::none;
        for (const ExpandSteps::Step& step : arms_[driver].steps) {
            const Adjacent list = step.rows(nears_[driver].from);
            if (list.size() == 1 && !(step.skips_loops && list.nodes[0] == nears_[driver].from))
                node = list.nodes[0];
        }
        if (node == NodeId::none || excluded_.has(node)) return;
        if (!op_.to_label.empty() && !arms_.front().labelled.contains(node)) return;
        std::int64_t ways = 1;
        for (std::size_t i = 0; i < arms_.size() && ways > 0; ++i) {
            SortedNeighbours& near = nears_[i];
            near.blocked.find(in, row, near.from, op_.arms[i].not_between);
            std::int64_t here = i == driver ? 1 : 0;
            for (const ExpandSteps::Step& step : turned_[i].steps) {
                if (i == driver || (step.skips_loops && node == near.from)) continue;
                const auto nodes = step.rows(node).nodes;
                const auto [first, last] = std::equal_range(nodes.begin(), nodes.end(), near.from);
                here += last - first;
            }
            ways = multiplied(ways, here - near.blocked.count(node));
        }
        if (ways == 0) return;
        if (op_.gives == Gives::counted) return give(row, in, ways);
        give(row, in, node, ways);
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
            const SortedNeighbours& near = nears_[i];
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
        const SortedNeighbours& near = nears_[arm];
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
    bool knows_ends_ = false;             ///< no arm may ask which relationship it takes
    bool inverts_ = false;                ///< the same, and there are two
    bool plain_ = false;                  ///< and each is a single list, with nothing it must not hold
    std::vector<ExpandOp> turned_steps_;  ///< for turned_
    std::vector<ExpandSteps> turned_;     ///< from the far end back to where each arm goes from
    InvertedNeighbours inverted_;
    ZeroedArray<std::uint8_t> marks_;  ///< by node; all 0 between runs
    std::vector<NodeId> marked_, hits_;
    std::int64_t all_ = 0;  ///< of the present row
    Excluded excluded_;
    std::vector<SortedNeighbours> nears_;
    std::vector<std::uint32_t> parents_, nodes_;
    std::vector<std::int64_t> weights_;
};

}  // namespace

Input make_intersect(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<IntersectOperator>(context, node, std::move(input));
}

}  // namespace islet::query
