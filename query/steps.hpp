// The relationships around a node that a pattern may take, over its types and
// directions, straight from the store's spans.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "bound.hpp"
#include "islet/graph.hpp"

namespace islet::query {

/// A pattern's types as ids. `any` when the pattern names none; types that the graph does not have are left
/// out.
inline std::vector<TypeId> resolve_types(const Snapshot& snapshot, const std::vector<std::string>& names) {
    std::vector<TypeId> types;
    if (names.empty()) {
        for (std::uint32_t type = 0; type < snapshot.type_count(); ++type) types.push_back(TypeId{type});
    }
    for (const std::string& name : names) {
        if (const std::optional<TypeId> type = snapshot.find_type(name)) types.push_back(*type);
    }
    return types;
}

/// The same relationship, seen from its other end.
inline PatternRel::Pointing turned(PatternRel::Pointing pointing) {
    switch (pointing) {
        case PatternRel::Pointing::forward:
            return PatternRel::Pointing::backward;
        case PatternRel::Pointing::backward:
            return PatternRel::Pointing::forward;
        case PatternRel::Pointing::either:
            break;
    }
    return pointing;
}

/// The one or two directions of a pattern, seen from the node that it is walked from.
inline std::vector<Direction> directions(PatternRel::Pointing pointing) {
    switch (pointing) {
        case PatternRel::Pointing::forward:
            return {Direction::out};
        case PatternRel::Pointing::backward:
            return {Direction::in};
        case PatternRel::Pointing::either:
            return {Direction::out, Direction::in};
    }
    return {};
}

/// How many of a node's relationships lead to itself, of one type and direction.
inline std::size_t loops_of(NodeId node, const Adjacent& near) {
    if (near.nodes.empty() || node < near.nodes.front() || near.nodes.back() < node) return 0;
    const auto [first, last] = std::equal_range(near.nodes.begin(), near.nodes.end(), node);
    return static_cast<std::size_t>(last - first);
}

/// Calls `visit(RelId, NodeId far)` for each relationship around `node`. Walked in either direction, a loop
/// counts once.
template <class Visit>
void for_each_step(const Snapshot& snapshot, NodeId node, const std::vector<TypeId>& types,
                   const std::vector<Direction>& ways, Visit&& visit) {
    for (const TypeId type : types) {
        for (const Direction way : ways) {
            const Adjacent near = snapshot.neighbours(node, type, way);
            const bool skip_loops = ways.size() == 2 && way == Direction::in;
            for (std::size_t i = 0; i < near.size(); ++i) {
                if (skip_loops && near.nodes[i] == node) continue;
                visit(near.rel(i), near.nodes[i]);
            }
        }
    }
}

/// Calls `visit(RelId)` for each relationship between two nodes, searching in the shorter of their lists.
template <class Visit>
void for_each_between(const Snapshot& snapshot, NodeId from, NodeId to, const std::vector<TypeId>& types,
                      const std::vector<Direction>& ways, Visit&& visit) {
    for (const TypeId type : types) {
        for (const Direction way : ways) {
            if (ways.size() == 2 && way == Direction::in && from == to) continue;
            Adjacent near = snapshot.neighbours(from, type, way);
            NodeId wanted = to;
            const Adjacent far = snapshot.neighbours(to, type, opposite(way));
            if (far.size() < near.size()) near = far, wanted = from;
            const auto [first, last] = std::equal_range(near.nodes.begin(), near.nodes.end(), wanted);
            for (auto it = first; it != last; ++it)
                visit(near.rel(static_cast<std::size_t>(it - near.nodes.begin())));
        }
    }
}

}  // namespace islet::query
