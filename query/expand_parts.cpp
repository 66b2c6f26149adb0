#include "expand_parts.hpp"

#include "islet/error.hpp"

namespace islet::query {
namespace {

[[noreturn]] void out_of_range() {
    throw Exception({.code = "22003",
                     .kind = "ArithmeticError",
                     .phase = "runtime",
                     .detail = "NumberOutOfRange",
                     .message = "the number of matches does not fit into an INTEGER",
                     .span = {},
                     .hint = {},
                     .place = {}});
}

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

std::int64_t multiplied(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product)) out_of_range();
    return product;
}

std::int64_t added(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) out_of_range();
    return sum;
}

bool ExpandSteps::resolve(const Snapshot& snapshot) {
    types = resolve_types(snapshot, op.types);
    label = LabelId::none;
    if (!op.to_label.empty()) {
        const std::optional<LabelId> found = snapshot.find_label(op.to_label);
        if (!found) return false;
        if (!implied(snapshot, *found, types, ways)) label = *found;
    }
    return !types.empty();
}

}  // namespace islet::query
