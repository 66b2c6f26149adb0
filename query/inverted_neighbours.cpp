#include "inverted_neighbours.hpp"

#include <bit>

namespace islet::query {
namespace {

std::size_t end_of_run(std::span<const NodeId> nodes, std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < nodes.size() && nodes[end] == nodes[begin]) ++end;
    return end;
}

}  // namespace

bool InvertedNeighbours::within(std::span<const NodeId> near, const ExpandSteps& on, std::size_t budget) {
    std::size_t steps = near.size();
    for (std::size_t at = 0; at < near.size() && steps <= budget; at = end_of_run(near, at)) {
        for (const ExpandSteps::Step& step : on.steps) steps += step.rows.degree(near[at]);
    }
    return steps <= budget;
}

void InvertedNeighbours::fill(std::span<const NodeId> near, const ExpandSteps& on,
                              const LabelledNodes* labelled) {
    std::size_t ends = 0;
    for (std::size_t at = 0; at < near.size(); at = end_of_run(near, at)) {
        for (const ExpandSteps::Step& step : on.steps) ends += step.rows.degree(near[at]);
    }
    const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, ends + ends / 3));
    slots_.assign(size, {});
    shift_ = 64 - static_cast<unsigned>(std::countr_zero(size));
    met_.clear();
    // From the last neighbour to the first, as each is put before those that were met.
    for (std::size_t end = near.size(); end > 0;) {
        const NodeId node = near[end - 1];
        std::size_t begin = end - 1;
        while (begin > 0 && near[begin - 1] == node) --begin;
        const auto ways = static_cast<std::uint32_t>(end - begin);
        end = begin;
        if (labelled != nullptr && !labelled->contains(node)) continue;
        for (const ExpandSteps::Step& step : on.steps) {
            for (const NodeId second : step.rows(node).nodes) {
                if (step.skips_loops && second == node) continue;
                Slot& slot = slots_[slot_of(second)];
                slot.second = second;
                if (slot.head != none && met_[slot.head].node == node) {
                    ++met_[slot.head].from_second;
                } else {
                    met_.push_back({node, ways, 1, slot.head});
                    slot.head = static_cast<std::uint32_t>(met_.size()) - 1;
                }
            }
        }
    }
}

}  // namespace islet::query
