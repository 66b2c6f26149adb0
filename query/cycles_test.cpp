// Patterns that close cycles give the same rows however they are walked: on random graphs with parallel
// relationships and loops, dense enough for rows to share their ends.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "islet/database.hpp"
#include "islet/export.hpp"

using namespace islet;

namespace {

void make_graph(Database& database, std::uint32_t seed, std::uint32_t nodes, int relationships) {
    std::mt19937 random(seed);
    Session session = database.session();
    REQUIRE(
        session.run("UNWIND range(0, $n - 1) AS i CREATE (n:P {id: i}) "
                    "FOREACH (x IN CASE WHEN i % 3 = 0 THEN [1] ELSE [] END | SET n:Q)",
                    {{"n", Value(std::int64_t{nodes})}}));
    List rows;
    for (int i = 0; i < relationships; ++i) {
        // Low ids are hubs.
        const auto pick = [&] {
            return static_cast<std::int64_t>((random() % nodes) * (random() % nodes) / nodes);
        };
        rows.push_back(
            Value(List{Value(pick()), Value(pick()), Value(static_cast<std::int64_t>(random() % 2))}));
    }
    REQUIRE(
        session.run("UNWIND $rows AS row MATCH (a:P {id: row[0]}), (b:P {id: row[1]}) "
                    "FOREACH (x IN CASE row[2] WHEN 0 THEN [1] ELSE [] END | CREATE (a)-[:A]->(b)) "
                    "FOREACH (x IN CASE row[2] WHEN 1 THEN [1] ELSE [] END | CREATE (a)-[:B]->(b))",
                    {{"rows", Value(rows)}}));
}

const std::vector<std::string> patterns = {
    "(a)-[:A]->(b)<-[:B]-(d), (a)-[:A]->(c)<-[:B]-(d) WHERE b.id < c.id",
    "(a)-[:A]->(b)-[:A]->(c), (a)-[:A]->(d)-[:A]->(c) WHERE b.id < d.id AND (b.id + d.id) % 3 > 0",
    "(a)-[:A]-(b)-[:A]-(c)-[:A]-(a)",
    "(a)-[:A|B]-(b)-[:A]-(c)-[:A|B]-(a) WHERE a.id < b.id",
    "(a)-[:A]->(b:Q)<-[:A|B]-(d:Q), (a)-[:A|B]->(c:Q)<-[:A]-(d)",
    "(a:Q)-->(b)-->(c:Q)-->(a)",
    "(a)-[:B]->(b)-[:B]->(c), (a)-[:B]->(c) WHERE c <> a",
    "(a)-[:A]-(b)-[:A]-(c)-[:A]-(d)-[:A]-(a), (a)-[:A]-(c), (b)-[:A]-(d) WHERE a.id < 6",
    "(a)-[:A]->(b)-[r:A]->(c)<-[:B]-(a) WHERE id(r) % 2 = 0",
};

std::vector<std::string> rows(Session& session, const std::string& query) {
    const auto result = session.run(query);
    REQUIRE(result);
    std::vector<std::string> rows;
    for (std::size_t row = 0; row < result->size(); ++row) {
        std::string text;
        for (const Value& value : (*result)[row]) text += cypher_text(value) + ' ';
        rows.push_back(text);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace

TEST_CASE("cycles: the same rows with sorted neighbours walked together and without") {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        Database database;
        make_graph(database, seed, 30, 260);
        Session together = database.session();
        Session apart = database.session();
        REQUIRE(apart.set_optimization("intersect", false));
        REQUIRE(apart.set_optimization("combine", false));
        for (const std::string& pattern : patterns) {
            for (const char* result :
                 {"count(*)", "a.id, count(*)", "c.id, count(*)", "DISTINCT a.id, c.id"}) {
                const std::string query = "MATCH " + pattern + " RETURN " + result;
                INFO("seed " << seed << ": " << query);
                CHECK(rows(together, query) == rows(apart, query));
            }
            // Rows themselves, of few enough starts.
            const std::string query = "MATCH (a {id: 1}) MATCH " + pattern + " RETURN a.id, b.id, c.id";
            INFO("seed " << seed << ": " << query);
            CHECK(rows(together, query) == rows(apart, query));
        }
    }
}
