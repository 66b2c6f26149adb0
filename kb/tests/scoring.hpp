// Scores an answer against a question of a file like ../shared/questions.json, by the rules that the file
// states.
#pragma once

#include <rapidjson/document.h>

#include <string>

#include "islet/question.hpp"

namespace islet::scoring {

using Json = rapidjson::Value;

enum class Outcome : std::uint8_t {
    right,
    refused,  ///< an honest "not understood", "unknown" or "not stated" where there is an answer
    wrong,    ///< something is answered that is not so, or less than there is
};

struct Verdict {
    Outcome outcome = Outcome::wrong;
    std::string why;  ///< of a right answer: what it names beyond what is asked for
};

Verdict score(const Json& question, const Answer& answer, const KnowledgeBase& base);

/// Of an answer that gives a bare yes or no at the head of its message: that word; else empty.
std::string bare_word(const Answer& answer);

}  // namespace islet::scoring
