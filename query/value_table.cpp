#include "value_table.hpp"

#include <bit>
#include <functional>
#include <string_view>

namespace islet::query {
namespace {

std::uint64_t mixed(std::uint64_t bits) {
    bits ^= bits >> 32U;
    bits *= 0xD6E8FEB86659FD93U;
    bits ^= bits >> 32U;
    bits *= 0xD6E8FEB86659FD93U;
    return bits ^ (bits >> 32U);
}

std::uint64_t hash_of(double number) {
    return mixed(std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number));
}
/// As the nearest float: large integers share some, which costs a look and nothing else.
std::uint64_t hash_of(std::int64_t number) {
    return hash_of(static_cast<double>(number));
}
std::uint64_t hash_of(std::string_view text) {
    return mixed(std::hash<std::string_view>()(text));
}

}  // namespace

std::uint64_t equality_hash(const Value& value) {
    switch (value.kind()) {
        case Kind::integer:
            return hash_of(value.as_int());
        case Kind::floating:
            return hash_of(value.as_double());
        case Kind::string:
            return hash_of(value.as_string());
        case Kind::time:
        case Kind::date_time:
        case Kind::list:
        case Kind::map:
            // Which of these are equal is not worth working out here.
            return mixed(static_cast<std::uint64_t>(value.kind()));
        default:
            return mixed(hash(value));
    }
}

void ValueTable::add(const Column& values, std::span<const NodeId> nodes) {
    for (std::size_t row = 0; row < nodes.size(); ++row) {
        if (values.is_null(row)) continue;
        const std::size_t at = values.constant ? 0 : row;
        std::uint64_t hash = 0;
        switch (values.layout) {
            case Column::Layout::ints:
                hash = hash_of(values.ints[at]);
                break;
            case Column::Layout::floats:
                hash = hash_of(values.floats[at]);
                break;
            case Column::Layout::strings:
                hash = hash_of(values.strings[at]);
                break;
            default:
                hash = equality_hash(values.at(row));
        }
        entries_.push_back({hash, nodes[row], none});
    }
}

void ValueTable::finish() {
    places_.assign(std::bit_ceil(entries_.size() + 1), none);
    // Backwards, so that the first of a place stands first.
    for (std::uint32_t i = static_cast<std::uint32_t>(entries_.size()); i-- > 0;) {
        std::uint32_t& first = places_[entries_[i].hash & (places_.size() - 1)];
        entries_[i].next = first;
        first = i;
    }
}

void ValueTable::find(const Value& value, std::vector<NodeId>& out) const {
    const std::uint64_t hash = equality_hash(value);
    for (std::uint32_t i = places_[hash & (places_.size() - 1)]; i != none; i = entries_[i].next) {
        if (entries_[i].hash == hash) out.push_back(entries_[i].node);
    }
}

}  // namespace islet::query
