// One query on one graph: the engine's rows, under every setting of its optimisations, against the oracle's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "islet/database.hpp"
#include "naive.hpp"

namespace islet::oracle {

/// Optimisations that are off.
struct Setting {
    std::string name;
    std::vector<std::string> off;
};
/// All on, each one off, all off.
const std::vector<Setting>& all_settings();
/// All on and all off.
const std::vector<Setting>& two_settings();
void apply_setting(Session& session, const Setting& setting);

struct Case {
    Graph graph;
    Storage storage = Storage::base;
    Query query;
};

struct Mismatch {
    std::string setting;
    std::string expected;
    std::string got;
    std::string error;  ///< kind and detail, where the engine gave an error instead of rows
};

struct Verdict {
    bool skipped = false;  ///< the query fails when it runs, or has too many matches
    bool slow = false;     ///< the engine ran out of time
    std::size_t rows = 0;
    std::optional<Mismatch> mismatch;
};

/// `database` holds the case's graph.
Verdict check(const Case& one, Database& database, std::span<const Setting> settings);
/// As above, with a database of its own.
Verdict check(Case one, std::span<const Setting> settings);

using Cells = std::vector<std::string>;
/// Values as text that is the same for the engine's and the oracle's: entities by uid.
/// `exact`: 1 is not 1.0.
std::vector<Cells> cells_of(const Result& result, const std::vector<bool>& bags, bool exact);
std::vector<Cells> cells_of(const Table& table, const Graph& graph, bool exact);
std::string text_of(const std::vector<Cells>& rows);

/// All that is needed to see a failure again by hand.
std::string report(const Case& one, const Mismatch& mismatch);

}  // namespace islet::oracle
