// round() to decimal places, on the digits that a float prints as: round(1.55, 1)
// is 1.6 although the float is a little less than 1.55.
#pragma once

#include <optional>
#include <string_view>

namespace islet::query {

enum class RoundingMode { up, down, ceiling, floor, half_up, half_down, half_even };

/// By name without regard to case: "HALF_EVEN".
std::optional<RoundingMode> rounding_mode(std::string_view name);

/// To the nearest whole number; of two equally near ones the greater.
double round_whole(double value);

/// To `places` (at least 0) digits after the decimal point.
double round_decimal(double value, int places, RoundingMode mode);

}  // namespace islet::query
