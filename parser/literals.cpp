// Numbers and strings: the second half of scanner.hpp.
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "scanner.hpp"
#include "syntax_failure.hpp"

namespace islet::parser::scan {

namespace {

constexpr std::uint64_t greatest = static_cast<std::uint64_t>(INT64_MAX);

// The whole run of letters and digits from `first`, so that an error shows all of a bad number.
char const* run_end(char const* first, char const* last) {
    while (at_name_part(first, last)) {
        unsigned length = 0;
        decode(first, last, length);
        first += length;
    }
    return first;
}

[[noreturn]] void fail_number(char const* first, char const* at, char const* last, std::string hint) {
    char const* const end = run_end(at, last);
    throw SyntaxFailure("InvalidNumberLiteral", quoted(first, end) + " is not a number", std::move(hint),
                        first, end);
}

[[noreturn]] void fail_integer(char const* first, char const* end) {
    throw SyntaxFailure("IntegerOverflow", "the integer " + quoted(first, end) + " does not fit into 64 bits",
                        "integers go from -9223372036854775808 to 9223372036854775807", first, end);
}

std::string without_underscores(char const* first, char const* last) {
    std::string digits(first, last);
    digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
    return digits;
}

// An integer of `digits` in `base`, with its sign applied; the whole literal is [first, end).
std::int64_t integer(char const* first, char const* end, std::string_view digits, int base, bool negative) {
    std::uint64_t value = 0;
    auto const [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error == std::errc::result_out_of_range || value > greatest + (negative ? 1 : 0))
        fail_integer(first, end);
    return static_cast<std::int64_t>(negative ? ~value + 1 : value);
}

double real(char const* first, char const* end, std::string const& digits, bool negative) {
    double value = 0;
    auto const [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc::result_out_of_range) {
        // Too small reads as the nearest float, too large is an error; from_chars tells both alike.
        value = std::strtod(digits.c_str(), nullptr);
        if (value > 1.0) {
            throw SyntaxFailure("FloatingPointOverflow",
                                "the number " + quoted(first, end) + " is too large for a float", "", first,
                                end);
        }
    }
    return negative ? -value : value;
}

// Behind digits, which single underscores may group.
char const* digits_end(char const* at, char const* last) {
    while (at != last && (is_digit(*at) || (*at == '_' && at + 1 != last && is_digit(at[1])))) ++at;
    return at;
}

// Where the digits begin if a number stands here, else null.
char const* number_start(char const* first, char const* last, bool sign) {
    if (first == last) return nullptr;
    if (sign && *first == '-') {
        ++first;
        skip_blank(first, last);
        if (first == last) return nullptr;
    }
    if (is_digit(*first)) return first;
    return *first == '.' && first + 1 != last && is_digit(first[1]) ? first : nullptr;
}

}  // namespace

bool at_number(char const* first, char const* last, bool sign) {
    return number_start(first, last, sign) != nullptr;
}

bool number(char const*& first, char const* last, bool sign, ast::Literal& literal) {
    char const* const start = number_start(first, last, sign);
    if (start == nullptr) return false;
    bool const negative = *first == '-';
    char const* at = start;

    if (*at == '0' && at + 1 != last && (at[1] == 'x' || at[1] == 'X' || at[1] == 'o' || at[1] == 'O')) {
        bool const hex = at[1] == 'x' || at[1] == 'X';
        at += 2;
        char const* const digits = at;
        auto const in_base = [&](char c) {
            return hex ? (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')
                       : c >= '0' && c <= '7';
        };
        while (at != last && (in_base(*at) || (*at == '_' && at + 1 != last && in_base(at[1])))) ++at;
        if (at == digits || at_name_part(at, last)) {
            fail_number(first, at, last,
                        hex ? "after `0x` stand the digits 0-9 and a-f" : "after `0o` stand the digits 0-7");
        }
        literal.value = integer(first, at, without_underscores(digits, at), hex ? 16 : 8, negative);
        first = at;
        return true;
    }

    at = digits_end(at, last);
    bool fraction = false;
    if (at != last && *at == '.' && at + 1 != last && is_digit(at[1])) {
        fraction = true;
        at = digits_end(at + 1, last);
    }
    if (at != last && (*at == 'e' || *at == 'E')) {
        char const* exponent = at + 1;
        if (exponent != last && (*exponent == '+' || *exponent == '-')) ++exponent;
        if (exponent != last && is_digit(*exponent)) {
            fraction = true;
            at = std::find_if_not(exponent, last, is_digit);
        }
    }
    if (at_name_part(at, last))
        fail_number(first, at, last, "a name may not begin with a digit, unless in back quotes");
    bool const leading_zero = !fraction && at - start > 1 && *start == '0';
    if (leading_zero) fail_number(first, at, last, "octal integers begin with `0o`, others not with `0`");

    std::string const digits = without_underscores(start, at);
    if (fraction) {
        literal.value = real(first, at, digits, negative);
    } else {
        literal.value = integer(first, at, digits, 10, negative);
    }
    first = at;
    return true;
}

bool natural(char const*& first, char const* last, std::uint64_t& value) {
    char const* const end = std::find_if_not(first, last, is_digit);
    if (end == first) return false;
    if (at_name_part(end, last)) fail_number(first, end, last, "");
    if (std::from_chars(first, end, value).ec != std::errc{}) fail_integer(first, end);
    first = end;
    return true;
}

namespace {

// Four or eight hexadecimal digits behind `\u` or `\U`; `escape` is where the backslash stands.
char32_t unicode_escape(char const* escape, char const*& at, char const* last, int count) {
    char32_t code = 0;
    char const* const digits = at;
    for (; at != digits + count && at != last; ++at) {
        std::uint32_t digit = 0;
        if (std::from_chars(at, at + 1, digit, 16).ec != std::errc{}) break;
        code = code << 4 | digit;
    }
    if (at != digits + count) {
        throw SyntaxFailure(
            "InvalidUnicodeLiteral",
            quoted(escape, escape + 2) + " needs " + (count == 4 ? "four" : "eight") + " hexadecimal digits",
            "", escape, at);
    }
    return code;
}

[[noreturn]] void fail_code(char const* escape, char const* end) {
    throw SyntaxFailure("InvalidUnicodeLiteral", quoted(escape, end) + " names no Unicode character", "",
                        escape, end);
}

// Reads the escape that begins with the backslash at `at`.
void escape(char const*& at, char const* last, std::string& text) {
    char const* const start = at;
    ++at;
    char const kind = at == last ? '\0' : *at++;
    switch (kind) {
        case '\\':
            text += '\\';
            return;
        case '\'':
            text += '\'';
            return;
        case '"':
            text += '"';
            return;
        case '`':
            text += '`';
            return;
        case '/':
            text += '/';
            return;
        case 'b':
        case 'B':
            text += '\b';
            return;
        case 'f':
        case 'F':
            text += '\f';
            return;
        case 'n':
        case 'N':
            text += '\n';
            return;
        case 'r':
        case 'R':
            text += '\r';
            return;
        case 't':
        case 'T':
            text += '\t';
            return;
        case 'u':
        case 'U':
            break;
        default: {
            // The end of the text is the unclosed string's to report.
            if (at == last && kind == '\0') return;
            char const* end = at - 1;
            unsigned length = 0;
            decode(end, last, length);
            throw SyntaxFailure("UnexpectedSyntax", quoted(start, end + length) + " is no escape",
                                "write `\\\\` for a backslash", start, end + length);
        }
    }
    char32_t code = unicode_escape(start, at, last, kind == 'u' ? 4 : 8);
    if (code >= 0xD800 && code <= 0xDBFF && last - at >= 2 && at[0] == '\\' && at[1] == 'u') {
        char const* const second = at;
        at += 2;
        char32_t const low = unicode_escape(second, at, last, 4);
        if (low < 0xDC00 || low > 0xDFFF) fail_code(start, at);
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) fail_code(start, at);
    append_utf8(text, code);
}

}  // namespace

bool string(char const*& first, char const* last, std::string& text) {
    if (first == last || (*first != '\'' && *first != '"')) return false;
    char const quote = *first;
    char const* at = first + 1;
    text.clear();
    while (true) {
        char const* const plain = at;
        while (at != last && *at != quote && *at != '\\') ++at;
        text.append(plain, at);
        if (at == last) {
            throw SyntaxFailure("UnexpectedSyntax", "the string that begins here is never closed", "", first,
                                std::find(first, last, '\n'));
        }
        if (*at == quote) break;
        escape(at, last, text);
    }
    first = at + 1;
    return true;
}

}  // namespace islet::parser::scan
