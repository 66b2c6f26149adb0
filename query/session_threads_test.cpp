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
