#include "strings.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <utility>

namespace islet {

namespace {

/// The slot that holds `text`, or the free one where it belongs.
/// REQUIRES: slots is not empty and has a free slot
template <class Table>
std::size_t slot_of(std::span<const std::uint32_t> slots, const Table& table, std::string_view text,
                    std::uint64_t hash) {
    const std::size_t mask = slots.size() - 1;
    std::size_t slot = hash & mask;
    while (slots[slot] != 0 && table[slots[slot] - 1] != text) slot = (slot + 1) & mask;
    return slot;
}

}  // namespace

std::uint64_t hash_of_text(std::string_view text) noexcept {
    return XXH3_64bits(text.data(), text.size());
}

std::optional<std::uint32_t> StringTable::find(std::string_view text) const noexcept {
    if (slots_.empty()) return std::nullopt;
    const std::uint32_t held = slots_[slot_of(slots_.span(), *this, text, hash_of_text(text))];
    return held == 0 ? std::nullopt : std::optional(held - 1);
}

std::uint32_t StringTableBuilder::add(std::string_view text, std::uint64_t hash) {
    if (offsets_.size() * 2 > slots_.size()) grow();
    std::uint32_t& slot = slots_[slot_of(slots_, *this, text, hash)];
    if (slot == 0) {
        bytes_.insert(bytes_.end(), text.begin(), text.end());
        offsets_.push_back(bytes_.size());
        slot = static_cast<std::uint32_t>(offsets_.size() - 1);
    }
    return slot - 1;
}

void StringTableBuilder::grow() {
    std::vector<std::uint32_t> wider(slots_.empty() ? 16 : slots_.size() * 2);
    slots_.clear();
    for (std::uint32_t code = 0; code + 1 < offsets_.size(); ++code) {
        const std::string_view text = (*this)[code];
        wider[slot_of(wider, *this, text, hash_of_text(text))] = code + 1;
    }
    slots_ = std::move(wider);
}

StringTable StringTableBuilder::finish() {
    bytes_.shrink_to_fit();
    offsets_.shrink_to_fit();
    StringTable table(Array(std::exchange(bytes_, {})), Array(std::exchange(offsets_, {0})),
                      Array(std::exchange(slots_, {})));
    return table;
}

}  // namespace islet
