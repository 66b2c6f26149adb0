// Steps 0 to 4 of a question together: the forms that it may be put in are read, until one has a meaning.
#pragma once

#include <string>
#include <variant>

#include "question/reading.hpp"
#include "question/terms.hpp"

namespace islet::kb {

struct Understood {
    Reading reading;
    Terms terms;
    std::string syntax;  ///< the tree that was read, as text
    std::string form;    ///< the form of the question that was read, where it is another
};

/// `split`: as for find_terms. `text`: words that are written short are in full.
std::variant<Understood, NotUnderstood> understand(const std::string& text, const KnowledgeBase& base,
                                                   Splitting split);

}  // namespace islet::kb
