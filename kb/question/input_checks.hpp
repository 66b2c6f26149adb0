// Texts that are no single question: told apart before they are read, so that no part of one is answered
// as if it were the whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon.hpp"

namespace islet::kb {

struct NoQuestion {
    std::string message;
    std::vector<std::string> suggestions = {};
};

/// Nothing: it may be read as a question.
std::optional<NoQuestion> no_single_question(std::string_view text, const Lexicon& lexicon);

}  // namespace islet::kb
