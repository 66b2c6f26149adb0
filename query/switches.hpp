// Optimisations that can be switched off, so that tests can show that they never
// change the rows.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace islet::query {

struct Switches {
    bool order_by_cost = true;    ///< patterns in order of estimated cost, else as written
    bool filter_pushdown = true;  ///< predicates as early as their slots allow, else after the MATCH
    bool label_in_expand =
        true;                   ///< the far end's label, and which node it is not, is checked while expanding
    bool top_k = true;          ///< ORDER BY with LIMIT keeps only what it needs
    bool id_lookup = true;      ///< id(n) = … finds the node instead of scanning
    bool intersect = true;      ///< cycles close by walking sorted neighbours together
    bool combine = true;        ///< below a count, rows that nobody tells apart are one with a weight
    bool reach = true;          ///< reachability visits each node once, instead of walking each trail
    bool trail_by_ends = true;  ///< what is only not to be taken again is known by its ends, not its id
    bool index = true;          ///< conditions on properties find nodes by an index
    bool composite_index = true;     ///< conditions on several properties together, by an index of these
    bool relationship_index = true;  ///< conditions on properties find relationships by a declared index
    bool path_length = true;         ///< length(p) is what the search knows; no path is made for it
    bool once_per_node = true;       ///< a function of a node is computed once for each node
    bool known_counts = true;        ///< what the store counts is not counted again
    bool morsels = true;             ///< long aggregations are shared out among threads
    bool relationship_scan =
        true;  ///< relationships whose beginning nobody reads are read as they lie in the store

    /// nullptr if there is no switch of that name.
    bool* find(std::string_view name);
};

/// The names that Switches::find knows.
std::span<const std::string_view> optimization_names();

}  // namespace islet::query
