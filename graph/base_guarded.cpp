// Reading a base whose file has not been verified: what is about to be read is verified first.
#include <array>

#include "base.hpp"
#include "islet/error.hpp"

namespace islet {

Adjacent Base::guarded_neighbours(NodeId node, TypeId type, Direction direction) const noexcept {
    const GuardedArrays arrays{adjacency.size(), node_columns.size()};
    const Rows& rows = adjacency[index(type)].rows(direction);
    const auto array = [&](GuardedArrays::OfType of) { return arrays.of_type(index(type), direction, of); };
    // Searched, not indexed.
    if (!rows.nodes.empty() && !guard->verify(array(GuardedArrays::nodes))) return {};
    const std::uint64_t slot = rows.slot_of(node);
    if (slot >= rows.slots) return {};
    if (!guard->verify_elements<std::uint32_t>(array(GuardedArrays::offsets), slot, slot + 2)) return {};
    const std::uint32_t begin = rows.offsets[slot];
    const std::uint32_t end = rows.offsets[slot + 1];
    const bool sound = begin <= end &&
                       guard->verify_elements<NodeId>(array(GuardedArrays::neighbours), begin, end) &&
                       (direction == Direction::out ||
                        guard->verify_elements<RelId>(array(GuardedArrays::rels), begin, end));
    return sound ? adjacency[index(type)].neighbours(node, direction) : Adjacent{};
}

bool Base::sound_targets(TypeId type) const noexcept {
    if (guard == nullptr) return true;
    const GuardedArrays arrays{adjacency.size(), node_columns.size()};
    return guard->verify(arrays.of_type(index(type), Direction::out, GuardedArrays::neighbours));
}

bool Base::sound_column(bool of_nodes, KeyId key) const noexcept {
    if (guard == nullptr) return true;
    const GuardedArrays arrays{adjacency.size(), node_columns.size()};
    bool sound = true;
    for (std::size_t i = 0; i < GuardedArrays::column_arrays; ++i)
        sound =
            guard->verify(arrays.of_column(of_nodes, index(key), static_cast<GuardedArrays::OfColumn>(i))) &&
            sound;
    return sound;
}

bool Base::sound_value(bool of_nodes, KeyId key, std::uint32_t id) const noexcept {
    const GuardedArrays arrays{adjacency.size(), node_columns.size()};
    const Column& column = (of_nodes ? node_columns : rel_columns)[index(key)];
    const auto array = [&](GuardedArrays::OfColumn of) { return arrays.of_column(of_nodes, index(key), of); };
    if (column.sparse()) {
        if (!guard->verify(array(GuardedArrays::ids))) return false;
    } else {
        const std::uint64_t word = (id - column.first) / 64;
        if (id < column.first || id - column.first >= column.size) return true;
        if (!guard->verify_elements<std::uint64_t>(array(GuardedArrays::valid), word, word + 1)) return false;
    }
    const auto position = column.position(id);
    if (!position) return true;
    const std::uint64_t at = *position;
    if (!column.encoded_at.empty()) {
        if (!guard->verify_elements<std::uint64_t>(array(GuardedArrays::encoded_at), at, at + 2))
            return false;
        const std::uint64_t begin = column.encoded_at[at];
        const std::uint64_t end = column.encoded_at[at + 1];
        return begin <= end && guard->verify(array(GuardedArrays::encoded), begin, end);
    }
    switch (column.kind) {
        case Kind::boolean:
            return guard->verify_elements<std::uint64_t>(array(GuardedArrays::booleans), at / 64,
                                                         at / 64 + 1);
        case Kind::integer:
            return guard->verify_elements<std::int64_t>(array(GuardedArrays::integers), at, at + 1);
        case Kind::floating:
            return guard->verify_elements<double>(array(GuardedArrays::floats), at, at + 1);
        case Kind::string:
            return guard->verify_elements<std::uint32_t>(array(GuardedArrays::strings), at, at + 1) &&
                   sound_text(column.strings[at]);
        default:
            return true;
    }
}

bool Base::sound_text(std::uint32_t code) const noexcept {
    const GuardedArrays arrays{adjacency.size(), node_columns.size()};
    const std::size_t offsets = arrays.of_texts(GuardedArrays::text_offsets);
    if (code >= texts.size()) return false;
    if (!guard->verify_elements<std::uint64_t>(offsets, code, std::uint64_t{code} + 2)) return false;
    const std::uint64_t begin = texts.offsets()[code];
    const std::uint64_t end = texts.offsets()[code + 1];
    return begin <= end && guard->verify(arrays.of_texts(GuardedArrays::text_bytes), begin, end);
}

std::optional<std::uint32_t> Base::guarded_find_text(std::string_view text) const noexcept {
    const GuardedArrays arrays{adjacency.size(), node_columns.size()};
    const std::size_t array = arrays.of_texts(GuardedArrays::text_slots);
    const Array<std::uint32_t>& slots = texts.slots();
    const std::uint64_t hash = hash_of_text(text);
    for (std::uint64_t i = 0; i < slots.size(); ++i) {
        const std::uint64_t slot = (hash + i) & (slots.size() - 1);
        if (!guard->verify_elements<std::uint32_t>(array, slot, slot + 1) || slots[slot] == 0)
            return std::nullopt;
        const std::uint32_t code = slots[slot] - 1;
        if (!sound_text(code)) return std::nullopt;
        if (texts[code] == text) return code;
    }
    return std::nullopt;
}

bool Base::sound_texts() const noexcept {
    if (guard == nullptr) return true;
    const GuardedArrays arrays{adjacency.size(), node_columns.size()};
    bool sound = true;
    for (const auto array :
         {GuardedArrays::text_bytes, GuardedArrays::text_offsets, GuardedArrays::text_slots}) {
        sound = guard->verify(arrays.of_texts(array)) && sound;
    }
    return sound;
}

void Base::require_sound() const {
    if (guard == nullptr) return;
    if (auto fault = guard->fault()) throw Exception(std::move(*fault));
}

void Base::require_all_sound() const {
    if (guard == nullptr) return;
    guard->verify_all();
    require_sound();
}

}  // namespace islet
