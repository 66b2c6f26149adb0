// graph.components, graph.strongComponents: who can reach whom.

#include <boost/graph/connected_components.hpp>
#include <boost/graph/strong_components.hpp>

#include "families.hpp"
#include "projection.hpp"

namespace islet::query {
namespace {

/// Components numbered from 0 in order of their smallest node.
Rows numbered(const Projected& projected, const std::vector<std::uint32_t>& component) {
    std::vector<std::int64_t> number(component.size(), -1);
    std::int64_t next = 0;
    Rows rows;
    rows.reserve(component.size());
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex) {
        std::int64_t& own = number[component[vertex]];
        if (own < 0) own = next++;
        rows.push_back({projected.view.node(vertex), own});
    }
    return rows;
}

Procedure procedure(std::string name, std::string description, bool strong,
                    const SharedProjections& projections) {
    return {.name = name,
            .inputs = {graph_field()},
            .outputs = {node_field(), {"component", FieldType::integer, false, {}}},
            .call =
                [name, strong, projections](const ProcedureContext& context,
                                            const std::vector<Value>& arguments) {
                    const Projected projected = project(name, *projections, arguments[0], context.snapshot);
                    Poll poll(context);
                    std::vector<std::uint32_t> component(projected.size());
                    const PolledMap<std::uint32_t> map{&component, &poll};
                    if (strong && !projected.undirected) {
                        boost::strong_components(projected.view, map);
                    } else {
                        boost::connected_components(Undirected(projected.view), map);
                    }
                    return numbered(projected, component);
                },
            .description = std::move(description)};
}

}  // namespace

void add_component_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add(procedure("graph.components", "Nodes that hang together, whichever way relationships point",
                           false, projections));
    registry.add(procedure("graph.strongComponents", "Nodes that reach each other along the relationships",
                           true, projections));
}

}  // namespace islet::query
