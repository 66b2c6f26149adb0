// The query library: a Database holds a graph, a Session runs openCypher on it,
// a Result is a table of values.
//
//   islet::Database db;
//   islet::Session session = db.session();
//   islet::Result result = session.run("MATCH (d:Drug) RETURN d.name").value();
//   for (const islet::Row& row : result) use(row[0].as_string());
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "islet/error.hpp"
#include "islet/file.hpp"
#include "islet/graph.hpp"
#include "islet/value.hpp"

namespace islet {

/// Values for the `$name`s of a query.
using Parameters = std::map<std::string, Value, std::less<>>;

using Row = std::span<const Value>;

/// Something worth saying about a query that is not an error, e.g. a label that no node has.
struct Warning {
    std::string code;  ///< GQLSTATUS, class 01
    std::string message;
    std::optional<SourceSpan> span;
    std::string hint;
};

/// `warning 01N50: …`, with line and caret. Ends with a newline.
std::string render(const Warning& warning, std::string_view source);

/// The rows of a query, with the snapshot that its nodes and relationships belong to. A value: copies share
/// the rows. Rows and arrays stay valid as long as one of the copies; all calls but assignment may come from
/// several threads.
class Result {
 public:
    [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
    [[nodiscard]] std::size_t size() const noexcept { return columns_.empty() ? 0 : rows_; }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] Row operator[](std::size_t row) const {
        return values().subspan(row * columns_.size(), columns_.size());
    }

    /// All values of a column as an array, where they are all integers (floats, strings): what a loop over
    /// many rows reads faster than rows. std::nullopt: they are not all of that kind, or some is null.
    /// REQUIRES: column < columns().size()
    [[nodiscard]] std::optional<std::span<const std::int64_t>> integers(std::size_t column) const;
    [[nodiscard]] std::optional<std::span<const double>> floats(std::size_t column) const;
    [[nodiscard]] std::optional<std::span<const std::string_view>> strings(std::size_t column) const;

    class Iterator {
     public:
        Iterator(const Result& result, std::size_t row) : result_(&result), row_(row) {}
        Row operator*() const { return (*result_)[row_]; }
        Iterator& operator++() { return ++row_, *this; }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.row_ == b.row_; }

     private:
        const Result* result_;
        std::size_t row_;
    };
    [[nodiscard]] Iterator begin() const { return {*this, 0}; }
    [[nodiscard]] Iterator end() const { return {*this, size()}; }

    /// True when the rows came in an order that the query asked for.
    [[nodiscard]] bool ordered() const noexcept { return ordered_; }
    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }
    [[nodiscard]] const WriteCounts& writes() const noexcept { return writes_; }
    [[nodiscard]] const std::vector<Warning>& warnings() const noexcept { return warnings_; }
    /// The plan as text: of EXPLAIN and PROFILE (then with rows and time), otherwise empty.
    [[nodiscard]] const std::string& plan() const noexcept { return plan_; }
    [[nodiscard]] std::chrono::nanoseconds elapsed() const noexcept { return elapsed_; }

 private:
    friend class Session;
    struct Table;

    /// Row after row; made of the table when they are first asked for.
    [[nodiscard]] std::span<const Value> values() const;

    std::vector<std::string> columns_;
    std::size_t rows_ = 0;
    std::shared_ptr<Table> table_;  ///< null: no rows
    bool ordered_ = false;
    Snapshot snapshot_;
    WriteCounts writes_;
    std::vector<Warning> warnings_;
    std::string plan_;
    std::chrono::nanoseconds elapsed_{};
};

/// Bounds of one run. Zero: no bound.
struct Limits {
    std::chrono::milliseconds timeout{0};
    std::uint64_t memory = std::uint64_t{4} << 30;  ///< bytes that intermediate results may hold
};

namespace query {
class ProcedureRegistry;
struct Switches;
}  // namespace query

/// A statement that was parsed and planned once and runs many times. A value: copies share the plan, which
/// is made anew when the graph has changed. Belongs to the session that prepared it, and ends with it.
class Prepared {
 public:
    [[nodiscard]] const std::vector<std::string>& columns() const noexcept;

 private:
    friend class Session;
    struct State;
    std::shared_ptr<State> state_;
};

/// Runs queries, one at a time. Not thread-safe; open one per thread.
class Session {
 public:
    ~Session();
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;

    /// Parses, binds, plans and runs one statement. The errors of all of these come back as
    /// Error with a span where there is one; a statement that fails leaves no trace.
    Expected<Result> run(std::string_view text, const Parameters& parameters = {});

    /// Parses, binds and plans; run() of what it gives skips these.
    Expected<Prepared> prepare(std::string_view text);
    Expected<Result> run(const Prepared& statement, const Parameters& parameters = {});

    /// Statements between begin() and commit() see one state and each other's writes, and are published
    /// together or not at all. begin() waits for another writer to end. A statement that fails while it
    /// runs ends the transaction: nothing stays, as after rollback(); one that cannot be parsed or bound
    /// leaves it open. The errors: a transaction is open already, none is open, or the commit failed.
    Expected<void> begin();
    Expected<void> commit();
    Expected<void> rollback();
    [[nodiscard]] bool in_transaction() const noexcept;

    void set_limits(const Limits& limits);
    /// How many threads may share the work of one query (at first as many as the machine has), and from how
    /// much work on, as expected of the plan: less is done sooner by one. The rows and their order are the
    /// same, and the parts that sums of floats are made of. Zero: however little. A query that writes has one
    /// thread.
    void set_threads(unsigned threads, std::chrono::nanoseconds worth_it = std::chrono::milliseconds(1));
    /// Makes the query that runs now end with an error soon. May be called from another
    /// thread or a signal handler.
    void cancel() noexcept;
    /// Switches one optimisation off or on, by its name (see query/switches.hpp); false if there is none.
    bool set_optimization(std::string_view name, bool on);

 private:
    friend class Database;
    struct State;
    explicit Session(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A graph and what it takes to query it. Thread-safe; outlives its sessions.
class Database {
 public:
    Database();  ///< empty, in memory
    explicit Database(Snapshot snapshot);
    /// On a graph's file: every statement that writes is on the disk when run() returns, every other one
    /// reads the last commit of whichever process writes. The errors are those of open_graph()
    /// (islet/file.hpp).
    static Expected<Database> open(const std::string& path, const OpenOptions& options = {});
    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;

    [[nodiscard]] Session session();
    [[nodiscard]] Snapshot snapshot() const;
    [[nodiscard]] Graph& graph() noexcept;
    /// Procedures that CALL finds. Register before the first session runs.
    [[nodiscard]] query::ProcedureRegistry& procedures() noexcept;
    /// Where LOAD CSV may read files: this folder and what lies below. Empty (as at first): nowhere.
    /// Set before the first session runs.
    void set_import_folder(std::string folder);

 private:
    friend class Session;
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace islet
