// The table of functions as a whole, and the functions of any value.
#include "functions.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "functions_test_support.hpp"
#include "islet/functions.hpp"

namespace islet::query {
namespace {

using test::check;
using test::run;

TEST_CASE("functions are found without regard to case") {
    REQUIRE(find_function("toUpper") != nullptr);
    CHECK(find_function("TOUPPER") == find_function("toUpper"));
    CHECK(find_function("toupper")->name == "toUpper");
    CHECK(find_function("toUppe") == nullptr);
    CHECK(find_function("toUpperr") == nullptr);
    CHECK(find_function("") == nullptr);
    CHECK(find_function("count") == nullptr);
}

TEST_CASE("the names are sorted, distinct and each finds its function") {
    const auto names = function_names();
    CHECK(names.size() >= 78);
    const auto lower = [](std::string_view name) {
        std::string text(name);
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    std::string before;
    for (const std::string_view name : names) {
        CHECK(before < lower(name));
        before = lower(name);
        REQUIRE(find_function(name) != nullptr);
        CHECK(find_function(name)->name == name);
    }
}

TEST_CASE("the public list holds every function and aggregate with its signature") {
    const auto all = functions();
    CHECK(all.size() == function_names().size() + aggregate_names().size());
    for (const FunctionDescription& function : all) {
        INFO(function.name);
        CHECK(function.signature.starts_with(function.name));
        CHECK(function.aggregate == (find_aggregate(function.name) != nullptr));
    }
    const auto lower = [](std::string_view name) {
        std::string text(name);
        for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return text;
    };
    CHECK(std::is_sorted(all.begin(), all.end(),
                         [&](const auto& a, const auto& b) { return lower(a.name) < lower(b.name); }));
}

TEST_CASE("every function declares what it takes") {
    for (const std::string_view name : function_names()) {
        const Function& function = *find_function(name);
        INFO(name);
        CHECK(function.apply != nullptr);
        CHECK(function.required <= function.parameters.size());
        CHECK(function.signature.starts_with(std::string(name) + '('));
        if (function.variadic) CHECK_FALSE(function.parameters.empty());
        CHECK(std::find(function.parameters.begin(), function.parameters.end(), 0) ==
              function.parameters.end());
    }
}

TEST_CASE("null in, null out, but for the functions that take it") {
    for (const std::string_view name : function_names()) {
        const Function& function = *find_function(name);
        if (function.takes_null || function.parameters.empty()) continue;
        INFO(name);
        CHECK(run(name, std::vector<Value>(function.parameters.size())).is_null());
    }
}

TEST_CASE("no function fails on values of its kinds otherwise than by an exception with a detail") {
    const auto least = std::numeric_limits<std::int64_t>::min();
    const auto most = std::numeric_limits<std::int64_t>::max();
    const std::vector<Value> values = {true,
                                       false,
                                       0,
                                       1,
                                       -1,
                                       least,
                                       most,
                                       0.0,
                                       -0.5,
                                       1e308,
                                       std::numeric_limits<double>::infinity(),
                                       std::numeric_limits<double>::quiet_NaN(),
                                       "",
                                       "a",
                                       "\xC3\xA9\xF0\x9F\x8D\x8B",
                                       "\xFF\xC3",
                                       "-9223372036854775809",
                                       List(),
                                       List{1, "a", Value()},
                                       Map(),
                                       Map{{"k", 1}}};
    const Snapshot snapshot;
    std::size_t refused = 0;
    const auto attempt = [&](std::string_view name, const std::vector<Value>& arguments) {
        try {
            static_cast<void>(run(name, arguments, snapshot));
        } catch (const Exception& exception) {
            ++refused;
            CHECK_FALSE(exception.error().detail.empty());
            CHECK(exception.error().message.find(std::string(name) + '(') == 0);
        }
    };
    for (const std::string_view name : function_names()) {
        const std::size_t longest = find_function(name)->parameters.size();
        INFO(name);
        if (longest == 0) attempt(name, {});
        for (const Value& first : values) {
            if (longest >= 1 && find_function(name)->required <= 1) attempt(name, {first});
            if (longest < 2) continue;
            for (const Value& second : values) {
                if (find_function(name)->required <= 2) attempt(name, {first, second});
                if (longest < 3) continue;
                for (const Value& third : values) attempt(name, {first, second, third});
            }
        }
    }
    CHECK(refused > 1000);
}

TEST_CASE("a set of kinds reads as a list") {
    CHECK(type_text(string_type) == "STRING");
    CHECK(type_text(string_type | list_type) == "STRING or LIST");
    CHECK(type_text(boolean_type | integer_type | float_type) == "BOOLEAN, INTEGER or FLOAT");
    CHECK(type_text(any_type) == "any value");
}

TEST_CASE("a refusal names the function, what it takes and what it got") {
    try {
        static_cast<void>(run("size", {1}));
        FAIL("size(1) has no value");
    } catch (const Exception& exception) {
        CHECK(exception.error().kind == "TypeError");
        CHECK(exception.error().detail == "InvalidArgumentValue");
        CHECK(exception.error().code == "22G03");
        CHECK(exception.error().message == "size() takes STRING or LIST, got INTEGER");
    }
}

TEST_CASE("functions of any value") {
    check({
        {"coalesce", {Value(), Value(), 3, 4}, "3"},
        {"coalesce", {Value()}, "null"},
        {"nullIf", {4, 4}, "null"},
        {"nullIf", {4, 4.0}, "null"},
        {"nullIf", {"abc", "def"}, "'abc'"},
        {"nullIf", {4, Value()}, "4"},
        {"nullIf", {Value(), 4}, "null"},
        {"exists", {Value()}, "false"},
        {"exists", {false}, "true"},
        {"isEmpty", {""}, "true"},
        {"isEmpty", {"a"}, "false"},
        {"isEmpty", {List()}, "true"},
        {"isEmpty", {List{Value()}}, "false"},
        {"isEmpty", {Map()}, "true"},
        {"isEmpty", {Map{{"a", Value()}}}, "false"},
        {"isEmpty", {0}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("valueType writes the type of a value and of a list's elements") {
    check({
        {"valueType", {Value()}, "'NULL'"},
        {"valueType", {true}, "'BOOLEAN NOT NULL'"},
        {"valueType", {1}, "'INTEGER NOT NULL'"},
        {"valueType", {1.0}, "'FLOAT NOT NULL'"},
        {"valueType", {"a"}, "'STRING NOT NULL'"},
        {"valueType", {Map()}, "'MAP NOT NULL'"},
        {"valueType", {List()}, "'LIST<NOTHING> NOT NULL'"},
        {"valueType", {List{Value()}}, "'LIST<NULL> NOT NULL'"},
        {"valueType", {List{1, 2}}, "'LIST<INTEGER NOT NULL> NOT NULL'"},
        {"valueType", {List{1, Value()}}, "'LIST<INTEGER> NOT NULL'"},
        {"valueType",
         {List{1, "a", true}},
         "'LIST<BOOLEAN NOT NULL | STRING NOT NULL | INTEGER NOT NULL> NOT NULL'"},
        {"valueType", {List{List{1}}}, "'LIST<LIST<INTEGER NOT NULL> NOT NULL> NOT NULL'"},
    });
}

TEST_CASE("random functions go by the state they are given") {
    const Snapshot snapshot;
    const auto draw = [&](std::string_view name, std::uint64_t& state) {
        FunctionContext context{snapshot, state};
        CHECK_FALSE(find_function(name)->pure);
        return call(*find_function(name), context, {});
    };
    std::uint64_t state = 42;
    std::uint64_t same = 42;
    std::set<double> seen;
    for (int i = 0; i < 1000; ++i) {
        const double drawn = draw("rand", state).as_double();
        CHECK(drawn == draw("rand", same).as_double());
        CHECK(drawn >= 0.0);
        CHECK(drawn < 1.0);
        seen.insert(drawn);
    }
    CHECK(seen.size() == 1000);

    const Value drawn = draw("randomUUID", state);
    const std::string uuid(drawn.as_string());
    REQUIRE(uuid.size() == 36);
    CHECK(uuid[8] == '-');
    CHECK(uuid[13] == '-');
    CHECK(uuid[14] == '4');
    CHECK(std::string("89ab").find(uuid[19]) != std::string::npos);
    CHECK(std::string(draw("randomUUID", state).as_string()) != uuid);
}

TEST_CASE("timestamp counts milliseconds since 1970") {
    CHECK(run("timestamp", {}).as_int() > 1'600'000'000'000);
    CHECK_FALSE(find_function("timestamp")->pure);
}

}  // namespace
}  // namespace islet::query
