// Mathematics, rounding and conversion.
#include <cmath>
#include <limits>

#include "functions_test_support.hpp"
#include "number_text.hpp"
#include "rounding.hpp"

namespace islet::query {
namespace {

using test::check;
using test::run;

constexpr std::int64_t most = INT64_MAX;
constexpr std::int64_t least = INT64_MIN;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("numbers") {
    check({
        {"abs", {-1}, "1"},
        {"abs", {-1.5}, "1.5"},
        {"abs", {least + 1}, "9223372036854775807"},
        {"abs", {least}, "ArithmeticError IntegerOverflow"},
        {"abs", {"1"}, "TypeError InvalidArgumentValue"},
        {"sign", {-17}, "-1"},
        {"sign", {0}, "0"},
        {"sign", {0.1}, "1"},
        {"sign", {nan}, "0"},
        {"ceil", {0.1}, "1.0"},
        {"ceil", {2}, "2.0"},
        {"floor", {0.9}, "0.0"},
        {"floor", {-0.1}, "-1.0"},
        {"sqrt", {12.96}, "3.6"},
        {"sqrt", {256}, "16.0"},
        {"sqrt", {-1}, "NaN"},
        {"exp", {0}, "1.0"},
        {"log", {1}, "0.0"},
        {"log", {0}, "-Infinity"},
        {"log", {-1}, "NaN"},
        {"log10", {1000}, "3.0"},
        {"isNaN", {nan}, "true"},
        {"isNaN", {1}, "false"},
        {"isNaN", {infinity}, "false"},
    });
    CHECK(run("ln", {2}).as_double() == std::log(2.0));
    CHECK(run("log", {run("e", {})}).as_double() == Approx(1.0));
}

TEST_CASE("angles") {
    check({
        {"sin", {0}, "0.0"},
        {"cos", {0}, "1.0"},
        {"tan", {0}, "0.0"},
        {"cot", {0}, "Infinity"},
        {"asin", {2}, "NaN"},
        {"acos", {1}, "0.0"},
        {"atan", {0}, "0.0"},
        {"atan2", {0, 1}, "0.0"},
        {"haversin", {0}, "0.0"},
        {"degrees", {0}, "0.0"},
    });
    const Value pi = run("pi", {});
    CHECK(run("degrees", {pi}).as_double() == Approx(180.0));
    CHECK(run("radians", {180}).as_double() == Approx(pi.as_double()));
    CHECK(run("haversin", {pi}).as_double() == Approx(1.0));
    CHECK(run("atan2", {-1, -1}).as_double() == Approx(-0.75 * pi.as_double()));
    CHECK(run("cot", {0.5}).as_double() == Approx(std::cos(0.5) / std::sin(0.5)));
}

TEST_CASE("rounding to a whole number goes up from the middle") {
    check({
        {"round", {3.141592}, "3.0"},
        {"round", {2.5}, "3.0"},
        {"round", {-1.5}, "-1.0"},
        {"round", {-1.6}, "-2.0"},
        {"round", {5}, "5.0"},
        {"round", {0.49999999999999994}, "0.0"},
        {"round", {4503599627370497.0}, "4.503599627370497E15"},
        {"round", {infinity}, "Infinity"},
        {"round", {nan}, "NaN"},
    });
}

TEST_CASE("rounding to decimal places goes by the digits that are printed") {
    check({
        {"round", {3.141592, 3}, "3.142"},
        {"round", {1.55, 1}, "1.6"},
        {"round", {-1.55, 1}, "-1.6"},
        {"round", {1.005, 2}, "1.01"},
        {"round", {9.99, 1}, "10.0"},
        {"round", {0.05, 1}, "0.1"},
        {"round", {0.04, 1}, "0.0"},
        {"round", {0.004, 1, "UP"}, "0.1"},
        {"round", {0.1, 1, "UP"}, "0.1"},
        {"round", {1.249, 1}, "1.2"},
        {"round", {-1.5, 0, "HALF_UP"}, "-2.0"},
        {"round", {1.25, 1, "half_even"}, "1.2"},
        {"round", {1.35, 1, "HALF_EVEN"}, "1.4"},
        {"round", {1.25, 1, "HALF_DOWN"}, "1.2"},
        {"round", {1.251, 1, "HALF_DOWN"}, "1.3"},
        {"round", {1.21, 1, "UP"}, "1.3"},
        {"round", {-1.21, 1, "UP"}, "-1.3"},
        {"round", {1.29, 1, "DOWN"}, "1.2"},
        {"round", {-1.29, 1, "CEILING"}, "-1.2"},
        {"round", {1.21, 1, "CEILING"}, "1.3"},
        {"round", {-1.21, 1, "FLOOR"}, "-1.3"},
        {"round", {1.29, 1, "FLOOR"}, "1.2"},
        {"round", {5e-324, 400}, "5.0E-324"},
        {"round", {5e-324, 2, "UP"}, "0.01"},
        {"round", {1e308, 2}, "1.0E308"},
        {"round", {1.5, most}, "1.5"},
        {"round", {1.5, -1}, "ArgumentError NegativeIntegerArgument"},
        {"round", {1.5, 1, "SIDEWAYS"}, "ArgumentError InvalidArgumentValue"},
        {"round", {1.5, "UP"}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("rounding up and down enclose the number, and the nearer of them is half up") {
    for (int i = -2000; i <= 2000; ++i) {
        const double value = i / 800.0;
        const double floor = round_decimal(value, 2, RoundingMode::floor);
        const double ceiling = round_decimal(value, 2, RoundingMode::ceiling);
        const double half = round_decimal(value, 2, RoundingMode::half_even);
        INFO(value);
        CHECK(floor <= value);
        CHECK(ceiling >= value);
        CHECK(ceiling - floor <= 0.01 + 1e-12);
        CHECK((half == floor || half == ceiling));
        CHECK(std::fabs(half - value) <= 0.005 + 1e-12);
    }
}

TEST_CASE("toBoolean") {
    check({
        {"toBoolean", {true}, "true"},
        {"toBoolean", {"true"}, "true"},
        {"toBoolean", {" FALSE "}, "false"},
        {"toBoolean", {"yes"}, "null"},
        {"toBoolean", {""}, "null"},
        {"toBoolean", {0}, "false"},
        {"toBoolean", {7}, "true"},
        {"toBoolean", {1.0}, "TypeError InvalidArgumentValue"},
        {"toBoolean", {List()}, "TypeError InvalidArgumentValue"},
        {"toBoolean", {Map()}, "TypeError InvalidArgumentValue"},
        {"toBooleanOrNull", {1.0}, "null"},
        {"toBooleanList", {List{"true", 0, Map(), Value()}}, "[true, false, null, null]"},
        {"toBooleanList", {"true"}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("toInteger") {
    check({
        {"toInteger", {2}, "2"},
        {"toInteger", {82.9}, "82"},
        {"toInteger", {-82.9}, "-82"},
        {"toInteger", {true}, "1"},
        {"toInteger", {"42"}, "42"},
        {"toInteger", {" +42\n"}, "42"},
        {"toInteger", {"1.7"}, "1"},
        {"toInteger", {"-1.7"}, "-1"},
        {"toInteger", {".9"}, "0"},
        {"toInteger", {"1e3"}, "1000"},
        {"toInteger", {"123456e-3"}, "123"},
        {"toInteger", {"-0.00123e5"}, "-123"},
        {"toInteger", {"0e999999999999999999999"}, "0"},
        {"toInteger", {"1e-999999999999999999999"}, "0"},
        {"toInteger", {"9223372036854775807.9"}, "9223372036854775807"},
        {"toInteger", {"-9223372036854775808"}, "-9223372036854775808"},
        {"toInteger", {"9223372036854775808"}, "ArgumentError NumberOutOfRange"},
        {"toInteger", {"1e999999999999999999999"}, "ArgumentError NumberOutOfRange"},
        {"toInteger", {"foo"}, "null"},
        {"toInteger", {""}, "null"},
        {"toInteger", {"."}, "null"},
        {"toInteger", {"1e"}, "null"},
        {"toInteger", {"1 2"}, "null"},
        {"toInteger", {"--1"}, "null"},
        {"toInteger", {"0x1F"}, "null"},
        {"toInteger", {1e300}, "ArgumentError NumberOutOfRange"},
        {"toInteger", {9223372036854775808.0}, "ArgumentError NumberOutOfRange"},
        {"toInteger", {-9223372036854775808.0}, "-9223372036854775808"},
        {"toInteger", {nan}, "ArgumentError NumberOutOfRange"},
        {"toInteger", {infinity}, "ArgumentError NumberOutOfRange"},
        {"toInteger", {List()}, "TypeError InvalidArgumentValue"},
        {"toInteger", {Map()}, "TypeError InvalidArgumentValue"},
        {"toIntegerOrNull", {List()}, "null"},
        {"toIntegerOrNull", {1e300}, "null"},
        {"toIntegerOrNull", {"7"}, "7"},
        {"toIntegerList", {List{"2", 2.9, "foo", List(), nan}}, "[2, 2, null, null, null]"},
    });
}

TEST_CASE("toFloat") {
    check({
        {"toFloat", {3.4}, "3.4"},
        {"toFloat", {3}, "3.0"},
        {"toFloat", {"5"}, "5.0"},
        {"toFloat", {" -1.5e2 "}, "-150.0"},
        {"toFloat", {"+.5"}, "0.5"},
        {"toFloat", {"1."}, "1.0"},
        {"toFloat", {"foo"}, "null"},
        {"toFloat", {""}, "null"},
        {"toFloat", {"nan"}, "null"},
        {"toFloat", {"inf"}, "null"},
        {"toFloat", {"+-1"}, "null"},
        {"toFloat", {"NaN"}, "NaN"},
        {"toFloat", {"-Infinity"}, "-Infinity"},
        {"toFloat", {"1e999"}, "Infinity"},
        {"toFloat", {"-1e999"}, "-Infinity"},
        {"toFloat", {"1e-999"}, "0.0"},
        {"toFloat", {"0e999"}, "0.0"},
        {"toFloat", {true}, "TypeError InvalidArgumentValue"},
        {"toFloat", {List()}, "TypeError InvalidArgumentValue"},
        {"toFloatOrNull", {true}, "null"},
        {"toFloatList", {List{3, "x", false}}, "[3.0, null, null]"},
    });
}

TEST_CASE("toString") {
    check({
        {"toString", {true}, "'true'"},
        {"toString", {1}, "'1'"},
        {"toString", {2.3}, "'2.3'"},
        {"toString", {"apa"}, "'apa'"},
        {"toString", {List()}, "TypeError InvalidArgumentValue"},
        {"toString", {Map()}, "TypeError InvalidArgumentValue"},
        {"toStringOrNull", {Map()}, "null"},
        {"toStringList", {List{1, "a", Map()}}, "['1', 'a', null]"},
    });
}

TEST_CASE("what toString writes is read again") {
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, most, least, most - 1}) {
        CHECK(run("toInteger", {run("toString", {value})}).as_int() == value);
    }
    for (const double value :
         {0.1, -2.5, 1e300, 5e-324, 1.0 / 3.0, 4503599627370497.5, infinity, -infinity}) {
        CHECK(run("toFloat", {run("toString", {value})}).as_double() == value);
    }
    CHECK(run("toBoolean", {run("toString", {false})}) == Value(false));
}

TEST_CASE("a text is cut to the integer that its exact value has") {
    // Beyond 2^53 a float would be off.
    CHECK(std::get<std::int64_t>(read_integer("9007199254740993.5")) == 9007199254740993);
    CHECK(std::get<std::int64_t>(read_integer("922337203685477580.7e1")) == most);
    CHECK(std::holds_alternative<OutOfRange>(read_integer("922337203685477580.8e1")));
    CHECK(std::get<std::int64_t>(read_integer("-922337203685477580.8e1")) == least);
    CHECK(std::get<std::int64_t>(read_integer("000000000000000000000000000001")) == 1);
    CHECK(std::get<std::int64_t>(read_integer("0.000000000000000000000000000012e30")) == 12);
}

}  // namespace
}  // namespace islet::query
