// Strings. Positions and lengths count code points; a result that is the whole
// argument shares its text.
#include <algorithm>
#include <array>
#include <string>

#include "code_points.hpp"
#include "function_errors.hpp"
#include "function_families.hpp"
#include "text_case.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

/// `part`, which lies in the text of `whole`.
Value part_of(const Value& whole, std::string_view part) {
    return part.size() == whole.as_string().size() ? whole : Value(part);
}

std::size_t count_at(std::string_view function, std::string_view parameter, const Value& value) {
    if (value.as_int() < 0) raise_negative(function, parameter, value.as_int());
    return static_cast<std::size_t>(value.as_int());
}

/// A function of a text and more that gives a part of the text.
template <auto part>
Value apply_part(FunctionContext& /*context*/, Arguments arguments) {
    return part_of(arguments[0], part(arguments[0].as_string(), arguments.subspan(1)));
}

/// A function of a text that changes it, or not.
template <auto change>
Value apply_change(FunctionContext& /*context*/, Arguments arguments) {
    auto changed = change(arguments[0].as_string());
    return changed ? Value(std::move(*changed)) : arguments[0];
}

bool is_space(std::string_view code_point) {
    if (code_point.size() == 1)
        return code_point[0] == ' ' || (code_point[0] >= '\t' && code_point[0] <= '\r');
    // Unicode's White_Space beyond ASCII, in UTF-8.
    constexpr std::array<std::string_view, 19> spaces = {
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
        "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
        "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    return std::find(spaces.begin(), spaces.end(), code_point) != spaces.end();
}

bool holds(std::string_view characters, std::string_view code_point) {
    while (!characters.empty()) {
        const std::string_view next = first_code_point(characters);
        if (next == code_point) return true;
        characters.remove_prefix(next.size());
    }
    return false;
}

/// Cuts white space, or the characters of a second argument, off the ends asked for.
template <bool front, bool back>
std::string_view trimmed(std::string_view text, Arguments characters) {
    const auto goes = [&](std::string_view code_point) {
        return characters.empty() ? is_space(code_point) : holds(characters[0].as_string(), code_point);
    };
    while (front && !text.empty()) {
        const std::string_view first = first_code_point(text);
        if (!goes(first)) break;
        text.remove_prefix(first.size());
    }
    while (back && !text.empty()) {
        const std::size_t last = offset_from_end(text, 1);
        if (!goes(text.substr(last))) break;
        text = text.substr(0, last);
    }
    return text;
}

std::string_view left(std::string_view text, Arguments rest) {
    return text.substr(0, offset_of(text, count_at("left", "length", rest[0])));
}

std::string_view right(std::string_view text, Arguments rest) {
    return text.substr(offset_from_end(text, count_at("right", "length", rest[0])));
}

std::string_view substring(std::string_view text, Arguments rest) {
    const std::size_t start = count_at("substring", "start", rest[0]);
    text.remove_prefix(offset_of(text, start));
    if (rest.size() < 2) return text;
    return text.substr(0, offset_of(text, count_at("substring", "length", rest[1])));
}

/// `replacement` before each code point and at the end: what replacing the empty text means.
std::string interleaved(std::string_view text, std::string_view replacement) {
    const std::size_t places = count_code_points(text) + 1;
    check_text_size("replace()", text.size() + places * replacement.size());
    std::string result;
    result.reserve(text.size() + places * replacement.size());
    while (!text.empty()) {
        const std::string_view next = first_code_point(text);
        result.append(replacement).append(next);
        text.remove_prefix(next.size());
    }
    return result.append(replacement);
}

Value replace(FunctionContext& /*context*/, Arguments arguments) {
    const std::string_view text = arguments[0].as_string();
    const std::string_view search = arguments[1].as_string();
    const std::string_view replacement = arguments[2].as_string();
    if (search.empty()) return replacement.empty() ? arguments[0] : interleaved(text, replacement);
    // Counted first, so that the result is made once and a result too large is not made at all.
    std::size_t count = 0;
    for (std::size_t at = text.find(search); at != std::string_view::npos;
         at = text.find(search, at + search.size())) {
        ++count;
    }
    if (count == 0) return arguments[0];
    const std::size_t size = text.size() - count * search.size() + count * replacement.size();
    check_text_size("replace()", size);
    std::string result;
    result.reserve(size);
    std::size_t from = 0;
    for (; count > 0; --count) {
        const std::size_t found = text.find(search, from);
        result.append(text, from, found - from).append(replacement);
        from = found + search.size();
    }
    return result.append(text, from);
}

List code_points_of(std::string_view text) {
    List parts;
    parts.reserve(count_code_points(text));
    while (!text.empty()) {
        const std::string_view next = first_code_point(text);
        parts.emplace_back(next);
        text.remove_prefix(next.size());
    }
    return parts;
}

/// Where the first of `delimiters` in `text` stands, from `from` on, and how long it is; of two at one
/// place the first given.
std::pair<std::size_t, std::size_t> next_delimiter(std::string_view text, std::size_t from,
                                                   std::span<const std::string_view> delimiters) {
    std::pair<std::size_t, std::size_t> nearest{std::string_view::npos, 0};
    for (const std::string_view delimiter : delimiters) {
        const std::size_t found = text.find(delimiter, from);
        if (found < nearest.first) nearest = {found, delimiter.size()};
    }
    return nearest;
}

Value split(FunctionContext& /*context*/, Arguments arguments) {
    std::vector<std::string_view> delimiters;
    if (arguments[1].kind() == Kind::string) {
        delimiters.push_back(arguments[1].as_string());
    } else {
        for (const Value& delimiter : arguments[1].as_list()) {
            if (delimiter.kind() != Kind::string)
                raise_argument("split", "STRING as each delimiter", delimiter);
            delimiters.push_back(delimiter.as_string());
        }
    }
    const std::string_view text = arguments[0].as_string();
    // The empty text stands between any two code points.
    const bool everywhere = std::erase(delimiters, std::string_view()) > 0;
    if (everywhere && delimiters.empty() && !text.empty()) return code_points_of(text);
    List parts;
    const auto add = [&](std::string_view part) {
        if (everywhere && !part.empty()) {
            for (Value& point : code_points_of(part)) parts.push_back(std::move(point));
        } else {
            parts.push_back(part_of(arguments[0], part));
        }
    };
    std::size_t from = 0;
    for (;;) {
        const auto [found, size] = next_delimiter(text, from, delimiters);
        if (found == std::string_view::npos) break;
        add(text.substr(from, found - from));
        from = found + size;
    }
    add(text.substr(from));
    return parts;
}

Value char_length(FunctionContext& /*context*/, Arguments arguments) {
    return static_cast<std::int64_t>(count_code_points(arguments[0].as_string()));
}

Value normalize(FunctionContext& /*context*/, Arguments arguments) {
    auto form = std::optional(NormalForm::nfc);
    if (arguments.size() > 1) form = normal_form(arguments[1].as_string());
    if (!form) {
        raise(status::invalid_argument, "ArgumentError", "InvalidArgumentValue",
              "normalize() knows no form '" + excerpt(arguments[1].as_string()) + "'",
              "the forms are NFC, NFD, NFKC and NFKD");
    }
    auto normal = normalized(arguments[0].as_string(), *form);
    if (!normal) {
        raise(status::invalid_argument, "ArgumentError", "InvalidArgumentValue",
              "normalize() takes UTF-8 text");
    }
    return *normal == arguments[0].as_string() ? arguments[0] : Value(std::move(*normal));
}

/// Behind `IS NFC NORMALIZED`; what is no text is neither.
Value is_normalized(FunctionContext& context, Arguments arguments) {
    if (arguments[0].kind() != Kind::string) return {};
    return normalize(context, arguments).as_string() == arguments[0].as_string();
}

/// The declaration of such functions.
template <auto part>
Function cutting(std::string_view name, const std::vector<TypeSet>& parameters, std::size_t required,
                 std::string_view signature) {
    return {.name = name,
            .parameters = parameters,
            .required = required,
            .result = string_type,
            .apply = apply_part<part>,
            .signature = signature,
            .part = part};
}
template <auto change>
Function changing(std::string_view name, std::string_view signature) {
    return {.name = name,
            .parameters = {string_type},
            .required = 1,
            .result = string_type,
            .apply = apply_change<change>,
            .signature = signature,
            .change = change};
}

}  // namespace

std::vector<Function> string_functions() {
    const std::vector<TypeSet> texts = {string_type, string_type};
    const std::vector<TypeSet> places = {string_type, integer_type, integer_type};
    const std::vector<TypeSet> length = {string_type, integer_type};
    return {
        changing<upper_case>("toUpper", "toUpper(text)"),
        changing<upper_case>("upper", "upper(text)"),
        changing<lower_case>("toLower", "toLower(text)"),
        changing<lower_case>("lower", "lower(text)"),
        cutting<trimmed<true, true>>("trim", {string_type}, 1, "trim(text)"),
        cutting<trimmed<true, true>>("btrim", texts, 1, "btrim(text[, characters])"),
        cutting<trimmed<true, false>>("ltrim", texts, 1, "ltrim(text[, characters])"),
        cutting<trimmed<false, true>>("rtrim", texts, 1, "rtrim(text[, characters])"),
        cutting<left>("left", length, 2, "left(text, length)"),
        cutting<right>("right", length, 2, "right(text, length)"),
        cutting<substring>("substring", places, 2, "substring(text, start[, length])"),
        {.name = "char_length",
         .parameters = {string_type},
         .required = 1,
         .result = integer_type,
         .apply = char_length,
         .signature = "char_length(text)"},
        {.name = "character_length",
         .parameters = {string_type},
         .required = 1,
         .result = integer_type,
         .apply = char_length,
         .signature = "character_length(text)"},
        {.name = "replace",
         .parameters = {string_type, string_type, string_type},
         .required = 3,
         .result = string_type,
         .apply = replace,
         .signature = "replace(text, search, replacement)"},
        {.name = "split",
         .parameters = {string_type, string_type | list_type},
         .required = 2,
         .result = list_type,
         .apply = split,
         .signature = "split(text, delimiter or delimiters)"},
        {.name = "normalize",
         .parameters = {string_type, string_type},
         .required = 1,
         .result = string_type,
         .apply = normalize,
         .signature = "normalize(text[, form])"},
        {.name = "isNormalized",
         .parameters = {any_type, string_type},
         .required = 1,
         .result = boolean_type,
         .apply = is_normalized,
         .signature = "isNormalized(text[, form])"},
    };
}

}  // namespace islet::query
