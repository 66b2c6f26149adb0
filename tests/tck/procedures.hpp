// Procedures that a scenario brings along: a signature and a table that answers every call.
#pragma once

#include <string_view>
#include <vector>

#include "gherkin.hpp"
#include "islet/procedure.hpp"

namespace islet::tck {

/// Of `test.my.proc(in :: INTEGER?) :: (out :: STRING?):` and its table, whose columns are the inputs
/// and then the outputs. A call returns the outputs of the rows whose inputs equal its arguments, in
/// order. Throws std::runtime_error for what is no signature or does not fit the table.
query::Procedure table_procedure(std::string_view signature, const std::vector<Cells>& table);

}  // namespace islet::tck
