// One relationship: away from a known node, between two known nodes, or its ends.

#include "expand_parts.hpp"
#include "operator.hpp"
#include "pair_counts.hpp"

namespace islet::query {
namespace {

/// Rows under construction: which input row each comes from, and what it adds.
struct Found {
    std::size_t rows = 0;
    std::vector<std::uint32_t> parents, rels, nodes;  ///< with room for a batch where they are kept

    Found(bool keep_rel, bool keep_to)
        : parents(batch_rows), rels(keep_rel ? batch_rows : 0), nodes(keep_to ? batch_rows : 0) {}

    [[nodiscard]] std::size_t room() const noexcept { return batch_rows - rows; }
    void add(std::size_t row, RelId rel, NodeId node) {
        if (rows == parents.size()) grow();
        parents[rows] = static_cast<std::uint32_t>(row);
        if (!rels.empty()) rels[rows] = static_cast<std::uint32_t>(rel);
        if (!nodes.empty()) nodes[rows] = static_cast<std::uint32_t>(node);
        ++rows;
    }
    void finish() { resize(rows); }

 private:
    /// Two nodes may be joined by more relationships than a batch has rows.
    void grow() { resize(2 * parents.size()); }
    void resize(std::size_t size) {
        parents.resize(size);
        if (!rels.empty()) rels.resize(size);
        if (!nodes.empty()) nodes.resize(size);
    }
};

class ExpandOperator final : public Operator {
 public:
    ExpandOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)), op_(std::get<ExpandOp>(node.op)), steps_(op_) {
        for (const SlotId slot : node.live) {
            keep_rel_ = keep_rel_ || slot == op_.rel;
            keep_to_ = keep_to_ || slot == op_.to;
        }
    }

    bool next(Batch& out) override {
        while (true) {
            if (row_ >= in_.rows && !refill()) return false;
            Found found(keep_rel_, keep_to_ && !op_.into);  // rows of the present input batch only
            if (plain()) {
                expand_plain(found);
            } else {
                while (found.rows < batch_rows && row_ < in_.rows) expand_row(found);
            }
            if (found.rows == 0) continue;
            found.finish();
            out = in_.gather(found.parents, carried(in_));
            if (keep_rel_) out[op_.rel] = Column::rels(std::move(found.rels));
            if (!op_.into && keep_to_) out[op_.to] = Column::nodes(std::move(found.nodes));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = 0;
    }

 private:
    bool refill() {
        while (pull(in_)) {
            row_ = 0;
            step_ = position_ = 0;
            if (!steps_.resolve(context_)) continue;
            if (op_.into && (!begun_ || context_.transaction != nullptr)) {
                pairs_.begin(*context_.snapshot, steps_);
                begun_ = true;
            }
            return true;
        }
        in_ = {};
        row_ = 0;
        return false;
    }

    /// Whether there is nothing to ask of a neighbour, except that no loop is met twice.
    [[nodiscard]] bool plain() const {
        const Column& from = in_[op_.from];
        return !op_.into && steps_.takes_all() && from.layout == Column::Layout::nodes && !from.constant;
    }

    void expand_plain(Found& found) {
        const std::vector<std::uint32_t>& ids = in_[op_.from].ids;
        for (; row_ < in_.rows; next_row()) {
            if (ids[row_] == Column::null_id) continue;
            const NodeId from{ids[row_]};
            for (; step_ < steps_.steps.size(); ++step_, position_ = 0) {
                const ExpandSteps::Step& step = steps_.steps[step_];
                const Adjacent near = step.rows(from);
                const std::size_t end = std::min(near.size(), position_ + found.room());
                if (step.skips_loops && loops_of(from, near) > 0) {
                    for (std::size_t i = position_; i < end; ++i) {
                        if (near.nodes[i] != from) found.add(row_, near.rel(i), near.nodes[i]);
                    }
                } else {
                    add_all(found, near, end);
                }
                position_ = end;
                if (end < near.size()) return;  // the batch is full
            }
        }
    }

    /// Adds rows until the batch is full or the input row is used up; then goes to the next one.
    void expand_row(Found& found) {
        const NodeId from = node_at(in_[op_.from], row_);
        if (from == NodeId::none) return next_row();
        if (!op_.not_between.empty() && step_ == 0 && position_ == 0)
            blocked_.find(in_, row_, from, op_.not_between);
        if (!op_.not_nodes.empty()) excluded_.find(in_, row_, op_.not_nodes);
        if (op_.into) {
            const NodeId to = node_at(in_[op_.to], row_);
            if (to != NodeId::none) into_row(found, from, to);
            return next_row();
        }
        for (; step_ < steps_.steps.size(); ++step_, position_ = 0) {
            const ExpandSteps::Step& step = steps_.steps[step_];
            const Adjacent near = step.rows(from);
            const std::size_t end = std::min(near.size(), position_ + found.room());
            for (std::size_t i = position_; i < end; ++i) {
                const NodeId node = near.nodes[i];
                if (step.skips_loops && node == from) continue;
                if (!steps_.accepts(node) || excluded_.has(node)) continue;
                const RelId rel = near.rel(i);
                if (!op_.different_from.empty() && taken(in_, op_.different_from, row_, rel)) continue;
                if (blocked_.any() && blocked_.meet(node)) continue;
                found.add(row_, rel, node);
            }
            position_ = end;
            if (end < near.size()) return;  // the batch is full
        }
        next_row();
    }

    void into_row(Found& found, NodeId from, NodeId to) {
        if (pairs_.count(from, to) == 0) return;  // most are not joined
        for_each_between(*context_.snapshot, from, to, steps_.types, steps_.ways, [&](RelId rel) {
            if (taken(in_, op_.different_from, row_, rel)) return;
            if (!blocked_.any() || !blocked_.meet(to)) found.add(row_, rel, to);
        });
    }

    void add_all(Found& found, const Adjacent& near, std::size_t end) const {
        const std::size_t begin = position_;
        std::uint32_t* const parents = found.parents.data() + found.rows;
        for (std::size_t i = 0; i < end - begin; ++i) parents[i] = static_cast<std::uint32_t>(row_);
        if (!found.nodes.empty()) {
            std::uint32_t* const nodes = found.nodes.data() + found.rows;
            const NodeId* const far = near.nodes.data() + begin;
            for (std::size_t i = 0; i < end - begin; ++i) nodes[i] = static_cast<std::uint32_t>(far[i]);
        }
        if (!found.rels.empty()) {
            std::uint32_t* const rels = found.rels.data() + found.rows;
            for (std::size_t i = 0; i < end - begin; ++i)
                rels[i] = static_cast<std::uint32_t>(near.rel(begin + i));
        }
        found.rows += end - begin;
    }

    void next_row() {
        ++row_;
        step_ = position_ = 0;
    }

    const ExpandOp& op_;
    ExpandSteps steps_;
    PairCounts pairs_;
    bool begun_ = false;
    bool keep_rel_ = false;
    bool keep_to_ = false;
    Batch in_;
    Blocked blocked_;  ///< of the present row
    Excluded excluded_;
    // Where the walk stands: input row, type and direction, position in the neighbours.
    std::size_t row_ = 0, step_ = 0, position_ = 0;
};

class RelEndsOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<RelEndsOp>(node_.op);
        const Snapshot& snapshot = *context_.snapshot;
        Batch in;
        while (pull(in)) {
            const std::vector<TypeId> types = resolve_types(snapshot, op.types);
            std::vector<std::uint32_t> parents, froms, tos;
            for (std::size_t row = 0; row < in.rows; ++row) {
                const Value value = in[op.rel].at(row);
                if (value.kind() != Kind::relationship || !snapshot.contains(value.as_relationship()))
                    continue;
                const RelId rel = value.as_relationship();
                const Ends ends = snapshot.ends(rel);
                if (std::find(types.begin(), types.end(), ends.type) == types.end()) continue;
                if (taken(in, op.different_from, row, rel)) continue;
                const auto add = [&](NodeId from, NodeId to) {
                    if (op.from_known && node_at(in[op.from], row) != from) return;
                    if (op.to_known && node_at(in[op.to], row) != to) return;
                    if (op.from == op.to && from != to) return;
                    parents.push_back(static_cast<std::uint32_t>(row));
                    froms.push_back(static_cast<std::uint32_t>(from));
                    tos.push_back(static_cast<std::uint32_t>(to));
                };
                if (op.pointing != PatternRel::Pointing::backward) add(ends.source, ends.target);
                const bool loop = ends.source == ends.target && op.pointing == PatternRel::Pointing::either;
                if (op.pointing != PatternRel::Pointing::forward && !loop) add(ends.target, ends.source);
            }
            if (parents.empty()) continue;
            out = in.gather(parents, carried(in));
            if (!op.from_known) out[op.from] = Column::nodes(std::move(froms));
            if (!op.to_known) out[op.to] = Column::nodes(std::move(tos));
            return true;
        }
        return false;
    }
};

}  // namespace

Input make_expand(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<ExpandOperator>(context, node, std::move(input));
}
Input make_rel_ends(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<RelEndsOperator>(context, node, std::move(input));
}

}  // namespace islet::query
