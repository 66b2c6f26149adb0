// Numbers read from text that comes from outside: toInteger(), toFloat().
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace islet::query {

struct NotANumber {};
struct OutOfRange {};

/// The integer that a decimal text such as "42", "-1.7" or "1e3" means, cut towards zero, exact
/// however many digits it has. White space around it does not matter.
std::variant<std::int64_t, NotANumber, OutOfRange> read_integer(std::string_view text);

/// The float nearest to a decimal text, infinite where it is too large; also "NaN", "Infinity"
/// and "-Infinity", as they are printed.
std::optional<double> read_float(std::string_view text);

/// A float cut towards zero; none if it is no number or fits no integer.
std::optional<std::int64_t> truncated(double value);

/// Without ASCII white space at both ends.
std::string_view stripped(std::string_view text);

}  // namespace islet::query
