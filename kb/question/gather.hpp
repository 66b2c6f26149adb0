// Step 5 of a question, where none of its forms could be read as they stand: what it speaks of is gathered
// and put in the order of the grammar.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "islet/knowledge.hpp"
#include "question/terms.hpp"

namespace islet::kb {

/// The orders in which the things that the question speaks of may be put. Nothing is left out of them but
/// words that the vocabulary calls idle; none if a word is not known. In groups: of the first group with
/// forms that can be read, all of these must mean the same; otherwise the question is not understood.
/// `split`: as for find_terms.
std::vector<std::vector<std::string>> gathered_forms(std::string_view question, const KnowledgeBase& base,
                                                     Splitting split);

}  // namespace islet::kb
