// Relationships of variable length: all trails by depth-first search, and the
// shortest ones by breadth-first search.

#include <array>
#include <unordered_map>

#include "operator.hpp"
#include "steps.hpp"

namespace islet::query {
namespace {

struct Hop {
    RelId rel;
    NodeId node;
};

/// What both searches share: the steps that a trail may take from a node.
class TrailOperator : public Operator {
 public:
    TrailOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)),
          op_(std::get<VarExpandOp>(node.op)),
          ways_(directions(op_.pointing)),
          ways_back_(ways_) {
        for (Direction& way : ways_back_) way = opposite(way);
        for (const SlotId slot : node.live) keep_rels_ = keep_rels_ || slot == op_.rels;
    }

    bool next(Batch& out) override {
        while (true) {
            clear();
            while (parents_.size() < batch_rows && (row_ < in_.rows || searching())) {
                if (!searching()) {
                    begin_row();
                    continue;
                }
                advance();
            }
            if (parents_.empty()) {
                if (!pull(in_)) return false;
                row_ = 0;
                types_ = resolve_types(*context_.snapshot, op_.types);
                carried_ = carried(in_);
                continue;
            }
            out = in_.gather(parents_, carried_);
            if (keep_rels_) out[op_.rels] = Column::of_values(std::move(lists_));
            if (!op_.into) out[op_.to] = Column::nodes(std::move(nodes_));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = 0;
        stop();
    }

 protected:
    [[nodiscard]] virtual bool searching() const = 0;
    virtual void search(NodeId from) = 0;  ///< begins at a node
    virtual void advance() = 0;            ///< does some work
    virtual void stop() = 0;

    [[nodiscard]] NodeId target() const { return *target_; }
    [[nodiscard]] bool has_target() const { return op_.into; }

    /// Gives a trail out as a row.
    void emit(std::span<const RelId> rels, NodeId end) {
        if (op_.into && end != *target_) return;
        parents_.push_back(static_cast<std::uint32_t>(current_));
        nodes_.push_back(static_cast<std::uint32_t>(end));
        if (!keep_rels_) return;
        List list;
        list.reserve(rels.size());
        if (op_.reversed) {
            for (auto it = rels.rbegin(); it != rels.rend(); ++it) list.emplace_back(*it);
        } else {
            for (const RelId rel : rels) list.emplace_back(rel);
        }
        lists_.emplace_back(std::move(list));
    }

    /// The steps from a node that the pattern's own conditions allow.
    std::vector<Hop> steps(NodeId node) { return steps(node, ways_); }
    /// The steps that lead to a node: of each, where it comes from.
    std::vector<Hop> steps_back(NodeId node) { return steps(node, ways_back_); }
    std::vector<Hop> steps(NodeId node, const std::vector<Direction>& ways) {
        std::vector<Hop> hops;
        for_each_step(*context_.snapshot, node, types_, ways, [&](RelId rel, NodeId far) {
            if (!excluded(rel)) hops.push_back({rel, far});
        });
        if (op_.step_predicates.empty() || hops.empty()) return hops;
        const std::vector<std::uint32_t> same(hops.size(), static_cast<std::uint32_t>(current_));
        std::vector<SlotId> there;
        for (std::uint32_t slot = 0; slot < in_.columns.size(); ++slot) {
            if (in_.columns[slot].layout != Column::Layout::absent) there.push_back(SlotId{slot});
        }
        Batch batch = in_.gather(same, there);
        batch.origin.clear();
        std::vector<std::uint32_t> rels;
        for (const Hop& hop : hops) rels.push_back(static_cast<std::uint32_t>(hop.rel));
        batch[op_.step] = Column::rels(std::move(rels));
        std::vector<Hop> kept;
        for (const std::uint32_t i : select(context_, op_.step_predicates, batch)) kept.push_back(hops[i]);
        return kept;
    }

    const VarExpandOp& op_;

 private:
    void clear() {
        parents_.clear();
        nodes_.clear();
        lists_.clear();
    }

    void begin_row() {
        current_ = row_++;
        const Value from = in_[op_.from].at(current_);
        if (from.kind() != Kind::node) return;
        target_.reset();
        if (op_.into) {
            const Value to = in_[op_.to].at(current_);
            if (to.kind() != Kind::node) return;
            target_ = to.as_node();
        }
        excluded_.clear();
        for (const SlotId slot : op_.different_from) {
            const Value value = in_[slot].at(current_);
            if (value.kind() == Kind::relationship) excluded_.push_back(value.as_relationship());
            if (value.kind() != Kind::list) continue;
            for (const Value& rel : value.as_list()) excluded_.push_back(rel.as_relationship());
        }
        search(from.as_node());
    }

    [[nodiscard]] bool excluded(RelId rel) const {
        return std::find(excluded_.begin(), excluded_.end(), rel) != excluded_.end();
    }

    std::vector<Direction> ways_;
    std::vector<Direction> ways_back_;
    std::vector<TypeId> types_;
    bool keep_rels_ = false;
    Batch in_;
    std::size_t row_ = 0;      ///< the next input row
    std::size_t current_ = 0;  ///< the one that is searched
    std::optional<NodeId> target_;
    std::vector<RelId> excluded_;
    std::vector<SlotId> carried_;
    std::vector<std::uint32_t> parents_, nodes_;
    std::vector<Value> lists_;
};

/// All trails, depth first. The stack holds, for each step taken, the steps still to try beside it.
class AllTrails final : public TrailOperator {
 public:
    using TrailOperator::TrailOperator;

 protected:
    [[nodiscard]] bool searching() const override { return !stack_.empty(); }

    void search(NodeId from) override {
        trail_.clear();
        if (op_.length.min == 0) emit({}, from);
        if (op_.length.max > 0) stack_.push_back({steps(from), 0});
    }

    void advance() override {
        if (++work_ % 4096 == 0) context_.check();
        Level& level = stack_.back();
        if (level.next == level.hops.size()) {
            stack_.pop_back();
            if (!trail_.empty()) trail_.pop_back();
            return;
        }
        const Hop hop = level.hops[level.next++];
        if (std::find(trail_.begin(), trail_.end(), hop.rel) != trail_.end()) return;
        trail_.push_back(hop.rel);
        if (trail_.size() >= op_.length.min) emit(trail_, hop.node);
        if (trail_.size() < op_.length.max) {
            stack_.push_back({steps(hop.node), 0});
        } else {
            trail_.pop_back();
        }
    }

    void stop() override {
        stack_.clear();
        trail_.clear();
    }

 private:
    struct Level {
        std::vector<Hop> hops;
        std::size_t next;
    };
    std::vector<Level> stack_;
    std::vector<RelId> trail_;  ///< one shorter than the stack, or as long while a step is taken
    std::uint64_t work_ = 0;
};

/// The shortest trails to each node, breadth first. A shortest trail takes no node twice, so the search
/// keeps, per node, its distance and the steps that reach it at that distance.
class ShortestTrails final : public TrailOperator {
 public:
    using TrailOperator::TrailOperator;

 protected:
    [[nodiscard]] bool searching() const override { return searching_; }

    void search(NodeId from) override {
        if (has_target() && target() != from && op_.length.min <= 1) return search_from_both(from, target());
        reached_.clear();
        order_.clear();
        reached_[from] = {0, {}};
        order_.push_back(from);
        const bool all = op_.search == PatternRel::Search::shortest_all;
        for (std::size_t head = 0; head < order_.size(); ++head) {
            if (head % 1024 == 0) context_.check();
            const NodeId node = order_[head];
            const std::uint64_t distance = reached_[node].distance;
            if (distance >= op_.length.max) break;
            if (has_target() && reached_.contains(target()) && node != from &&
                distance >= reached_[target()].distance)
                break;
            for (const Hop& hop : steps(node)) {
                auto [it, fresh] = reached_.try_emplace(hop.node, Reached{distance + 1, {}});
                if (fresh) order_.push_back(hop.node);
                if (it->second.distance == distance + 1 && (fresh || all))
                    it->second.by.push_back({hop.rel, node});
            }
        }
        next_ = 0;
        searching_ = true;
    }

    void advance() override {
        if (has_target()) {
            if (reached_.contains(target())) give(target());
            searching_ = false;
            return;
        }
        if (next_ == order_.size()) {
            searching_ = false;
            return;
        }
        give(order_[next_++]);
    }

    void stop() override { searching_ = false; }

 private:
    struct Reached {
        std::uint64_t distance;
        std::vector<Hop> by;  ///< last steps of shortest trails: the relationship, and the node before
    };

    /// One side of the search between two nodes.
    struct Side {
        std::unordered_map<NodeId, Reached> reached;
        std::vector<NodeId> front;  ///< the nodes at the present distance
        std::uint64_t distance = 0;
    };

    /// Grows the smaller front by one step, until the two meet: then their distances add up to the least
    /// length, and each shortest trail has exactly one node where the fronts are.
    void search_from_both(NodeId from, NodeId to) {
        std::array<Side, 2> sides;
        sides[0].reached[from] = {0, {}};
        sides[0].front = {from};
        sides[1].reached[to] = {0, {}};
        sides[1].front = {to};
        std::vector<NodeId> meeting;
        while (meeting.empty()) {
            context_.check();
            if (sides[0].front.empty() || sides[1].front.empty()) return;
            if (sides[0].distance + sides[1].distance >= op_.length.max) return;
            const std::size_t way = sides[1].front.size() < sides[0].front.size() ? 1 : 0;
            grow(sides[way], way == 1);
            for (const NodeId node : sides[way].front) {
                const auto other = sides[1 - way].reached.find(node);
                if (other != sides[1 - way].reached.end() &&
                    other->second.distance == sides[1 - way].distance)
                    meeting.push_back(node);
            }
        }
        const bool all = op_.search == PatternRel::Search::shortest_all;
        std::vector<RelId> trail(sides[0].distance + sides[1].distance);
        for (const NodeId node : meeting) {
            give_through(sides, node, trail, all);
            if (!all) return;
        }
    }

    void grow(Side& side, bool back) {
        const bool all = op_.search == PatternRel::Search::shortest_all;
        ++side.distance;
        std::vector<NodeId> next;
        std::size_t work = 0;
        for (const NodeId node : side.front) {
            if (++work % 1024 == 0) context_.check();
            for (const Hop& hop : back ? steps_back(node) : steps(node)) {
                auto [it, fresh] = side.reached.try_emplace(hop.node, Reached{side.distance, {}});
                if (fresh) next.push_back(hop.node);
                if (it->second.distance == side.distance && (fresh || all))
                    it->second.by.push_back({hop.rel, node});
            }
        }
        side.front = std::move(next);
    }

    /// Where a list of last (or next) steps stands.
    struct Choice {
        const Reached* at;
        std::size_t next = 0;
    };

    /// Gives out the trails through a meeting node: back from it to the start, then on from it to the end.
    void give_through(const std::array<Side, 2>& sides, NodeId node, std::vector<RelId>& trail, bool all) {
        const std::size_t left = sides[0].reached.at(node).distance;
        std::vector<Choice> stack{{&sides[left > 0 ? 0 : 1].reached.at(node)}};
        while (!stack.empty()) {
            const std::size_t depth = stack.size() - 1;
            if (depth == trail.size()) {
                emit(trail, target());
                if (!all) return;
                stack.pop_back();
                continue;
            }
            Choice& choice = stack.back();
            if (choice.next == choice.at->by.size()) {
                stack.pop_back();
                continue;
            }
            const Hop hop = choice.at->by[choice.next++];
            trail[depth < left ? left - 1 - depth : depth] = hop.rel;
            const std::size_t side = depth + 1 < left ? 0 : 1;
            stack.push_back({&sides[side].reached.at(depth + 1 == left ? node : hop.node)});
        }
    }

    void give(NodeId end) {
        const std::uint64_t distance = reached_[end].distance;
        if (distance < op_.length.min) return;
        std::vector<RelId> trail(distance);
        std::vector<Choice> stack{{&reached_[end]}};
        while (!stack.empty()) {
            const std::size_t depth = stack.size() - 1;
            if (depth == distance) {
                emit(trail, end);
                stack.pop_back();
                continue;
            }
            Choice& choice = stack.back();
            if (choice.next == choice.at->by.size()) {
                stack.pop_back();
                continue;
            }
            const Hop hop = choice.at->by[choice.next++];
            trail[distance - 1 - depth] = hop.rel;
            stack.push_back({&reached_[hop.node]});
        }
    }

    std::unordered_map<NodeId, Reached> reached_;
    std::vector<NodeId> order_;
    std::size_t next_ = 0;
    bool searching_ = false;
};

}  // namespace

Input make_var_expand(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<AllTrails>(context, node, std::move(input));
}
Input make_shortest(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<ShortestTrails>(context, node, std::move(input));
}

}  // namespace islet::query
