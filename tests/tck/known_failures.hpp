// The list of scenarios that are known to fail, each with its reason.
//
// One a line, `path: name [outline row 3]  # reason`; empty lines and lines that begin with `#` are
// comments. The list can only shrink by itself: an entry that passes fails the run.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace islet::tck {

/// Scenario id to reason.
using KnownFailures = std::map<std::string, std::string>;

/// An empty list where there is no such file. Throws std::runtime_error for a line without a reason.
KnownFailures read_known_failures(const std::filesystem::path& file);

/// Keeps the comment that the file begins with. Throws std::runtime_error.
void write_known_failures(const std::filesystem::path& file, const KnownFailures& known);

}  // namespace islet::tck
