// Sessions of several threads on one database: a reader never sees half of a statement or of a transaction.
// Meant for the preset `tsan` as much as for what it checks itself.
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "islet/database.hpp"

using namespace islet;

namespace {

constexpr std::int64_t accounts = 24;
constexpr std::int64_t each = 100;

void make_accounts(Database& database) {
    Session session = database.session();
    REQUIRE(session.run("UNWIND range(0, 23) AS i CREATE (:Account {id: i, money: 100})"));
    REQUIRE(
        session.run("MATCH (a:Account), (b:Account) WHERE b.id = (a.id + 1) % 24 CREATE (a)-[:NEXT]->(b)"));
}

/// Moves money on, by one statement or by a transaction of two; now and then takes it back instead.
void write(Database& database, std::int64_t first, int rounds, std::atomic<int>& failures) {
    Session session = database.session();
    for (int round = 0; round < rounds; ++round) {
        const Parameters from{{"id", Value((first + round) % accounts)}};
        if (round % 3 == 0) {
            const auto moved = session.run(
                "MATCH (a:Account {id: $id})-[:NEXT]->(b) SET a.money = a.money - 1, b.money = b.money + 1",
                from);
            if (!moved) ++failures;
            continue;
        }
        if (!session.begin()) ++failures;
        const bool fine =
            session.run("MATCH (a:Account {id: $id}) SET a.money = a.money - 5", from) &&
            session.run("MATCH (:Account {id: $id})-[:NEXT]->(b) SET b.money = b.money + 5", from);
        const auto over = round % 3 == 1 ? session.commit() : session.rollback();
        if (!fine || !over) ++failures;
    }
}

/// All money, by a scan and by the relationships, which must agree.
void read(Database& database, const std::atomic<bool>& done, std::atomic<int>& torn,
          std::atomic<int>& readings) {
    Session session = database.session();
    do {
        const auto scanned = session.run("MATCH (a:Account) RETURN sum(a.money), count(*)");
        const auto walked = session.run("MATCH (a:Account)-[:NEXT]->(b) RETURN sum(b.money), count(a)");
        for (const auto* result : {&scanned, &walked}) {
            const bool whole = *result && (**result)[0][0].as_int() == accounts * each &&
                               (**result)[0][1].as_int() == accounts;
            if (!whole) ++torn;
        }
        ++readings;
    } while (!done);
}

}  // namespace

TEST_CASE("sessions: readers in other threads see whole statements and whole transactions") {
    Database database;
    make_accounts(database);
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0;
    std::atomic<int> readings = 0;
    std::atomic<int> failures = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) readers.emplace_back([&] { read(database, done, torn, readings); });
    std::vector<std::thread> writers;
    for (int i = 0; i < 2; ++i) writers.emplace_back([&, i] { write(database, i * 7, 150, failures); });
    for (std::thread& writer : writers) writer.join();
    done = true;
    for (std::thread& reader : readers) reader.join();
    CHECK(failures == 0);
    CHECK(torn == 0);
    CHECK(readings >= 3);
}

namespace {

/// Nodes with a rank and a name that few share, and relationships between them, with a loop and parallel
/// ones.
Database some_graph() {
    Database database;
    Session session = database.session();
    REQUIRE(session.run(
        "UNWIND range(0, 399) AS i "
        "CREATE (:Item {id: i, rank: i * 37 % 101, name: 'name ' + toString(i % 7), part: i / 8.0})"));
    REQUIRE(
        session.run("MATCH (a:Item), (b:Item) WHERE b.id IN [a.id * 3 % 400, a.id * 7 % 400, a.id + 1] "
                    "CREATE (a)-[:TO {w: a.rank - b.rank}]->(b)"));
    return database;
}

}  // namespace

TEST_CASE("sessions: a query that threads share has the rows of one thread, in their order") {
    Database database = some_graph();
    const char* const queries[] = {
        "MATCH (n:Item) RETURN count(*), sum(n.rank), min(n.name), max(n.part), avg(n.rank)",
        "MATCH (n:Item) RETURN n.name, count(*), sum(n.part)",
        "MATCH (n) WHERE n.rank > 200 RETURN n.name, count(*)",
        "MATCH (n:Missing) RETURN count(*), sum(n.rank)",
        "MATCH (a:Item)-[r:TO]->(b:Item) RETURN b.name AS name, sum(r.w), count(*)",
        "MATCH ()-[r:TO]->() WHERE r.w > 5 RETURN count(*), sum(r.w)",
        "MATCH (a:Item)-[:TO]->(b)-[:TO]->(c)-[:TO]->(a) RETURN count(*)",
        "MATCH (a:Item)-[:TO]-(b)-[:TO]-(c) WHERE a.rank < c.rank RETURN a.name, count(*), min(c.id)",
        "MATCH (a:Item) WHERE EXISTS { (a)-[:TO]->(b) WHERE b.rank > a.rank } RETURN a.rank % 5, count(*)",
        "MATCH (a:Item)-[r:TO*1..3]->(b) WITH a.name AS name, count(*) AS n RETURN name, n LIMIT 3",
        "PROFILE MATCH (a:Item)-[:TO]->(b) RETURN a.name, count(*)",
    };
    Session one = database.session();
    one.set_threads(1);
    Session several = database.session();
    several.set_threads(3, std::chrono::nanoseconds(0));
    for (const char* const query : queries) {
        INFO(query);
        const Result expected = one.run(query).value();
        const Result got = several.run(query).value();
        REQUIRE(got.size() == expected.size());
        for (std::size_t row = 0; row < got.size(); ++row) {
            for (std::size_t i = 0; i < got.columns().size(); ++i)
                CHECK(equivalent(got[row][i], expected[row][i]));
        }
        const auto threaded =
            several.run(std::string("EXPLAIN ") + (query[0] == 'P' ? query + 8 : query)).value();
        CHECK(threaded.plan().find(", 3 threads") != std::string::npos);
    }
}

TEST_CASE("sessions: an error in one of several threads is the error of the query") {
    Database database = some_graph();
    Session session = database.session();
    session.set_threads(3, std::chrono::nanoseconds(0));
    for (const char* const query : {"MATCH (a:Item)-[:TO]->(b) RETURN sum(10 / (a.rank - 50))",
                                    "MATCH (a:Item)-[:TO]->(b) RETURN sum(a.name)"}) {
        INFO(query);
        Session alone = database.session();
        alone.set_threads(1);
        const auto expected = alone.run(query);
        const auto got = session.run(query);
        REQUIRE_FALSE(expected.ok());
        REQUIRE_FALSE(got.ok());
        CHECK(got.error().message == expected.error().message);
        CHECK(got.error().span == expected.error().span);
        // And the session goes on.
        CHECK(session.run("MATCH (a:Item) RETURN count(*)").ok());
    }
    Limits limits;
    limits.memory = 1;
    session.set_limits(limits);
    const auto refused = session.run("MATCH (a:Item)-[:TO]->(b) RETURN a.id % 3, count(*)");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "53200");
}
