// The general words of a language, and what a vocabulary adds to them.
#pragma once

#include "json_file.hpp"
#include "lexicon.hpp"
#include "word_forms.hpp"

namespace islet::kb {

/// Reads "language", "canonical" and "verbs" of one file; what is there already is added to.
void read_language(const Json& words, Lexicon& lexicon, VerbRules& verbs);

}  // namespace islet::kb
