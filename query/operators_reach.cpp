// Reachability: the nodes within some number of relationships, each visited once.

#include "expand_parts.hpp"
#include "runs.hpp"

namespace islet::query {
namespace {

/// The nodes within some number of relationships of any node of a run.
class ReachOperator final : public RunOperator {
 public:
    ReachOperator(RunContext& context, const PlanNode& node, Input input)
        : RunOperator(context, node, std::move(input), std::get<VarExpandOp>(node.op).from,
                      std::get<VarExpandOp>(node.op).to),
          op_(std::get<VarExpandOp>(node.op)),
          ways_(directions(op_.pointing)) {}

 private:
    bool resolve() override {
        seen_.resize(context_.snapshot->node_bound());
        types_ = resolve_types(*context_.snapshot, op_.types);
        return !types_.empty() || op_.length.min == 0;
    }

    void take(const Batch&, std::size_t, NodeId from) override {
        starts_.push_back(static_cast<std::uint32_t>(from));
    }

    void finish() override {
        if (ways_.size() == 2 && op_.length.min > 0) {
            for (const std::uint32_t start : starts_) both_ways(start);
            starts_.clear();
            return;
        }
        // Along arrows, a start belongs to what is reached if a relationship leads to it: it is visited like
        // any other node, from wherever the search comes by. With zero relationships it is there at once.
        frontier_ = starts_;
        if (op_.length.min == 0) {
            for (const std::uint32_t start : starts_) visit(start);
        }
        std::vector<std::uint32_t> next;
        for (std::uint64_t depth = 0; depth < op_.length.max && !frontier_.empty(); ++depth) {
            context_.check();
            const std::size_t before = reached_.size();
            op_.step_predicates.empty() ? step_on() : step_on_if();
            // A start that is met again has been expanded already; to do so once more does no harm.
            next.assign(reached_.begin() + static_cast<std::ptrdiff_t>(before), reached_.end());
            std::swap(frontier_, next);
        }
        emit(reached_, {});
        drop();
    }

    /// Visits the neighbours of the frontier.
    void step_on() {
        for (const std::uint32_t node : frontier_) {
            for (const TypeId type : types_) {
                for (const Direction way : ways_) {
                    for (const NodeId far : context_.snapshot->neighbours(NodeId{node}, type, way).nodes)
                        visit(static_cast<std::uint32_t>(far));
                }
            }
        }
    }

    /// The same, by relationships that fit the conditions alone.
    void step_on_if() {
        std::vector<std::uint32_t> rels;
        std::vector<std::uint32_t> far_ends;
        const auto flush = [&] {
            Batch batch;
            batch.columns.resize(context_.plan.statement.slot_names.size());
            batch.rows = rels.size();
            batch[op_.step] = Column::rels(std::move(rels));
            for (const std::uint32_t row : select(context_, op_.step_predicates, batch)) visit(far_ends[row]);
            rels = {};
            far_ends.clear();
        };
        for (const std::uint32_t node : frontier_) {
            for_each_step(*context_.snapshot, NodeId{node}, types_, ways_, [&](RelId rel, NodeId far) {
                if (seen_[static_cast<std::uint32_t>(far)] != 0) return;
                rels.push_back(static_cast<std::uint32_t>(rel));
                far_ends.push_back(static_cast<std::uint32_t>(far));
            });
            if (rels.size() >= batch_rows) flush();
        }
        if (!rels.empty()) flush();
    }

    /// Without regard to arrows, a start is reached again by a trail only where a cycle goes through it, not
    /// by going back the same way. Of a cycle, the search meets the two arms and, last, the relationship
    /// that closes it: between nodes that were reached by different first relationships.
    void both_ways(std::uint32_t start) {
        const Snapshot& snapshot = *context_.snapshot;
        depth_.resize(snapshot.node_bound());
        arm_.resize(snapshot.node_bound());
        bool cycle = false;
        seen_[start] = 1;
        frontier_.assign(1, start);
        for (std::uint64_t depth = 0; depth < op_.length.max && !frontier_.empty(); ++depth) {
            context_.check();
            const std::size_t before = reached_.size();
            for (const std::uint32_t node : frontier_) {
                const auto step = [&](RelId, NodeId far_node) {
                    const auto far = static_cast<std::uint32_t>(far_node);
                    if (far == start) {
                        cycle = cycle || node == start;
                    } else if (seen_[far] == 0) {
                        visit(far);
                        depth_[far] = static_cast<std::uint32_t>(depth + 1);
                        arm_[far] = node == start ? far : arm_[node];
                    } else if (node == start) {
                        cycle = cycle || op_.length.max >= 2;  // a second relationship to a neighbour
                    } else {
                        cycle =
                            cycle || (arm_[far] != arm_[node] && depth + depth_[far] + 1 <= op_.length.max);
                    }
                };
                for_each_step(snapshot, NodeId{node}, types_, ways_, step);
            }
            frontier_.assign(reached_.begin() + static_cast<std::ptrdiff_t>(before), reached_.end());
        }
        if (cycle) reached_.push_back(start);
        seen_[start] = 0;
        emit(reached_, {});
        for (const std::uint32_t node : reached_) seen_[node] = 0;
        reached_.clear();
    }

    void visit(std::uint32_t node) {
        if (seen_[node] != 0) return;
        seen_[node] = 1;
        reached_.push_back(node);
    }

    void drop() override {
        for (const std::uint32_t node : reached_) seen_[node] = 0;
        reached_.clear();
        starts_.clear();
        frontier_.clear();
    }

    const VarExpandOp& op_;
    std::vector<Direction> ways_;
    std::vector<TypeId> types_;
    ZeroedArray<std::uint8_t> seen_;    ///< zero but for the nodes of `reached_`
    ZeroedArray<std::uint32_t> depth_;  ///< of seen nodes, for both_ways()
    ZeroedArray<std::uint32_t> arm_;    ///< the neighbour of the start by which a seen node was reached
    std::vector<std::uint32_t> starts_;
    std::vector<std::uint32_t> frontier_;
    std::vector<std::uint32_t> reached_;
};

}  // namespace

Input make_reach(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<ReachOperator>(context, node, std::move(input));
}

}  // namespace islet::query
