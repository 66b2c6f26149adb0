// Rows of relationships and columns of their properties against plain sorting.
#include "adjacency.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <tuple>

#include "column.hpp"

namespace islet {

namespace {

struct Relationship {
    std::uint32_t type, source, target, added;
    auto operator<=>(const Relationship&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// All that a slot holds, by node.
void require_rows(const Rows& rows, const std::vector<std::vector<std::pair<NodeId, RelId>>>& wanted,
                  std::uint32_t first_rel) {
    std::uint32_t distinct = 0;
    std::uint32_t least = UINT32_MAX;
    std::uint32_t greatest = 0;
    for (std::uint32_t node = 0; node < wanted.size(); ++node) {
        REQUIRE(rows.degree(NodeId{node}) == wanted[node].size());
        if (wanted[node].empty()) continue;
        ++distinct;
        least = std::min(least, node);
        greatest = node;
        const std::uint32_t slot = rows.slot_of(NodeId{node});
        REQUIRE(rows.node_of(slot) == NodeId{node});
        for (std::uint32_t i = 0; i < wanted[node].size(); ++i) {
            const std::uint32_t at = rows.offsets[slot] + i;
            REQUIRE(rows.neighbours[at] == wanted[node][i].first);
            REQUIRE((rows.rels.empty() ? RelId{first_rel + at} : rows.rels[at]) == wanted[node][i].second);
        }
    }
    REQUIRE(rows.distinct == distinct);
    if (distinct == 0) return;
    const bool sparse = std::uint64_t{distinct} * 8 < std::uint64_t{greatest} - least + 1;
    REQUIRE(rows.nodes.size() == (sparse ? distinct : 0));
    REQUIRE(rows.slots == (sparse ? distinct : greatest - least + 1));
    REQUIRE(rows.first == (sparse ? 0 : least));
    REQUIRE(rows.offsets.size() == rows.slots + 1);
}

}  // namespace

TEST_CASE("adjacency: relationships are in order of source, target and adding, whatever their nodes") {
    constexpr std::uint32_t nodes = 60'000;
    for (const bool grouped : {false, true}) {
        for (const unsigned threads : {1U, 3U}) {
            std::mt19937 random(grouped ? 1 : 2);
            std::vector<Relationship> all;
            for (std::uint32_t i = 0; i < 30'000; ++i) {
                // Type 0: close; 1: its sources far apart; 2: few, far apart both; 3: parallel; 4: none; 5:
                // one.
                const std::uint32_t type =
                    i == 17 ? 5 : (random() % 500 == 0 ? 2 : std::array{0U, 1U, 3U}[random() % 3]);
                const std::uint32_t range = type == 3 ? 20 : 3'000;
                const bool far = type == 2;
                all.push_back({type,
                               type == 1 && random() % 4 == 0
                                   ? 59'999U
                                   : (far ? static_cast<std::uint32_t>(random()) % nodes
                                          : 100 + static_cast<std::uint32_t>(random()) % range),
                               far ? static_cast<std::uint32_t>(random()) % nodes
                                   : static_cast<std::uint32_t>(random()) % range,
                               0});
            }
            if (grouped) {
                std::stable_sort(all.begin(), all.end(),
                                 [](const auto& a, const auto& b) { return a.type < b.type; });
            }
            PendingRelationships pending;
            for (std::uint32_t i = 0; i < all.size(); ++i) {
                all[i].added = i;
                pending.sources.push_back(NodeId{all[i].source});
                pending.targets.push_back(NodeId{all[i].target});
                pending.types.push_back(TypeId{all[i].type});
            }
            LargeVector<std::uint32_t> rename;
            const std::vector<TypeAdjacency> made = build_adjacency(std::move(pending), 7, &rename, threads);
            std::sort(all.begin(), all.end());
            REQUIRE(made.size() == 7);
            REQUIRE(rename.size() == all.size());
            std::uint32_t at = 0;
            for (std::uint32_t type = 0; type < 7; ++type) {
                std::vector<std::vector<std::pair<NodeId, RelId>>> out(nodes);
                std::vector<std::vector<std::pair<NodeId, RelId>>> in(nodes);
                REQUIRE(made[type].first_rel == at);
                for (; at < all.size() && all[at].type == type; ++at) {
                    out[all[at].source].emplace_back(NodeId{all[at].target}, RelId{at});
                    in[all[at].target].emplace_back(NodeId{all[at].source}, RelId{at});
                    REQUIRE(rename[all[at].added] == at);
                }
                REQUIRE(made[type].count == at - made[type].first_rel);
                require_rows(made[type].out, out, made[type].first_rel);
                require_rows(made[type].in, in, made[type].first_rel);
            }
        }
    }
}

TEST_CASE("columns: a value for each renamed id, or for some, whatever the number of threads") {
    constexpr std::uint32_t size = 700'003;
    std::vector<std::uint32_t> rename(size);
    for (std::uint32_t i = 0; i < size; ++i)
        rename[i] = static_cast<std::uint32_t>(std::uint64_t{i} * 7'919 % size);  // size is prime
    for (const Kind kind : {Kind::boolean, Kind::integer, Kind::floating, Kind::string}) {
        for (const bool all : {true, false}) {
            StringTableBuilder texts;
            ColumnBuilder builder;
            LargeVector<std::uint64_t> payload;
            IdList ids;
            for (std::uint32_t i = 0; i < size; ++i) {
                if (!all && i % 3 == 0) continue;
                ids.push_back(i);
                payload.push_back(kind == Kind::boolean ? i & 1U : i);
            }
            builder.append(std::move(ids), kind, payload, texts);
            const Column column = builder.finish(rename, texts, 3);
            REQUIRE(column.kind == kind);
            REQUIRE(column.count == payload.size());
            REQUIRE_FALSE(column.sparse());
            REQUIRE((column.view.size == column.size && column.view.first == column.first));
            for (std::uint32_t i = 0; i < size; ++i) {
                const auto at = column.position(rename[i]);
                REQUIRE(at.has_value() == (all || i % 3 != 0));
                if (!at) continue;
                if (kind == Kind::boolean)
                    REQUIRE(((column.booleans[*at / 64] >> (*at % 64)) & 1U) == (i & 1U));
                if (kind == Kind::integer) REQUIRE(column.integers[*at] == i);
                if (kind == Kind::string) REQUIRE(column.strings[*at] == i);
                if (kind == Kind::floating) REQUIRE(std::bit_cast<std::uint64_t>(column.floats[*at]) == i);
            }
        }
    }
}

TEST_CASE("columns: ids are a run for as long as they are one") {
    IdList ids;
    CHECK(ids.empty());
    ids.push_back(5);
    ids.append(6, 3);
    CHECK(ids.is_run());
    IdList more;
    more.append(9, 2);
    ids.append(more);
    CHECK(ids.is_run());
    CHECK(ids.size() == 6);
    ids.push_back(20);
    CHECK_FALSE(ids.is_run());
    ids.append(IdList(ids));
    ids.append(21, 2);
    CHECK(ids.size() == 16);
    CHECK(ids.take() == LargeVector<std::uint32_t>{5, 6, 7, 8, 9, 10, 20, 5, 6, 7, 8, 9, 10, 20, 21, 22});
    CHECK(ids.empty());
}

}  // namespace islet
