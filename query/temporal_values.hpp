// Operators and properties of temporal values.
#pragma once

#include <optional>
#include <string_view>

#include "functions.hpp"

namespace islet::query {

/// A component: `.year`, `.hour`, `.timezone`, … of a date or time; `.months`, `.minutesOfHour`, … of a
/// duration. Throws where the kind has none of that name. REQUIRES: a temporal value
Value temporal_component(const Value& subject, std::string_view key);

// No value where the operator has no meaning for these kinds. Throw where the result is out of range.
std::optional<Value> add_temporal(const Value& a, const Value& b);
std::optional<Value> subtract_temporal(const Value& a, const Value& b);
std::optional<Value> multiply_temporal(const Value& a, const Value& b);
std::optional<Value> divide_temporal(const Value& a, const Value& b);

}  // namespace islet::query
