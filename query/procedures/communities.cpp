// graph.communities: Louvain's method. Moves nodes to the community of a
// neighbour while modularity grows, then does the same with communities for nodes.
// Directions do not count; parallel relationships add up. Boost.Graph has none.

#include <algorithm>

#include "families.hpp"
#include "projection.hpp"

namespace islet::query {
namespace {

/// An undirected weighted graph: each edge stands at both ends, loops apart.
struct Level {
    std::vector<std::uint32_t> first{0};  ///< by vertex, one more than there are
    std::vector<std::pair<std::uint32_t, double>> links;
    std::vector<double> loops;  ///< by vertex

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(first.size() - 1); }
};

struct Link {
    std::uint32_t source;
    std::uint32_t target;
    double weight;
};

Level level_of(std::vector<Link> links, std::uint32_t size) {
    std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
        return std::pair(a.source, a.target) < std::pair(b.source, b.target);
    });
    Level level;
    level.loops.resize(size);
    std::size_t at = 0;
    for (std::uint32_t vertex = 0; vertex < size; ++vertex) {
        while (at < links.size() && links[at].source == vertex) {
            const std::uint32_t target = links[at].target;
            double weight = 0;
            for (; at < links.size() && links[at].source == vertex && links[at].target == target; ++at)
                weight += links[at].weight;
            if (target == vertex) {
                level.loops[vertex] += weight;
            } else {
                level.links.emplace_back(target, weight);
            }
        }
        level.first.push_back(static_cast<std::uint32_t>(level.links.size()));
    }
    return level;
}

/// The community of each vertex, numbered from 0 without gaps; whether any vertex moved.
bool move_vertices(const Level& level, double resolution, Poll& poll, std::vector<std::uint32_t>& community) {
    const std::uint32_t size = level.size();
    std::vector<double> degree(size);
    double total = 0;
    for (std::uint32_t vertex = 0; vertex < size; ++vertex) {
        degree[vertex] = 2 * level.loops[vertex];
        for (std::uint32_t i = level.first[vertex]; i < level.first[vertex + 1]; ++i)
            degree[vertex] += level.links[i].second;
        total += degree[vertex];
    }
    community.resize(size);
    for (std::uint32_t vertex = 0; vertex < size; ++vertex) community[vertex] = vertex;
    if (!(total > 0)) return false;
    std::vector<double> of_community = degree;
    std::vector<double> to(size);  // from the vertex at hand to each community near it
    std::vector<std::uint32_t> near;
    bool moved = false;
    constexpr double least_gain = 1e-12;
    for (bool again = true; again;) {
        again = false;
        for (std::uint32_t vertex = 0; vertex < size; ++vertex) {
            const std::uint32_t own = community[vertex];
            near.assign(1, own);
            for (std::uint32_t i = level.first[vertex]; i < level.first[vertex + 1]; ++i) {
                poll();
                const std::uint32_t other = community[level.links[i].first];
                if (to[other] == 0 && other != own) near.push_back(other);
                to[other] += level.links[i].second;
            }
            of_community[own] -= degree[vertex];
            const auto gain = [&](std::uint32_t target) {
                return to[target] - resolution * degree[vertex] * of_community[target] / total;
            };
            std::uint32_t best = own;
            double most = gain(own);
            std::sort(near.begin(), near.end());
            for (const std::uint32_t candidate : near) {
                if (gain(candidate) > most + least_gain) best = candidate, most = gain(candidate);
            }
            of_community[best] += degree[vertex];
            for (const std::uint32_t candidate : near) to[candidate] = 0;
            if (best == own) continue;
            community[vertex] = best;
            moved = again = true;
        }
    }
    std::vector<std::uint32_t> number(size, UINT32_MAX);
    std::uint32_t next = 0;
    for (std::uint32_t& of : community) {
        if (number[of] == UINT32_MAX) number[of] = next++;
        of = number[of];
    }
    return moved;
}

Rows communities(const ProcedureContext& context, const Projected& projected, double resolution) {
    Poll poll(context);
    std::vector<Link> links;
    const auto [begin, end] = projected.view.all_edges();
    for (auto edge = begin; edge != end; ++edge) {
        const auto [source, target] = std::pair((*edge).source, (*edge).target);
        const double weight = projected.weight(*edge);
        if (!(weight > 0)) continue;
        links.push_back({source, target, weight});
        if (source != target) links.push_back({target, source, weight});
    }
    Level level = level_of(std::move(links), projected.size());
    std::vector<std::uint32_t> of_node(projected.size());
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex) of_node[vertex] = vertex;
    std::vector<std::uint32_t> community;
    while (move_vertices(level, resolution, poll, community)) {
        context.check();
        for (std::uint32_t& of : of_node) of = community[of];
        std::vector<Link> merged;
        for (std::uint32_t vertex = 0; vertex < level.size(); ++vertex) {
            const std::uint32_t source = community[vertex];
            if (level.loops[vertex] > 0) merged.push_back({source, source, level.loops[vertex]});
            for (std::uint32_t i = level.first[vertex]; i < level.first[vertex + 1]; ++i) {
                const std::uint32_t target = community[level.links[i].first];
                // An edge inside stands at both of its ends.
                const double share = source == target ? 0.5 : 1;
                merged.push_back({source, target, level.links[i].second * share});
            }
        }
        const std::uint32_t size = 1 + *std::max_element(community.begin(), community.end());
        level = level_of(std::move(merged), size);
    }
    std::vector<std::int64_t> number(projected.size(), -1);
    std::int64_t next = 0;
    Rows rows;
    rows.reserve(of_node.size());
    for (std::uint32_t vertex = 0; vertex < projected.size(); ++vertex) {
        std::int64_t& own = number[of_node[vertex]];
        if (own < 0) own = next++;
        rows.push_back({projected.view.node(vertex), own});
    }
    return rows;
}

}  // namespace

void add_community_procedures(ProcedureRegistry& registry, const SharedProjections& projections) {
    registry.add({.name = "graph.communities",
                  .inputs = {graph_field(), options_field()},
                  .outputs = {node_field(), {"community", FieldType::integer, false, {}}},
                  .call =
                      [projections](const ProcedureContext& context, const std::vector<Value>& arguments) {
                          constexpr std::string_view name = "graph.communities";
                          const Options options(name, arguments[1], {"resolution"});
                          const Projected projected =
                              project(name, *projections, arguments[0], context.snapshot);
                          require_weights(name, projected);
                          return communities(context, projected, options.number("resolution", 1, 0, 1e6));
                      },
                  .description = "Parts that are densely knit inside, by Louvain's method: {resolution}"});
}

}  // namespace islet::query
