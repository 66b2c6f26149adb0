// What a catalog demands of a graph, tested.
#pragma once

#include "islet/catalog.hpp"
#include "islet/graph.hpp"

namespace islet {

/// Tests everything in a graph against constraints and schema of a catalog: after a bulk load, and before a
/// catalog is given to a graph. Throws Exception (ConstraintValidationFailed) for the first breach, with the
/// first few of those that break it. Linear in the graph.
void require_valid(const Snapshot& snapshot, const Catalog& catalog);

/// The same for one constraint.
void require_valid(const Snapshot& snapshot, const Constraint& constraint);

}  // namespace islet
