#include "families.hpp"
#include "projection.hpp"

namespace islet::query {

void add_builtin_procedures(ProcedureRegistry& registry) {
    const auto projections = std::make_shared<Projections>();
    add_schema_commands(registry);
    add_schema_views(registry);
    add_fulltext_procedures(registry);
    add_projection_procedures(registry, projections);
    add_component_procedures(registry, projections);
    add_rank_procedures(registry, projections);
    add_centrality_procedures(registry, projections);
    add_density_procedures(registry, projections);
    add_path_procedures(registry, projections);
    add_alternative_path_procedures(registry, projections);
    add_order_procedures(registry, projections);
    add_community_procedures(registry, projections);
}

}  // namespace islet::query
