#include "expand_parts.hpp"

#include "islet/error.hpp"

namespace islet::query {
void raise_count_overflow() {
    throw Exception({.code = "22003",
                     .kind = "ArithmeticError",
                     .phase = "runtime",
                     .detail = "NumberOutOfRange",
                     .message = "the number of matches does not fit into an INTEGER",
                     .span = {},
                     .hint = {},
                     .place = {}});
}

Labelled labelled_ends(const Snapshot& snapshot, LabelId label, TypeId type, Direction end) {
    if (!snapshot.pristine()) return Labelled::some;  // statistics are exact for the base alone
    const GraphStats& stats = snapshot.stats();
    if (index(type) >= stats.types.size()) return Labelled::some;
    const GraphStats::TypeStats& of = stats.types[index(type)];
    const std::vector<std::uint64_t>& ends = end == Direction::out ? of.to_label : of.from_label;
    const std::uint64_t count = index(label) < ends.size() ? ends[index(label)] : 0;
    return count == 0 ? Labelled::none : count == of.count ? Labelled::all : Labelled::some;
}

NodeId node_among_values(const Column& column, std::size_t row) {
    const Value value = column.at(row);
    return value.kind() == Kind::node ? value.as_node() : NodeId::none;
}

bool taken(const Batch& in, std::span<const SlotId> slots, std::size_t row, RelId rel) {
    for (const SlotId slot : slots) {
        const Column& column = in[slot];
        if (column.layout == Column::Layout::rels) {
            if (column.ids[row] == static_cast<std::uint32_t>(rel)) return true;
            continue;
        }
        const Value value = column.at(row);
        if (value.kind() == Kind::relationship && value.as_relationship() == rel) return true;
        if (value.kind() != Kind::list) continue;
        for (const Value& other : value.as_list()) {
            if (other.kind() == Kind::relationship && other.as_relationship() == rel) return true;
        }
    }
    return false;
}

bool ExpandSteps::resolve(const RunContext& context) {
    if (resolved_ && context.transaction == nullptr) return !types.empty();
    const Snapshot& snapshot = *context.snapshot;
    resolved_ = true;
    types = resolve_types(snapshot, op.types);
    steps.clear();
    tests_label = false;
    std::optional<LabelId> label;
    if (!op.to_label.empty()) {
        label = snapshot.find_label(op.to_label);
        if (label) labelled = snapshot.labelled(*label);
        if (!label) types.clear();
    }
    for (const TypeId type : types) {
        for (const Direction way : ways) {
            const Labelled ends = label ? labelled_ends(snapshot, *label, type, way) : Labelled::all;
            if (ends == Labelled::none) continue;
            tests_label = tests_label || ends == Labelled::some;
            steps.push_back(
                {type, way, snapshot.neighbour_rows(type, way), ways.size() == 2 && way == Direction::in});
        }
    }
    return !types.empty();
}

std::vector<RelId> all_taken(const Batch& in, std::span<const SlotId> slots, std::size_t row) {
    std::vector<RelId> rels;
    for (const SlotId slot : slots) {
        const Value value = in[slot].at(row);
        if (value.kind() == Kind::relationship) rels.push_back(value.as_relationship());
        if (value.kind() != Kind::list) continue;
        for (const Value& rel : value.as_list()) rels.push_back(rel.as_relationship());
    }
    return rels;
}

void Blocked::find(const Batch& in, std::size_t row, NodeId from, std::span<const TakenBetween> taken) {
    nodes_.clear();
    for (const TakenBetween& one : taken) {
        const NodeId a = node_at(in[one.from], row);
        const NodeId b = node_at(in[one.to], row);
        if (a == NodeId::none || b == NodeId::none) continue;
        if (one.along && a == from) {
            nodes_.push_back(b);
        } else if (one.against && b == from) {
            nodes_.push_back(a);
        }
    }
}

}  // namespace islet::query
