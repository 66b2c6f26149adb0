// The texts of fields as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "islet/value.hpp"

namespace islet::importing {

/// What the fields of a column hold.
struct FieldType {
    Kind kind = Kind::null;  ///< of the value or of a list's elements; null: not known yet
    bool list = false;
    bool json = false;  ///< JSON text of any value; `kind` says nothing then
    friend bool operator==(const FieldType&, const FieldType&) = default;
};

/// `string`, `int[]`, `datetime`, …, as a header declares a type, in any case.
std::optional<FieldType> declared_type(std::string_view name);
/// For messages: the name of a kind as a header declares it, with its article: "an integer".
std::string_view described(Kind kind);

/// The narrowest kind that keeps every character of the text: integer, float, boolean, date, date and
/// time with and without a zone, or else string. A number with a leading zero or plus is a string.
Kind narrowest(std::string_view text) noexcept;
/// The narrowest kind that holds what both hold.
Kind joined(Kind a, Kind b) noexcept;

// As people and programs write them: blanks around are no part of the text. No value for any other text.
std::optional<std::int64_t> integer_of(std::string_view text) noexcept;
std::optional<double> float_of(std::string_view text) noexcept;
std::optional<bool> boolean_of(std::string_view text) noexcept;
/// A value of this kind, also strings and temporal ones.
std::optional<Value> value_of(std::string_view text, Kind kind);

/// Where the first byte stands that is not part of valid UTF-8; npos if there is none.
std::size_t invalid_utf8(std::string_view text) noexcept;

std::string_view without_blanks(std::string_view text) noexcept;

}  // namespace islet::importing
