#include "number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace islet::query {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A decimal number in its parts: sign, digits before and after the point, exponent.
struct Decimal {
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;  ///< held within ±10^15, where it makes no difference any more
};

std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

std::optional<Decimal> split_decimal(std::string_view text) {
    Decimal decimal;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        decimal.negative = text[0] == '-';
        text.remove_prefix(1);
    }
    decimal.whole = take_digits(text);
    if (!text.empty() && text[0] == '.') {
        text.remove_prefix(1);
        decimal.fraction = take_digits(text);
    }
    if (decimal.whole.empty() && decimal.fraction.empty()) return std::nullopt;
    if (text.empty()) return decimal;
    if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
    text.remove_prefix(1);
    bool negative = false;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    const std::string_view digits = take_digits(text);
    if (digits.empty() || !text.empty()) return std::nullopt;
    constexpr std::int64_t limit = 1'000'000'000'000'000;
    for (const char digit : digits) decimal.exponent = std::min(limit, decimal.exponent * 10 + (digit - '0'));
    if (negative) decimal.exponent = -decimal.exponent;
    return decimal;
}

/// Where the point stands behind the first digit that is not zero: 0.5 gives 0, 5 gives 1, 50 gives 2.
/// None for zero.
std::optional<std::int64_t> magnitude(const Decimal& decimal) {
    const auto first = [](std::string_view digits) { return digits.find_first_not_of('0'); };
    if (const auto at = first(decimal.whole); at != std::string_view::npos) {
        return static_cast<std::int64_t>(decimal.whole.size() - at) + decimal.exponent;
    }
    if (const auto at = first(decimal.fraction); at != std::string_view::npos) {
        return decimal.exponent - static_cast<std::int64_t>(at);
    }
    return std::nullopt;
}

}  // namespace

std::string_view stripped(std::string_view text) {
    constexpr std::string_view space = " \t\n\v\f\r";
    const auto begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

std::variant<std::int64_t, NotANumber, OutOfRange> read_integer(std::string_view text) {
    text = stripped(text);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;

    const auto decimal = split_decimal(text);
    if (!decimal) return NotANumber{};
    const auto size = magnitude(*decimal);
    if (!size || *size <= 0) return std::int64_t{0};
    if (*size > 19) return OutOfRange{};
    // The digits before the point once the exponent has moved it, which may be beyond the digits given.
    std::string digits(decimal->negative ? "-" : "");
    std::string all(decimal->whole);
    all += decimal->fraction;
    const std::size_t zeros = std::min(all.find_first_not_of('0'), all.size());
    digits += all.substr(zeros, static_cast<std::size_t>(*size));
    digits.append((decimal->negative ? 1 : 0) + static_cast<std::size_t>(*size) - digits.size(), '0');
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc()) {
        return OutOfRange{};
    }
    return value;
}

std::optional<double> read_float(std::string_view text) {
    text = stripped(text);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity" || text == "+Infinity") return infinity;
    if (text == "-Infinity") return -infinity;
    const auto decimal = split_decimal(text);
    if (!decimal) return std::nullopt;
    if (text[0] == '+') text.remove_prefix(1);
    double value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc()) return value;
    // It holds a number, so it is too large or too small.
    value = magnitude(*decimal).value_or(0) > 0 ? infinity : 0.0;
    return decimal->negative ? -value : value;
}

std::optional<std::int64_t> truncated(double value) {
    constexpr double limit = 9223372036854775808.0;  // 2^63, the first float above every integer
    if (!(value >= -limit && value < limit)) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

}  // namespace islet::query
