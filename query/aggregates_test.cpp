#include <cmath>
#include <limits>

#include "aggregates.hpp"
#include "functions_test_support.hpp"

namespace islet::query {
namespace {

using test::outcome;

constexpr std::int64_t most = INT64_MAX;
constexpr std::int64_t least = INT64_MIN;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Value aggregated(std::string_view name, const List& values, const Value& percentile = {}) {
    const AggregateFunction* function = find_aggregate(name);
    REQUIRE(function != nullptr);
    const auto state = function->make();
    state->grow(1);
    std::vector<ColumnRef> columns;
    Column column;
    for (const Value& each : values) column.append(each);
    columns.emplace_back(column.layout == Column::Layout::absent ? Column::of_values({}) : std::move(column));
    if (function->parameters.size() == 2) columns.emplace_back(Column::of_constant(percentile));
    const std::vector<std::uint32_t> groups(values.size());
    state->add({columns, groups, {}, nullptr});
    return state->results(0, 1).at(0);
}

struct Group {
    std::string_view name;
    List values;
    std::string_view expected;
};

void check(const std::vector<Group>& groups) {
    const Snapshot snapshot;
    for (const Group& group : groups) {
        INFO(group.name << ' ' << to_text(group.values, snapshot));
        CHECK(outcome(snapshot, [&] { return aggregated(group.name, group.values); }) == group.expected);
    }
}

TEST_CASE("aggregates are found without regard to case, and are no functions") {
    REQUIRE(find_aggregate("COUNT") != nullptr);
    CHECK(find_aggregate("cOuNt") == find_aggregate("count"));
    CHECK(find_aggregate("coun") == nullptr);
    CHECK(aggregate_names().size() == 10);
    for (const std::string_view name : aggregate_names()) {
        CHECK(find_aggregate(name)->name == name);
        CHECK(find_function(name) == nullptr);
    }
}

TEST_CASE("count and collect pass over null") {
    check({
        {"count", {}, "0"},
        {"count", {1, Value(), 1}, "2"},
        {"collect", {}, "[]"},
        {"collect", {1, Value(), "a", 1}, "[1, 'a', 1]"},
        {"collect", {Value()}, "[]"},
    });
    const auto rows = find_aggregate("count")->make();
    rows->grow(2);
    const std::vector<std::uint32_t> groups = {1, 0, 1};
    const std::vector<std::int64_t> weights = {1, 1, 40};
    rows->add({{}, groups, {}, nullptr});
    rows->add({{}, groups, weights, nullptr});
    CHECK(rows->results(0, 2).at(0) == Value(2));
    CHECK(rows->results(0, 2).at(1) == Value(43));
}

TEST_CASE("sum keeps integers exact and says when they are too many") {
    check({
        {"sum", {}, "0"},
        {"sum", {33, Value(), 42}, "75"},
        {"sum", {1, 0.5}, "1.5"},
        {"sum", {1.0, 2.0}, "3.0"},
        {"sum", {most, 1}, "ArithmeticError IntegerOverflow"},
        {"sum", {most, 1, -1}, "9223372036854775807"},
        {"sum", {least, -1}, "ArithmeticError IntegerOverflow"},
        {"sum", {most, most, 0.0}, "1.8446744073709552E19"},
        {"sum", {0.1, 0.2, 0.3}, "0.6"},
        {"sum", {1e100, 1.0, -1e100}, "1.0"},
        {"sum", {infinity, 1.0}, "Infinity"},
        {"sum", {infinity, -infinity}, "NaN"},
        {"sum", {1, "a"}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("avg is a float") {
    check({
        {"avg", {}, "null"},
        {"avg", {Value()}, "null"},
        {"avg", {1, 2, Value()}, "1.5"},
        {"avg", {2, 2}, "2.0"},
        {"avg", {most, most}, "9.223372036854776E18"},
        {"avg", {1e308, 1e308}, "1.0E308"},
        {"avg", {1, nan}, "NaN"},
        {"avg", {true}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("min and max go by the total order") {
    check({
        {"max", {}, "null"},
        {"min", {Value()}, "null"},
        {"max", {1, 2, 0, Value(), -1}, "2"},
        {"min", {1, 2, 0, Value(), -1}, "-1"},
        {"max", {1.0, 2.0, 0.5}, "2.0"},
        {"min", {1, 2.0, 5, 3.2, 0.1}, "0.1"},
        {"min", {"a", "b", "B", "abc"}, "'B'"},
        {"max", {"a", "b", "B", "abc"}, "'b'"},
        {"max", {List{1}, List{2}, List{2, 1}}, "[2, 1]"},
        {"min", {List{1}, List{2}, List{2, 1}}, "[1]"},
        {"max", {1, "a", Value(), List{1, 2}, 0.2, "b"}, "1"},
        {"min", {1, "a", Value(), List{1, 2}, 0.2, "b"}, "[1, 2]"},
    });
}

TEST_CASE("deviations") {
    check({
        {"stDev", {}, "0.0"},
        {"stDev", {5}, "0.0"},
        {"stDev", {2, 4, 4, 4, 5, 5, 7, 9, Value()}, "2.138089935299395"},
        {"stDevP", {2, 4, 4, 4, 5, 5, 7, 9}, "2.0"},
        {"stDevP", {1e9 + 1, 1e9 + 3}, "1.0"},
        {"stDevP", {3, 3.0}, "0.0"},
        {"stDev", {"a"}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("percentiles") {
    const Snapshot snapshot;
    const List prices = {30.0, Value(), 10.0, 20.0};
    const auto at = [&](std::string_view name, const List& values, const Value& percentile) {
        return outcome(snapshot, [&] { return aggregated(name, values, percentile); });
    };
    for (const std::string_view name : {"percentileCont", "percentileDisc"}) {
        CHECK(at(name, prices, 0.0) == "10.0");
        CHECK(at(name, prices, 0.5) == "20.0");
        CHECK(at(name, prices, 1.0) == "30.0");
        CHECK(at(name, prices, 1) == "30.0");
        CHECK(at(name, {}, 0.5) == "null");
        CHECK(at(name, {Value()}, 0.5) == "null");
        CHECK(at(name, prices, Value()) == "null");
        CHECK(at(name, prices, 1000) == "ArgumentError NumberOutOfRange");
        CHECK(at(name, prices, -1) == "ArgumentError NumberOutOfRange");
        CHECK(at(name, prices, 1.1) == "ArgumentError NumberOutOfRange");
        CHECK(at(name, prices, nan) == "ArgumentError NumberOutOfRange");
        CHECK(at(name, prices, "a") == "TypeError InvalidArgumentValue");
        CHECK(at(name, {"a"}, 0.5) == "TypeError InvalidArgumentValue");
    }
    CHECK(at("percentileCont", {4, 1, 3, 2}, 0.5) == "2.5");
    CHECK(at("percentileCont", {10, 20, 30}, 0.4) == "18.0");
    CHECK(at("percentileCont", {7}, 0.9) == "7.0");
    CHECK(at("percentileCont", {-1.7e308, 1.7e308}, 0.5) == "0.0");
    CHECK(at("percentileDisc", {4, 1, 3, 2}, 0.5) == "2");
    CHECK(at("percentileDisc", {4, 1, 3, 2}, 0.51) == "3");
    CHECK(at("percentileDisc", {3, 1, 2.5}, 1.0) == "3");
}

TEST_CASE("a percentile never decreases with its share and stays within its numbers") {
    const List numbers = {5, -3, 12.5, 0, 7, 7, 1e6, -2.25};
    for (const std::string_view name : {"percentileCont", "percentileDisc"}) {
        double before = -3;
        for (int i = 0; i <= 100; ++i) {
            const double found = aggregated(name, numbers, i / 100.0).number();
            CHECK(found >= before);
            before = found;
        }
        CHECK(before == 1e6);
    }
}

}  // namespace
}  // namespace islet::query
