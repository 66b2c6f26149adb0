// JSON as values of properties.
#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>

#include "islet/error.hpp"
#include "islet/value.hpp"

namespace islet::importing {

/// The value of a JSON text that a property can hold. What JSON has no word for stands as an object of one
/// member, as dumps write it: {"$float": "NaN"}, {"$date": "2024-02-29"}, {"$duration": "P1D"}, ….
/// The error's message says what is wrong; it has no place.
Expected<Value> json_value(std::string_view text);
Expected<Value> json_value(const rapidjson::Value& value);

/// The value as such a text. REQUIRES: a value that a property can hold
void append_json(std::string& out, const Value& value);
void append_json_string(std::string& out, std::string_view text);

}  // namespace islet::importing
