// What must hold of a base beyond the form of its files: nothing said twice, nothing left lying about,
// every name found, nothing copied at length.
#pragma once

#include <string>
#include <vector>

#include "lexicon.hpp"
#include "statements.hpp"

namespace islet::kb {

/// Appends a fault for each statement that stands twice, each entity that nothing is stated of, each name
/// that two entities share, each name that a question cannot use, and each text that is long.
/// `lexicon`: of the base's vocabulary; nullptr: it has none. `place` begins the places of the faults.
void check_facts(const Schema& schema, const Facts& facts, const Lexicon* lexicon, const std::string& place,
                 std::vector<Error>& faults);

}  // namespace islet::kb
