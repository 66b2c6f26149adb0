// graph.yen: the k lightest paths without a node twice. Yen's algorithm; Boost.Graph
// has none, but its Dijkstra on a filtered graph is the search inside.

#include <algorithm>
#include <set>

#include "families.hpp"
#include "paths.hpp"

namespace islet::query {
namespace {

std::vector<Route> yen(const Projected& projected, std::uint32_t source, std::uint32_t target,
                       std::int64_t count, Poll& poll, const std::function<void()>& check) {
    std::vector<Route> found;
    const Tree first = dijkstra(projected, source, target, {}, poll);
    if (first.distance[target] == unreached) return found;
    found.push_back(first.route(source, target));
    std::set<Route> candidates;
    while (static_cast<std::int64_t>(found.size()) < count) {
        const Route previous = found.back();
        // Leave the last path at each of its nodes, by a relationship that no path with the same beginning
        // took.
        Banned banned{std::vector<bool>(projected.size()), {}};
        double walked = 0;
        for (std::size_t at = 0; at < previous.rels.size(); ++at) {
            check();
            const std::uint32_t spur = previous.vertices[at];
            banned.rels.clear();
            for (const Route& route : found) {
                if (route.rels.size() > at &&
                    std::equal(previous.rels.begin(), previous.rels.begin() + static_cast<std::ptrdiff_t>(at),
                               route.rels.begin())) {
                    banned.rels.push_back(route.rels[at]);
                }
            }
            const Tree tree = dijkstra(projected, spur, target, banned, poll);
            if (tree.distance[target] != unreached) {
                Route tail = tree.route(spur, target);
                Route whole;
                whole.distance = walked + tail.distance;
                whole.vertices.assign(previous.vertices.begin(),
                                      previous.vertices.begin() + static_cast<std::ptrdiff_t>(at));
                whole.vertices.insert(whole.vertices.end(), tail.vertices.begin(), tail.vertices.end());
                whole.rels.assign(previous.rels.begin(),
                                  previous.rels.begin() + static_cast<std::ptrdiff_t>(at));
                whole.rels.insert(whole.rels.end(), tail.rels.begin(), tail.rels.end());
                candidates.insert(std::move(whole));
            }
            banned.vertices[spur] = true;
            walked += projected.weight({spur, previous.vertices[at + 1], previous.rels[at]});
        }
        while (!candidates.empty() &&
               std::find(found.begin(), found.end(), *candidates.begin()) != found.end()) {
            candidates.erase(candidates.begin());
        }
        if (candidates.empty()) break;
        found.push_back(*candidates.begin());
        candidates.erase(candidates.begin());
    }
    return found;
}

}  // namespace

void add_alternative_path_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add({.name = "graph.yen",
                  .inputs = {graph_field(),
                             node_field("source"),
                             node_field("target"),
                             {"k", FieldType::integer, false, {}}},
                  .outputs = {{"rank", FieldType::integer, false, {}},
                              {"distance", FieldType::floating, false, {}},
                              {"path", FieldType::path, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.yen";
                          if (arguments[3].as_int() < 1) refuse(name, "`k` must be at least 1");
                          const Projected projected =
                              project(name, *projections, arguments[0], context.snapshot);
                          require_weights(name, projected);
                          Poll poll(context);
                          const std::vector<Route> routes =
                              yen(projected, projected.vertex(name, "source", arguments[1]),
                                  projected.vertex(name, "target", arguments[2]), arguments[3].as_int(), poll,
                                  context.check);
                          Rows rows;
                          for (std::size_t i = 0; i < routes.size(); ++i) {
                              rows.push_back({static_cast<std::int64_t>(i + 1), routes[i].distance,
                                              path_value(projected, routes[i])});
                          }
                          return rows;
                      },
                  .description = "The k lightest paths between two nodes, none with a node twice"});
}

}  // namespace islet::query
