// Runs one scenario on a database of its own and says whether it holds.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "gherkin.hpp"

namespace islet::tck {

/// Whether a scenario holds; if not, why, on several lines: the query, what was expected, what came.
struct Verdict {
    bool passed = false;
    std::string reason;  ///< first line: the reason in short; empty when passed
};

struct RunOptions {
    std::filesystem::path graphs;               ///< holds <name>/<name>.cypher
    std::chrono::milliseconds timeout{10'000};  ///< of each query
};

/// Never throws: whatever is thrown below is a failure with its text.
Verdict run_scenario(const Scenario& scenario, const RunOptions& options);

/// The statements of a script, split at `;` outside of strings, names and comments.
std::vector<std::string> split_statements(std::string_view script);

}  // namespace islet::tck
