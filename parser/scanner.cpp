#include "scanner.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstring>

#include "syntax_failure.hpp"

namespace islet::parser::scan {

namespace {

constexpr char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Sorted. What openCypher 9 reserves, without the words that begin nothing a query holds
// (ADD, CONSTRAINT, DO, DROP, FOR, MANDATORY, OF, REQUIRE, SCALAR, UNIQUE) and without ALL and EXISTS,
// which mean something only before a bracket.
constexpr std::array<std::string_view, 44> reserved_words = {
    "AND",    "AS",     "ASC",        "ASCENDING", "BY",       "CALL", "CASE",   "CONTAINS", "CREATE",
    "DELETE", "DESC",   "DESCENDING", "DETACH",    "DISTINCT", "ELSE", "END",    "ENDS",     "FALSE",
    "IN",     "IS",     "LIMIT",      "MATCH",     "MERGE",    "NOT",  "NULL",   "ON",       "OPTIONAL",
    "OR",     "ORDER",  "REMOVE",     "RETURN",    "SET",      "SKIP", "STARTS", "THEN",     "TRUE",
    "UNION",  "UNWIND", "WHEN",       "WHERE",     "WITH",     "XOR",  "YIELD",  "FOREACH"};

// Where the words of each first letter begin, so that most names are dismissed at a glance.
constexpr std::uint32_t first_letters() {
    std::uint32_t letters = 0;
    for (auto const word : reserved_words) letters |= 1U << (word.front() - 'A');
    return letters;
}

bool is_name_start(char32_t code) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_PC:
            return true;
        default:
            return false;
    }
}

bool is_name_part(char32_t code) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ND:
            return true;
        default:
            return is_name_start(code);
    }
}

}  // namespace

namespace detail {

bool skip_rare_blank(char const*& first, char const* last) {
    if (*first == '/') {
        if (last - first < 2) return false;
        if (first[1] == '/') {
            first = std::find(first, last, '\n');
            return true;
        }
        if (first[1] == '*') {
            static constexpr std::string_view closing = "*/";
            char const* const end = std::search(first + 2, last, closing.begin(), closing.end());
            if (end == last) return false;
            first = end + 2;
            return true;
        }
        return false;
    }
    unsigned length = 0;
    char32_t const code = decode(first, last, length);
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            first += length;
            return true;
        default:
            if (code != 0xFEFF) return false;  // a byte order mark
            first += length;
            return true;
    }
}

}  // namespace detail

char const* word_end(char const* first, char const* last) {
    if (first == last) return first;
    char const* at = first;
    if (is_ascii(*at)) {
        if (!detail::is(*at, detail::name_start)) return first;
        ++at;
    } else {
        unsigned length = 0;
        if (!is_name_start(decode(at, last, length))) return first;
        at += length;
    }
    while (at != last) {
        if (detail::is(*at, detail::name_part)) {
            ++at;
        } else if (is_ascii(*at) || !at_name_part(at, last)) {
            break;
        } else {
            unsigned length = 0;
            decode(at, last, length);
            at += length;
        }
    }
    return at;
}

bool at_name_part(char const* first, char const* last) {
    if (first == last) return false;
    if (is_ascii(*first)) return detail::is(*first, detail::name_part);
    unsigned length = 0;
    return is_name_part(decode(first, last, length));
}

bool detail::rest_of_keyword(char const*& first, char const* last, std::string_view word) {
    if (last - first < static_cast<std::ptrdiff_t>(word.size())) return false;
    char const* at = first;
    for (char const c : word) {
        if (upper(*at) != c) return false;
        ++at;
    }
    if (at_name_part(at, last)) return false;
    first = at;
    return true;
}

bool is_reserved(std::string_view word) {
    constexpr std::uint32_t letters = first_letters();
    if (word.size() < 2 || word.size() > 10) return false;
    char const initial = upper(word.front());
    if (initial < 'A' || initial > 'Z' || (letters >> (initial - 'A') & 1U) == 0) return false;
    return std::any_of(reserved_words.begin(), reserved_words.end(), [&](std::string_view reserved) {
        return reserved.size() == word.size() && reserved.front() == initial &&
               std::equal(word.begin(), word.end(), reserved.begin(),
                          [](char a, char b) { return upper(a) == b; });
    });
}

namespace {

// Behind the closing back quote of the name that opens at `first`, or null.
char const* quoted_end(char const* first, char const* last) {
    for (char const* at = first + 1; at != last; ++at) {
        if (*at != '`') continue;
        if (at + 1 == last || at[1] != '`') return at + 1;
        ++at;
    }
    return nullptr;
}

char const* line_end(char const* first, char const* last) {
    return std::find(first, last, '\n');
}

}  // namespace

bool name(char const*& first, char const* last, Words words, std::string& text) {
    if (first == last) return false;
    if (*first != '`') {
        char const* const end = word_end(first, last);
        if (end == first) return false;
        std::string_view const word(first, static_cast<std::size_t>(end - first));
        if (words == Words::unreserved && is_reserved(word)) return false;
        text.assign(word);
        first = end;
        return true;
    }
    char const* const end = quoted_end(first, last);
    if (end == nullptr) {
        throw SyntaxFailure("UnexpectedSyntax", "the back quote that opens a name here is never closed", "",
                            first, line_end(first, last));
    }
    text.clear();
    for (char const* at = first + 1; at != end - 1; ++at) {
        text += *at;
        if (*at == '`') ++at;
    }
    first = end;
    return true;
}

bool skip_name(char const*& first, char const* last, Words words) {
    if (first == last) return false;
    char const* end = nullptr;
    if (*first == '`') {
        end = quoted_end(first, last);
        if (end == nullptr) return false;
    } else {
        end = word_end(first, last);
        if (end == first) return false;
        if (words == Words::unreserved && is_reserved({first, static_cast<std::size_t>(end - first)}))
            return false;
    }
    first = end;
    return true;
}

void step(char const*& first, char const* last) {
    char const* const start = first;
    switch (*first) {
        case '\'':
        case '"':
            for (++first; first != last && *first != *start; ++first) {
                if (*first == '\\' && first + 1 != last) ++first;
            }
            if (first != last) ++first;
            return;
        case '`': {
            char const* const end = quoted_end(first, last);
            first = end == nullptr ? last : end;
            return;
        }
        case '/':
            if (!detail::skip_rare_blank(first, last)) {
                bool const open_comment = first + 1 != last && first[1] == '*';
                first = open_comment ? last : first + 1;
            }
            return;
        default: {
            unsigned length = 0;
            decode(first, last, length);
            first += length;
        }
    }
}

char32_t decode(char const* first, char const* last, unsigned& length) {
    constexpr char32_t replacement = 0xFFFD;
    auto const lead = static_cast<unsigned char>(*first);
    length = 1;
    if (lead < 0x80) return lead;
    unsigned const bytes = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (bytes == 0 || last - first < static_cast<std::ptrdiff_t>(bytes)) return replacement;
    char32_t code = lead & (0x7FU >> bytes);
    for (unsigned i = 1; i < bytes; ++i) {
        auto const byte = static_cast<unsigned char>(first[i]);
        if ((byte & 0xC0) != 0x80) return replacement;
        code = code << 6 | (byte & 0x3FU);
    }
    length = bytes;
    return code;
}

void append_utf8(std::string& text, char32_t code) {
    auto const put = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

char const* invalid_utf8(char const* first, char const* last) {
    while (first != last) {
        std::uint64_t eight = 0;
        if (last - first >= 8) {
            std::memcpy(&eight, first, 8);
            if ((eight & 0x8080808080808080U) == 0) {
                first += 8;
                continue;
            }
        }
        auto const byte = static_cast<unsigned char>(*first);
        if (byte < 0x80) {
            ++first;
            continue;
        }
        unsigned length = 0;
        char32_t const code = decode(first, last, length);
        bool const overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
        if (length == 1 || overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return first;
        first += length;
    }
    return last;
}

}  // namespace islet::parser::scan
