// One relationship: away from a known node, between two known nodes, or its ends.

#include "expand_parts.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

/// Rows under construction: which input row each comes from, and what it adds.
struct Found {
    std::vector<std::uint32_t> parents, rels, nodes;

    void add(std::size_t row, RelId rel, NodeId node) {
        parents.push_back(static_cast<std::uint32_t>(row));
        rels.push_back(static_cast<std::uint32_t>(rel));
        nodes.push_back(static_cast<std::uint32_t>(node));
    }
};

class ExpandOperator final : public Operator {
 public:
    ExpandOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)), op_(std::get<ExpandOp>(node.op)), steps_(op_) {
        for (const SlotId slot : node.live) keep_rel_ = keep_rel_ || slot == op_.rel;
    }

    bool next(Batch& out) override {
        while (true) {
            Found found;  // rows of the present input batch only
            while (found.parents.size() < batch_rows && row_ < in_.rows) expand_row(found);
            if (found.parents.empty()) {
                if (!refill()) return false;
                continue;
            }
            out = in_.gather(found.parents, carried(in_));
            if (keep_rel_) out[op_.rel] = Column::rels(std::move(found.rels));
            if (!op_.into) out[op_.to] = Column::nodes(std::move(found.nodes));
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
            type_ = way_ = position_ = 0;
            if (steps_.resolve(*context_.snapshot)) return true;
        }
        in_ = {};
        row_ = 0;
        return false;
    }

    /// Adds rows until the batch is full or the input row is used up; then goes to the next one.
    void expand_row(Found& found) {
        const Snapshot& snapshot = *context_.snapshot;
        const std::optional<NodeId> from = node_at(in_[op_.from], row_);
        if (!from) return next_row();
        if (op_.into) {
            const std::optional<NodeId> to = node_at(in_[op_.to], row_);
            if (to) {
                for_each_between(snapshot, *from, *to, steps_.types, steps_.ways, [&](RelId rel) {
                    if (!taken(in_, op_.different_from, row_, rel)) found.add(row_, rel, *to);
                });
            }
            return next_row();
        }
        for (; type_ < steps_.types.size(); ++type_, way_ = 0) {
            for (; way_ < steps_.ways.size(); ++way_, position_ = 0) {
                const Adjacent near = snapshot.neighbours(*from, steps_.types[type_], steps_.ways[way_]);
                const bool skip_loops = steps_.skips_loops(steps_.ways[way_]);
                const std::size_t end =
                    std::min(near.size(), position_ + (batch_rows - found.parents.size()));
                if (op_.different_from.empty() && !skip_loops && steps_.label == LabelId::none) {
                    for (std::size_t i = position_; i < end; ++i)
                        found.nodes.push_back(static_cast<std::uint32_t>(near.nodes[i]));
                    if (keep_rel_) {
                        for (std::size_t i = position_; i < end; ++i)
                            found.rels.push_back(static_cast<std::uint32_t>(near.rel(i)));
                    }
                    found.parents.resize(found.nodes.size(), static_cast<std::uint32_t>(row_));
                } else {
                    for (std::size_t i = position_; i < end; ++i) {
                        const NodeId node = near.nodes[i];
                        if (skip_loops && node == *from) continue;
                        if (!steps_.accepts(snapshot, node)) continue;
                        const RelId rel = near.rel(i);
                        if (!op_.different_from.empty() && taken(in_, op_.different_from, row_, rel))
                            continue;
                        found.nodes.push_back(static_cast<std::uint32_t>(node));
                        if (keep_rel_) found.rels.push_back(static_cast<std::uint32_t>(rel));
                        found.parents.push_back(static_cast<std::uint32_t>(row_));
                    }
                }
                position_ = end;
                if (end < near.size()) return;  // the batch is full
            }
        }
        next_row();
    }

    void next_row() {
        ++row_;
        type_ = way_ = position_ = 0;
    }

    const ExpandOp& op_;
    ExpandSteps steps_;
    bool keep_rel_ = false;
    Batch in_;
    // Where the walk stands: input row, type, direction, position in the neighbours.
    std::size_t row_ = 0, type_ = 0, way_ = 0, position_ = 0;
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
