// CITE: a query that also says which statements its rows rest on.
#pragma once

#include <string>
#include <vector>

#include "bound.hpp"

namespace islet::query {

/// The statement with one more column, `sources`: for each row the evidence of the nodes and relationships
/// that MATCH (or MERGE) met on the way to it, whether or not the query returns them: a list of maps of the
/// properties named by `evidence`, for everything that has the first of them, each combination once, in
/// order of these values. Rows that were grouped, or made one by DISTINCT or UNION, have the evidence of all.
/// What conditions look at (EXISTS, a pattern in WHERE) is not met, and not cited.
///
/// Works on the bound statement, where every part of a pattern has a slot, named or not. Throws Exception
/// when `evidence` is empty or the statement returns nothing.
BoundStatement cite(BoundStatement statement, const std::vector<std::string>& evidence);

}  // namespace islet::query
