#include "import_ids.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace islet::importing {

std::uint64_t hash_of_id(std::uint32_t space, std::string_view id) noexcept {
    return XXH3_64bits_withSeed(id.data(), id.size(), space);
}

NodeId IdTable::insert(std::uint32_t space, std::string_view id, std::uint64_t hash, NodeId node) {
    if ((entries_.size() + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[slot_of(space, id, hash)];
    if (slot.entry != 0) return entries_[slot.entry - 1].node;
    entries_.push_back({bytes_.size(), static_cast<std::uint32_t>(id.size()), space, node});
    bytes_.insert(bytes_.end(), id.begin(), id.end());
    slot = {static_cast<std::uint32_t>(entries_.size()), static_cast<std::uint32_t>(hash >> 32U)};
    return node;
}

void IdTable::grow() {
    std::vector<Slot> wider(slots_.empty() ? 1024 : slots_.size() * 2);
    const std::size_t mask = wider.size() - 1;
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        const Entry& entry = entries_[i];
        const std::uint64_t hash = hash_of_id(entry.space, {bytes_.data() + entry.begin, entry.length});
        std::size_t at = hash & mask;
        while (wider[at].entry != 0) at = (at + 1) & mask;
        wider[at] = {i + 1, static_cast<std::uint32_t>(hash >> 32U)};
    }
    slots_ = std::move(wider);
}

}  // namespace islet::importing
