// ORDER BY: all rows, or the first few of them.

#include <algorithm>
#include <numeric>

#include "operator.hpp"
#include "sort_prefix.hpp"

namespace islet::query {
namespace {

/// Stable: rows that the keys do not tell apart keep their order. With a limit only the rows that can still
/// be among the first are kept: whenever twice as many have gathered, the rest is cut off, and what comes
/// later must not stand behind all that is kept.
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
        bound_.reset();
        Batch in;
        while (pull(in)) {
            if (bound_ && !drop_behind_bound(op, in)) continue;
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
            context_.hold(in);
            // The first cut comes early, as it gives the bound.
            const std::uint64_t room = bound_ ? 2 * batch_rows : batch_rows / 4;
            if (most < UINT64_MAX / 4 && rows_.rows > 2 * most + room)
                cut(op, static_cast<std::size_t>(most));
        }
        order_by(op, most);
        sorted_ = true;
        given_ = 0;
    }

    /// Leaves out the rows whose first key alone places them behind all that are kept. False: none is left.
    bool drop_behind_bound(const SortOp& op, Batch& in) {
        const ColumnRef key = evaluate(context_, op.keys.front().expr, in);
        const bool descending = op.keys.front().descending;
        std::vector<std::uint32_t> kept(in.rows);
        std::size_t count = 0;
        if (key->layout == Column::Layout::ints && key->valid.empty() && !key->constant &&
            bound_->kind() == Kind::integer) {
            const std::int64_t bound = bound_->as_int();
            const auto& numbers = key->ints;
            for (std::uint32_t row = 0; row < in.rows; ++row) {
                kept[count] = row;
                count += (descending ? numbers[row] >= bound : numbers[row] <= bound) ? 1U : 0U;
            }
        } else {
            for (std::uint32_t row = 0; row < in.rows; ++row) {
                const int sign = islet::order(key->at(row), *bound_);
                if (descending ? sign >= 0 : sign <= 0) kept[count++] = row;
            }
        }
        if (count == in.rows) return true;
        kept.resize(count);
        std::vector<SlotId> slots;
        for (std::uint32_t slot = 0; slot < in.columns.size(); ++slot) {
            if (in.columns[slot].layout != Column::Layout::absent) slots.push_back(SlotId{slot});
        }
        in = in.gather(kept, slots);
        return count > 0;
    }

    [[nodiscard]] bool before(const SortOp& op, std::uint32_t a, std::uint32_t b,
                              std::size_t from = 0) const {
        for (std::size_t i = from; i < keys_.size(); ++i) {
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

    void order_by(const SortOp& op, std::uint64_t most) {
        std::vector<SortPlace> places = first_places(op, most);
        sort_by_prefix(places);
        // Those whose prefixes are equal are told apart by the keys that are not in it.
        for (std::size_t begin = 0; exact_keys_ < keys_.size() && begin < places.size();) {
            std::size_t end = begin + 1;
            while (end < places.size() && places[end].prefix == places[begin].prefix) ++end;
            if (end - begin > 1) {
                std::sort(places.begin() + static_cast<std::ptrdiff_t>(begin),
                          places.begin() + static_cast<std::ptrdiff_t>(end),
                          [&](const SortPlace& a, const SortPlace& b) { return less(op, a, b); });
            }
            begin = end;
        }
        take_order(places);
    }

    /// The first rows so far, in any order. Positions break ties, which makes what is ordered by them stable.
    std::vector<SortPlace> first_places(const SortOp& op, std::uint64_t most) {
        std::vector<SortPlace> places = places_of(op);
        if (places.size() <= most) return places;
        const auto last = places.begin() + static_cast<std::ptrdiff_t>(most);
        std::nth_element(places.begin(), last, places.end(),
                         [&](const SortPlace& a, const SortPlace& b) { return less(op, a, b); });
        places.erase(last, places.end());
        return places;
    }

    /// Keeps the first rows so far.
    void cut(const SortOp& op, std::size_t most) {
        std::vector<SortPlace> places = first_places(op, most);
        const auto by_keys = [&](const SortPlace& a, const SortPlace& b) { return less(op, a, b); };
        if (!places.empty()) {
            const auto worst = std::max_element(places.begin(), places.end(), by_keys);
            bound_ = keys_.front().at(worst->row);
        }
        take_order(places);
        std::sort(order_.begin(), order_.end());
        rows_ = rows_.gather(order_, carried(rows_));
        for (Column& key : keys_) key = key.gather(order_);
    }

    /// Rows that the keys do not tell apart keep their order.
    [[nodiscard]] bool less(const SortOp& op, const SortPlace& a, const SortPlace& b) const {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        if (before(op, a.row, b.row, exact_keys_)) return true;
        return a.row < b.row && !before(op, b.row, a.row, exact_keys_);
    }

    std::vector<SortPlace> places_of(const SortOp& op) {
        SortPrefixes prefixes(rows_.rows);
        exact_keys_ = 0;
        for (std::size_t i = 0; i < keys_.size() && prefixes.add(keys_[i], op.keys[i].descending); ++i)
            ++exact_keys_;
        return std::move(prefixes).places();
    }

    void take_order(const std::vector<SortPlace>& places) {
        order_.clear();
        for (const SortPlace& place : places) order_.push_back(place.row);
    }

    Batch rows_;
    std::vector<Column> keys_;
    std::vector<std::uint32_t> order_;
    std::optional<Value> bound_;  ///< the first key of the last row that is kept
    std::size_t exact_keys_ = 0;  ///< of the first so many keys equal prefixes hold equal values
    bool sorted_ = false;
    std::size_t given_ = 0;
};

}  // namespace

Input make_sort(RunContext& context, const PlanNode& node, Input input) {
    return std::make_unique<SortOperator>(context, node, std::move(input));
}

}  // namespace islet::query
