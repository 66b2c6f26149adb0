// count, sum, avg, min, max, collect, and the table of all aggregates.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

class Count final : public Aggregate {
 public:
    void add(Arguments arguments) override { count_ += arguments.empty() || !arguments[0].is_null() ? 1 : 0; }
    [[nodiscard]] Value result() const override { return count_; }

 private:
    std::int64_t count_ = 0;
};

// 64-bit integers cannot overflow it before 2^64 rows.
__extension__ using WideInteger = __int128;

/// A sum that does not depend on the order of its parts more than it must: integers are summed
/// exactly, floats with Neumaier's compensation.
class NumberSum {
 public:
    void add(const Value& number) {
        if (number.kind() == Kind::integer) {
            integers_ += number.as_int();
            return;
        }
        has_floats_ = true;
        const long double value = number.as_double();
        const long double sum = floats_ + value;
        lost_ += std::fabs(floats_) >= std::fabs(value) ? (floats_ - sum) + value : (value - sum) + floats_;
        floats_ = sum;
    }
    [[nodiscard]] bool has_floats() const { return has_floats_; }
    [[nodiscard]] WideInteger integers() const { return integers_; }
    [[nodiscard]] long double total() const {
        // What is lost to infinity is no number.
        const long double floats = std::isfinite(floats_) ? floats_ + lost_ : floats_;
        return static_cast<long double>(integers_) + floats;
    }

 private:
    WideInteger integers_ = 0;
    long double floats_ = 0;
    long double lost_ = 0;  ///< by rounding, from floats_
    bool has_floats_ = false;
};

class Sum final : public Aggregate {
 public:
    void add(Arguments arguments) override {
        const Value& value = arguments[0];
        if (value.is_null()) return;
        if (!value.is_number()) raise_argument("sum", "INTEGER or FLOAT", value);
        sum_.add(value);
    }
    [[nodiscard]] Value result() const override {
        if (sum_.has_floats()) return static_cast<double>(sum_.total());
        using Limits = std::numeric_limits<std::int64_t>;
        if (sum_.integers() < Limits::min() || sum_.integers() > Limits::max()) {
            raise_overflow("the result of sum()");
        }
        return static_cast<std::int64_t>(sum_.integers());
    }

 private:
    NumberSum sum_;
};

class Average final : public Aggregate {
 public:
    void add(Arguments arguments) override {
        const Value& value = arguments[0];
        if (value.is_null()) return;
        if (!value.is_number()) raise_argument("avg", "INTEGER or FLOAT", value);
        sum_.add(value);
        ++count_;
    }
    [[nodiscard]] Value result() const override {
        if (count_ == 0) return {};
        return static_cast<double>(sum_.total() / static_cast<long double>(count_));
    }

 private:
    NumberSum sum_;
    std::int64_t count_ = 0;
};

/// min() with `sign` 1, max() with -1, by the total order. Of values that are equal there, the first.
template <int sign>
class Extreme final : public Aggregate {
 public:
    void add(Arguments arguments) override {
        const Value& value = arguments[0];
        if (value.is_null()) return;
        if (best_.is_null() || sign * order(value, best_) < 0) best_ = value;
    }
    [[nodiscard]] Value result() const override { return best_; }

 private:
    Value best_;
};

class Collect final : public Aggregate {
 public:
    void add(Arguments arguments) override {
        if (arguments[0].is_null()) return;
        check_list_size("collect()", values_.size() + 1);
        values_.push_back(arguments[0]);
    }
    [[nodiscard]] Value result() const override { return values_; }

 private:
    List values_;
};

template <class Kind>
std::unique_ptr<Aggregate> make() {
    return std::make_unique<Kind>();
}

const std::array<AggregateFunction, 10>& table() {
    static const std::array<AggregateFunction, 10> functions = {{
        {"avg", {number_type}, float_type, make<Average>, "avg(number)"},
        {"collect", {any_type}, list_type, make<Collect>, "collect(value)"},
        {"count", {any_type}, integer_type, make<Count>, "count(value)"},
        {"max", {any_type}, any_type, make<Extreme<-1>>, "max(value)"},
        {"min", {any_type}, any_type, make<Extreme<1>>, "min(value)"},
        {"percentileCont",
         {number_type, number_type},
         float_type,
         make_percentile_cont,
         "percentileCont(number, percentile)"},
        {"percentileDisc",
         {number_type, number_type},
         number_type,
         make_percentile_disc,
         "percentileDisc(number, percentile)"},
        {"stDev", {number_type}, float_type, make_stdev, "stDev(number)"},
        {"stDevP", {number_type}, float_type, make_stdev_population, "stDevP(number)"},
        {"sum", {number_type}, number_type, make<Sum>, "sum(number)"},
    }};
    return functions;
}

char folded(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

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
