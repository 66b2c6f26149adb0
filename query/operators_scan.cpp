// Leaves: the surrounding query's rows, all nodes of a label, one node by id.

#include <algorithm>

#include "operator.hpp"

namespace islet::query {
namespace {

class ArgumentOperator final : public Operator {
 public:
    ArgumentOperator(RunContext& context, const PlanNode& node, const ArgumentSource& source)
        : Operator(context, node, nullptr), source_(source) {}

    bool next(Batch& out) override {
        if (done_) return false;
        done_ = true;
        const Batch& from = *source_.batch;
        out = empty_batch();
        out.rows = from.rows;
        out.origin = from.origin;
        for (const SlotId slot : node_.live) {
            if (static_cast<std::size_t>(slot) < from.columns.size()) out[slot] = from[slot];
        }
        return out.rows > 0;
    }

    void reset() override { done_ = false; }

 private:
    const ArgumentSource& source_;
    bool done_ = false;
};

class NodeScanOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<NodeScanOp>(node_.op);
        if (context_.morsel.scan == &node_) return next_of_morsel(out);
        while (true) {
            if (row_ >= in_.rows) {
                if (!pull(in_)) return false;
                row_ = 0;
                from_ = NodeId{0};
                label_ =
                    op.label.empty() ? std::optional(LabelId::none) : context_.snapshot->find_label(op.label);
                slots_ = carried(in_);
            }
            if (!label_) {
                row_ = in_.rows;
                continue;
            }
            std::vector<NodeId> found;
            std::vector<std::uint32_t> parents;
            const bool alone = in_.rows == 1 && slots_.empty() && in_.weights.empty() && in_.origin.empty();
            while (row_ < in_.rows && found.size() < batch_rows) {
                from_ = context_.snapshot->scan(*label_, from_, batch_rows - found.size(), found);
                if (!alone) parents.resize(found.size(), static_cast<std::uint32_t>(row_));
                if (from_ != NodeId::none) continue;
                ++row_;
                from_ = NodeId{0};
            }
            if (found.empty()) continue;
            out = alone ? empty_batch() : in_.gather(parents, slots_);
            out.rows = found.size();
            std::vector<std::uint32_t> ids(found.size());
            std::transform(found.begin(), found.end(), ids.begin(),
                           [](NodeId node) { return static_cast<std::uint32_t>(node); });
            out[op.node] = Column::nodes(std::move(ids));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = given_ = 0;
    }

 private:
    /// The nodes are found already, and there is one incoming row.
    bool next_of_morsel(Batch& out) {
        if (given_ == 0 && !pull(in_)) return false;
        const Morsel& morsel = context_.morsel;
        const std::size_t begin = morsel.begin(morsel.nodes.size()) + given_;
        const std::size_t count = std::min(batch_rows, morsel.end(morsel.nodes.size()) - begin);
        if (count == 0) return false;
        context_.check();
        std::vector<std::uint32_t> ids(count);
        std::transform(morsel.nodes.begin() + static_cast<std::ptrdiff_t>(begin),
                       morsel.nodes.begin() + static_cast<std::ptrdiff_t>(begin + count), ids.begin(),
                       [](NodeId node) { return static_cast<std::uint32_t>(node); });
        out = in_.gather(std::vector<std::uint32_t>(count, 0), carried(in_));
        out[std::get<NodeScanOp>(node_.op).node] = Column::nodes(std::move(ids));
        given_ += count;
        return true;
    }

    Batch in_;
    std::size_t row_ = 0;
    std::size_t given_ = 0;  ///< of the morsel
    NodeId from_{};
    std::optional<LabelId> label_;
    std::vector<SlotId> slots_;
};

class NodeByIdOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<NodeByIdOp>(node_.op);
        Batch in;
        while (pull(in)) {
            const ColumnRef ids = evaluate(context_, op.id, in);
            std::vector<std::uint32_t> rows;
            std::vector<std::uint32_t> found;
            for (std::size_t row = 0; row < in.rows; ++row) {
                const Value id = ids->at(row);
                if (!id.is_number()) continue;
                const double number = id.number();
                if (!(number >= 0 && number < static_cast<double>(context_.snapshot->node_bound()))) continue;
                const auto node = static_cast<std::uint32_t>(number);
                if (static_cast<double>(node) != number || !context_.snapshot->contains(NodeId{node}))
                    continue;
                rows.push_back(static_cast<std::uint32_t>(row));
                found.push_back(node);
            }
            if (rows.empty()) continue;
            out = in.gather(rows, carried(in));
            out[op.node] = Column::nodes(std::move(found));
            return true;
        }
        return false;
    }
};

}  // namespace

Input make_argument(RunContext& context, const PlanNode& node, const ArgumentSource& source) {
    return std::make_unique<ArgumentOperator>(context, node, source);
}
Input make_node_scan(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<NodeScanOperator>(context, node, std::move(input));
}
Input make_node_by_id(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<NodeByIdOperator>(context, node, std::move(input));
}

}  // namespace islet::query
