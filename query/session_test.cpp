// What the library's face promises: plans are kept, transactions are whole.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "islet/database.hpp"

namespace {

using islet::Database;
using islet::Parameters;
using islet::Result;
using islet::Session;
using islet::Value;

void run(Session& session, const std::string& query) {
    const islet::Expected<Result> result = session.run(query);
    REQUIRE(result.ok());
}

std::int64_t count(Session& session, const std::string& query) {
    return session.run(query).value()[0][0].as_int();
}

}  // namespace

TEST_CASE("a prepared statement runs with new parameters and on new states") {
    Database db;
    Session session = db.session();
    run(session, "CREATE (:Drug {name: 'everolimus'}), (:Drug {name: 'sunitinib'})");
    const islet::Prepared find =
        session.prepare("MATCH (d:Drug {name: $name}) RETURN d.name AS name").value();
    CHECK(find.columns() == std::vector<std::string>{"name"});
    CHECK(session.run(find, {{"name", Value("sunitinib")}}).value().size() == 1);
    CHECK(session.run(find, {{"name", Value("belzutifan")}}).value().empty());
    // Many more nodes and a label of the same name: the plan is made anew, the answer is of the new state.
    run(session, "UNWIND range(1, 1000) AS i CREATE (:Drug {name: 'belzutifan'})-[:NEW]->(:Other)");
    CHECK(session.run(find, {{"name", Value("belzutifan")}}).value().size() == 1000);
}

TEST_CASE("a prepared statement that writes writes each time") {
    Database db;
    Session session = db.session();
    const islet::Prepared create = session.prepare("CREATE (n:N {i: $i})").value();
    for (std::int64_t i = 0; i < 3; ++i) {
        const Result result = session.run(create, {{"i", Value(i)}}).value();
        CHECK(result.writes().nodes_created == 1);
    }
    CHECK(count(session, "MATCH (n:N) RETURN sum(n.i)") == 3);
}

TEST_CASE("a statement that cannot be parsed or bound is not prepared") {
    Database db;
    Session session = db.session();
    CHECK_FALSE(session.prepare("MATCH (n RETURN n").error().detail.empty());
    CHECK(session.prepare("RETURN x").error().detail == "UndefinedVariable");
}

TEST_CASE("a result's columns are arrays where all of their values are of one kind") {
    Database database;
    Session session = database.session();
    const Result result = session
                              .run(
                                  "UNWIND range(1, 5000) AS i RETURN i, i / 2.0 AS half, CASE WHEN i = 7 "
                                  "THEN null ELSE i END AS holes, "
                                  "'text' AS text, CASE WHEN i = 4000 THEN 'x' ELSE i END AS mixed")
                              .value();
    const auto numbers = result.integers(0);
    REQUIRE(numbers);
    REQUIRE(numbers->size() == 5000);
    CHECK((*numbers)[4999] == 5000);
    REQUIRE(result.floats(1));
    CHECK((*result.floats(1))[2] == 1.5);
    CHECK_FALSE(result.floats(0));
    CHECK_FALSE(result.integers(2));
    CHECK_FALSE(result.integers(4));
    // Rows say the same, also those of a copy whose original is gone.
    Result copy;
    {
        const Result other = result;  // NOLINT(performance-unnecessary-copy-initialization)
        copy = other;
    }
    REQUIRE(copy.size() == 5000);
    CHECK(copy[4999][0].as_int() == 5000);
    CHECK(copy[6][2].is_null());
    CHECK(copy[3999][4].as_string() == "x");
    CHECK(copy[0][3].as_string() == "text");
    const Result none = session.run("MATCH (n) RETURN n.x").value();
    REQUIRE(none.integers(0));
    CHECK(none.integers(0)->empty());
}

TEST_CASE("a result's strings outlive the transaction that made them") {
    Database database;
    Session session = database.session();
    REQUIRE(session.begin());
    const Result result = session.run("CREATE (n:T {s: 'made'}) RETURN n.s, 'a' + n.s").value();
    REQUIRE(session.rollback());
    CHECK(result[0][0].as_string() == "made");
    CHECK(result[0][1].as_string() == "amade");
}

TEST_CASE("warnings of a repeated statement follow the graph") {
    Database db;
    Session session = db.session();
    run(session, "CREATE (:Drug)");
    CHECK(session.run("MATCH (n:Drag) RETURN n").value().warnings().size() == 1);
    run(session, "CREATE (:Drag)");
    CHECK(session.run("MATCH (n:Drag) RETURN n").value().warnings().empty());
}

TEST_CASE("a transaction is seen by its own session at once and by others at its end") {
    Database db;
    Session writer = db.session();
    Session reader = db.session();
    REQUIRE(writer.begin().ok());
    CHECK(writer.in_transaction());
    CHECK(writer.run("CREATE (:N), (:N)").value().writes().nodes_created == 2);
    CHECK(writer.run("CREATE (:N)").value().writes().nodes_created == 1);
    CHECK(count(writer, "MATCH (n:N) RETURN count(*)") == 3);
    CHECK(count(reader, "MATCH (n:N) RETURN count(*)") == 0);
    REQUIRE(writer.commit().ok());
    CHECK(!writer.in_transaction());
    CHECK(count(reader, "MATCH (n:N) RETURN count(*)") == 3);
}

TEST_CASE("a transaction that is rolled back leaves no trace") {
    Database db;
    Session session = db.session();
    REQUIRE(session.begin().ok());
    run(session, "CREATE (:N)");
    REQUIRE(session.rollback().ok());
    CHECK(count(session, "MATCH (n) RETURN count(*)") == 0);
    // The graph is free for the next writer.
    run(session, "CREATE (:M)");
    CHECK(count(session, "MATCH (n) RETURN count(*)") == 1);
}

TEST_CASE("a statement that fails while it runs ends the transaction; a typing error does not") {
    Database db;
    Session session = db.session();
    REQUIRE(session.begin().ok());
    run(session, "CREATE (:N)");
    CHECK(!session.run("MATCH (n:N RETURN n").ok());
    CHECK(session.in_transaction());
    CHECK(!session.run("UNWIND [1, 0] AS i CREATE (:M {v: 1 / i})").ok());
    CHECK(!session.in_transaction());
    CHECK(count(session, "MATCH (n) RETURN count(*)") == 0);
}

TEST_CASE("the tallest expressions that the parser lets through are computed") {
    Database db;
    Session session = db.session();
    std::string sum = "RETURN 0";
    std::string negations = "RETURN ";
    for (int i = 0; i < 490; ++i) {
        sum += " + 1";
        negations += "NOT ";
    }
    CHECK(count(session, sum) == 490);
    CHECK(session.run(negations + "true").value()[0][0].as_bool());
}

TEST_CASE("calls out of turn say so") {
    Database db;
    Session session = db.session();
    CHECK(session.commit().error().detail == "InvalidTransactionState");
    CHECK(session.rollback().error().detail == "InvalidTransactionState");
    REQUIRE(session.begin().ok());
    CHECK(session.begin().error().detail == "InvalidTransactionState");
}

TEST_CASE("a database on a file keeps what was committed, and readers follow") {
    std::string folder = (std::filesystem::temp_directory_path() / "islet-session-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    const std::string path = folder + "/graph.islet";
    CHECK_FALSE(Database::open(path).ok());
    {
        Database db = Database::open(path, {.create = true}).value();
        Database other = Database::open(path, {.access = islet::Access::read_only}).value();
        Session session = db.session();
        Session reader = other.session();
        run(session, "CREATE (:Drug {name: 'everolimus'})");
        CHECK(count(reader, "MATCH (d:Drug) RETURN count(*)") == 1);
        const islet::Prepared find = reader.prepare("MATCH (d:Drug) RETURN count(*)").value();
        REQUIRE(session.begin().ok());
        run(session, "CREATE (:Drug {name: 'sunitinib'})");
        CHECK(reader.run(find).value()[0][0].as_int() == 1);
        REQUIRE(session.commit().ok());
        CHECK(reader.run(find).value()[0][0].as_int() == 2);
        // Within a transaction a reader too stays with one state.
        REQUIRE(reader.begin().ok());
        run(session, "MATCH (d:Drug) DETACH DELETE d");
        CHECK(count(reader, "MATCH (d:Drug) RETURN count(*)") == 2);
        REQUIRE(reader.commit().ok());
        CHECK(count(reader, "MATCH (d:Drug) RETURN count(*)") == 0);
        CHECK(reader.run("CREATE ()").error().detail == "ReadOnlyFile");
        run(session, "CREATE (:Drug {name: 'belzutifan'})");
    }
    Database db = Database::open(path).value();
    Session session = db.session();
    CHECK(session.run("MATCH (d:Drug) RETURN d.name").value()[0][0].as_string() == "belzutifan");
    std::filesystem::remove_all(folder);
}

TEST_CASE("what values and pending writes take is bounded, and nothing is lost at the bound") {
    Database db;
    Session session = db.session();
    run(session, "UNWIND range(1, 40) AS i CREATE (:N {i: i})");
    run(session, "MATCH (a:N), (b:N) WHERE (a.i + b.i) % 5 = 0 CREATE (a)-[:R]->(b)");
    Session bounded = db.session();
    bounded.set_limits({.memory = std::uint64_t{4} << 20});
    for (const char* text : {
             "RETURN range(1, 1000000)",
             "RETURN size([x IN range(1, 100000) | x + 1])",
             "RETURN size([x IN range(1, 1000) | range(1, 1000)])",
             "RETURN size(reduce(s = 'x', i IN range(1, 28) | s + s))",
             "RETURN size(reduce(s = [1], i IN range(1, 25) | s + s))",
             "UNWIND range(1, 20000) AS i RETURN collect([i, 'a text that is no short one'])[-5]",
             "UNWIND range(1, 40000) AS i WITH [i, i + 1, i + 2] AS l RETURN l",
             "UNWIND range(1, 40000) AS i WITH [i, i + 1, i + 2] AS l ORDER BY l[0] DESC RETURN count(l)",
             "UNWIND range(1, 40000) AS i WITH DISTINCT 'a text that is long ' + i AS t RETURN count(t)",
             "UNWIND range(1, 40000) AS i WITH 'a text that is no short one ' + i AS t RETURN t, count(*)",
             "MATCH p = (:N)-[:R*1..4]->() RETURN p",
             "MATCH p = (:N)-[:R*1..4]->() RETURN collect(p)[-1]",
             "MATCH (n:N {i: 5}) RETURN size(COLLECT { MATCH p = (n)-[:R*1..6]-() RETURN p })",
             "UNWIND range(1, 50000) AS i CREATE (:N {i: i})",
             "UNWIND range(1, 20000) AS i CREATE (:N)-[:R]->(:N)",
             "UNWIND range(1, 20) AS i MERGE (n:M {i: i}) SET n.t = reduce(s = 'x', j IN range(1, 18) | s + "
             "s) + i",
             "MATCH (n:N) FOREACH (i IN range(1, 3000) | CREATE (:M {i: i}))",
         }) {
        INFO(text);
        const auto result = bounded.run(text);
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().detail == "MemoryLimit");
        CHECK(count(session, "MATCH (n) RETURN count(*)") == 40);
        CHECK(count(session, "MATCH (n) RETURN count(n.t)") == 0);
    }
    // What is shared, and what is over, does not count again.
    CHECK(count(bounded,
                "WITH range(1, 100000) AS big UNWIND range(1, 5000) AS i RETURN size(collect(big))") == 5000);
    CHECK(
        count(bounded, "UNWIND range(1, 20000) AS i WITH [x IN range(1, 30) | x] AS l RETURN sum(size(l))") ==
        600'000);
    run(bounded,
        "UNWIND range(1, 30000) AS i CALL { WITH i CREATE (:T {i: i}) } IN TRANSACTIONS OF 500 ROWS");
    CHECK(count(bounded, "MATCH (t:T) RETURN count(*)") == 30'000);
    run(bounded, "MATCH (t:T) CALL { WITH t DELETE t } IN TRANSACTIONS OF 1000 ROWS");
    // A transaction of several statements holds what all of them wrote.
    REQUIRE(bounded.begin().ok());
    bool ended = false;
    for (int i = 0; i < 40 && !ended; ++i) {
        ended = !bounded.run("UNWIND range(1, 2000) AS i CREATE (:T {i: i})").ok();
        CHECK((ended || i < 39));
    }
    CHECK_FALSE(bounded.in_transaction());
    CHECK(count(session, "MATCH (t:T) RETURN count(*)") == 0);
    REQUIRE(bounded.begin().ok());
    run(bounded, "UNWIND range(1, 2000) AS i CREATE (:T {i: i})");
    REQUIRE(bounded.commit().ok());
    CHECK(count(session, "MATCH (t:T) RETURN count(*)") == 2000);
}
