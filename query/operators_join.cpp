// Plans inside plans: OPTIONAL MATCH, CALL { }, subqueries of expressions, UNION.

#include <algorithm>
#include <numeric>

#include "expand_parts.hpp"
#include "operator.hpp"

namespace islet::query {
namespace {

/// Joins each incoming row with the rows that the inner plan has for it. The inner plan gets a whole batch
/// at once; `origin` says whose rows it gives.
class ApplyOperator final : public Operator {
 public:
    ApplyOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)),
          op_(std::get<ApplyOp>(node.op)),
          inner_(context, op_.inner) {}

    bool next(Batch& out) override {
        while (true) {
            if (!running_) {
                if (!pull(in_)) return false;
                inner_.start(in_);
                matched_.assign(in_.rows, 0);
                running_ = true;
            }
            Batch found;
            if (inner_.next(found)) {
                if (op_.effect_only) continue;
                for (const std::uint32_t row : found.origin) matched_[row] = 1;
                out = in_.gather(found.origin, outer_slots());
                if (!found.weights.empty()) {
                    out.weights.resize(found.rows, 1);
                    for (std::size_t row = 0; row < found.rows; ++row)
                        out.weights[row] = multiplied(out.weights[row], found.weights[row]);
                }
                take(out, found);
                return true;
            }
            running_ = false;
            std::vector<std::uint32_t> left;
            for (std::uint32_t row = 0; row < in_.rows; ++row) {
                if (op_.effect_only || (op_.optional && matched_[row] == 0)) left.push_back(row);
            }
            if (left.empty()) continue;
            out = in_.gather(left, outer_slots());
            for (const SlotId slot : made()) out[slot] = nulls(slot, left.size());
            return true;
        }
    }

    void reset() override {
        Operator::reset();
        running_ = false;
    }

 private:
    /// Slots that the inner plan makes and somebody reads.
    [[nodiscard]] std::vector<SlotId> made() const {
        std::vector<SlotId> slots;
        for (const SlotId slot : node_.live) {
            if (std::find(op_.introduced.begin(), op_.introduced.end(), slot) != op_.introduced.end())
                slots.push_back(slot);
        }
        return slots;
    }
    /// In the layout in which the slot's other values come, so that whoever compares them need not change
    /// over.
    [[nodiscard]] Column nulls(SlotId slot, std::size_t rows) const {
        switch (matched_below(context_.plan, op_.inner, slot)) {
            case Matched::node:
                return Column::nodes(std::vector<std::uint32_t>(rows, Column::null_id));
            case Matched::relationship:
                return Column::rels(std::vector<std::uint32_t>(rows, Column::null_id));
            case Matched::no:
                break;
        }
        return Column::of_values(std::vector<Value>(rows));
    }
    [[nodiscard]] std::vector<SlotId> outer_slots() const {
        std::vector<SlotId> slots = carried(in_);
        std::erase_if(slots, [&](SlotId slot) {
            return std::find(op_.introduced.begin(), op_.introduced.end(), slot) != op_.introduced.end();
        });
        return slots;
    }
    void take(Batch& out, Batch& found) const {
        for (const SlotId slot : made()) {
            // One slot may stand twice among the columns: copy.
            if (static_cast<std::size_t>(slot) < found.columns.size()) out[slot] = found[slot];
        }
    }

    const ApplyOp& op_;
    InnerPlan inner_;
    Batch in_;
    std::vector<std::uint8_t> matched_;
    bool running_ = false;
};

class UnionOperator final : public Operator {
 public:
    UnionOperator(RunContext& context, const PlanNode& node, std::vector<Input> branches)
        : Operator(context, node, nullptr), branches_(std::move(branches)) {}

    bool next(Batch& out) override {
        const auto& op = std::get<UnionOp>(node_.op);
        context_.check();
        for (; branch_ < branches_.size(); ++branch_) {
            Batch in;
            if (!branches_[branch_]->next(in)) continue;
            out = empty_batch();
            out.rows = in.rows;
            out.origin = in.origin;
            out.weights = in.weights;
            for (std::size_t i = 0; i < op.columns.size(); ++i)
                out[op.columns[i]] = in[op.branch_columns[branch_][i]];
            // Slots of the surrounding query pass through.
            for (const SlotId slot : node_.live) {
                const bool own = std::find(op.columns.begin(), op.columns.end(), slot) != op.columns.end();
                if (!own && static_cast<std::size_t>(slot) < in.columns.size()) out[slot] = in[slot];
            }
            return true;
        }
        return false;
    }

    void reset() override {
        for (Input& branch : branches_) branch->reset();
        branch_ = 0;
    }

 private:
    std::vector<Input> branches_;
    std::size_t branch_ = 0;
};

}  // namespace

bool runs_per_row(const Plan& plan, PlanId root) {
    for (PlanId id = root; id != PlanId::none; id = plan[id].input) {
        const PlanOp& op = plan[id].op;
        const bool whole = std::holds_alternative<AggregateOp>(op) ||
                           std::holds_alternative<DistinctOp>(op) || std::holds_alternative<SortOp>(op) ||
                           std::holds_alternative<SkipOp>(op) || std::holds_alternative<LimitOp>(op) ||
                           std::holds_alternative<CreateOp>(op) || std::holds_alternative<SetOp>(op) ||
                           std::holds_alternative<DeleteOp>(op) || std::holds_alternative<MergeOp>(op) ||
                           std::holds_alternative<ForeachOp>(op);
        if (whole) return true;
        if (const auto* both = std::get_if<UnionOp>(&op)) {
            return std::any_of(both->branches.begin(), both->branches.end(),
                               [&](PlanId branch) { return runs_per_row(plan, branch); });
        }
        if (const auto* apply = std::get_if<ApplyOp>(&op)) {
            if (runs_per_row(plan, apply->inner) && apply->effect_only) return true;
        }
    }
    return false;
}

InnerPlan::InnerPlan(RunContext& context, PlanId root)
    : per_row_(runs_per_row(context.plan, root)), root_(build(context, root, source_)) {}

InnerPlan::~InnerPlan() = default;

void InnerPlan::start(const Batch& outer) {
    outer_ = &outer;
    row_ = 0;
    feed();
}

/// Hands the inner plan its next argument: the whole batch, or one row of it.
void InnerPlan::feed() {
    std::vector<SlotId> there;
    for (std::uint32_t slot = 0; slot < outer_->columns.size(); ++slot) {
        if (outer_->columns[slot].layout != Column::Layout::absent) there.push_back(SlotId{slot});
    }
    std::vector<std::uint32_t> rows(per_row_ ? 1 : outer_->rows);
    if (per_row_) {
        rows.front() = static_cast<std::uint32_t>(row_);
    } else {
        std::iota(rows.begin(), rows.end(), 0U);
    }
    argument_ = outer_->gather(rows, there);
    argument_.origin = std::move(rows);
    argument_.weights.clear();  // each row asks once; Apply multiplies
    source_.batch = &argument_;
    root_->reset();
}

bool InnerPlan::next(Batch& out) {
    while (true) {
        if (row_ >= outer_->rows) return false;
        if (root_->next(out)) {
            if (per_row_) out.origin.assign(out.rows, static_cast<std::uint32_t>(row_));
            return true;
        }
        row_ = per_row_ ? row_ + 1 : outer_->rows;
        if (row_ < outer_->rows) feed();
    }
}

Input make_apply(RunContext& context, const PlanNode& node, Input input) {
    if (std::get<ApplyOp>(node.op).transactions) return make_batches(context, node, std::move(input));
    return std::make_unique<ApplyOperator>(context, node, std::move(input));
}
Input make_union(RunContext& context, const PlanNode& node, std::vector<Input> branches) {
    return std::make_unique<UnionOperator>(context, node, std::move(branches));
}

}  // namespace islet::query
