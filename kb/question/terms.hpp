// Step 2 of a question: words → terms. A term is a run of words that the lexicon knows, with all it may
// mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "question/tokens.hpp"

namespace islet::kb {

struct Term {
    std::vector<Sense> senses;
    std::string text;         ///< as the lexicon writes it
    std::string folded;       ///< its words, folded
    std::uint32_t index = 0;  ///< its place among the terms
    std::size_t first = 0;    ///< token range [first, last)
    std::size_t last = 0;
    bool after_skipped = false;  ///< a word that is left out (an article) stands before it
    bool attributive = false;    ///< a verb of the form that stands before a noun

    [[nodiscard]] bool is(Role role) const noexcept;
    [[nodiscard]] bool has(SenseKind kind) const noexcept;
};

/// Words that the lexicon does not know, with the nearest ones it does.
struct UnknownWords {
    std::string text;
    std::vector<std::string> nearest;
    bool known = false;  ///< each is a word of some phrase of the language, but not where it stands
};

struct Terms {
    std::vector<Token> tokens;
    std::vector<Term> terms;
    std::vector<std::string> corrections;  ///< "`bsail` is read as `basil`"
    std::vector<UnknownWords> unknown;     ///< empty: every word is understood
};

/// How words are put together that may be one phrase or several.
enum class Splitting : std::uint8_t {
    none,
    names,     ///< names that hold a conjunction ("X and Y" as the name of one thing) are taken apart
    contexts,  ///< so are contexts that are a preposition with a name ("after harvest")
    shorter,   ///< of two ways to part words, that with the shorter phrase first
};

/// Covers the question with as few terms as possible. A word that is not known is taken for the one known
/// word that a slip of the pen turns into it; never when two are equally near, when the first letter
/// differs, or when it is a real word that the vocabulary lists.
/// `idle`: words count that say nothing about what is asked; otherwise they are no terms.
Terms find_terms(std::string_view question, const Lexicon& lexicon, Splitting split = Splitting::none,
                 bool idle = false);

}  // namespace islet::kb
