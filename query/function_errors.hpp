// What functions, operators and aggregates throw: all at runtime, without a
// place in the query, which the evaluator adds.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "functions.hpp"
#include "islet/error.hpp"

namespace islet::query {

/// More would not be an answer but a mistake, and would take the memory of the host program.
inline constexpr std::size_t max_list_elements = 100'000'000;
inline constexpr std::size_t max_text_bytes = std::size_t{1} << 30U;

/// GQLSTATUS codes that more than one function uses.
namespace status {
inline constexpr std::string_view out_of_range = "22003";
inline constexpr std::string_view invalid_temporal = "22007";
inline constexpr std::string_view temporal_out_of_range = "22008";
inline constexpr std::string_view division_by_zero = "22012";
inline constexpr std::string_view invalid_regex = "2201B";
inline constexpr std::string_view text_too_long = "22001";
inline constexpr std::string_view list_too_long = "22G0B";
inline constexpr std::string_view invalid_type = "22G03";
inline constexpr std::string_view referent_deleted = "22G11";
inline constexpr std::string_view negative_argument = "22N02";
inline constexpr std::string_view invalid_argument = "22N11";
}  // namespace status

[[noreturn]] void raise(std::string_view code, std::string_view kind, std::string_view detail,
                        std::string message, std::string hint = {});

/// The beginning of a text, short enough to stand in a message.
std::string excerpt(std::string_view text);

/// "labels() takes NODE, got INTEGER": TypeError, InvalidArgumentValue.
[[noreturn]] void raise_argument(std::string_view function, std::string_view takes, const Value& got);

/// "`+` cannot be applied to BOOLEAN and MAP": TypeError, InvalidArgumentType.
[[noreturn]] void raise_operands(std::string_view symbol, std::initializer_list<Kind> kinds);

/// ArithmeticError, IntegerOverflow.
[[noreturn]] void raise_overflow(std::string_view what);

/// ArgumentError, NegativeIntegerArgument.
[[noreturn]] void raise_negative(std::string_view function, std::string_view parameter, std::int64_t got);

/// EntityNotFound, DeletedEntityAccess.
[[noreturn]] void raise_deleted(Kind kind, std::string_view what);

/// Throws unless a list or a text of this size may be made.
void check_list_size(std::string_view what, std::size_t elements);
void check_text_size(std::string_view what, std::size_t bytes);

}  // namespace islet::query
