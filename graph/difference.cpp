// What openCypher calls side effects: how one state of a graph differs from a later one.
#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "islet/graph.hpp"

namespace islet {

namespace {

using Properties = std::vector<std::pair<KeyId, Value>>;

/// Counts (key, value) pairs of one owner that only one side has. Ids of keys are the same in both.
void count_properties(const Properties& before, const Properties& after, WriteCounts& counts) {
    auto old = before.begin();
    auto now = after.begin();
    while (old != before.end() || now != after.end()) {
        if (now == after.end() || (old != before.end() && old->first < now->first)) {
            ++counts.properties_removed;
            ++old;
        } else if (old == before.end() || now->first < old->first) {
            ++counts.properties_set;
            ++now;
        } else {
            if (!(old->second == now->second)) {
                ++counts.properties_removed;
                ++counts.properties_set;
            }
            ++old;
            ++now;
        }
    }
}

/// One thing that may be in either state; an absent one has no properties.
template <class Id>
void count_one(const Snapshot& before, std::optional<Id> old, const Snapshot& after, std::optional<Id> now,
               std::int64_t& created, std::int64_t& deleted, WriteCounts& counts) {
    if (!old && !now) return;
    if (!old) ++created;
    if (!now) ++deleted;
    count_properties(old ? before.properties(*old) : Properties(),
                     now ? after.properties(*now) : Properties(), counts);
}

template <class Id>
std::optional<Id> if_there(const Snapshot& in, Id id) {
    return in.contains(id) ? std::optional(id) : std::nullopt;
}

using Place = std::tuple<NodeId, TypeId, NodeId>;

/// The relationships of each place, ascending.
std::map<Place, std::vector<RelId>> by_place(const Snapshot& in) {
    std::map<Place, std::vector<RelId>> places;
    for (std::uint32_t id = 0; id < in.rel_bound(); ++id) {
        if (!in.contains(RelId{id})) continue;
        const Ends ends = in.ends(RelId{id});
        places[{ends.source, ends.type, ends.target}].push_back(RelId{id});
    }
    return places;
}

void count_by_place(const Snapshot& before, const Snapshot& after, WriteCounts& counts) {
    auto old_places = by_place(before);
    auto new_places = by_place(after);
    for (const auto& [place, rels] : new_places) old_places[place];
    for (const auto& [place, old] : old_places) {
        const std::vector<RelId>& now = new_places[place];
        for (std::size_t i = 0; i < std::max(old.size(), now.size()); ++i) {
            count_one(before, i < old.size() ? std::optional(old[i]) : std::nullopt, after,
                      i < now.size() ? std::optional(now[i]) : std::nullopt, counts.relationships_created,
                      counts.relationships_deleted, counts);
        }
    }
}

}  // namespace

WriteCounts difference(const Snapshot& before, const Snapshot& after) {
    WriteCounts counts;
    const std::uint32_t nodes = std::max(before.node_bound(), after.node_bound());
    for (std::uint32_t id = 0; id < nodes; ++id) {
        count_one(before, if_there(before, NodeId{id}), after, if_there(after, NodeId{id}),
                  counts.nodes_created, counts.nodes_deleted, counts);
    }
    if (before.base_ == after.base_) {
        const std::uint32_t rels = std::max(before.rel_bound(), after.rel_bound());
        for (std::uint32_t id = 0; id < rels; ++id) {
            count_one(before, if_there(before, RelId{id}), after, if_there(after, RelId{id}),
                      counts.relationships_created, counts.relationships_deleted, counts);
        }
    } else {
        count_by_place(before, after, counts);
    }
    const std::uint32_t labels = std::max(before.label_count(), after.label_count());
    for (std::uint32_t label = 0; label < labels; ++label) {
        const bool old = label < before.label_count() && before.count(LabelId{label}) != 0;
        const bool now = label < after.label_count() && after.count(LabelId{label}) != 0;
        if (!old && now) ++counts.labels_added;
        if (old && !now) ++counts.labels_removed;
    }
    return counts;
}

}  // namespace islet
