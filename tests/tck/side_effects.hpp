// What a query did to a graph, found by comparing the states before and after.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gherkin.hpp"
#include "islet/graph.hpp"

namespace islet::tck {

/// `+nodes`, `-properties`, … to how many; those that are zero are absent.
using SideEffects = std::map<std::string, std::int64_t>;

/// As the TCK defines them: nodes and relationships by identity; labels by name, counted when the
/// first node gets one or the last one loses it; properties by (entity, key, value), so that a
/// changed value counts as removed and as added.
SideEffects side_effects(const Snapshot& before, const Snapshot& after);

/// Of a table `| +nodes | 1 |`. Throws std::runtime_error.
SideEffects read_side_effects(const std::vector<Cells>& table);

/// `+nodes 1, -labels 2`, or `none`.
std::string to_text(const SideEffects& effects);

}  // namespace islet::tck
