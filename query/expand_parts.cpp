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

namespace {

/// Whether every far end of the types has the label, so that it need not be tested.
bool implied(const Snapshot& snapshot, LabelId label, const std::vector<TypeId>& types,
             const std::vector<Direction>& ways) {
    if (!snapshot.pristine()) return false;
    const GraphStats& stats = snapshot.stats();
    for (const TypeId type : types) {
        if (index(type) >= stats.types.size()) return false;
        const GraphStats::TypeStats& of = stats.types[index(type)];
        for (const Direction way : ways) {
            const std::vector<std::uint64_t>& ends = way == Direction::out ? of.to_label : of.from_label;
            if (index(label) >= ends.size() || ends[index(label)] != of.count) return false;
        }
    }
    return true;
}

}  // namespace

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
    if (!op.to_label.empty()) {
        const std::optional<LabelId> found = snapshot.find_label(op.to_label);
        if (!found) types.clear();
        if (found && !implied(snapshot, *found, types, ways)) {
            tests_label = true;
            labelled = snapshot.labelled(*found);
        }
    }
    for (const TypeId type : types) {
        for (const Direction way : ways) {
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
