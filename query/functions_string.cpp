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

Value to_upper(FunctionContext& /*context*/, Arguments arguments) {
    auto upper = upper_case(arguments[0].as_string());
    return upper ? Value(std::move(*upper)) : arguments[0];
}

Value to_lower(FunctionContext& /*context*/, Arguments arguments) {
    auto lower = lower_case(arguments[0].as_string());
    return lower ? Value(std::move(*lower)) : arguments[0];
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
Value trimmed(Arguments arguments, bool front, bool back) {
    const auto goes = [&](std::string_view code_point) {
        return arguments.size() > 1 ? holds(arguments[1].as_string(), code_point) : is_space(code_point);
    };
    std::string_view text = arguments[0].as_string();
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
    return part_of(arguments[0], text);
}

Value trim(FunctionContext& /*context*/, Arguments arguments) {
    return trimmed(arguments, true, true);
}
Value ltrim(FunctionContext& /*context*/, Arguments arguments) {
    return trimmed(arguments, true, false);
}
Value rtrim(FunctionContext& /*context*/, Arguments arguments) {
    return trimmed(arguments, false, true);
}

Value left(FunctionContext& /*context*/, Arguments arguments) {
    const std::string_view text = arguments[0].as_string();
    return part_of(arguments[0], text.substr(0, offset_of(text, count_at("left", "length", arguments[1]))));
}

Value right(FunctionContext& /*context*/, Arguments arguments) {
    const std::string_view text = arguments[0].as_string();
    return part_of(arguments[0],
                   text.substr(offset_from_end(text, count_at("right", "length", arguments[1]))));
}

Value substring(FunctionContext& /*context*/, Arguments arguments) {
    std::string_view text = arguments[0].as_string();
    const std::size_t start = count_at("substring", "start", arguments[1]);
    text.remove_prefix(offset_of(text, start));
    if (arguments.size() > 2) {
        text = text.substr(0, offset_of(text, count_at("substring", "length", arguments[2])));
    }
    return part_of(arguments[0], text);
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

}  // namespace

std::vector<Function> string_functions() {
    const auto of_text = [](std::string_view name, auto apply, std::string_view signature,
                            TypeSet result = string_type) {
        return Function{.name = name,
                        .parameters = {string_type},
                        .required = 1,
                        .result = result,
                        .apply = apply,
                        .signature = signature};
    };
    return {
        of_text("toUpper", to_upper, "toUpper(text)"),
        of_text("upper", to_upper, "upper(text)"),
        of_text("toLower", to_lower, "toLower(text)"),
        of_text("lower", to_lower, "lower(text)"),
        of_text("trim", trim, "trim(text)"),
        of_text("char_length", char_length, "char_length(text)", integer_type),
        of_text("character_length", char_length, "character_length(text)", integer_type),
        {.name = "btrim",
         .parameters = {string_type, string_type},
         .required = 1,
         .result = string_type,
         .apply = trim,
         .signature = "btrim(text[, characters])"},
        {.name = "ltrim",
         .parameters = {string_type, string_type},
         .required = 1,
         .result = string_type,
         .apply = ltrim,
         .signature = "ltrim(text[, characters])"},
        {.name = "rtrim",
         .parameters = {string_type, string_type},
         .required = 1,
         .result = string_type,
         .apply = rtrim,
         .signature = "rtrim(text[, characters])"},
        {.name = "left",
         .parameters = {string_type, integer_type},
         .required = 2,
         .result = string_type,
         .apply = left,
         .signature = "left(text, length)"},
        {.name = "right",
         .parameters = {string_type, integer_type},
         .required = 2,
         .result = string_type,
         .apply = right,
         .signature = "right(text, length)"},
        {.name = "substring",
         .parameters = {string_type, integer_type, integer_type},
         .required = 2,
         .result = string_type,
         .apply = substring,
         .signature = "substring(text, start[, length])"},
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
