// The names of types, as they stand behind `IS ::`.
#pragma once

#include <vector>

#include "islet/ast.hpp"

namespace islet::parser {

/// Whether the name of a type begins at `first`; moves behind it.
bool at_value_type(char const*& first, char const* last);

/// `INTEGER | LIST<STRING NOT NULL>`: moves behind it. Throws SyntaxFailure where no type stands.
std::vector<ast::ValueType> value_types(char const*& first, char const* last);

}  // namespace islet::parser
