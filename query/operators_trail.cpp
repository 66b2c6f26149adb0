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

    /// The steps from a node that the pattern's own conditions allow.
    std::vector<Hop> steps(NodeId node) {
        std::vector<Hop> hops;
        for_each_step(*context_.snapshot, node, types_, ways_, [&](RelId rel, NodeId far) {
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
        rels.reserve(hops.size());
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

}  // namespace

Input make_var_expand(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<AllTrails>(context, node, std::move(input));
}

}  // namespace islet::query
