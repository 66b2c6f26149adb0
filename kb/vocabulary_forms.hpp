// "rephrase" of vocabulary.json: other ways to put a question, as patterns with slots. Thousands of patterns
// come of a few lines with choices in them; they are never written out, but go into one tree as the choices
// are walked.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "lexicon.hpp"

namespace islet::kb {

/// Used by one thread.
class FormsReader {
 public:
    /// Both must outlive it; `folding` is complete before the first add().
    FormsReader(WordTablesBuilder& tables, const Folding& folding) : tables_(tables), folding_(folding) {}

    /// Patterns, and last what they mean. Gives what is wrong with them; what is not is added all the same.
    std::vector<std::string> add(const std::vector<std::string>& forms);

 private:
    class Walk;

    /// The words of a piece of a pattern, which stands in many.
    const std::vector<std::uint32_t>& words_of(const std::string& piece);

    WordTablesBuilder& tables_;
    const Folding& folding_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> piece_words_;
};

}  // namespace islet::kb
