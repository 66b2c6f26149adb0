// A projection as a simple graph: no loops, of several relationships between two
// nodes just the lightest. Some measures are defined on nothing else.
#pragma once

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <tuple>

#include "projection.hpp"

namespace islet::query {

using SimpleGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                                       boost::property<boost::edge_weight_t, double>,
                                                       boost::no_property, std::uint32_t, std::uint32_t>;

enum class Ways : std::uint8_t { out, in, both };

/// Neighbours ascend. `both`: an edge each way.
inline SimpleGraph simple_graph(const Projected& projected, Ways ways) {
    std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> links;
    const auto [begin, end] = projected.view.all_edges();
    for (auto edge = begin; edge != end; ++edge) {
        const auto [source, target] = std::pair((*edge).source, (*edge).target);
        if (source == target) continue;
        if (ways != Ways::in) links.emplace_back(source, target, projected.weight(*edge));
        if (ways != Ways::out) links.emplace_back(target, source, projected.weight(*edge));
    }
    std::sort(links.begin(), links.end());
    const auto same = [](const auto& a, const auto& b) {
        return std::get<0>(a) == std::get<0>(b) && std::get<1>(a) == std::get<1>(b);
    };
    links.erase(std::unique(links.begin(), links.end(), same), links.end());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<double> weights;
    ends.reserve(links.size());
    weights.reserve(links.size());
    for (const auto& [source, target, weight] : links) {
        ends.emplace_back(source, target);
        weights.push_back(weight);
    }
    return {boost::edges_are_sorted, ends.begin(), ends.end(), weights.begin(), projected.size()};
}

}  // namespace islet::query
