// The rules of patterns that other units use.
#pragma once

#include "grammar.hpp"

namespace islet::parser::grammar {

struct PathId;
using PathRule = x3::rule<PathId, ast::PathPattern>;

/// `p = (a)-->(b)`, `shortestPath(…)`.
inline PathRule const path = "a pattern such as `(a)-[:TYPE]->(b)`";

/// The same where an expression may stand: it has at least one relationship.
struct RelationshipsId;
using RelationshipsRule = x3::rule<RelationshipsId, ast::PathPattern>;
inline RelationshipsRule const relationships_path = "a pattern such as `(a)-[:TYPE]->(b)`";

BOOST_SPIRIT_DECLARE(PathRule, RelationshipsRule)

}  // namespace islet::parser::grammar
