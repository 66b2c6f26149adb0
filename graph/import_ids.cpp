#include "import_ids.hpp"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace islet::importing {

std::uint64_t hash_of_id(std::uint32_t space, std::string_view id) noexcept {
    return XXH3_64bits_withSeed(id.data(), id.size(), space);
}

/// Where the array of the space holds the number; null where it is too large for as few ids as there are.
NodeId* IdTable::place_of_number(std::uint32_t space, std::uint32_t number) {
    constexpr std::size_t least = 1024;
    constexpr std::size_t entries_per_id =
        8;  // as much memory as a slot of the table, half of which are taken
    if (space >= numbers_.size()) numbers_.resize(std::size_t{space} + 1);
    Numbers& numbers = numbers_[space];
    const std::size_t limit = std::max(least, entries_per_id * std::max(numbers.count, expected_));
    if (number >= limit) return nullptr;
    if (number >= numbers.nodes.size()) {
        const std::size_t before = numbers.nodes.size();
        numbers.nodes.resize(std::min(limit, std::max<std::size_t>(std::size_t{number} + 1, before * 2)),
                             NodeId::none);
        held_bytes_ += (numbers.nodes.size() - before) * sizeof(NodeId);
    }
    return &numbers.nodes[number];
}

NodeId IdTable::insert(std::uint32_t space, std::string_view id, std::uint64_t hash, NodeId node) {
    const std::uint32_t number = small_number(id);
    if (number != no_small_number) {
        NodeId* const at = place_of_number(space, number);
        if (at != nullptr) {
            if (*at != NodeId::none) return *at;
            if (small_in_table_ != 0) {
                const NodeId found = find_hashed(space, id, hash_of_id(space, id));
                if (found != NodeId::none) return found;
            }
            ++numbers_[space].count;
            return *at = node;
        }
        hash = hash_of_id(space, id);
    }
    if ((taken_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[slot_of(space, id, hash)];
    if (slot.node != NodeId::none) return slot.node;
    slot.node = node;
    slot.space = space;
    slot.length = static_cast<std::uint32_t>(id.size());
    if (id.size() <= slot.text.size()) {
        std::copy(id.begin(), id.end(), slot.text.begin());
    } else {
        const std::uint64_t begin = bytes_.size();
        std::memcpy(slot.text.data(), &begin, sizeof(begin));
        bytes_.insert(bytes_.end(), id.begin(), id.end());
    }
    ++taken_;
    if (number != no_small_number) {
        ++small_in_table_;
        ++numbers_[space].count;
    }
    return node;
}

/// Numbers that came when there were too few of them for an array leave the table for it.
void IdTable::grow() {
    LargeVector<Slot> wider(slots_.empty() ? 1024 : slots_.size() * 2);
    const std::size_t mask = wider.size() - 1;
    for (const Slot& slot : slots_) {
        if (slot.node == NodeId::none) continue;
        const std::string_view id = id_of(slot);
        if (const std::uint32_t number = small_number(id); number != no_small_number) {
            if (NodeId* const place = place_of_number(slot.space, number)) {
                *place = slot.node;
                --taken_;
                --small_in_table_;
                continue;
            }
        }
        std::size_t at = hash_of_id(slot.space, id) & mask;
        while (wider[at].node != NodeId::none) at = (at + 1) & mask;
        wider[at] = slot;
    }
    held_bytes_ += (wider.size() - slots_.size()) * sizeof(Slot);
    slots_ = std::move(wider);
}

}  // namespace islet::importing
