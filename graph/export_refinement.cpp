#include "export_refinement.hpp"

#include <algorithm>

namespace islet::exporting {

Refinement::Refinement(const std::vector<std::vector<std::uint32_t>>& cells,
                       std::vector<std::vector<Arc>> arcs)
    : arcs_(std::move(arcs)),
      position_(arcs_.size()),
      colour_(arcs_.size()),
      size_(arcs_.size()),
      marked_(arcs_.size(), false) {
    order_.reserve(arcs_.size());
    for (const auto& cell : cells) {
        const auto begin = static_cast<std::uint32_t>(order_.size());
        for (const std::uint32_t node : cell) {
            colour_[node] = begin;
            position_[node] = static_cast<std::uint32_t>(order_.size());
            order_.push_back(node);
        }
        if (!cell.empty()) size_[begin] = static_cast<std::uint32_t>(cell.size());
    }
}

std::vector<std::uint32_t> Refinement::run() {
    std::vector<std::uint32_t> all;
    for (const std::uint32_t node : order_) {
        if (size_[colour_[node]] > 1) all.push_back(node);
    }
    refine(std::move(all));
    // What is left in one cell is symmetric: any choice gives the same graph, and
    // each choice is followed to where it leads before the next is made.
    for (std::uint32_t begin = 0; begin < order_.size(); begin += size_[begin]) {
        while (size_[begin] > 1) {
            const std::uint32_t last = begin + --size_[begin];
            const std::uint32_t chosen = order_[last];
            colour_[chosen] = last;
            size_[last] = 1;
            refine(touched_by({chosen}));
        }
    }
    return order_;
}

/// Rounds until nothing changes. In a round every signature is taken before any cell is split.
void Refinement::refine(std::vector<std::uint32_t> dirty) {
    while (!dirty.empty()) {
        std::vector<Member> members;
        members.reserve(dirty.size());
        for (const std::uint32_t node : dirty) members.push_back({node, signature(node)});
        std::sort(members.begin(), members.end(), [this](const Member& a, const Member& b) {
            if (colour_[a.node] != colour_[b.node]) return colour_[a.node] < colour_[b.node];
            return a.signature < b.signature;
        });
        // Splitting changes colours, so the cells' bounds are taken before.
        std::vector<std::size_t> bounds;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i == 0 || colour_[members[i].node] != colour_[members[i - 1].node]) bounds.push_back(i);
        }
        bounds.push_back(members.size());
        std::vector<std::uint32_t> changed;
        for (std::size_t i = 0; i + 1 < bounds.size(); ++i) split(members, bounds[i], bounds[i + 1], changed);
        dirty = touched_by(changed);
    }
}

/// The nodes, not yet alone in their cell, that see one of `changed`.
std::vector<std::uint32_t> Refinement::touched_by(const std::vector<std::uint32_t>& changed) {
    std::vector<std::uint32_t> touched;
    for (const std::uint32_t node : changed) {
        for (const Arc& arc : arcs_[node]) {
            if (marked_[arc.neighbour] || size_[colour_[arc.neighbour]] == 1) continue;
            marked_[arc.neighbour] = true;
            touched.push_back(arc.neighbour);
        }
    }
    for (const std::uint32_t node : touched) marked_[node] = false;
    return touched;
}

Refinement::Signature Refinement::signature(std::uint32_t node) const {
    Signature result;
    result.reserve(arcs_[node].size());
    for (const Arc& arc : arcs_[node]) result.emplace_back(arc.colour, colour_[arc.neighbour]);
    std::sort(result.begin(), result.end());
    return result;
}

/// Splits one cell by the signatures of the members [first, last), which are sorted. The nodes of
/// the cell that are not among them still share the signature they had, which none of the members
/// has any more: they stay in front and keep the colour.
void Refinement::split(std::vector<Member>& members, std::size_t first, std::size_t last,
                       std::vector<std::uint32_t>& changed) {
    const std::uint32_t begin = colour_[members[first].node];
    const std::uint32_t size = size_[begin];
    const auto count = static_cast<std::uint32_t>(last - first);
    const std::uint32_t moved_to = begin + size - count;
    for (std::uint32_t i = count; i-- > 0;) move_to(members[first + i].node, moved_to + i);

    std::uint32_t group = moved_to;  // where the group of the current signature begins
    for (std::uint32_t i = 0; i < count; ++i) {
        const Member& member = members[first + i];
        if (i > 0 && member.signature != members[first + i - 1].signature) {
            size_[group] = moved_to + i - group;
            group = moved_to + i;
        }
        if (group != begin) {
            colour_[member.node] = group;
            changed.push_back(member.node);
        }
    }
    size_[group] = begin + size - group;
    if (moved_to != begin) size_[begin] = size - count;
}

void Refinement::move_to(std::uint32_t node, std::uint32_t position) {
    const std::uint32_t other = order_[position];
    std::swap(order_[position], order_[position_[node]]);
    position_[other] = position_[node];
    position_[node] = position;
}

}  // namespace islet::exporting
