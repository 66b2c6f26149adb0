#include "path_rounds.hpp"

#include <algorithm>

#include "steps.hpp"

namespace islet::query {

PathRounds::PathRounds(RunContext& context, const PathSearchOp& op, const std::vector<bool>& wanted)
    : context_(context), reversed_(op.reversed) {
    for (const PathSearchOp::Segment& segment : op.segments) {
        Part part;
        part.segment = &segment;
        for (const PathSegment::Variable& variable : segment.variables) {
            if (!wanted[static_cast<std::size_t>(variable.outer)]) continue;
            const auto from = !segment.plain                    ? Wanted::From::plan
                              : variable.inner == segment.enter ? Wanted::From::enter
                              : variable.inner == segment.leave ? Wanted::From::leave
                                                                : Wanted::From::rel;
            part.wanted.push_back({variable, from});
        }
        if (segment.plain) {
            part.ways = directions(segment.pointing);
        } else {
            part.plan = std::make_unique<InnerPlan>(context, segment.inner);
        }
        parts_.push_back(std::move(part));
    }
}

void PathRounds::start(const Batch& in, std::size_t row, std::span<const RelId> excluded) {
    in_ = &in;
    row_ = row;
    excluded_ = excluded;
    for (Part& part : parts_) {
        part.found.clear();
        part.rounds.clear();
        part.rels.clear();
        part.ends.clear();
        part.values.clear();
        if (part.segment->plain) part.types = resolve_types(*context_.snapshot, part.segment->types);
    }
}

bool PathRounds::excluded(RelId rel) const {
    return std::find(excluded_.begin(), excluded_.end(), rel) != excluded_.end();
}

/// One relationship, or those of a part that is repeated within a round; false if one is excluded.
bool PathRounds::add_rels(const Value& value, std::vector<RelId>& rels) const {
    const std::size_t first = rels.size();
    if (value.kind() == Kind::list) {
        for (const Value& each : value.as_list()) rels.push_back(each.as_relationship());
        // A list is in the order of the pattern, also where the path is walked from its far end.
        if (reversed_) std::reverse(rels.begin() + static_cast<std::ptrdiff_t>(first), rels.end());
    } else {
        rels.push_back(value.as_relationship());
    }
    return std::none_of(rels.begin() + static_cast<std::ptrdiff_t>(first), rels.end(),
                        [&](RelId rel) { return excluded(rel); });
}

std::span<const Round> PathRounds::of(std::size_t segment, NodeId node) {
    Part& part = parts_[segment];
    auto it = part.found.find(node);
    if (it == part.found.end()) {
        if (part.segment->plain) {
            read(part, node);
        } else {
            run(part, {&node, 1});
        }
        it = part.found.find(node);
    }
    return std::span<const Round>(part.rounds).subspan(it->second.first, it->second.count);
}

void PathRounds::prepare(std::size_t segment, std::span<const NodeId> nodes) {
    Part& part = parts_[segment];
    if (part.segment->plain) return;
    std::vector<NodeId> missing;
    for (const NodeId node : nodes) {
        if (!part.found.contains(node)) missing.push_back(node);
    }
    std::sort(missing.begin(), missing.end());
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    for (std::size_t begin = 0; begin < missing.size(); begin += batch_rows)
        run(part, std::span(missing).subspan(begin, std::min(batch_rows, missing.size() - begin)));
}

void PathRounds::read(Part& part, NodeId node) {
    const auto first = static_cast<std::uint32_t>(part.rounds.size());
    for_each_step(*context_.snapshot, node, part.types, part.ways, [&](RelId rel, NodeId far) {
        if (excluded(rel)) return;
        part.rounds.push_back({far, static_cast<std::uint32_t>(part.rounds.size())});
        part.rels.push_back(rel);
        for (const Wanted& wanted : part.wanted) {
            part.values.push_back(wanted.from == Wanted::From::enter   ? Value(node)
                                  : wanted.from == Wanted::From::leave ? Value(far)
                                                                       : Value(rel));
        }
    });
    const auto count = static_cast<std::uint32_t>(part.rounds.size()) - first;
    part.found.emplace(node, Kept{first, count});
    context_.hold(count * (sizeof(Round) + sizeof(RelId) + part.wanted.size() * sizeof(Value)) + 32);
}

void PathRounds::run(Part& part, std::span<const NodeId> nodes) {
    const std::vector<std::uint32_t> same(nodes.size(), static_cast<std::uint32_t>(row_));
    std::vector<SlotId> there;
    for (std::uint32_t slot = 0; slot < in_->columns.size(); ++slot) {
        if (in_->columns[slot].layout != Column::Layout::absent) there.push_back(SlotId{slot});
    }
    Batch argument = in_->gather(same, there);
    argument.origin.clear();
    std::vector<std::uint32_t> ids;
    for (const NodeId node : nodes) ids.push_back(static_cast<std::uint32_t>(node));
    const auto enter = static_cast<std::size_t>(part.segment->enter);
    if (argument.columns.size() <= enter) argument.columns.resize(enter + 1);
    argument.columns[enter] = Column::nodes(std::move(ids));
    part.plan->start(argument);

    // Rows may come in any order; each node's rounds are to lie together.
    struct Row {
        std::uint32_t origin;
        std::uint32_t at;
        std::uint32_t first;  ///< of its relationships
        std::uint32_t behind;
    };
    std::vector<Row> order;
    std::vector<NodeId> ends;
    std::vector<RelId> rels;
    std::vector<Value> values;
    Batch found;
    while (part.plan->next(found)) {
        for (std::uint32_t row = 0; row < found.rows; ++row) {
            const std::size_t before = rels.size();
            bool allowed = true;
            for (const SlotId slot : part.segment->rels)
                allowed = add_rels(found[slot].at(row), rels) && allowed;
            if (!allowed) {
                rels.resize(before);
                continue;
            }
            order.push_back({found.origin[row], static_cast<std::uint32_t>(ends.size()),
                             static_cast<std::uint32_t>(before), static_cast<std::uint32_t>(rels.size())});
            ends.push_back(found[part.segment->leave].at(row).as_node());
            for (const Wanted& wanted : part.wanted) values.push_back(found[wanted.variable.inner].at(row));
        }
    }
    std::stable_sort(order.begin(), order.end(), [](Row a, Row b) { return a.origin < b.origin; });
    std::size_t next = 0;
    for (std::uint32_t origin = 0; origin < nodes.size(); ++origin) {
        const auto first = static_cast<std::uint32_t>(part.rounds.size());
        for (; next < order.size() && order[next].origin == origin; ++next) {
            const std::size_t at = order[next].at;
            part.rounds.push_back({ends[at], static_cast<std::uint32_t>(part.rounds.size())});
            for (std::uint32_t i = order[next].first; i < order[next].behind; ++i)
                part.rels.push_back(rels[i]);
            part.ends.push_back(static_cast<std::uint32_t>(part.rels.size()));
            for (std::size_t i = 0; i < part.wanted.size(); ++i)
                part.values.push_back(values[at * part.wanted.size() + i]);
        }
        part.found.emplace(nodes[origin],
                           Kept{first, static_cast<std::uint32_t>(part.rounds.size()) - first});
    }
    context_.hold(order.size() *
                      (sizeof(Round) + sizeof(std::uint32_t) + part.wanted.size() * sizeof(Value)) +
                  rels.size() * sizeof(RelId) + 32 * nodes.size());
}

}  // namespace islet::query
