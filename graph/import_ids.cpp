#include "import_ids.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace islet::importing {

std::uint64_t hash_of_id(std::uint32_t space, std::string_view id) noexcept {
    return XXH3_64bits_withSeed(id.data(), id.size(), space);
}

void* allocate_large(std::size_t size, std::size_t alignment) {
    constexpr std::size_t page = std::size_t{2} << 20;
    const bool large = size >= page;
    const std::size_t multiple = large ? page : alignment;
    void* at = std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple);
    if (at == nullptr) throw std::bad_alloc();
    if (large) ::madvise(at, size, MADV_HUGEPAGE);  // a wish: without, it is only slower
    return at;
}

void free_large(void* at) noexcept {
    std::free(at);  // NOLINT(cppcoreguidelines-no-malloc): what aligned_alloc gave
}

NodeId IdTable::insert(std::uint32_t space, std::string_view id, std::uint64_t hash, NodeId node) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
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
    ++size_;
    return node;
}

void IdTable::grow() {
    std::vector<Slot, LargePages<Slot>> wider(slots_.empty() ? 1024 : slots_.size() * 2);
    const std::size_t mask = wider.size() - 1;
    for (const Slot& slot : slots_) {
        if (slot.node == NodeId::none) continue;
        std::size_t at = hash_of_id(slot.space, id_of(slot)) & mask;
        while (wider[at].node != NodeId::none) at = (at + 1) & mask;
        wider[at] = slot;
    }
    slots_ = std::move(wider);
}

}  // namespace islet::importing
