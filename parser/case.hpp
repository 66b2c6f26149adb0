// The rules of CASE and trim(… FROM …).
#pragma once

#include <cstddef>
#include <vector>

#include "grammar.hpp"

namespace islet::parser::grammar {

// Behind WHEN stands a value to compare the subject with, or the rest of a condition on it: `> 3`,
// `STARTS WITH 'a'`, `IS NULL`. With one such, the whole CASE becomes one of conditions.
struct CaseParts {
    ast::Case whole;
    std::vector<bool> conditions;  ///< by alternative
    std::size_t open = 0;          ///< the first alternative without THEN
    Infix infix;
};
struct TrimId;
struct CaseId;
using TrimRule = x3::rule<TrimId, ast::FunctionCall>;
using CaseRule = x3::rule<CaseId, CaseParts>;
inline TrimRule const trim_call = "a function call";
inline CaseRule const case_expression = "CASE";

BOOST_SPIRIT_DECLARE(TrimRule, CaseRule)

}  // namespace islet::parser::grammar
