// Numbers, logarithms, trigonometry. Where mathematics has no answer the result
// is NaN or infinite, as IEEE 754 has it; only integers overflow into an error.
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"
#include "random_bits.hpp"
#include "rounding.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

template <double (*function)(double)>
Value of_number(FunctionContext& /*context*/, Arguments arguments) {
    return function(arguments[0].number());
}

double cot(double x) {
    return 1.0 / std::tan(x);
}
double coth(double x) {
    return 1.0 / std::tanh(x);
}
double haversin(double x) {
    return (1.0 - std::cos(x)) / 2.0;
}
double degrees(double x) {
    return x * 180.0 / std::numbers::pi;
}
double radians(double x) {
    return x * std::numbers::pi / 180.0;
}

Value absolute(FunctionContext& /*context*/, Arguments arguments) {
    if (arguments[0].kind() == Kind::floating) return std::fabs(arguments[0].as_double());
    const std::int64_t value = arguments[0].as_int();
    if (value == std::numeric_limits<std::int64_t>::min())
        raise_overflow("abs(" + std::to_string(value) + ")");
    return value < 0 ? -value : value;
}

Value sign(FunctionContext& /*context*/, Arguments arguments) {
    const double value = arguments[0].number();
    return (value > 0 ? 1 : 0) - (value < 0 ? 1 : 0);
}

Value atan2(FunctionContext& /*context*/, Arguments arguments) {
    return std::atan2(arguments[0].number(), arguments[1].number());
}

Value is_nan(FunctionContext& /*context*/, Arguments arguments) {
    return arguments[0].kind() == Kind::floating && std::isnan(arguments[0].as_double());
}

Value round(FunctionContext& /*context*/, Arguments arguments) {
    const double value = arguments[0].number();
    const std::int64_t places = arguments.size() > 1 ? arguments[1].as_int() : 0;
    if (places < 0) raise_negative("round", "precision", places);
    if (arguments.size() < 3 && places == 0) return round_whole(value);
    auto mode = RoundingMode::half_up;
    if (arguments.size() == 3) {
        const auto named = rounding_mode(arguments[2].as_string());
        if (!named) {
            raise(status::invalid_argument, "ArgumentError", "InvalidArgumentValue",
                  "round() knows no mode '" + excerpt(arguments[2].as_string()) + "'",
                  "the modes are UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN and HALF_EVEN");
        }
        mode = *named;
    }
    // No float has digits beyond the 1074th place.
    return round_decimal(value, static_cast<int>(places < 1100 ? places : 1100), mode);
}

Value e(FunctionContext& /*context*/, Arguments /*arguments*/) {
    return std::numbers::e;
}
Value pi(FunctionContext& /*context*/, Arguments /*arguments*/) {
    return std::numbers::pi;
}

Value rand(FunctionContext& context, Arguments /*arguments*/) {
    // 53 bits, as many as a float holds: every result is below 1.
    return static_cast<double>(next_random(context.random_state) >> 11U) * 0x1.0p-53;
}

template <double (*function)(double)>
Function of_one(std::string_view name, std::string_view signature) {
    return {.name = name,
            .parameters = {number_type},
            .required = 1,
            .result = float_type,
            .apply = of_number<function>,
            .signature = signature,
            .of_float = function};
}

}  // namespace

std::vector<Function> math_functions() {
    return {
        {.name = "abs",
         .parameters = {number_type},
         .required = 1,
         .result = number_type,
         .apply = absolute,
         .signature = "abs(number)"},
        {.name = "sign",
         .parameters = {number_type},
         .required = 1,
         .result = integer_type,
         .apply = sign,
         .signature = "sign(number)"},
        {.name = "isNaN",
         .parameters = {number_type},
         .required = 1,
         .result = boolean_type,
         .apply = is_nan,
         .signature = "isNaN(number)"},
        {.name = "round",
         .parameters = {number_type, integer_type, string_type},
         .required = 1,
         .result = float_type,
         .apply = round,
         .signature = "round(number[, precision[, mode]])",
         .of_float = round_whole},
        {.name = "atan2",
         .parameters = {number_type, number_type},
         .required = 2,
         .result = float_type,
         .apply = atan2,
         .signature = "atan2(y, x)"},
        {.name = "e", .parameters = {}, .required = 0, .result = float_type, .apply = e, .signature = "e()"},
        {.name = "pi",
         .parameters = {},
         .required = 0,
         .result = float_type,
         .apply = pi,
         .signature = "pi()"},
        {.name = "rand",
         .parameters = {},
         .required = 0,
         .result = float_type,
         .pure = false,
         .apply = rand,
         .signature = "rand()"},
        of_one<std::ceil>("ceil", "ceil(number)"),
        of_one<std::ceil>("ceiling", "ceiling(number)"),
        of_one<std::floor>("floor", "floor(number)"),
        of_one<std::sqrt>("sqrt", "sqrt(number)"),
        of_one<std::exp>("exp", "exp(number)"),
        of_one<std::log>("log", "log(number)"),
        of_one<std::log>("ln", "ln(number)"),
        of_one<std::log10>("log10", "log10(number)"),
        of_one<std::sin>("sin", "sin(radians)"),
        of_one<std::cos>("cos", "cos(radians)"),
        of_one<std::tan>("tan", "tan(radians)"),
        of_one<cot>("cot", "cot(radians)"),
        of_one<std::asin>("asin", "asin(number)"),
        of_one<std::acos>("acos", "acos(number)"),
        of_one<std::atan>("atan", "atan(number)"),
        of_one<std::sinh>("sinh", "sinh(number)"),
        of_one<std::cosh>("cosh", "cosh(number)"),
        of_one<std::tanh>("tanh", "tanh(number)"),
        of_one<coth>("coth", "coth(number)"),
        of_one<haversin>("haversin", "haversin(radians)"),
        of_one<degrees>("degrees", "degrees(radians)"),
        of_one<radians>("radians", "radians(degrees)"),
    };
}

}  // namespace islet::query
