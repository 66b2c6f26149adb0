// Runs one case of a `.test` file, with every optimisation on and with each one off.
#pragma once

#include <string>
#include <vector>

#include "test_file.hpp"

namespace islet::cypher_test {

/// The expectations that the engine fulfils now: those of `test` with what came in their place, or
/// `rows`/`error` where it has none.
std::vector<Section> observe(const Case& test);

/// Why the case does not hold, a line or more each; empty if it does. Never throws.
std::vector<std::string> check(const Case& test);

}  // namespace islet::cypher_test
