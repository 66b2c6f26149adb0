#include <limits>

#include "functions_test_support.hpp"

namespace islet::query {
namespace {

using test::outcome;

constexpr std::int64_t most = INT64_MAX;
constexpr std::int64_t least = INT64_MIN;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Binary {
    Value (*apply)(const Value&, const Value&);
    Value a;
    Value b;
    std::string_view expected;
};

void check(const std::vector<Binary>& rows) {
    const Snapshot snapshot;
    for (const Binary& row : rows) {
        INFO(to_text(row.a, snapshot) << " and " << to_text(row.b, snapshot));
        CHECK(outcome(snapshot, [&] { return row.apply(row.a, row.b); }) == row.expected);
    }
}

Value match(const Value& a, const Value& b) {
    return regex_match(a, b);
}

TEST_CASE("arithmetic on integers is exact or an error") {
    check({
        {add, 1, 2, "3"},
        {add, most, 1, "ArithmeticError IntegerOverflow"},
        {add, least, -1, "ArithmeticError IntegerOverflow"},
        {add, most, least, "-1"},
        {subtract, 1, 2, "-1"},
        {subtract, least, 1, "ArithmeticError IntegerOverflow"},
        {subtract, 0, least, "ArithmeticError IntegerOverflow"},
        {multiply, 6, 7, "42"},
        {multiply, most, 2, "ArithmeticError IntegerOverflow"},
        {multiply, least, -1, "ArithmeticError IntegerOverflow"},
        {divide, 7, 2, "3"},
        {divide, -7, 2, "-3"},
        {divide, 1, 0, "ArithmeticError DivisionByZero"},
        {divide, least, -1, "ArithmeticError IntegerOverflow"},
        {modulo, 7, 3, "1"},
        {modulo, -7, 3, "-1"},
        {modulo, 7, -3, "1"},
        {modulo, 1, 0, "ArithmeticError DivisionByZero"},
        {modulo, least, -1, "0"},
        {power, 2, 3, "8.0"},
    });
}

TEST_CASE("with a float the result is a float, whatever it is") {
    check({
        {add, 1, 0.5, "1.5"},
        {add, 0.5, 1, "1.5"},
        {subtract, 1.5, 1, "0.5"},
        {multiply, 2, 1.5, "3.0"},
        {multiply, 1e308, 10, "Infinity"},
        {divide, 1.0, 0.0, "Infinity"},
        {divide, -1, 0.0, "-Infinity"},
        {divide, 0.0, 0.0, "NaN"},
        {divide, 7, 2.0, "3.5"},
        {modulo, 7.5, 2, "1.5"},
        {modulo, 1.0, 0, "NaN"},
        {power, 4, 0.5, "2.0"},
        {power, -8, 0.5, "NaN"},
    });
}

TEST_CASE("null makes null of every operator") {
    for (auto* apply : {add, subtract, multiply, divide, modulo, power, concatenate, starts_with, ends_with,
                        contains, match}) {
        for (const Value& other : {Value(), Value(1), Value("a"), Value(List()), Value(Map())}) {
            CHECK(apply(Value(), other).is_null());
            CHECK(apply(other, Value()).is_null());
        }
    }
    CHECK(negate(Value()).is_null());
}

TEST_CASE("kinds without arithmetic are refused by name") {
    check({
        {add, true, 1, "TypeError InvalidArgumentType"},
        {add, Map(), "a", "TypeError InvalidArgumentType"},
        {add, Map(), Map(), "TypeError InvalidArgumentType"},
        {subtract, "a", "b", "TypeError InvalidArgumentType"},
        {multiply, List(), 2, "TypeError InvalidArgumentType"},
        {divide, 1, "a", "TypeError InvalidArgumentType"},
        {modulo, true, 2, "TypeError InvalidArgumentType"},
        {power, 2, "a", "TypeError InvalidArgumentType"},
        {concatenate, 1, "a", "TypeError InvalidArgumentType"},
    });
    try {
        static_cast<void>(add(true, Map()));
        FAIL("true + {} has no value");
    } catch (const Exception& exception) {
        CHECK(exception.error().message == "`+` cannot be applied to BOOLEAN and MAP");
    }
}

TEST_CASE("the sign") {
    const Snapshot snapshot;
    CHECK(outcome(snapshot, [] { return negate(5); }) == "-5");
    CHECK(outcome(snapshot, [] { return negate(-0.5); }) == "0.5");
    CHECK(outcome(snapshot, [] { return negate(least); }) == "ArithmeticError IntegerOverflow");
    CHECK(outcome(snapshot, [] { return negate("a"); }) == "TypeError InvalidArgumentType");
}

TEST_CASE("strings and lists are joined") {
    check({
        {add, "a", "b", "'ab'"},
        {add, "a", 1, "'a1'"},
        {add, 1, "a", "'1a'"},
        {add, "a", 1.0, "'a1.0'"},
        {add, "a", true, "'atrue'"},
        {add, List{1, 10}, List{4}, "[1, 10, 4]"},
        {add, List{false, true}, false, "[false, true, false]"},
        {add, 1, List{2}, "[1, 2]"},
        {add, "a", List{2}, "['a', 2]"},
        {add, List(), Map(), "[{}]"},
        {concatenate, "a", "b", "'ab'"},
        {concatenate, List{1}, List{2}, "[1, 2]"},
    });
}

TEST_CASE("search in strings") {
    check({
        {starts_with, "ABCDEF", "ABC", "true"},
        {starts_with, "ABC", "", "true"},
        {starts_with, "abc", "A", "false"},
        {ends_with, "ABCDEF", "DEF", "true"},
        {ends_with, "EF", "DEF", "false"},
        {contains, "ABCDEF", "CD", "true"},
        {contains, "", "", "true"},
        {contains, "AB", "CD", "false"},
        {contains, 1, "1", "null"},
        {starts_with, "1", 1, "null"},
        {ends_with, List(), Map(), "null"},
    });
}

TEST_CASE("regular expressions match the whole text") {
    check({
        {match, "abc", "a.c", "true"},
        {match, "abcd", "a.c", "false"},
        {match, "abcd", "a.*", "true"},
        {match, "ABC", "(?i)abc", "true"},
        {match, "日本", "..", "true"},
        {match, "", "", "true"},
        {match, 1, "1", "null"},
        {match, "a", "(", "ArgumentError InvalidArgumentValue"},
        {match, "a", "(?=a)a", "ArgumentError InvalidArgumentValue"},
    });
    RegexCache cache;
    CHECK(regex_match("abc", "a.*", cache) == Value(true));
    CHECK(regex_match("bc", "a.*", cache) == Value(false));
    CHECK(regex_match("bc", "b.*", cache) == Value(true));
    CHECK_THROWS_AS(regex_match("bc", "[", cache), Exception);
    CHECK(regex_match("bc", "b.*", cache) == Value(true));
}

TEST_CASE("membership knows three answers") {
    check({
        {in_list, Value(), Value(), "null"},
        {in_list, Value(), List{1, 2}, "null"},
        {in_list, Value(), List(), "false"},
        {in_list, 1, List{1, Value()}, "true"},
        {in_list, 1, List{Value(), 1}, "true"},
        {in_list, 5, List{1, Value()}, "null"},
        {in_list, 1, List{1.0}, "true"},
        {in_list, 1, List{"1", 2}, "false"},
        {in_list, List{1}, List{1, 2}, "false"},
        {in_list, List{1, 2}, List{List{Value(), 2}, List{1, 2}}, "true"},
        {in_list, List{1, 2}, List{List{1, Value()}}, "null"},
        {in_list, List{Value()}, List{Value()}, "null"},
        {in_list, nan, List{nan}, "false"},
        {in_list, 1, 123, "TypeError InvalidArgumentType"},
        {in_list, 1, Value(), "null"},
    });
}

Value at(const Value& subject, const Value& index) {
    const Snapshot snapshot;
    std::uint64_t random = 0;
    return subscript(FunctionContext{snapshot, random}, subject, index);
}

TEST_CASE("elements by position and by key") {
    const Map map{{"name", "Apa"}, {"none", Value()}};
    check({
        {at, List{1, 2, 3}, 0, "1"},
        {at, List{1, 2, 3}, -1, "3"},
        {at, List{1, 2, 3}, 3, "null"},
        {at, List{1, 2, 3}, -4, "null"},
        {at, List{1, 2, 3}, least, "null"},
        {at, List{1, 2, 3}, most, "null"},
        {at, List{1}, Value(), "null"},
        {at, Value(), 0, "null"},
        {at, List{1}, 1.0, "TypeError ListElementAccessByNonInteger"},
        {at, List{1}, "0", "TypeError ListElementAccessByNonInteger"},
        {at, map, "name", "'Apa'"},
        {at, map, "NAME", "null"},
        {at, map, "none", "null"},
        {at, map, Value(), "null"},
        {at, map, 0, "TypeError MapElementAccessByNonString"},
        {at, map, 12.3, "TypeError MapElementAccessByNonString"},
        {at, 100, 0, "TypeError InvalidArgumentType"},
        {at, "abc", 0, "TypeError InvalidArgumentType"},
        {at, true, "a", "TypeError InvalidArgumentType"},
    });
}

TEST_CASE("properties of what has none") {
    const Snapshot snapshot;
    const auto read = [&](const Value& subject) {
        return outcome(snapshot, [&] { return property_of(snapshot, subject, "num"); });
    };
    CHECK(read(Map{{"num", 1}}) == "1");
    CHECK(read(Map()) == "null");
    CHECK(read(Value()) == "null");
    CHECK(read(123) == "TypeError InvalidArgumentType");
    CHECK(read(List{123}) == "TypeError InvalidArgumentType");
}

TEST_CASE("slices") {
    const Snapshot snapshot;
    const Value list = List{1, 2, 3, 4, 5};
    const auto cut = [&](const Value& from, const Value& to) {
        return outcome(snapshot, [&] { return slice(list, from, to, true, true); });
    };
    const auto tail = [&](const Value& from) {
        return outcome(snapshot, [&] { return slice(list, from, Value(), true, false); });
    };
    const auto front = [&](const Value& to) {
        return outcome(snapshot, [&] { return slice(list, Value(), to, false, true); });
    };
    CHECK(cut(1, 3) == "[2, 3]");
    CHECK(cut(3, 1) == "[]");
    CHECK(cut(0, 0) == "[]");
    CHECK(cut(-3, -1) == "[3, 4]");
    CHECK(cut(-50, 50) == "[1, 2, 3, 4, 5]");
    CHECK(cut(least, most) == "[1, 2, 3, 4, 5]");
    CHECK(cut(most, least) == "[]");
    CHECK(cut(Value(), 1) == "null");
    CHECK(cut(1, Value()) == "null");
    CHECK(tail(2) == "[3, 4, 5]");
    CHECK(tail(Value()) == "null");
    CHECK(front(2) == "[1, 2]");
    CHECK(front(-2) == "[1, 2, 3]");
    CHECK(front(Value()) == "null");
    CHECK(cut("a", 1) == "TypeError ListElementAccessByNonInteger");
    CHECK(outcome(snapshot, [&] { return slice("abc", 0, 1, true, true); }) ==
          "TypeError InvalidArgumentType");
    CHECK(slice(Value(), 0, 1, true, true).is_null());
}

TEST_CASE("an infinite float goes through arithmetic") {
    CHECK(add(infinity, 1) == Value(infinity));
    CHECK(subtract(infinity, infinity) == Value(nan));
}

}  // namespace
}  // namespace islet::query
