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
    CHECK(session.prepare("MATCH (n RETURN n").error().detail != "");
    CHECK(session.prepare("RETURN x").error().detail == "UndefinedVariable");
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
