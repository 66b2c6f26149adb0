// The procedures that every database has, a family a file.
#pragma once

#include <memory>

#include "islet/procedure.hpp"

namespace islet::query {

class Projections;

/// All of them.
void add_builtin_procedures(ProcedureRegistry& registry);

void add_schema_commands(ProcedureRegistry& registry);
void add_schema_views(ProcedureRegistry& registry);
void add_fulltext_procedures(ProcedureRegistry& registry);

using SharedProjections = std::shared_ptr<Projections>;
void add_projection_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_component_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_rank_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_centrality_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_density_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_path_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_alternative_path_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_order_procedures(ProcedureRegistry& registry, const SharedProjections& projections);
void add_community_procedures(ProcedureRegistry& registry, const SharedProjections& projections);

}  // namespace islet::query
