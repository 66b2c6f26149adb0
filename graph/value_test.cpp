#include "islet/value.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace islet;

namespace {

const double nan_value = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t big = (std::int64_t{1} << 53) + 1;  // no double is equal to it

/// Values of every kind, with all the hard numbers, alone and inside lists and maps.
std::vector<Value> samples() {
    std::vector<Value> all = {nullptr,
                              true,
                              false,
                              0,
                              1,
                              -1,
                              big,
                              big - 1,
                              greatest,
                              greatest - 1,
                              least,
                              0.0,
                              -0.0,
                              1.0,
                              0.5,
                              -0.5,
                              static_cast<double>(big),
                              9223372036854775807.0,
                              -9223372036854775808.0,
                              1e300,
                              -1e300,
                              infinity,
                              -infinity,
                              nan_value,
                              -nan_value,
                              "",
                              "a",
                              "b",
                              "ab",
                              "é",
                              NodeId{0},
                              NodeId{1},
                              RelId{0},
                              RelId{1},
                              Path{{NodeId{0}}, {}},
                              Path{{NodeId{0}, NodeId{1}}, {RelId{0}}},
                              Path{{NodeId{0}, NodeId{1}}, {RelId{1}}},
                              Path{{NodeId{1}, NodeId{0}}, {RelId{0}}}};
    const std::vector<Value> flat = all;
    all.emplace_back(List{});
    all.emplace_back(Map{});
    for (const Value& value : flat) {
        all.emplace_back(List{value});
        all.emplace_back(List{1, value});
        all.emplace_back(Map{{"k", value}});
    }
    all.emplace_back(Map{{"j", 1}});
    all.emplace_back(Map{{"j", 1}, {"k", 1}});
    all.emplace_back(List{List{}, Map{{"a", List{nullptr}}}});
    return all;
}

}  // namespace

TEST_CASE("order is total: reflexive, antisymmetric, transitive") {
    const std::vector<Value> values = samples();
    for (const Value& a : values) {
        REQUIRE(order(a, a) == 0);
        for (const Value& b : values) {
            REQUIRE(order(a, b) == -order(b, a));
            for (const Value& c : values) {
                if (order(a, b) <= 0 && order(b, c) <= 0) {
                    const bool strict = order(a, b) < 0 || order(b, c) < 0;
                    REQUIRE((strict ? order(a, c) < 0 : order(a, c) == 0));
                }
            }
        }
    }
}

TEST_CASE("equivalence, equality, comparison and hash agree with each other") {
    const std::vector<Value> values = samples();
    for (const Value& a : values) {
        CHECK(equivalent(a, a));
        CHECK(a == a);
        for (const Value& b : values) {
            REQUIRE(equivalent(a, b) == (order(a, b) == 0));
            if (equivalent(a, b)) {
                REQUIRE(hash(a) == hash(b));
            }
            if (a == b) {
                REQUIRE(equivalent(a, b));
            }
            if (equals(a, b) == true) {
                REQUIRE(equivalent(a, b));
            }
            REQUIRE(equals(a, b) == equals(b, a));
            if (const auto sign = compare(a, b)) {
                REQUIRE(compare(b, a) == -*sign);
                REQUIRE(*sign == order(a, b));
                REQUIRE((equals(a, b) == true) == (*sign == 0));
            }
        }
    }
}

TEST_CASE("kinds stand in openCypher's order") {
    const std::vector<Value> ascending = {
        Map{{"a", "map"}}, NodeId{5}, RelId{3}, List{"list"}, Path{{NodeId{0}}, {}}, "text", false, true, 1.5,
        nan_value,         nullptr};
    for (std::size_t i = 0; i + 1 < ascending.size(); ++i) CHECK(order(ascending[i], ascending[i + 1]) < 0);
}

TEST_CASE("lists are ordered by element, then by length") {
    const std::vector<List> ascending = {{},       {"a"},        {"a", 1},     {1},
                                         {1, "a"}, {1, nullptr}, {nullptr, 1}, {nullptr, 2}};
    for (std::size_t i = 0; i + 1 < ascending.size(); ++i) CHECK(order(ascending[i], ascending[i + 1]) < 0);
}

TEST_CASE("integers and floats compare exactly") {
    CHECK(equals(1, 1.0) == true);
    CHECK(equals(big, static_cast<double>(big)) == false);
    CHECK(compare(big, static_cast<double>(big)) == 1);
    CHECK(compare(greatest, 9223372036854775808.0) == -1);
    CHECK(compare(least, -9223372036854775808.0) == 0);
    CHECK(compare(-1, -1.5) == 1);
    CHECK(compare(-2, -1.5) == -1);
    CHECK(compare(1, infinity) == -1);
    CHECK(compare(1, -infinity) == 1);
    CHECK(equals(0, -0.0) == true);
    CHECK(equivalent(0.0, -0.0));
    CHECK_FALSE(Value(0.0) == Value(-0.0));
    CHECK_FALSE(Value(1) == Value(1.0));
    CHECK(Value(nan_value) == Value(nan_value));
}

TEST_CASE("equality is three-valued") {
    const auto unknown = std::optional<bool>();
    CHECK(equals(nullptr, nullptr) == unknown);
    CHECK(equals(nullptr, 1) == unknown);
    CHECK(equals("1", 1) == false);
    CHECK(equals(true, 1) == false);
    CHECK(equals(nan_value, nan_value) == false);
    CHECK(equals(nan_value, "a") == false);
    CHECK(equals(List{1, 2}, List{1}) == false);
    CHECK(equals(List{nullptr}, List{1}) == unknown);
    CHECK(equals(List{"a"}, List{1}) == false);
    CHECK(equals(List{List{1}}, List{List{1}, List{nullptr}}) == false);
    CHECK(equals(List{List{1}, List{2}}, List{List{1}, List{nullptr}}) == unknown);
    CHECK(equals(List{List{1}, List{2, 3}}, List{List{1}, List{nullptr}}) == false);
    CHECK(equals(Map{}, Map{}) == true);
    CHECK(equals(Map{{"k", 1}}, Map{{"k", 1.0}}) == true);
    CHECK(equals(Map{}, Map{{"k", nullptr}}) == false);
    CHECK(equals(Map{{"k", nullptr}}, Map{{"k", nullptr}}) == unknown);
    CHECK(equals(Map{{"k", 1}, {"l", nullptr}}, Map{{"k", nullptr}, {"l", 1}}) == unknown);
    CHECK(equals(Map{{"k", 1}, {"l", nullptr}}, Map{{"k", 2}, {"l", nullptr}}) == false);
    CHECK(equals(Map{{"k", 1}}, Map{{"l", 1}}) == false);
    CHECK(equals(NodeId{1}, NodeId{1}) == true);
    CHECK(equals(NodeId{1}, RelId{1}) == false);
}

TEST_CASE("comparison knows what cannot be compared") {
    const auto unknown = std::optional<int>();
    CHECK(compare(1, 3.14) == -1);
    CHECK(compare("1.0", 1.0) == unknown);
    CHECK(compare(nullptr, 1) == unknown);
    CHECK(compare(nan_value, 1) == unknown);
    CHECK(compare("a", "b") == -1);
    CHECK(compare(false, true) == -1);
    CHECK(compare(NodeId{0}, NodeId{1}) == unknown);
    CHECK(compare(Map{}, Map{}) == unknown);
    CHECK(compare(List{1, 0}, List{1}) == 1);
    CHECK(compare(List{1, nullptr}, List{1}) == 1);
    CHECK(compare(List{1, 2}, List{1, nullptr}) == unknown);
    CHECK(compare(List{1, "a"}, List{1, nullptr}) == unknown);
    CHECK(compare(List{1, 2}, List{3, nullptr}) == -1);
}

TEST_CASE("a map keeps each key once, in order") {
    Map map{{"b", 1}, {"a", 2}, {"b", 3}};
    REQUIRE(map.size() == 2);
    CHECK(map.entries()[0].first == "a");
    REQUIRE(map.find("b") != nullptr);
    CHECK(*map.find("b") == Value(3));
    map.set("aa", "x");
    CHECK(map.entries()[1].first == "aa");
    map.erase("a");
    map.erase("not there");
    CHECK(map.find("a") == nullptr);
    CHECK(map.size() == 2);
}
