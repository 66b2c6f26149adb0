// ORDER BY: all rows, or the first few of them.

#include <algorithm>
#include <numeric>

#include "operator.hpp"

namespace islet::query {
namespace {

/// Stable: rows that the keys do not tell apart keep their order. With a limit only the rows that can still
/// be among the first are kept: whenever twice as many have gathered, the rest is cut off.
class SortOperator final : public Operator {
 public:
    using Operator::Operator;

    bool next(Batch& out) override {
        if (!sorted_) sort();
        if (given_ == order_.size()) return false;
        const std::size_t to = std::min(order_.size(), given_ + batch_rows);
        out = rows_.gather(std::span(order_).subspan(given_, to - given_), carried(rows_));
        given_ = to;
        return true;
    }

    void reset() override {
        Operator::reset();
        sorted_ = false;
    }

 private:
    void sort() {
        const auto& op = std::get<SortOp>(node_.op);
        rows_ = empty_batch();
        keys_.assign(op.keys.size(), Column());
        std::uint64_t most = UINT64_MAX;
        if (op.limit != ExprId::none) {
            most = row_count(context_, op.limit, "LIMIT");
            const std::uint64_t skip = op.skip == ExprId::none ? 0 : row_count(context_, op.skip, "SKIP");
            most = most > UINT64_MAX - skip ? UINT64_MAX : most + skip;
        }
        Batch in;
        while (pull(in)) {
            for (std::size_t i = 0; i < op.keys.size(); ++i) {
                const ColumnRef key = evaluate(context_, op.keys[i].expr, in);
                if (key->constant) {
                    keys_[i].append_all(ColumnRef(*key).take(in.rows), in.rows);
                } else {
                    keys_[i].append_all(*key, in.rows);
                }
            }
            for (const SlotId slot : carried(in)) rows_[slot].append_all(in[slot], in.rows);
            if (!in.origin.empty())
                rows_.origin.insert(rows_.origin.end(), in.origin.begin(), in.origin.end());
            rows_.rows += in.rows;
            context_.hold(bytes(in));
            if (most < UINT64_MAX / 4 && rows_.rows > 2 * most + 4 * batch_rows)
                cut(op, static_cast<std::size_t>(most));
        }
        order_by(op);
        if (order_.size() > most) order_.resize(static_cast<std::size_t>(most));
        sorted_ = true;
        given_ = 0;
    }

    [[nodiscard]] bool before(const SortOp& op, std::uint32_t a, std::uint32_t b) const {
        for (std::size_t i = 0; i < keys_.size(); ++i) {
            const Column& key = keys_[i];
            int sign = 0;
            if (key.layout == Column::Layout::ints && key.valid.empty()) {
                sign = key.ints[a] < key.ints[b] ? -1 : key.ints[a] > key.ints[b] ? 1 : 0;
            } else if (key.layout == Column::Layout::strings && key.strings[a].data() != nullptr &&
                       key.strings[b].data() != nullptr) {
                sign = key.strings[a].compare(key.strings[b]);
            } else {
                sign = order(key.at(a), key.at(b));
            }
            if (sign != 0) return op.keys[i].descending ? sign > 0 : sign < 0;
        }
        return false;
    }

    void order_by(const SortOp& op) {
        order_.resize(rows_.rows);
        std::iota(order_.begin(), order_.end(), 0U);
        std::stable_sort(order_.begin(), order_.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return before(op, a, b); });
    }

    /// Keeps the first rows so far. Equal rows keep their order of arrival: ties are broken by position.
    void cut(const SortOp& op, std::size_t most) {
        order_.resize(rows_.rows);
        std::iota(order_.begin(), order_.end(), 0U);
        const auto less = [&](std::uint32_t a, std::uint32_t b) {
            return before(op, a, b) || (!before(op, b, a) && a < b);
        };
        std::nth_element(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(most), order_.end(),
                         less);
        order_.resize(most);
        std::sort(order_.begin(), order_.end());
        rows_ = rows_.gather(order_, carried(rows_));
        for (Column& key : keys_) key = key.gather(order_);
    }

    Batch rows_;
    std::vector<Column> keys_;
    std::vector<std::uint32_t> order_;
    bool sorted_ = false;
    std::size_t given_ = 0;
};

}  // namespace

Input make_sort(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<SortOperator>(context, node, std::move(input));
}

}  // namespace islet::query
