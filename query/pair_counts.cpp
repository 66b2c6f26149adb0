#include "pair_counts.hpp"

namespace islet::query {

void PairCounts::begin(const Snapshot& snapshot, const ExpandSteps& steps) {
    unmark();
    from_ = to_ = {};
    steps_.clear();
    for (const ExpandSteps::Step& step : steps.steps)
        steps_.push_back(
            {step.rows, snapshot.neighbour_rows(step.type, opposite(step.way)), step.skips_loops});
    marks_.resize(snapshot.node_bound());
}

std::int64_t PairCounts::count(NodeId from, NodeId to) {
    from_.meet(from);
    to_.meet(to);
    if (marked(from_, true)) return marks_[static_cast<std::uint32_t>(to)];
    if (marked(to_, false)) return marks_[static_cast<std::uint32_t>(from)];
    return search(from, to);
}

bool PairCounts::marked(const Side& side, bool first) {
    if (marked_ == side.last && marked_first_ == first) return true;
    if (side.streak < 2) return false;
    std::size_t neighbours = 0;
    for (const Step& step : steps_) neighbours += (first ? step.out : step.back).degree(side.last);
    // A search takes about as long as marking this many.
    constexpr std::size_t worth = 16;
    if (neighbours > worth * side.streak) return false;
    unmark();
    marked_ = side.last;
    marked_first_ = first;
    for (const Step& step : steps_) {
        for (const NodeId far : (first ? step.out : step.back)(marked_).nodes) {
            if (!step.skips_loops || far != marked_) ++marks_[static_cast<std::uint32_t>(far)];
        }
    }
    return true;
}

void PairCounts::unmark() {
    if (marked_ == NodeId::none) return;
    for (const Step& step : steps_) {
        for (const NodeId far : (marked_first_ ? step.out : step.back)(marked_).nodes)
            marks_[static_cast<std::uint32_t>(far)] = 0;
    }
    marked_ = NodeId::none;
}

std::int64_t PairCounts::search(NodeId from, NodeId to) const {
    std::int64_t count = 0;
    for (const Step& step : steps_) {
        if (step.skips_loops && from == to) continue;
        std::span<const NodeId> near = step.out(from).nodes;
        NodeId wanted = to;
        if (const std::span<const NodeId> back = step.back(to).nodes; back.size() < near.size()) {
            near = back;
            wanted = from;
        }
        const auto [first, last] = std::equal_range(near.begin(), near.end(), wanted);
        count += last - first;
    }
    return count;
}

}  // namespace islet::query
