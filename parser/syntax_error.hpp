// Words for syntax errors.
#pragma once

#include <string_view>

#include "islet/parser.hpp"
#include "syntax_failure.hpp"

namespace islet::parser {

/// The error of a text in which `expected` should have stood at `at`.
SyntaxError unexpected(std::string_view text, std::string_view expected, char const* at);

/// The error that the grammar worded itself.
SyntaxError worded(std::string_view text, SyntaxFailure const& failure);

}  // namespace islet::parser
