// The rule of clauses.
#pragma once

#include "grammar.hpp"

namespace islet::parser::grammar {

struct ClauseId;
using ClauseRule = x3::rule<ClauseId, ast::Clause>;
inline ClauseRule const clause = "a clause such as MATCH, CREATE or RETURN";

/// The pattern, and WHERE perhaps, of `EXISTS { (a)-->(b) WHERE … }`.
struct BareMatchId;
using BareMatchRule = x3::rule<BareMatchId, ast::Match>;
inline BareMatchRule const bare_match = "a pattern";

BOOST_SPIRIT_DECLARE(ClauseRule, BareMatchRule)

}  // namespace islet::parser::grammar
