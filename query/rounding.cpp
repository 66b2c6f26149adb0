#include "rounding.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace islet::query {
namespace {

/// Whether digits that are cut away carry into the last that is kept. `dropped` holds them (its first
/// stands right behind the last kept digit); `gap`: zeros stand between the two.
bool carries(std::string_view dropped, bool gap, bool negative, bool last_odd, RoundingMode mode) {
    const bool tie = !gap && dropped == "5";
    const bool above_half = !gap && dropped[0] >= '5' && !tie;
    switch (mode) {
        case RoundingMode::up:
            return true;
        case RoundingMode::down:
            return false;
        case RoundingMode::ceiling:
            return !negative;
        case RoundingMode::floor:
            return negative;
        case RoundingMode::half_up:
            return above_half || tie;
        case RoundingMode::half_down:
            return above_half;
        case RoundingMode::half_even:
            return above_half || (tie && last_odd);
    }
    return false;
}

/// One more in the last place: "199" gives "200", "99" gives "100".
void increment(std::string& digits) {
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        if (*digit != '9') {
            ++*digit;
            return;
        }
        *digit = '0';
    }
    digits.insert(digits.begin(), '1');
}

}  // namespace

std::optional<RoundingMode> rounding_mode(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, RoundingMode>, 7> modes = {
        {{"UP", RoundingMode::up},
         {"DOWN", RoundingMode::down},
         {"CEILING", RoundingMode::ceiling},
         {"FLOOR", RoundingMode::floor},
         {"HALF_UP", RoundingMode::half_up},
         {"HALF_DOWN", RoundingMode::half_down},
         {"HALF_EVEN", RoundingMode::half_even}}};
    std::string upper(name);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    for (const auto& [known, mode] : modes) {
        if (known == upper) return mode;
    }
    return std::nullopt;
}

double round_whole(double value) {
    // Not floor(value + 0.5): the sum of 0.49999999999999994 and 0.5 is 1.
    const double below = std::floor(value);
    return value - below >= 0.5 ? below + 1.0 : below;
}

double round_decimal(double value, int places, RoundingMode mode) {
    if (!std::isfinite(value) || value == 0.0) return value;
    const bool negative = std::signbit(value);
    std::array<char, 32> buffer{};
    const auto written =
        std::to_chars(buffer.begin(), buffer.end(), std::fabs(value), std::chars_format::scientific);
    // "d.ddde±xx"
    const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    const std::size_t e = text.find('e');
    std::string digits(1, text[0]);
    if (e > 2) digits += text.substr(2, e - 2);
    int exponent = 0;
    const char* from = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
    std::from_chars(from, text.data() + text.size(), exponent);

    const long long keep = 1LL + exponent + places;
    if (keep >= static_cast<long long>(digits.size())) return value;
    const std::size_t kept_size = keep > 0 ? static_cast<std::size_t>(keep) : 0;
    std::string kept = digits.substr(0, kept_size);
    const bool last_odd = !kept.empty() && (kept.back() - '0') % 2 != 0;
    const bool carry =
        carries(std::string_view(digits).substr(kept_size), keep < 0, negative, last_odd, mode);
    if (kept.empty()) kept = "0";
    if (carry) increment(kept);
    kept += 'e' + std::to_string(-places);
    double rounded = 0.0;
    std::from_chars(kept.data(), kept.data() + kept.size(), rounded);
    return negative ? -rounded : rounded;
}

}  // namespace islet::query
