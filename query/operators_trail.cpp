// Relationships of variable length: all trails by depth-first search.

#include <algorithm>
#include <optional>

#include "expand_parts.hpp"
#include "operator.hpp"
#include "steps.hpp"

namespace islet::query {
namespace {

struct Hop {
    RelId rel;
    NodeId node;
};

/// Rows in, trails out, and the steps that a trail may take from a node.
class TrailOperator : public Operator {
 public:
    TrailOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)),
          op_(std::get<VarExpandOp>(node.op)),
          ways_(directions(op_.pointing)) {
        for (const SlotId slot : node.live) {
            keep_rels_ = keep_rels_ || slot == op_.rels;
            keep_hops_ = keep_hops_ || slot == op_.hops;
        }
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
            if (keep_hops_) out[op_.hops] = Column::integers(std::move(hops_));
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

    /// Gives a trail out as a row.
    void emit(std::span<const RelId> rels, NodeId end) {
        if (op_.into && end != *target_) return;
        parents_.push_back(static_cast<std::uint32_t>(current_));
        nodes_.push_back(static_cast<std::uint32_t>(end));
        if (keep_hops_) hops_.push_back(static_cast<std::int64_t>(rels.size()));
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

    /// Adds the steps from a node that the pattern's own conditions allow.
    void add_steps(NodeId node, std::vector<Hop>& hops) {
        const std::size_t before = hops.size();
        for_each_step(*context_.snapshot, node, types_, ways_, [&](RelId rel, NodeId far) {
            if (!excluded(rel)) hops.push_back({rel, far});
        });
        const std::size_t count = hops.size() - before;
        if (op_.step_predicates.empty() || count == 0) return;
        const std::vector<std::uint32_t> same(count, static_cast<std::uint32_t>(current_));
        std::vector<SlotId> there;
        for (std::uint32_t slot = 0; slot < in_.columns.size(); ++slot) {
            if (in_.columns[slot].layout != Column::Layout::absent) there.push_back(SlotId{slot});
        }
        Batch batch = in_.gather(same, there);
        batch.origin.clear();
        std::vector<std::uint32_t> rels;
        rels.reserve(count);
        for (std::size_t i = before; i < hops.size(); ++i)
            rels.push_back(static_cast<std::uint32_t>(hops[i].rel));
        batch[op_.step] = Column::rels(std::move(rels));
        std::size_t kept = before;
        for (const std::uint32_t i : select(context_, op_.step_predicates, batch))
            hops[kept++] = hops[before + i];
        hops.resize(kept);
    }

    const VarExpandOp& op_;

 private:
    void clear() {
        parents_.clear();
        nodes_.clear();
        hops_.clear();
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
        excluded_ = all_taken(in_, op_.different_from, current_);
        search(from.as_node());
    }

    [[nodiscard]] bool excluded(RelId rel) const {
        return std::find(excluded_.begin(), excluded_.end(), rel) != excluded_.end();
    }

    std::vector<Direction> ways_;
    std::vector<TypeId> types_;
    bool keep_rels_ = false;
    bool keep_hops_ = false;
    Batch in_;
    std::size_t row_ = 0;      ///< the next input row
    std::size_t current_ = 0;  ///< the one that is searched
    std::optional<NodeId> target_;
    std::vector<RelId> excluded_;
    std::vector<SlotId> carried_;
    std::vector<std::uint32_t> parents_, nodes_;
    std::vector<std::int64_t> hops_;
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
        if (op_.length.max > 0) open(from);
    }

    void advance() override {
        if (++work_ >= 4096) {
            context_.check();
            work_ = 0;
        }
        Level& level = stack_.back();
        if (level.next == hops_.size()) {
            hops_.resize(level.begin);
            stack_.pop_back();
            if (!trail_.empty()) trail_.pop_back();
            return;
        }
        const Hop hop = hops_[level.next++];
        if (was_taken(hop.rel)) return;
        trail_.push_back(hop.rel);
        if (trail_.size() >= op_.length.min) emit(trail_, hop.node);
        if (trail_.size() + 1 < op_.length.max) return open(hop.node);
        if (trail_.size() < op_.length.max && op_.length.max >= op_.length.min) last_steps(hop.node);
        trail_.pop_back();
    }

    void stop() override {
        stack_.clear();
        hops_.clear();
        trail_.clear();
    }

 private:
    /// The steps to try from one node: those in hops_ from `begin` on, up to where the next level begins.
    struct Level {
        std::size_t begin;
        std::size_t next;
    };

    void open(NodeId node) {
        stack_.push_back({hops_.size(), hops_.size()});
        add_steps(node, hops_);
    }

    /// Trails of the greatest length need no level of their own.
    void last_steps(NodeId node) {
        const std::size_t begin = hops_.size();
        add_steps(node, hops_);
        for (std::size_t i = begin; i < hops_.size(); ++i) {
            if (was_taken(hops_[i].rel)) continue;
            trail_.push_back(hops_[i].rel);
            emit(trail_, hops_[i].node);
            trail_.pop_back();
        }
        work_ += hops_.size() - begin;
        hops_.resize(begin);
    }

    [[nodiscard]] bool was_taken(RelId rel) const {
        return std::find(trail_.begin(), trail_.end(), rel) != trail_.end();
    }

    std::vector<Level> stack_;
    std::vector<Hop> hops_;     ///< of all levels, the last level's at the end
    std::vector<RelId> trail_;  ///< one shorter than the stack, or as long while a step is taken
    std::uint64_t work_ = 0;
};

}  // namespace

Input make_var_expand(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<AllTrails>(context, node, std::move(input));
}

}  // namespace islet::query
