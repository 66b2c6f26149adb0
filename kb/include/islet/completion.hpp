// What may come next in a question, for a shell's Tab.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "islet/knowledge.hpp"

namespace islet {

/// Words that may stand at the end of a question's beginning.
struct QuestionCompletions {
    std::size_t replaced =
        0;  ///< bytes at the end of the beginning that each of the words takes the place of
    std::vector<std::string> words;  ///< sorted, no two alike; may be phrases
};

/// What may come next after `beginning`: words with which it can be read, or go on, by the grammar, the
/// vocabulary and the types of the base's schema. A last word without a space after it is taken as the
/// beginning of one. Empty where the beginning is not understood. At most 200 words. Thread-safe.
QuestionCompletions complete_question(const KnowledgeBase& base, std::string_view beginning);

}  // namespace islet
