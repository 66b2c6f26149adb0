#include "import_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>

namespace islet::importing {

namespace {

struct TypeName {
    std::string_view name;
    Kind kind;
};

constexpr std::array<TypeName, 22> type_names{{
    {"string", Kind::string},
    {"char", Kind::string},
    {"int", Kind::integer},
    {"integer", Kind::integer},
    {"long", Kind::integer},
    {"short", Kind::integer},
    {"byte", Kind::integer},
    {"float", Kind::floating},
    {"double", Kind::floating},
    {"number", Kind::floating},
    {"boolean", Kind::boolean},
    {"bool", Kind::boolean},
    {"date", Kind::date},
    {"time", Kind::time},
    {"localtime", Kind::local_time},
    {"local_time", Kind::local_time},
    {"datetime", Kind::date_time},
    {"localdatetime", Kind::local_date_time},
    {"duration", Kind::duration},
    {"local_datetime", Kind::local_date_time},
    {"zoneddatetime", Kind::date_time},
    {"zonedtime", Kind::time},
}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view text, std::string_view lower_case) {
    return text.size() == lower_case.size() && std::equal(text.begin(), text.end(), lower_case.begin(),
                                                          [](char a, char b) { return lower(a) == b; });
}

bool digit(char c) {
    return c >= '0' && c <= '9';
}

/// `-?(0|[1-9][0-9]*)`, then perhaps a fraction and an exponent, which make it a float.
Kind number_kind(std::string_view text) {
    std::size_t at = text.front() == '-' ? 1 : 0;
    const auto digits = [&] {
        const std::size_t begin = at;
        while (at < text.size() && digit(text[at])) ++at;
        return at - begin;
    };
    const std::size_t first = at;
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && text[first] == '0')) return Kind::string;
    if (at == text.size()) {
        if (text == "-0") return Kind::floating;
        return whole < 18 || integer_of(text) ? Kind::integer : Kind::string;
    }
    if (text[at] == '.') {
        ++at;
        if (digits() == 0) return Kind::string;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        if (digits() == 0) return Kind::string;
    }
    return at == text.size() && float_of(text) ? Kind::floating : Kind::string;
}

/// `2024-02-29` with or without `T10:00:00`, `Z`, `+01:00`: in full, nothing shorter.
Kind date_kind(std::string_view text) {
    constexpr std::string_view form = "0000-00-00";
    if (text.size() < form.size()) return Kind::string;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == '0' ? !digit(text[i]) : text[i] != form[i]) return Kind::string;
    }
    if (text.size() == form.size()) return parse_date(text) ? Kind::date : Kind::string;
    constexpr std::size_t with_seconds = 19;
    if (text.size() < with_seconds || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return Kind::string;
    if (text.find_first_of("Z+-", with_seconds) != std::string_view::npos) {
        return parse_date_time(text) ? Kind::date_time : Kind::string;
    }
    return parse_local_date_time(text) ? Kind::local_date_time : Kind::string;
}

template <class T>
std::optional<Value> optional_value(std::optional<T> read) {
    return read ? std::optional<Value>(*read) : std::nullopt;
}

}  // namespace

std::optional<FieldType> declared_type(std::string_view name) {
    FieldType type;
    if (name.ends_with("[]")) {
        type.list = true;
        name.remove_suffix(2);
    }
    if (same(name, "json") && !type.list) {
        type.json = true;
        return type;
    }
    for (const TypeName& known : type_names) {
        if (!same(name, known.name)) continue;
        type.kind = known.kind;
        return type;
    }
    return std::nullopt;
}

std::string_view described(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return "a boolean (true or false)";
        case Kind::integer:
            return "an integer of 64 bits";
        case Kind::floating:
            return "a number";
        case Kind::date:
            return "a date (such as 2024-02-29)";
        case Kind::local_time:
            return "a local time (such as 12:30:00)";
        case Kind::time:
            return "a time with an offset (such as 12:30:00+01:00)";
        case Kind::local_date_time:
            return "a local date and time (such as 2024-02-29T12:30:00)";
        case Kind::date_time:
            return "a date and time with a zone (such as 2024-02-29T12:30:00Z)";
        case Kind::duration:
            return "a duration (such as P1Y2M3DT4H)";
        default:
            return "a string";
    }
}

Kind narrowest(std::string_view text) noexcept {
    if (text.empty()) return Kind::string;
    const char first = text.front();
    if (text == "NaN" || text == "Infinity" || text == "-Infinity") return Kind::floating;
    if (digit(first) || first == '-') {
        const Kind number = number_kind(text);
        return number == Kind::string && digit(first) ? date_kind(text) : number;
    }
    if (text == "true" || text == "false") return Kind::boolean;
    return Kind::string;
}

Kind joined(Kind a, Kind b) noexcept {
    if (a == b || b == Kind::null) return a;
    if (a == Kind::null) return b;
    const bool numbers =
        (a == Kind::integer || a == Kind::floating) && (b == Kind::integer || b == Kind::floating);
    return numbers ? Kind::floating : Kind::string;
}

std::optional<std::int64_t> integer_of(std::string_view text) noexcept {
    text = without_blanks(text);
    if (text.starts_with('+') && text.size() > 1 && digit(text[1])) text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<double> float_of(std::string_view text) noexcept {
    text = without_blanks(text);
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
    double number = 0;
    const char* const end_of_text = text.data() + text.size();
    const auto [end, failure] = std::from_chars(text.data(), end_of_text, number);
    if (end != end_of_text) return std::nullopt;
    if (failure == std::errc()) return number;
    if (failure != std::errc::result_out_of_range) return std::nullopt;
    // Too small is zero, as for everybody else; too large is no number.
    const std::size_t exponent = text.find_first_of("eE");
    if (exponent == std::string_view::npos || text.compare(exponent + 1, 1, "-") != 0) return std::nullopt;
    return text.front() == '-' ? -0.0 : 0.0;
}

std::optional<bool> boolean_of(std::string_view text) noexcept {
    text = without_blanks(text);
    if (same(text, "true")) return true;
    if (same(text, "false")) return false;
    return std::nullopt;
}

std::optional<Value> value_of(std::string_view text, Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return optional_value(boolean_of(text));
        case Kind::integer:
            return optional_value(integer_of(text));
        case Kind::floating:
            return optional_value(float_of(text));
        case Kind::date:
            return optional_value(parse_date(without_blanks(text)));
        case Kind::local_time:
            return optional_value(parse_local_time(without_blanks(text)));
        case Kind::time:
            return optional_value(parse_time(without_blanks(text)));
        case Kind::local_date_time:
            return optional_value(parse_local_date_time(without_blanks(text)));
        case Kind::date_time:
            return optional_value(parse_date_time(without_blanks(text)));
        case Kind::duration:
            return optional_value(parse_duration(without_blanks(text)));
        default:
            return Value(text);
    }
}

std::size_t invalid_utf8(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
    std::size_t at = 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    while (at < text.size()) {
        std::uint64_t word = 0;
        while (at + sizeof word <= text.size()) {
            std::memcpy(&word, text.data() + at, sizeof word);
            if ((word & high_bits) != 0) break;
            at += sizeof word;
        }
        if (at == text.size()) break;
        const unsigned char first = byte(at);
        if (first < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
        if (first < 0xC2 || first > 0xF4 || text.size() - at < length) return at;
        for (std::size_t i = 1; i < length; ++i) {
            if ((byte(at + i) & 0xC0U) != 0x80U) return at;
        }
        const unsigned char second = byte(at + 1);
        const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
        const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
        if (overlong || beyond) return at;
        at += length;
    }
    return std::string_view::npos;
}

std::string_view without_blanks(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace islet::importing
