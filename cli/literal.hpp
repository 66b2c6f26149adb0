// Values that come as text: parameters, durations, sizes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "islet/value.hpp"

namespace islet::cli {

/// The value of an openCypher literal (`1`, `-2.5`, `'text'`, `true`, `null`, `[1, 2]`, `{a: 1}`);
/// none if the text is anything else.
std::optional<Value> literal(std::string_view text);

/// A literal's value, or else the text itself: what `-P name=value` means.
Value literal_or_text(std::string_view text);

/// `name=value` in two; none without `=` or without a name.
std::optional<std::pair<std::string, std::string>> split_assignment(std::string_view text);

/// `500ms`, `30s`, `2m`, `1h`; a bare number is seconds.
std::optional<std::chrono::milliseconds> duration(std::string_view text);

/// `1024`, `64K`, `512M`, `2G`, `1T`, in powers of 1024; a `B` or `iB` may follow.
std::optional<std::uint64_t> byte_size(std::string_view text);

}  // namespace islet::cli
