// count, sum, avg, min, max, collect, and the table of all aggregates.
#include "aggregates.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>
#include <string>

#include "expand_parts.hpp"
#include "function_errors.hpp"
#include "function_families.hpp"
#include "number_sum.hpp"

namespace islet::query {
namespace {

using Layout = Column::Layout;

class CountedGroups final : public GroupedAggregate {
 public:
    void grow(std::size_t groups) override { counts_.resize(groups); }

    std::uint64_t add(const GroupedRows& rows) override {
        const Column* column = rows.columns.empty() ? nullptr : &*rows.columns.front();
        if (column == nullptr && rows.only == nullptr) return add_rows(rows);
        rows.for_each([&](std::size_t row) {
            if (column != nullptr && column->is_null(row)) return;
            std::int64_t& count = counts_[rows.groups[row]];
            count = added(count, rows.weights.empty() ? 1 : rows.weights[row]);
        });
        return 0;
    }

    void merge(const GroupedAggregate& other, std::span<const std::uint32_t> into) override {
        const auto& from = static_cast<const CountedGroups&>(other).counts_;
        for (std::size_t group = 0; group < into.size(); ++group)
            counts_[into[group]] = added(counts_[into[group]], from[group]);
    }

    [[nodiscard]] Column results(std::size_t from, std::size_t to) override {
        return Column::integers({counts_.begin() + static_cast<std::ptrdiff_t>(from),
                                 counts_.begin() + static_cast<std::ptrdiff_t>(to)});
    }

 private:
    std::uint64_t add_rows(const GroupedRows& rows) {
        if (rows.groups.empty()) return 0;
        const std::uint32_t first = rows.groups.front();
        std::uint32_t differs = 0;
        for (const std::uint32_t group : rows.groups) differs |= group ^ first;
        if (differs == 0) {
            std::int64_t sum = counts_[first];
            if (rows.weights.empty()) sum = added(sum, static_cast<std::int64_t>(rows.groups.size()));
            for (const std::int64_t weight : rows.weights) sum = added(sum, weight);
            counts_[first] = sum;
            return 0;
        }
        if (rows.weights.empty()) {
            for (const std::uint32_t group : rows.groups) ++counts_[group];
            return 0;
        }
        for (std::size_t row = 0; row < rows.groups.size(); ++row) {
            std::int64_t& held = counts_[rows.groups[row]];
            held = added(held, rows.weights[row]);
        }
        return 0;
    }

    std::vector<std::int64_t> counts_;
};

/// sum() and avg(): integers in an array of their own, which is all that most sums need.
class SummedGroups final : public GroupedAggregate {
 public:
    explicit SummedGroups(bool mean) : mean_(mean) {}

    void grow(std::size_t groups) override {
        integers_.resize(groups);
        counts_.resize(groups);
        if (!floats_.empty()) floats_.resize(groups);
    }

    std::uint64_t add(const GroupedRows& rows) override {
        const Column& column = *rows.columns.front();
        if (!rows.weights.empty()) {
            add_weighted(column, rows);
            return 0;
        }
        if (column.layout == Layout::ints && !column.constant) {
            rows.for_each([&](std::size_t row) {
                const bool there = column.valid.empty() || column.valid[row] != 0;
                const std::uint32_t group = rows.groups[row];
                integers_[group] += there ? column.ints[row] : 0;
                counts_[group] += there ? 1 : 0;
            });
            return 0;
        }
        rows.for_each([&](std::size_t row) { add(column.at(row), rows.groups[row], 1); });
        return 0;
    }

    void merge(const GroupedAggregate& other, std::span<const std::uint32_t> into) override {
        const auto& from = static_cast<const SummedGroups&>(other);
        for (std::size_t group = 0; group < into.size(); ++group) {
            integers_[into[group]] += from.integers_[group];
            counts_[into[group]] += from.counts_[group];
            if (!from.floats_.empty()) floats(into[group]).merge(from.floats_[group]);
        }
    }

    [[nodiscard]] Column results(std::size_t from, std::size_t to) override {
        Column out;
        for (std::size_t group = from; group < to; ++group) out.append(result(group));
        return out;
    }

 private:
    void add_weighted(const Column& column, const GroupedRows& rows) {
        if (column.layout != Layout::ints || column.constant || !column.valid.empty()) {
            rows.for_each([&](std::size_t row) { add(column.at(row), rows.groups[row], rows.weights[row]); });
            return;
        }
        rows.for_each([&](std::size_t row) {
            const std::uint32_t group = rows.groups[row];
            integers_[group] += WideInteger{column.ints[row]} * rows.weights[row];
            counts_[group] = added(counts_[group], rows.weights[row]);
        });
    }

    void add(const Value& value, std::uint32_t group, std::int64_t weight) {
        if (value.is_null()) return;
        if (!value.is_number()) raise_argument(mean_ ? "avg" : "sum", "INTEGER or FLOAT", value);
        counts_[group] = added(counts_[group], weight);
        if (value.kind() == Kind::integer) {
            integers_[group] += WideInteger{value.as_int()} * weight;
        } else {
            floats(group).add(value.as_double(), weight);
        }
    }

    FloatSum& floats(std::uint32_t group) {
        if (floats_.empty()) floats_.resize(integers_.size());
        return floats_[group];
    }

    [[nodiscard]] Value result(std::size_t group) const {
        const bool has_floats = !floats_.empty() && floats_[group].any();
        const auto total = [&] {
            return static_cast<long double>(integers_[group]) + (has_floats ? floats_[group].total() : 0.0L);
        };
        if (mean_) {
            if (counts_[group] == 0) return {};
            return static_cast<double>(total() / static_cast<long double>(counts_[group]));
        }
        if (has_floats) return static_cast<double>(total());
        return integer_sum(integers_[group]);
    }

    bool mean_;
    std::vector<WideInteger> integers_;
    std::vector<std::int64_t> counts_;
    std::vector<FloatSum> floats_;  ///< empty: no float was met
};

/// min() with `sign` 1, max() with -1, by the total order; null where there is none.
class ExtremeOfGroups final : public GroupedAggregate {
 public:
    explicit ExtremeOfGroups(int sign) : sign_(sign) {}

    void grow(std::size_t groups) override {
        groups_ = groups;
        if (layout_ == Layout::ints) ints_.resize(groups);
        if (layout_ == Layout::strings) strings_.resize(groups);
        if (layout_ == Layout::values) values_.resize(groups);
        there_.resize(groups);
    }

    std::uint64_t add(const GroupedRows& rows) override {
        const Column& column = *rows.columns.front();
        const bool typed =
            !column.constant && (column.layout == Layout::ints || column.layout == Layout::strings);
        if (layout_ == Layout::absent) {
            layout_ = typed ? column.layout : Layout::values;
            grow(groups_);
        }
        if (layout_ != Layout::values && layout_ != column.layout) go_over_to_values();
        if (layout_ == Layout::ints) {
            rows.for_each([&](std::size_t row) {
                if (!column.valid.empty() && column.valid[row] == 0) return;
                take(ints_, column.ints[row], rows.groups[row], [](std::int64_t a, std::int64_t b) {
                    return a < b ? -1 : a > b ? 1 : 0;
                });
            });
        } else if (layout_ == Layout::strings) {
            rows.for_each([&](std::size_t row) {
                if (column.strings[row].data() == nullptr) return;
                take(strings_, column.strings[row], rows.groups[row],
                     [](std::string_view a, std::string_view b) { return a.compare(b); });
            });
        } else {
            rows.for_each([&](std::size_t row) {
                const Value value = column.at(row);
                if (!value.is_null())
                    take(values_, value, rows.groups[row],
                         [](const Value& a, const Value& b) { return order(a, b); });
            });
        }
        return 0;
    }

    void merge(const GroupedAggregate& other, std::span<const std::uint32_t> into) override {
        const auto& from = static_cast<const ExtremeOfGroups&>(other);
        std::vector<ColumnRef> columns;
        columns.emplace_back(from.best(0, into.size()));
        if (!into.empty()) add({columns, into, {}, nullptr});
    }

    [[nodiscard]] Column results(std::size_t from, std::size_t to) override { return best(from, to); }

 private:
    [[nodiscard]] Column best(std::size_t from, std::size_t to) const {
        Column out;
        if (layout_ == Layout::strings) out.layout = Layout::strings;
        for (std::size_t group = from; group < to; ++group) {
            if (there_[group] == 0) {
                out.append_null();
            } else if (layout_ == Layout::strings) {
                out.strings.push_back(strings_[group]);
            } else {
                out.append(layout_ == Layout::ints ? Value(ints_[group]) : values_[group]);
            }
        }
        return out;
    }

    template <class T, class Order>
    void take(std::vector<T>& best, const T& value, std::uint32_t group, Order&& compare) {
        if (there_[group] != 0 && sign_ * compare(value, best[group]) >= 0) return;
        best[group] = value;
        there_[group] = 1;
    }

    void go_over_to_values() {
        values_.resize(groups_);
        for (std::size_t group = 0; group < groups_; ++group) {
            if (there_[group] == 0) continue;
            values_[group] = layout_ == Layout::ints ? Value(ints_[group]) : Value(strings_[group]);
        }
        layout_ = Layout::values;
        ints_ = {};
        strings_ = {};
    }

    int sign_;
    std::size_t groups_ = 0;
    // One of these, as the values come; anything else than one kind of integers or of the dictionary's
    // strings is Values.
    Layout layout_ = Layout::absent;
    std::vector<std::int64_t> ints_;
    std::vector<std::string_view> strings_;
    std::vector<Value> values_;
    std::vector<std::uint8_t> there_;  ///< whether the group has a value
};

/// Values stay in one column until lists are made of them, each in its full length.
class CollectedGroups final : public GroupedAggregate {
 public:
    void grow(std::size_t groups) override { sizes_.resize(groups); }

    std::uint64_t add(const GroupedRows& rows) override {
        const Column& column = *rows.columns.front();
        std::vector<std::uint32_t> kept;
        std::uint64_t bytes = 0;
        rows.for_each([&](std::size_t row) {
            if (column.is_null(row)) return;
            const std::uint32_t group = rows.groups[row];
            check_list_size("collect()", ++sizes_[group]);
            kept.push_back(static_cast<std::uint32_t>(row));
            group_of_.push_back(group);
            if (column.layout == Layout::strings)
                bytes += 32 + column.strings[column.constant ? 0 : row].size();
        });
        values_.append_all(column.gather(kept), kept.size());
        return bytes + kept.size() * 2 * sizeof(Value);  // while lists are made there are both
    }

    void merge(const GroupedAggregate&, std::span<const std::uint32_t>) override {
    }  // the order would be lost

    [[nodiscard]] Column results(std::size_t from, std::size_t to) override {
        if (from == 0) sort();
        std::vector<Value> out;
        out.reserve(to - from);
        for (std::size_t group = from; group < to; ++group) {
            List list;
            list.reserve(sizes_[group]);
            for (std::size_t i = 0; i < sizes_[group]; ++i) {
                const std::uint32_t row = rows_[begin_[group] + i];
                list.push_back(values_.layout == Layout::strings ? text(row) : values_.at(row));
            }
            out.emplace_back(std::move(list));
        }
        return Column::of_values(std::move(out));
    }

 private:
    /// Puts the rows of each group together, in the order in which they came.
    void sort() {
        begin_.assign(sizes_.size(), 0);
        std::exclusive_scan(sizes_.begin(), sizes_.end(), begin_.begin(), std::size_t{0});
        std::vector<std::size_t> next = begin_;
        rows_.resize(group_of_.size());
        for (std::uint32_t row = 0; row < group_of_.size(); ++row) rows_[next[group_of_[row]]++] = row;
    }

    /// A string of the dictionary. One that came not long ago is shared instead of copied.
    const Value& text(std::uint32_t row) {
        constexpr std::size_t slots = 1024;
        texts_.resize(slots);
        const std::string_view wanted = values_.strings[row];
        const auto place = std::bit_cast<std::uint64_t>(wanted.data()) * 0x9E3779B97F4A7C15ULL;
        auto& [data, value] = texts_[place >> 54U];
        if (data != wanted.data()) data = wanted.data(), value = Value(wanted);
        return value;
    }

    std::vector<std::size_t> sizes_;       ///< by group
    Column values_;                        ///< in the order in which they came
    std::vector<std::uint32_t> group_of_;  ///< by value
    // To give out:
    std::vector<std::size_t> begin_;                    ///< by group: where it begins in `rows_`
    std::vector<std::uint32_t> rows_;                   ///< of `values_`, group after group
    std::vector<std::pair<const char*, Value>> texts_;  ///< by where the string stands, hashed
};

}  // namespace

void Aggregate::add_integer(std::int64_t number, std::span<const Value> further) {
    std::vector<Value> arguments{Value(number)};
    arguments.insert(arguments.end(), further.begin(), further.end());
    add(arguments);
}

namespace {

class StatesOfGroups final : public GroupedAggregate {
 public:
    explicit StatesOfGroups(std::unique_ptr<Aggregate> (*make)()) : make_(make) {}

    void grow(std::size_t groups) override {
        while (states_.size() < groups) states_.push_back(make_());
    }

    std::uint64_t add(const GroupedRows& rows) override {
        std::vector<Value> arguments(rows.columns.size());
        std::uint64_t bytes = 0;
        const Column& first = *rows.columns.front();
        const bool integers = first.layout == Layout::ints && first.valid.empty() && !first.constant &&
                              std::all_of(rows.columns.begin() + 1, rows.columns.end(),
                                          [](const ColumnRef& further) { return further->constant; });
        if (integers) {
            for (std::size_t i = 1; i < arguments.size(); ++i) arguments[i] = rows.columns[i]->at(0);
            const std::span<const Value> further = std::span(arguments).subspan(1);
            rows.for_each([&](std::size_t row) {
                states_[rows.groups[row]]->add_integer(first.ints[row], further);
                bytes += sizeof(Value);
            });
            return bytes;
        }
        rows.for_each([&](std::size_t row) {
            for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = rows.columns[i]->at(row);
            states_[rows.groups[row]]->add(arguments);
            bytes += sizeof(Value);
        });
        return bytes;
    }

    void merge(const GroupedAggregate&, std::span<const std::uint32_t>) override {}  // none of these does

    [[nodiscard]] Column results(std::size_t from, std::size_t to) override {
        std::vector<Value> out;
        for (std::size_t group = from; group < to; ++group) out.push_back(states_[group]->result());
        return Column::of_values(std::move(out));
    }

 private:
    std::unique_ptr<Aggregate> (*make_)();
    std::vector<std::unique_ptr<Aggregate>> states_;
};

using Made = std::unique_ptr<GroupedAggregate>;

Made make_count() {
    return std::make_unique<CountedGroups>();
}
Made make_sum() {
    return std::make_unique<SummedGroups>(false);
}
Made make_average() {
    return std::make_unique<SummedGroups>(true);
}
Made make_min() {
    return std::make_unique<ExtremeOfGroups>(1);
}
Made make_max() {
    return std::make_unique<ExtremeOfGroups>(-1);
}
Made make_collect() {
    return std::make_unique<CollectedGroups>();
}

const std::array<AggregateFunction, 10>& table() {
    static const std::array<AggregateFunction, 10> functions = {{
        {"avg", {number_type}, float_type, make_average, "avg(number)", true},
        {"collect", {any_type}, list_type, make_collect, "collect(value)", false},
        {"count", {any_type}, integer_type, make_count, "count(value)", true},
        {"max", {any_type}, any_type, make_max, "max(value)", true},
        {"min", {any_type}, any_type, make_min, "min(value)", true},
        {"percentileCont",
         {number_type, number_type},
         float_type,
         make_percentile_cont,
         "percentileCont(number, percentile)",
         false},
        {"percentileDisc",
         {number_type, number_type},
         number_type,
         make_percentile_disc,
         "percentileDisc(number, percentile)",
         false},
        {"stDev", {number_type}, float_type, make_stdev, "stDev(number)", false},
        {"stDevP", {number_type}, float_type, make_stdev_population, "stDevP(number)", false},
        {"sum", {number_type}, number_type, make_sum, "sum(number)", true},
    }};
    return functions;
}

char folded(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::unique_ptr<GroupedAggregate> make_states(std::unique_ptr<Aggregate> (*make)()) {
    return std::make_unique<StatesOfGroups>(make);
}

Value integer_sum(WideInteger sum) {
    using Limits = std::numeric_limits<std::int64_t>;
    if (sum < Limits::min() || sum > Limits::max()) raise_overflow("the result of sum()");
    return static_cast<std::int64_t>(sum);
}

const AggregateFunction* find_aggregate(std::string_view name) {
    for (const AggregateFunction& function : table()) {
        if (std::equal(name.begin(), name.end(), function.name.begin(), function.name.end(),
                       [](char a, char b) { return folded(a) == folded(b); })) {
            return &function;
        }
    }
    return nullptr;
}

std::span<const std::string_view> aggregate_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const AggregateFunction& function : table()) all.push_back(function.name);
        return all;
    }();
    return names;
}

}  // namespace islet::query
