#include "trie.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <vector>

using namespace islet;

namespace {

struct Entry {
    std::uint64_t epoch = 0;
    int value = 0;
};

std::map<std::uint32_t, int> content(const Trie<Entry>& trie) {
    std::map<std::uint32_t, int> found;
    std::uint32_t last = 0;
    trie.for_each([&](std::uint32_t id, const Entry& entry) {
        REQUIRE((found.empty() || id > last));
        last = id;
        found[id] = entry.value;
    });
    return found;
}

}  // namespace

TEST_CASE("a trie is a map, and its older copies stay as they were") {
    std::mt19937 random(4);
    Trie<Entry> trie;
    std::map<std::uint32_t, int> map;
    std::vector<std::pair<Trie<Entry>, std::map<std::uint32_t, int>>> kept;
    for (std::uint64_t epoch = 1; epoch <= 60; ++epoch) {
        kept.emplace_back(trie, map);
        for (int i = 0; i < 20; ++i) {
            // Small ids, ids of every height, and the ends of the range.
            const std::uint32_t id =
                i == 0 ? UINT32_MAX : static_cast<std::uint32_t>(random()) >> (random() % 32);
            if (i % 5 == 4 && !map.empty()) {  // one that is there goes, or one beside it
                const auto at = map.lower_bound(id);
                const std::uint32_t gone = at == map.end() ? map.begin()->first : at->first;
                trie.erase(gone, epoch);
                map.erase(gone);
                trie.erase(gone + 1, epoch);
                map.erase(gone + 1);
            }
            trie.edit(id, epoch).value = static_cast<int>(random() % 1000);
            map[id] = trie.find(id)->value;
        }
    }
    kept.emplace_back(trie, map);
    for (const auto& [copy, expected] : kept) {
        REQUIRE(content(copy) == expected);
        REQUIRE(copy.empty() == expected.empty());
        for (int i = 0; i < 200; ++i) {
            const std::uint32_t id = static_cast<std::uint32_t>(random()) >> (random() % 32);
            const auto at = expected.find(id);
            const Entry* entry = copy.find(id);
            REQUIRE((entry != nullptr) == (at != expected.end()));
            if (entry != nullptr) REQUIRE(entry->value == at->second);
            const auto next = expected.lower_bound(id);
            REQUIRE(copy.next(id) == (next == expected.end() ? std::nullopt : std::optional(next->first)));
        }
    }
}

TEST_CASE("edits of one epoch stay in place, those of the next copy") {
    Trie<Entry> trie;
    Entry* first = &trie.edit(1000, 1);
    CHECK(&trie.edit(1000, 1) == first);
    const Trie<Entry> before = trie;
    Entry* second = &trie.edit(1000, 2);
    CHECK(second != first);
    CHECK(before.find(1000) == first);
    CHECK(trie.find(1000) == second);
    CHECK(trie.find(999) == nullptr);
    CHECK(trie.find(1U << 20) == nullptr);
}

TEST_CASE("a trie of which all was erased is as an empty one") {
    Trie<Entry> trie;
    for (std::uint32_t id = 0; id < 5000; id += 7) trie.edit(id * id, 1).value = 1;
    const Trie<Entry> before = trie;
    for (std::uint32_t id = 0; id < 5000; id += 7) trie.erase(id * id, 2);
    CHECK(trie.empty());
    CHECK(!trie.next(0));
    CHECK(content(before).size() == 715);
    trie.edit(3, 2).value = 4;
    CHECK(content(trie) == std::map<std::uint32_t, int>{{3, 4}});
}
