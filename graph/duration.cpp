// Durations from amounts of units, and times numbers. In decimal fractions and wide integers, so that what
// is exact on paper is exact here.
#include <array>
#include <charconv>
#include <cmath>

#include "islet/temporal.hpp"
#include "wide_integer.hpp"

namespace islet {

namespace {

constexpr WideInteger one = 1'000'000'000'000'000'000;  // of the last decimal of an Amount
constexpr std::int64_t seconds_of_average_month = 2'629'746;

/// digits × 10^exponent
struct Decimal {
    std::int64_t digits = 0;
    int exponent = 0;
};

std::optional<Decimal> decimal_of(double value) {
    if (!std::isfinite(value)) return std::nullopt;
    std::array<char, 40> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific).ptr;
    Decimal decimal;
    const char* at = text.data() + (text[0] == '-' ? 1 : 0);
    bool fraction = false;
    for (; *at != 'e'; ++at) {
        if (*at == '.') {
            fraction = true;
            continue;
        }
        decimal.digits = decimal.digits * 10 + (*at - '0');
        if (fraction) --decimal.exponent;
    }
    ++at;
    if (*at == '+') ++at;
    int exponent = 0;
    std::from_chars(at, end, exponent);
    decimal.exponent += exponent;
    if (value < 0) decimal.digits = -decimal.digits;
    return decimal;
}

/// 10^exponent; no value where it has more than 128 bits.
std::optional<WideInteger> power_of_ten(int exponent) {
    if (exponent > 37) return std::nullopt;
    WideInteger power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// The quotient cut to an Amount's decimals. REQUIRES: denominator > 0
std::optional<Amount> ratio(WideInteger numerator, WideInteger denominator) {
    const auto whole = narrowed(numerator / denominator);
    if (!whole) return std::nullopt;
    WideInteger rest = numerator % denominator;
    // What the rest times 10^18 has no room for lies beyond the last decimal.
    while (denominator > one * 100) {
        denominator /= 10;
        rest /= 10;
    }
    return Amount{*whole, static_cast<std::int64_t>(rest * one / denominator)};
}

std::optional<Amount> product(std::int64_t value, const Decimal& factor) {
    const WideInteger digits = WideInteger{value} * factor.digits;
    if (digits == 0) return Amount{};
    const auto power = power_of_ten(std::abs(factor.exponent));
    if (factor.exponent < 0) return power ? ratio(digits, *power) : Amount{};
    WideInteger whole = 0;
    if (!power || __builtin_mul_overflow(digits, *power, &whole)) return std::nullopt;
    const auto narrow = narrowed(whole);
    return narrow ? std::optional(Amount{*narrow, 0}) : std::nullopt;
}

std::optional<Amount> quotient(std::int64_t value, Decimal divisor) {
    if (value == 0) return Amount{};
    WideInteger numerator = value;
    WideInteger denominator = divisor.digits;
    const auto power = power_of_ten(std::abs(divisor.exponent));
    if (divisor.exponent > 0) {
        if (!power || __builtin_mul_overflow(denominator, *power, &denominator)) return Amount{};
    } else if (!power || __builtin_mul_overflow(numerator, *power, &numerator)) {
        return std::nullopt;
    }
    return denominator < 0 ? ratio(-numerator, -denominator) : ratio(numerator, denominator);
}

WideInteger decimals_of(const Amount& amount) {
    return amount.whole * one + amount.fraction;
}

/// sum += amount × factor; false where that is out of range.
bool add_multiple(Amount& sum, const Amount& amount, std::int64_t factor) {
    const WideInteger fraction = sum.fraction + WideInteger{amount.fraction} * factor;
    const auto whole = narrowed(sum.whole + WideInteger{amount.whole} * factor + fraction / one);
    if (!whole) return false;
    sum = {*whole, static_cast<std::int64_t>(fraction % one)};
    return true;
}

template <class Scale>
std::optional<Duration> scaled(const Duration& duration, Scale scale) {
    DurationBuilder builder;
    const auto add = [&](DurationUnit unit, std::int64_t value) {
        const std::optional<Amount> amount = scale(value);
        return amount && builder.add(unit, *amount);
    };
    const bool fits = add(DurationUnit::months, duration.months) && add(DurationUnit::days, duration.days) &&
                      add(DurationUnit::seconds, duration.seconds) &&
                      add(DurationUnit::nanoseconds, duration.nanoseconds);
    return fits ? builder.finish() : std::nullopt;
}

}  // namespace

std::optional<Amount> amount_of(double value) {
    const auto decimal = decimal_of(value);
    return decimal ? product(1, *decimal) : std::nullopt;
}

bool DurationBuilder::add(DurationUnit unit, Amount amount) {
    // Parts of a second: whole seconds apart, so that the nanoseconds cannot run over.
    const auto add_part = [&](std::int64_t per_second) {
        const std::int64_t nanoseconds = nanoseconds_per_second / per_second;
        return add_multiple(seconds_, {amount.whole / per_second, 0}, 1) &&
               add_multiple(nanoseconds_, {amount.whole % per_second, amount.fraction}, nanoseconds);
    };
    switch (unit) {
        case DurationUnit::years:
            return add_multiple(months_, amount, 12);
        case DurationUnit::quarters:
            return add_multiple(months_, amount, 3);
        case DurationUnit::months:
            return add_multiple(months_, amount, 1);
        case DurationUnit::weeks:
            return add_multiple(days_, amount, 7);
        case DurationUnit::days:
            return add_multiple(days_, amount, 1);
        case DurationUnit::hours:
            return add_multiple(seconds_, amount, 3600);
        case DurationUnit::minutes:
            return add_multiple(seconds_, amount, 60);
        case DurationUnit::seconds:
            return add_multiple(seconds_, amount, 1);
        case DurationUnit::milliseconds:
            return add_part(1000);
        case DurationUnit::microseconds:
            return add_part(1'000'000);
        case DurationUnit::nanoseconds:
            break;
    }
    return add_part(nanoseconds_per_second);
}

std::optional<Duration> DurationBuilder::finish() const {
    constexpr WideInteger day = seconds_per_day * one;
    // A sum of mixed signs may hold a whole and a fraction of different ones.
    const WideInteger months = decimals_of(months_);
    const WideInteger own_days = decimals_of(days_);
    WideInteger days = own_days / one;
    WideInteger seconds = months % one * seconds_of_average_month + own_days % one * seconds_per_day;
    days += seconds / day;
    seconds %= day;
    if (days > 0 && seconds < 0) {
        --days;
        seconds += day;
    } else if (days < 0 && seconds > 0) {
        ++days;
        seconds -= day;
    }
    seconds += decimals_of(seconds_);
    const WideInteger fraction = seconds % one * nanoseconds_per_second + decimals_of(nanoseconds_);
    // Cutting all parts at their last decimal may have left a whole nanosecond just short of itself.
    const WideInteger nanoseconds = (fraction + (fraction < 0 ? -one : one) / 100) / one;
    WideInteger whole = seconds / one + nanoseconds / nanoseconds_per_second;
    auto rest = static_cast<std::int32_t>(nanoseconds % nanoseconds_per_second);
    if (rest < 0) {
        rest += static_cast<std::int32_t>(nanoseconds_per_second);
        --whole;
    }
    const auto narrow_months = narrowed(months / one);
    const auto narrow_days = narrowed(days);
    const auto narrow_seconds = narrowed(whole);
    if (!narrow_months || !narrow_days || !narrow_seconds) return std::nullopt;
    return Duration{*narrow_months, *narrow_days, *narrow_seconds, rest};
}

std::optional<Duration> multiplied(const Duration& duration, double factor) {
    const auto decimal = decimal_of(factor);
    if (!decimal) return std::nullopt;
    return scaled(duration, [&](std::int64_t value) { return product(value, *decimal); });
}

std::optional<Duration> multiplied(const Duration& duration, std::int64_t factor) {
    return scaled(duration, [&](std::int64_t value) { return product(value, {factor, 0}); });
}

std::optional<Duration> divided(const Duration& duration, double divisor) {
    const auto decimal = decimal_of(divisor);
    if (!decimal || decimal->digits == 0) return std::nullopt;
    return scaled(duration, [&](std::int64_t value) { return quotient(value, *decimal); });
}

std::optional<Duration> divided(const Duration& duration, std::int64_t divisor) {
    if (divisor == 0) return std::nullopt;
    return scaled(duration, [&](std::int64_t value) { return quotient(value, {divisor, 0}); });
}

}  // namespace islet
