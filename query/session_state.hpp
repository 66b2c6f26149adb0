// What Database, Session and Prepared hold.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "islet/ast.hpp"
#include "islet/database.hpp"
#include "islet/procedure.hpp"
#include "plan.hpp"
#include "switches.hpp"

namespace islet {

struct Database::State {
    explicit State(Snapshot snapshot) : graph(std::move(snapshot)) {}
    explicit State(Graph of_file) : graph(std::move(of_file)) {}
    Graph graph;
    query::ProcedureRegistry procedures;
    std::string import_folder;
};

namespace query {

/// A statement on its way to rows, as far as it goes without a state to read. It holds for other states of
/// the graph too, as names are resolved when operators are built; what changes is how good the order of its
/// joins is, and what it warns of.
struct Compiled {
    std::string text;
    ast::Mode mode = ast::Mode::run;
    Plan plan;

    // The graph as the planner saw it.
    std::uint64_t nodes = 0;
    std::uint64_t relationships = 0;
    std::uint32_t names = 0;                 ///< of labels, types and keys together
    std::shared_ptr<const Catalog> catalog;  ///< never null

    /// Whether planning again for this state would be a waste.
    [[nodiscard]] bool holds_for(const Snapshot& snapshot) const;
};

}  // namespace query

struct Session::State {
    State(Database::State& database, std::uint64_t seed) : database(database), random_state(seed) {}

    Database::State& database;
    Limits limits;
    unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::chrono::nanoseconds threads_from = std::chrono::milliseconds(1);  ///< expected work
    query::Switches switches;
    std::atomic<bool> cancelled{false};
    std::uint64_t random_state;
    std::optional<Transaction> transaction;  ///< between begin() and commit()
    std::uint64_t memory_written = 0;        ///< that it holds

    /// Plans of the statements that ran last, by text; emptied when it is full or a switch is thrown.
    std::map<std::string, std::shared_ptr<const query::Compiled>, std::less<>> plans;

    /// What statements read now.
    [[nodiscard]] Snapshot current() const;
    /// The plan of a statement, from the cache if it still holds. Throws Exception.
    std::shared_ptr<const query::Compiled> compile(std::string_view text);
    Result execute(const query::Compiled& compiled, const Parameters& parameters);
};

struct Prepared::State {
    std::shared_ptr<const query::Compiled> compiled;
};

}  // namespace islet
