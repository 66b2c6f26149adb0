// The characters of openCypher: blanks, words, names, numbers and strings.
//
// Plain functions over a range of bytes; what is no UTF-8 is no part of a name and no blank. Each that
// returns bool moves `first` behind what it has read, or leaves it and returns false. None skips blanks
// before.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "islet/ast.hpp"

namespace islet::parser::scan {

namespace detail {
enum : std::uint8_t { digit = 1, name_start = 2, name_part = 4, blank = 8 };

constexpr std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    for (int c = '0'; c <= '9'; ++c) classes[static_cast<std::size_t>(c)] = digit | name_part;
    for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<std::size_t>(c)] = name_start | name_part;
    for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<std::size_t>(c)] = name_start | name_part;
    classes['_'] = name_start | name_part;
    for (char const c : {' ', '\t', '\n', '\r', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x1f'})
        classes[static_cast<unsigned char>(c)] = blank;
    return classes;
}
inline constexpr auto classes = make_classes();

constexpr bool is(char c, std::uint8_t mask) {
    return (classes[static_cast<unsigned char>(c)] & mask) != 0;
}

/// Handles what skip_blank has no short answer for: comments and blanks beyond ASCII.
bool skip_rare_blank(char const*& first, char const* last);
}  // namespace detail

constexpr bool is_digit(char c) {
    return detail::is(c, detail::digit);
}
constexpr bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

/// Skips blanks and comments. A comment that is not closed is left where it stands.
inline bool skip_blank(char const*& first, char const* last) {
    char const* const start = first;
    while (first != last) {
        if (detail::is(*first, detail::blank)) {
            ++first;
        } else if ((*first != '/' && is_ascii(*first)) || !detail::skip_rare_blank(first, last)) {
            break;
        }
    }
    return first != start;
}

/// The end of the unquoted name that begins at `first`, or `first` where none does.
char const* word_end(char const* first, char const* last);
/// Whether a character that continues a name stands at `first`.
bool at_name_part(char const* first, char const* last);

namespace detail {
bool rest_of_keyword(char const*& first, char const* last, std::string_view upper);
}
/// Reads `upper` in any case, not followed by a character that continues a name.
inline bool keyword(char const*& first, char const* last, std::string_view upper) {
    // Most words are dismissed by their first letter.
    if (first == last || (*first & ~0x20) != upper.front()) return false;
    return detail::rest_of_keyword(first, last, upper);
}
/// Whether the word, in any case, may not stand for a variable unless quoted.
bool is_reserved(std::string_view word);

/// Which words an unquoted name may be.
enum class Words : std::uint8_t { unreserved, any };

/// Reads a name, quoted or not; `text` gets it without quotes.
/// Throws SyntaxFailure for a quoted name that is not closed.
bool name(char const*& first, char const* last, Words words, std::string& text);
/// As name(), for those who want only to look past it.
bool skip_name(char const*& first, char const* last, Words words);

/// Reads a number, with its minus sign if `sign`. Throws SyntaxFailure for what begins like a number and is
/// none.
bool number(char const*& first, char const* last, bool sign, ast::Literal& literal);
/// Whether number() would read (or throw) at `first`.
bool at_number(char const* first, char const* last, bool sign);
/// Reads a decimal integer without sign. Throws SyntaxFailure if it exceeds 64 bits.
bool natural(char const*& first, char const* last, std::uint64_t& value);
/// Reads a quoted string. Throws SyntaxFailure for a bad escape or if it is not closed.
bool string(char const*& first, char const* last, std::string& text);

/// Moves past one character, string, quoted name or comment: what brackets must not be looked for in.
/// A string that is not closed reaches to the end.
void step(char const*& first, char const* last);

/// The first byte that is no UTF-8, or `last`.
char const* invalid_utf8(char const* first, char const* last);
/// The code point at `first`, and its length in bytes; U+FFFD and one byte where no UTF-8 stands.
char32_t decode(char const* first, char const* last, unsigned& length);
void append_utf8(std::string& text, char32_t code);

}  // namespace islet::parser::scan
