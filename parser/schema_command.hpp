// The rule of schema commands.
#pragma once

#include "grammar.hpp"

namespace islet::parser::grammar {

/// CREATE and DROP of constraints and indexes, and SHOW. Each is another spelling of a call: the tree holds
/// `CALL db.createConstraint(…)`, `CALL db.indexes() YIELD …`.
struct SchemaCommandId;
using SchemaCommandRule = x3::rule<SchemaCommandId, ast::SingleQuery>;
inline SchemaCommandRule const schema_command = "CREATE CONSTRAINT, CREATE INDEX, DROP or SHOW";

BOOST_SPIRIT_DECLARE(SchemaCommandRule)

}  // namespace islet::parser::grammar
