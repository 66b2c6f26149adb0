#include "literal.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace islet;
using namespace islet::cli;
using std::chrono::milliseconds;

TEST_CASE("a parameter is an openCypher literal") {
    CHECK(literal("1") == Value(1));
    CHECK(literal(" -2 ") == Value(-2));
    CHECK(literal("-9223372036854775808") == Value(std::numeric_limits<std::int64_t>::min()));
    CHECK(literal("2.50") == Value(2.5));
    CHECK(literal("true") == Value(true));
    CHECK(literal("null") == Value());
    CHECK(literal("'it''s'") == std::nullopt);
    CHECK(literal(R"('it\'s')") == Value("it's"));
    CHECK(literal("[1, 'a', [null]]") == Value(List{1, "a", List{nullptr}}));
    CHECK(literal("{b: 1, a: {c: 'x'}}") == Value(Map{{"a", Map{{"c", "x"}}}, {"b", 1}}));
}

TEST_CASE("anything else is a text: nothing of a parameter is ever run") {
    for (const char* text : {"everolimus", "pi()", "1 + 1", "1 AS x", "1, 2", "*", "DISTINCT 1", "1 LIMIT 1",
                             "$x", "a.b", "1 UNION RETURN 2", "", "[1", "VHL syndrome", "[pi()]"}) {
        INFO(text);
        CHECK(literal(text) == std::nullopt);
        CHECK(literal_or_text(text) == Value(text));
    }
}

TEST_CASE("assignments") {
    CHECK(split_assignment("a=b") == std::pair<std::string, std::string>("a", "b"));
    CHECK(split_assignment("a=b=c") == std::pair<std::string, std::string>("a", "b=c"));
    CHECK(split_assignment("a=") == std::pair<std::string, std::string>("a", ""));
    CHECK_FALSE(split_assignment("=b"));
    CHECK_FALSE(split_assignment("ab"));
}

TEST_CASE("durations") {
    CHECK(duration("500ms") == milliseconds(500));
    CHECK(duration("30s") == milliseconds(30000));
    CHECK(duration("30") == milliseconds(30000));
    CHECK(duration("1.5s") == milliseconds(1500));
    CHECK(duration("2m") == milliseconds(120000));
    CHECK(duration("1h") == milliseconds(3600000));
    CHECK(duration("0.0001ms") == milliseconds(1));
    for (const char* wrong : {"", "s", "-1s", "1d", "1 s", "nan", "1e99s"}) CHECK_FALSE(duration(wrong));
}

TEST_CASE("sizes") {
    CHECK(byte_size("1024") == 1024);
    CHECK(byte_size("64K") == 65536);
    CHECK(byte_size("2G") == std::uint64_t{2} << 30);
    CHECK(byte_size("1.5m") == 3 << 19);
    CHECK(byte_size("512MiB") == std::uint64_t{512} << 20);
    for (const char* wrong : {"", "G", "-1G", "1X", "0", "1GG"}) CHECK_FALSE(byte_size(wrong));
}
