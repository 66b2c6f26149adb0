// Step 1 of a question: text → words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lexicon.hpp"

namespace islet::kb {

struct Token {
    std::string text;       ///< lower case, accents gone
    std::string folded;     ///< as the lexicon has its words
    std::size_t begin = 0;  ///< byte range in the question
    std::size_t end = 0;
    bool after_skipped = false;  ///< a word that is left out (an article) stands before it
};

/// Splits at everything that is no letter and no digit; a hyphen parts words, a comma is a word.
/// Skipped words (articles) are left out.
std::vector<Token> tokenize(std::string_view text, const Folding& folding);

/// The text with words that are written short in full: "isn't" → "is not".
std::string written_in_full(std::string_view text, const Folding& folding);

}  // namespace islet::kb
