// toBoolean(), toInteger(), toFloat(), toString(), each in three forms: the plain
// one refuses what can never be converted, …OrNull gives null for it, …List
// converts each element as …OrNull does.
#include <cmath>
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"
#include "islet/text.hpp"
#include "number_text.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

/// A conversion's outcome: a value (null: a text that says no such value), or a refusal.
struct Converted {
    Value value;
    bool wrong_type = false;
    bool out_of_range = false;
};

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != lower[i]) return false;
    }
    return true;
}

struct ToBoolean {
    static constexpr std::string_view name = "toBoolean";
    static constexpr std::string_view takes = "BOOLEAN, STRING or INTEGER";
    static Converted convert(const Value& value) {
        switch (value.kind()) {
            case Kind::boolean:
                return {value};
            case Kind::integer:
                return {value.as_int() != 0};
            case Kind::string: {
                const std::string_view text = stripped(value.as_string());
                if (equals_ignoring_case(text, "true")) return {true};
                if (equals_ignoring_case(text, "false")) return {false};
                return {};
            }
            default:
                return {.value = {}, .wrong_type = true};
        }
    }
};

struct ToInteger {
    static constexpr std::string_view name = "toInteger";
    static constexpr std::string_view takes = "INTEGER, FLOAT, STRING or BOOLEAN";
    static Converted convert(const Value& value) {
        switch (value.kind()) {
            case Kind::integer:
                return {value};
            case Kind::boolean:
                return {value.as_bool() ? 1 : 0};
            case Kind::floating: {
                const auto cut = truncated(value.as_double());
                return cut ? Converted{*cut} : Converted{.value = {}, .out_of_range = true};
            }
            case Kind::string: {
                const auto read = read_integer(value.as_string());
                if (const auto* integer = std::get_if<std::int64_t>(&read)) return {*integer};
                return {.value = {}, .out_of_range = std::holds_alternative<OutOfRange>(read)};
            }
            default:
                return {.value = {}, .wrong_type = true};
        }
    }
};

struct ToFloat {
    static constexpr std::string_view name = "toFloat";
    static constexpr std::string_view takes = "FLOAT, INTEGER or STRING";
    static Converted convert(const Value& value) {
        switch (value.kind()) {
            case Kind::floating:
                return {value};
            case Kind::integer:
                return {value.number()};
            case Kind::string: {
                const auto read = read_float(value.as_string());
                return read ? Converted{*read} : Converted{};
            }
            default:
                return {.value = {}, .wrong_type = true};
        }
    }
};

struct ToString {
    static constexpr std::string_view name = "toString";
    static constexpr std::string_view takes = "STRING, INTEGER, FLOAT, BOOLEAN or a temporal value";
    static Converted convert(const Value& value) {
        switch (value.kind()) {
            case Kind::string:
                return {value};
            case Kind::boolean:
                return {value.as_bool() ? "true" : "false"};
            case Kind::integer:
                return {std::to_string(value.as_int())};
            case Kind::floating:
                return {float_text(value.as_double())};
            default:
                if (is_temporal(value.kind())) return {temporal_text(value)};
                return {.value = {}, .wrong_type = true};
        }
    }
};

template <class Conversion>
Value plain(FunctionContext& /*context*/, Arguments arguments) {
    Converted converted = Conversion::convert(arguments[0]);
    if (converted.wrong_type) raise_argument(Conversion::name, Conversion::takes, arguments[0]);
    if (converted.out_of_range) {
        std::string message(Conversion::name);
        message += "(): ";
        message += arguments[0].kind() == Kind::string ? excerpt(arguments[0].as_string())
                                                       : float_text(arguments[0].as_double());
        raise(status::out_of_range, "ArgumentError", "NumberOutOfRange",
              message + " is outside the range of INTEGER, which has 64 bits",
              "toIntegerOrNull() gives null for it");
    }
    return std::move(converted.value);
}

template <class Conversion>
Value or_null(FunctionContext& /*context*/, Arguments arguments) {
    return Conversion::convert(arguments[0]).value;
}

template <class Conversion>
Value each(FunctionContext& /*context*/, Arguments arguments) {
    List converted;
    converted.reserve(arguments[0].as_list().size());
    for (const Value& element : arguments[0].as_list()) {
        converted.push_back(Conversion::convert(element).value);
    }
    return converted;
}

}  // namespace

std::vector<Function> conversion_functions() {
    // The plain forms take any kind: what they cannot convert fails when it is met.
    return {
        {.name = "toBoolean",
         .parameters = {any_type},
         .required = 1,
         .result = boolean_type,
         .apply = plain<ToBoolean>,
         .signature = "toBoolean(value)"},
        {.name = "toBooleanOrNull",
         .parameters = {any_type},
         .required = 1,
         .result = boolean_type,
         .apply = or_null<ToBoolean>,
         .signature = "toBooleanOrNull(value)"},
        {.name = "toBooleanList",
         .parameters = {list_type},
         .required = 1,
         .result = list_type,
         .apply = each<ToBoolean>,
         .signature = "toBooleanList(list)"},
        {.name = "toInteger",
         .parameters = {any_type},
         .required = 1,
         .result = integer_type,
         .apply = plain<ToInteger>,
         .signature = "toInteger(value)"},
        {.name = "toIntegerOrNull",
         .parameters = {any_type},
         .required = 1,
         .result = integer_type,
         .apply = or_null<ToInteger>,
         .signature = "toIntegerOrNull(value)"},
        {.name = "toIntegerList",
         .parameters = {list_type},
         .required = 1,
         .result = list_type,
         .apply = each<ToInteger>,
         .signature = "toIntegerList(list)"},
        {.name = "toFloat",
         .parameters = {any_type},
         .required = 1,
         .result = float_type,
         .apply = plain<ToFloat>,
         .signature = "toFloat(value)",
         .of_float = [](double number) { return number; }},
        {.name = "toFloatOrNull",
         .parameters = {any_type},
         .required = 1,
         .result = float_type,
         .apply = or_null<ToFloat>,
         .signature = "toFloatOrNull(value)"},
        {.name = "toFloatList",
         .parameters = {list_type},
         .required = 1,
         .result = list_type,
         .apply = each<ToFloat>,
         .signature = "toFloatList(list)"},
        {.name = "toString",
         .parameters = {any_type},
         .required = 1,
         .result = string_type,
         .apply = plain<ToString>,
         .signature = "toString(value)"},
        {.name = "toStringOrNull",
         .parameters = {any_type},
         .required = 1,
         .result = string_type,
         .apply = or_null<ToString>,
         .signature = "toStringOrNull(value)"},
        {.name = "toStringList",
         .parameters = {list_type},
         .required = 1,
         .result = list_type,
         .apply = each<ToString>,
         .signature = "toStringList(list)"},
    };
}

}  // namespace islet::query
