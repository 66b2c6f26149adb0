#include "switches.hpp"

#include <utility>

namespace islet::query {
namespace {

constexpr std::array<std::string_view, 17> names = {
    "order_by_cost",     "filter_pushdown", "label_in_expand",    "top_k",   "id_lookup",    "intersect",
    "combine",           "reach",           "trail_by_ends",      "index",   "path_length",  "known_counts",
    "relationship_scan", "composite_index", "relationship_index", "morsels", "once_per_node"};
constexpr std::array<bool Switches::*, names.size()> members = {&Switches::order_by_cost,
                                                                &Switches::filter_pushdown,
                                                                &Switches::label_in_expand,
                                                                &Switches::top_k,
                                                                &Switches::id_lookup,
                                                                &Switches::intersect,
                                                                &Switches::combine,
                                                                &Switches::reach,
                                                                &Switches::trail_by_ends,
                                                                &Switches::index,
                                                                &Switches::path_length,
                                                                &Switches::known_counts,
                                                                &Switches::relationship_scan,
                                                                &Switches::composite_index,
                                                                &Switches::relationship_index,
                                                                &Switches::morsels,
                                                                &Switches::once_per_node};

}  // namespace

bool* Switches::find(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return &(this->*members[i]);
    }
    return nullptr;
}

std::span<const std::string_view> optimization_names() {
    return names;
}

}  // namespace islet::query
