// stDev, stDevP, percentileCont, percentileDisc.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "aggregates.hpp"
#include "function_errors.hpp"
#include "function_families.hpp"
#include "islet/text.hpp"
#include "number_sum.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

/// Welford's running mean and squared distance, which a large mean does not blur. Of fewer than two
/// numbers the deviation is 0.0.
class Deviation final : public Aggregate {
 public:
    /// `population`: divides by the count, not by one less.
    explicit Deviation(bool population) : population_(population) {}

    void add(Arguments arguments) override {
        const Value& value = arguments[0];
        if (value.is_null()) return;
        if (!value.is_number()) raise_argument(population_ ? "stDevP" : "stDev", "INTEGER or FLOAT", value);
        add(value.number());
    }
    void add_integer(std::int64_t number, Arguments) override {
        if (number < -small || number > small || integers_ == small) return add(static_cast<double>(number));
        ++integers_;
        sum_ += number;
        sum_of_squares_ += WideInteger{number} * number;
    }

    [[nodiscard]] Value result() const override {
        const std::int64_t count = count_ + integers_;
        if (count < 2) return 0.0;
        const std::int64_t divisor = population_ ? count : count - 1;
        return static_cast<double>(std::sqrt(squares() / static_cast<long double>(divisor)));
    }

 private:
    static constexpr std::int64_t small = (std::int64_t{1} << 31) - 1;

    void add(double number) {
        ++count_;
        const long double distance = number - mean_;
        mean_ += distance / static_cast<long double>(count_);
        squares_ += distance * (number - mean_);
    }

    /// Of the distances from the mean, both parts put together (Chan, Golub and LeVeque 1979).
    [[nodiscard]] long double squares() const {
        if (integers_ == 0) return squares_;
        const auto n = static_cast<long double>(integers_);
        const auto scaled = static_cast<long double>(integers_ * sum_of_squares_ - sum_ * sum_);
        if (count_ == 0) return scaled / n;
        const auto m = static_cast<long double>(count_);
        const long double distance = static_cast<long double>(sum_) / n - mean_;
        return squares_ + scaled / n + distance * distance * n * m / (n + m);
    }

    bool population_;
    // Small integers: exact, as their count times their squares stays within 128 bits.
    std::int64_t integers_ = 0;
    WideInteger sum_ = 0;
    WideInteger sum_of_squares_ = 0;
    // All other numbers, by Welford's method.
    std::int64_t count_ = 0;
    long double mean_ = 0;
    long double squares_ = 0;
};

/// The percentile of a group: the one its first row gives.
class Rank {
 public:
    /// Whether the row counts: neither its number nor its percentile is null.
    bool take(std::string_view function, Arguments arguments) {
        if (arguments[0].is_null() || arguments[1].is_null()) return false;
        for (const Value& argument : arguments) {
            if (!argument.is_number()) raise_argument(function, "INTEGER or FLOAT", argument);
        }
        return take(function, arguments[1]);
    }
    /// The same for a number that is there, of whatever percentile.
    bool take(std::string_view function, const Value& asked) {
        if (asked.is_null()) return false;
        if (!asked.is_number()) raise_argument(function, "INTEGER or FLOAT", asked);
        const double percentile = asked.number();
        if (!(percentile >= 0.0 && percentile <= 1.0)) {
            raise(status::out_of_range, "ArgumentError", "NumberOutOfRange",
                  std::string(function) + "() takes a percentile from 0.0 to 1.0, got " +
                      (asked.kind() == Kind::integer ? std::to_string(asked.as_int())
                                                     : float_text(percentile)));
        }
        if (!percentile_) percentile_ = percentile;
        return true;
    }
    /// REQUIRES: a row was taken
    [[nodiscard]] double percentile() const { return *percentile_; }

 private:
    std::optional<double> percentile_;
};

bool less(double a, double b) {
    // NaN is the greatest number, as in the total order.
    return std::isnan(b) ? !std::isnan(a) : a < b;
}

/// Between the two numbers next to the place.
class PercentileCont final : public Aggregate {
 public:
    void add(Arguments arguments) override {
        if (rank_.take("percentileCont", arguments)) numbers_.push_back(arguments[0].number());
    }
    void add_integer(std::int64_t number, Arguments further) override {
        if (rank_.take("percentileCont", further[0])) numbers_.push_back(static_cast<double>(number));
    }

    [[nodiscard]] Value result() const override {
        if (numbers_.empty()) return {};
        std::vector<double> numbers = numbers_;
        const double place = rank_.percentile() * static_cast<double>(numbers.size() - 1);
        const auto below = std::min(static_cast<std::size_t>(place), numbers.size() - 1);
        const auto at = numbers.begin() + static_cast<std::ptrdiff_t>(below);
        std::nth_element(numbers.begin(), at, numbers.end(), less);
        const double share = place - static_cast<double>(below);
        if (share <= 0.0 || at + 1 == numbers.end()) return *at;
        const double above = *std::min_element(at + 1, numbers.end(), less);
        return *at * (1.0 - share) + above * share;
    }

 private:
    Rank rank_;
    std::vector<double> numbers_;
};

/// The least number that at least the percentile's share of all does not exceed.
class PercentileDisc final : public Aggregate {
 public:
    void add(Arguments arguments) override {
        if (rank_.take("percentileDisc", arguments)) numbers_.push_back(arguments[0]);
    }
    void add_integer(std::int64_t number, Arguments further) override {
        if (rank_.take("percentileDisc", further[0])) integers_.push_back(number);
    }

    [[nodiscard]] Value result() const override {
        const std::size_t count = numbers_.size() + integers_.size();
        if (count == 0) return {};
        const double place = std::ceil(rank_.percentile() * static_cast<double>(count));
        const auto index = static_cast<std::ptrdiff_t>(
            std::min(static_cast<std::size_t>(std::max(place - 1.0, 0.0)), count - 1));
        if (numbers_.empty()) {
            std::vector<std::int64_t> integers = integers_;
            std::nth_element(integers.begin(), integers.begin() + index, integers.end());
            return integers[static_cast<std::size_t>(index)];
        }
        List numbers = numbers_;
        numbers.insert(numbers.end(), integers_.begin(), integers_.end());
        const auto at = numbers.begin() + index;
        std::nth_element(numbers.begin(), at, numbers.end(),
                         [](const Value& a, const Value& b) { return order(a, b) < 0; });
        return *at;
    }

 private:
    Rank rank_;
    List numbers_;                        ///< those that did not come as
    std::vector<std::int64_t> integers_;  ///< packed integers
};

using State = std::unique_ptr<Aggregate>;

}  // namespace

std::unique_ptr<GroupedAggregate> make_stdev() {
    return make_states([]() -> State { return std::make_unique<Deviation>(false); });
}
std::unique_ptr<GroupedAggregate> make_stdev_population() {
    return make_states([]() -> State { return std::make_unique<Deviation>(true); });
}
std::unique_ptr<GroupedAggregate> make_percentile_cont() {
    return make_states([]() -> State { return std::make_unique<PercentileCont>(); });
}
std::unique_ptr<GroupedAggregate> make_percentile_disc() {
    return make_states([]() -> State { return std::make_unique<PercentileDisc>(); });
}

}  // namespace islet::query
