// Before step 1 of a question: other ways to put it → a form that the grammar knows. The vocabulary gives
// pairs of a pattern with slots ("where is {x} mentioned") and the question that it means
// ("documents that mention {x}"); nothing here knows any language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "islet/knowledge.hpp"
#include "lexicon.hpp"

namespace islet::kb {

/// All questions that the patterns make of this one, and of these in turn, but no pattern of what it made
/// itself; the first are nearest to the question. None if no pattern fits.
std::vector<std::string> rephrasings(std::string_view question, const KnowledgeBase& base);

}  // namespace islet::kb
