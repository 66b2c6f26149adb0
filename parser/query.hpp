// The rules of whole queries.
#pragma once

#include "grammar.hpp"

namespace islet::parser::grammar {

struct QueryRuleId;
using QueryRule = x3::rule<QueryRuleId, ast::Query>;
/// Clauses, with their UNIONs.
inline QueryRule const query = "a clause such as MATCH, CREATE or RETURN";

struct StatementId;
using StatementRule = x3::rule<StatementId, ast::Query>;
/// All of the text; EXPLAIN, PROFILE and CITE go straight into the tree.
inline StatementRule const statement = "a query";

BOOST_SPIRIT_DECLARE(QueryRule, StatementRule)

}  // namespace islet::parser::grammar
