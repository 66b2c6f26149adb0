// Other orders of a question's words that mean the same, as the grammar and the patterns have them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lexicon.hpp"

namespace islet::kb {

/// - A preposition before "which" goes to the end: "herbs with which X is cooked" → "herbs that X is cooked
///   with", "in which form is X sold" → "which form is X sold in".
/// - An indirect question as a direct one: "how popular X is in Y" → "how popular is X in Y".
/// - A verb and what belongs to it stand together: "take X out of Y" → "take out X of Y".
/// - A verb that stands for two things is said of each: "boiled in X but not in Y".
/// - Words that say nothing are left out, one at a time.
std::vector<std::string> other_orders(std::string_view question, const Lexicon& lexicon);

}  // namespace islet::kb
