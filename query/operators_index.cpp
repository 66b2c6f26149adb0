// Nodes by a property, through an index; where that has no answer, all nodes of the label.

#include <algorithm>

#include "islet/error.hpp"
#include "islet/index.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

class NodeIndexSeekOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        const auto& op = std::get<NodeIndexSeekOp>(node_.op);
        while (true) {
            std::vector<std::uint32_t> found;
            std::vector<std::uint32_t> parents;
            while (found.size() < batch_rows) {
                if (at_ >= hits_.size()) {
                    if (row_ >= in_.rows) {
                        if (!found.empty()) break;  // rows of one batch of the input only
                        if (!pull(in_)) return false;
                        begin_batch(op);
                    }
                    if (row_ > 0) context_.check();
                    look_up(op, row_++);
                    continue;
                }
                const std::size_t count = std::min(hits_.size() - at_, batch_rows - found.size());
                for (std::size_t i = 0; i < count; ++i)
                    found.push_back(static_cast<std::uint32_t>(hits_[at_ + i]));
                parents.resize(found.size(), static_cast<std::uint32_t>(row_ - 1));
                at_ += count;
            }
            if (found.empty()) continue;
            out = in_.gather(parents, slots_);
            out[op.node] = Column::nodes(std::move(found));
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        in_ = {};
        row_ = at_ = 0;
        hits_.clear();
    }

 private:
    void begin_batch(const NodeIndexSeekOp& op) {
        row_ = at_ = 0;
        hits_.clear();
        slots_ = carried(in_);
        label_ = context_.snapshot->find_label(op.label);
        key_ = context_.snapshot->find_key(op.key);
        value_ = least_ = most_ = std::nullopt;
        computed_ = true;
        try {
            if (op.value != ExprId::none) value_ = evaluate(context_, op.value, in_);
            if (op.least != ExprId::none) least_ = evaluate(context_, op.least, in_);
            if (op.most != ExprId::none) most_ = evaluate(context_, op.most, in_);
        } catch (const Exception&) {
            // Whether the condition fails is for the filter to find out: without nodes it does not.
            context_.check();
            computed_ = false;
        }
        const auto same = [](const std::optional<ColumnRef>& column) {
            return !column || (**column).constant;
        };
        constant_ = same(value_) && same(least_) && same(most_);
    }

    void look_up(const NodeIndexSeekOp& op, std::size_t row) {
        at_ = 0;
        if (row > 0 && constant_) return;  // as for the row before
        hits_.clear();
        if (!label_ || (!key_ && computed_)) return;
        if (!computed_ || !answer(op, row)) {
            hits_.clear();
            context_.snapshot->scan(*label_, NodeId{0}, SIZE_MAX, hits_);
        }
    }

    /// False: the index cannot tell.
    bool answer(const NodeIndexSeekOp& op, std::size_t row) {
        const auto ask = [&](Probe probe) { return seek(*context_.snapshot, *label_, *key_, probe, hits_); };
        const Value value = value_ ? (**value_).at(row) : Value();
        switch (op.kind) {
            case NodeIndexSeekOp::Kind::equal:
                return value.is_null() || ask({Probe::Kind::equal, value});
            case NodeIndexSeekOp::Kind::in:
                if (value.is_null()) return true;
                if (value.kind() != Kind::list) return false;
                for (const Value& item : value.as_list()) {
                    if (!item.is_null() && !ask({Probe::Kind::equal, item})) return false;
                }
                std::sort(hits_.begin(), hits_.end());
                hits_.erase(std::unique(hits_.begin(), hits_.end()), hits_.end());
                return true;
            case NodeIndexSeekOp::Kind::prefix:
                return value.kind() != Kind::string || ask({Probe::Kind::prefix, value});
            case NodeIndexSeekOp::Kind::contains:
                return value.kind() != Kind::string || ask({Probe::Kind::contains, value});
            case NodeIndexSeekOp::Kind::range:
                break;
        }
        Probe probe{Probe::Kind::range};
        if (least_) probe.least = (**least_).at(row);
        if (most_) probe.most = (**most_).at(row);
        if ((probe.least && probe.least->is_null()) || (probe.most && probe.most->is_null())) return true;
        return ask(std::move(probe));
    }

    Batch in_;
    std::size_t row_ = 0;  ///< of the input, the next to look up
    std::vector<NodeId> hits_;
    std::size_t at_ = 0;  ///< in `hits_`, the next to give out
    std::vector<SlotId> slots_;
    std::optional<LabelId> label_;
    std::optional<KeyId> key_;
    std::optional<ColumnRef> value_;
    std::optional<ColumnRef> least_;
    std::optional<ColumnRef> most_;
    bool computed_ = false;
    bool constant_ = false;
};

}  // namespace

Input make_node_index_seek(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<NodeIndexSeekOperator>(context, node, std::move(input));
}

}  // namespace islet::query
