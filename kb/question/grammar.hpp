// Step 3 of a question: terms → syntax tree, by a small X3 grammar over terms.
#pragma once

#include <optional>

#include "question/syntax.hpp"

namespace islet::kb {

/// Where the grammar stopped, for messages.
struct NotParsed {
    std::size_t term = 0;
};

/// All trees that the grammar has for the whole question, the likelier first; empty: none.
std::vector<SyntaxNode> parse_question(const std::vector<Term>& terms);

}  // namespace islet::kb
