// The table of ids against a map, and the short ways of reading and comparing texts against the long ones.
#include "import_ids.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

#include "import_text.hpp"

namespace islet::importing {

namespace {

std::uint32_t naive_number(const std::string& text) {
    const bool digits = !text.empty() && text.size() <= 8 &&
                        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || (text.size() > 1 && text[0] == '0')) return no_small_number;
    return static_cast<std::uint32_t>(std::stoul(text));
}

/// Numbers as people write them and as they had better not, long and short names.
std::string some_id(std::mt19937& random) {
    std::string number = std::to_string(random() % (random() % 3 == 0 ? 3'000 : 40'000));
    switch (random() % 12) {
        case 0:
            return "0" + number;
        case 1:
            return "-" + number;
        case 2:
            return number + "000000000000";  // too many digits for a small number
        case 3:
            return "9" + std::string(7 - number.size(), '9') + number;  // eight of them
        case 4:
            return "Gene::" + number;
        case 5:
            return "https://example.org/things/" + number;
        case 6:
            return number + "x";
        case 7:
            return "+" + number;
        default:
            return number;
    }
}

}  // namespace

TEST_CASE("ids: a table holds what a map does, in whatever order ids come") {
    for (const std::size_t expected : {0U, 20'000U}) {
        std::mt19937 random(7);
        IdTable table;
        table.expect(expected);
        std::map<std::pair<std::uint32_t, std::string>, NodeId> map;
        for (std::uint32_t i = 0; i < 60'000; ++i) {
            const std::uint32_t space = random() % 3;
            const std::string id = some_id(random);
            const NodeId node{i};
            const NodeId held = map.emplace(std::pair(space, id), node).first->second;
            REQUIRE(table.insert(space, id, IdTable::hash_to_insert(space, id), node) == held);
            if (i % 7 != 0) continue;
            const std::string other = some_id(random);
            const auto there = map.find(std::pair(space, other));
            REQUIRE(table.find(space, other) == (there == map.end() ? NodeId::none : there->second));
        }
        for (const auto& [key, node] : map) {
            REQUIRE(table.find(key.first, key.second) == node);
            REQUIRE(table.find(9, key.second) == NodeId::none);
        }
        CHECK(table.find(0, "") == NodeId::none);
        CHECK(table.large());
    }
}

TEST_CASE("ids: a large number that came early is found when its like have an array") {
    IdTable table;
    const auto insert = [&](std::uint32_t number, std::uint32_t node) {
        const std::string id = std::to_string(number);
        return table.insert(0, id, IdTable::hash_to_insert(0, id), NodeId{node});
    };
    CHECK(insert(7'000, 0) == NodeId{0});
    for (std::uint32_t i = 1; i < 2'000; ++i) CHECK(insert(i, i) == NodeId{i});
    CHECK(insert(7'001, 2'000) == NodeId{2'000});
    CHECK(insert(7'000, 2'001) == NodeId{0});
    CHECK(table.find(0, "7000") == NodeId{0});
    CHECK(table.find(0, "07000") == NodeId::none);
    CHECK(table.find(0, "7002") == NodeId::none);
}

TEST_CASE("ids: small numbers are the texts that are written in one way") {
    for (const std::string text :
         {"0",        "00",       "01",   "1",    "9",     "10",       "19",        "012",
          "123",      "999",      "1000", "9999", "12345", "99999999", "100000000", "00000000",
          "12a4",     "a",        "-1",   "+1",   "1 ",    " 1",       "1/",        "1:",
          "12:45678", "1234567/", "",     "\xff", "1\xff", "123\xb0",  "1.5",       "12345678"}) {
        INFO(text);
        CHECK(small_number(text) == naive_number(text));
    }
    std::mt19937 random(3);
    for (int i = 0; i < 100'000; ++i) {
        std::string text = std::to_string(random() >> (random() % 32));
        if (random() % 3 == 0) text[random() % text.size()] = static_cast<char>(random());
        REQUIRE(small_number(text) == naive_number(text));
        if (small_number(text) != no_small_number) {
            REQUIRE(narrowest(text) == Kind::integer);
            REQUIRE(integer_of(text) == small_number(text));
        }
    }
}

TEST_CASE("ids: texts are the same if all their bytes are") {
    std::mt19937 random(5);
    for (std::size_t size = 0; size < 40; ++size) {
        std::string text(size, '\0');
        for (char& c : text) c = static_cast<char>(random());
        CHECK(same_text(text, std::string(text)));
        CHECK_FALSE(same_text(text, text + "x"));
        for (std::size_t at = 0; at < size; ++at) {
            std::string other = text;
            other[at] = static_cast<char>(other[at] ^ (1 << (random() % 8)));
            CHECK_FALSE(same_text(text, other));
        }
    }
}

}  // namespace islet::importing
