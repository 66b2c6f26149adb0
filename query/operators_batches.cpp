// CALL { } IN TRANSACTIONS: incoming rows in batches, each in a transaction of its own.

#include <algorithm>
#include <deque>

#include "operator.hpp"

namespace islet::query {
namespace {

using OnError = ast::CallSubquery::Transactions::OnError;

/// Whether a value holds a relationship: these are numbered anew when a transaction commits.
bool holds_relationship(const Value& value) {
    switch (value.kind()) {
        case Kind::relationship:
        case Kind::path:
            return true;
        case Kind::list:
            return std::any_of(value.as_list().begin(), value.as_list().end(), holds_relationship);
        case Kind::map:
            return std::any_of(value.as_map().entries().begin(), value.as_map().entries().end(),
                               [](const Map::Entry& entry) { return holds_relationship(entry.second); });
        default:
            return false;
    }
}

/// Takes in all rows before the first batch runs: what feeds it sees the graph as it was.
class BatchesOperator final : public Operator {
 public:
    BatchesOperator(RunContext& context, const PlanNode& node, Input input)
        : Operator(context, node, std::move(input)),
          op_(std::get<ApplyOp>(node.op)),
          inner_(context, op_.inner) {}

    bool next(Batch& out) override {
        if (!begun_) begin();
        while (done_.empty()) {
            if (row_ == in_.rows) return false;
            run();
        }
        out = std::move(done_.front());
        done_.pop_front();
        return true;
    }

    void reset() override {
        Operator::reset();
        begun_ = false;
        done_.clear();
    }

 private:
    void begin() {
        begun_ = true;
        row_ = 0;
        stopped_ = false;
        std::vector<SlotId> all;
        for (std::uint32_t slot = 0; slot < context_.plan.statement.slot_names.size(); ++slot)
            all.push_back(SlotId{slot});
        in_ = drain(context_, *input_, all);
        rows_ = 1000;
        if (op_.transactions->rows != ExprId::none) {
            rows_ =
                static_cast<std::size_t>(row_count(context_, op_.transactions->rows, "IN TRANSACTIONS OF"));
        }
        if (rows_ == 0) refuse("InvalidArgumentValue", "a transaction takes at least one row", "");
        if (!context_.next_transaction) {
            refuse("InvalidTransactionState", "CALL { } IN TRANSACTIONS cannot run inside of a transaction",
                   "commit it before, or leave IN TRANSACTIONS out");
        }
        for (const Column& column : in_.columns) {
            const bool rels = column.layout == Column::Layout::rels;
            const bool inside = column.layout == Column::Layout::values &&
                                std::any_of(column.values.begin(), column.values.end(), holds_relationship);
            if (rels || inside) {
                refuse("InvalidArgumentValue",
                       "a relationship or path cannot be carried through CALL { } IN TRANSACTIONS",
                       "carry the nodes at its ends, and match it inside");
            }
        }
    }

    [[noreturn]] static void refuse(std::string detail, std::string message, std::string hint) {
        throw Exception({.code = "25G02",
                         .kind = "TransactionError",
                         .phase = "runtime",
                         .detail = std::move(detail),
                         .message = std::move(message),
                         .span = {},
                         .hint = std::move(hint),
                         .place = {}});
    }

    /// One batch; what it gives waits in `done_`.
    void run() {
        std::vector<std::uint32_t> rows;
        for (; row_ < in_.rows && rows.size() < rows_; ++row_)
            rows.push_back(static_cast<std::uint32_t>(row_));
        std::vector<SlotId> there;
        for (std::uint32_t slot = 0; slot < in_.columns.size(); ++slot) {
            if (in_.columns[slot].layout != Column::Layout::absent) there.push_back(SlotId{slot});
        }
        const Batch batch = in_.gather(rows, there);
        if (stopped_) return finish(batch, rows, false, false, {});
        std::deque<Batch> found;
        try {
            inner_.start(batch);
            Batch some;
            std::vector<std::uint8_t> matched(batch.rows);
            while (inner_.next(some)) {
                for (const std::uint32_t row : some.origin) matched[row] = 1;
                if (op_.effect_only) continue;
                found.push_back(batch.gather(some.origin, outer_slots()));
                for (const SlotId slot : made()) found.back()[slot] = some[slot];
            }
            if (op_.optional && !op_.effect_only) {
                std::vector<std::uint32_t> left;
                for (std::uint32_t row = 0; row < batch.rows; ++row) {
                    if (matched[row] == 0) left.push_back(row);
                }
                if (!left.empty()) {
                    found.push_back(batch.gather(left, outer_slots()));
                    for (const SlotId slot : made())
                        found.back()[slot] = Column::of_values(std::vector<Value>(left.size()));
                }
            }
            context_.next_transaction(true);
        } catch (const Exception& exception) {
            if (op_.transactions->on_error == OnError::fail) throw;
            if (exception.error().kind == "TransactionError") throw;  // a limit, not the batch
            context_.next_transaction(false);
            stopped_ = op_.transactions->on_error == OnError::stop;
            return finish(batch, rows, true, false, exception.error().message);
        }
        if (op_.effect_only) return finish(batch, rows, true, true, {});
        for (Batch& each : found) done_.push_back(std::move(each));
    }

    /// The rows of a batch that returns none, with its status.
    void finish(const Batch& batch, const std::vector<std::uint32_t>& rows, bool started, bool committed,
                const std::string& message) {
        std::vector<std::uint32_t> all(rows.size());
        for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
        Batch out = batch.gather(all, outer_slots());
        const SlotId status = op_.transactions->status;
        if (status != SlotId::none) {
            Map map;
            map.set("started", Value(started));
            map.set("committed", Value(committed));
            map.set("errorMessage", message.empty() ? Value() : Value(message));
            out[status] = Column::of_values(std::vector<Value>(rows.size(), Value(std::move(map))));
        }
        done_.push_back(std::move(out));
    }

    [[nodiscard]] bool is_made(SlotId slot) const {
        return std::find(op_.introduced.begin(), op_.introduced.end(), slot) != op_.introduced.end();
    }
    [[nodiscard]] std::vector<SlotId> made() const {
        std::vector<SlotId> slots;
        for (const SlotId slot : node_.live) {
            if (is_made(slot) && slot != op_.transactions->status) slots.push_back(slot);
        }
        return slots;
    }
    [[nodiscard]] std::vector<SlotId> outer_slots() const {
        std::vector<SlotId> slots = carried(in_);
        std::erase_if(slots, [&](SlotId slot) { return is_made(slot); });
        return slots;
    }

    const ApplyOp& op_;
    InnerPlan inner_;
    Batch in_;
    std::deque<Batch> done_;
    std::size_t row_ = 0;
    std::size_t rows_ = 1000;
    bool begun_ = false;
    bool stopped_ = false;
};

}  // namespace

Input make_batches(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<BatchesOperator>(context, node, std::move(input));
}

}  // namespace islet::query
