// How wide a text stands in a terminal, and cutting it to a width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace islet::cli {

/// Terminal columns of a UTF-8 text without control characters: wide characters take two,
/// combining marks none; what joins to one character (emoji sequences) counts once.
std::size_t width_of(std::string_view text);

/// The text, or its beginning and `…`, in at most `width` columns (at least 1). Never cuts a
/// character from its marks.
std::string cut_to(std::string_view text, std::size_t width);

/// The text in lines of at most `width` columns (at least 2), broken at blanks where there are some, never
/// between a character and its marks. The blanks at a break are dropped; at least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The text made safe to show on one line: line breaks, tabs and other control characters as
/// escapes (`\n`, `\x1b`), bytes that are no UTF-8 as U+FFFD.
std::string one_line(std::string_view text);

}  // namespace islet::cli
