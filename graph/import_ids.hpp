// Which node an id of a file stands for.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "islet/ids.hpp"

namespace islet::importing {

/// XXH3 of an id within its id space.
std::uint64_t hash_of_id(std::uint32_t space, std::string_view id) noexcept;

/// Throws std::bad_alloc.
void* allocate_large(std::size_t size, std::size_t alignment);
void free_large(void* at) noexcept;

/// Memory in large pages where the system has them: what is read here and there waits for the addresses of
/// pages too.
template <class T>
struct LargePages {
    using value_type = T;
    LargePages() = default;
    template <class U>
    LargePages(const LargePages<U>&) noexcept {}  // NOLINT(google-explicit-constructor): allocators convert

    T* allocate(std::size_t count) { return static_cast<T*>(allocate_large(count * sizeof(T), alignof(T))); }
    void deallocate(T* at, std::size_t) noexcept { free_large(at); }
    friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

/// Ids to nodes, an open-addressed hash table. find() may be called from several threads while nothing is
/// inserted.
///
/// A search waits for memory: a table of many ids is larger than the caches. So a slot is half a line of the
/// cache and holds a short id itself, and who knows early what it will look for asks for the slots in
/// advance.
///
/// Invariants: `slots_` has a power of two of slots, at most half of them taken; a free one has no node; an
/// id of at most 20 bytes stands in its slot, a longer one in `bytes_`.
class IdTable {
 public:
    /// NodeId::none if there is none.
    [[nodiscard]] NodeId find(std::uint32_t space, std::string_view id, std::uint64_t hash) const noexcept {
        return slots_.empty() ? NodeId::none : slots_[slot_of(space, id, hash)].node;
    }
    [[nodiscard]] NodeId find(std::uint32_t space, std::string_view id) const noexcept {
        return find(space, id, hash_of_id(space, id));
    }
    /// Asks for what find() will need, if it is called a little later.
    void fetch(std::uint64_t hash) const noexcept {
        if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
    }
    /// Makes the id stand for `node` unless it stands for one already. Returns the node it stands for.
    NodeId insert(std::uint32_t space, std::string_view id, std::uint64_t hash, NodeId node);
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
    struct alignas(32) Slot {
        NodeId node = NodeId::none;
        std::uint32_t space = 0;
        std::uint32_t length = 0;
        std::array<char, 20> text{};  ///< the id, or its place in `bytes_` in the first 8 bytes
    };
    static_assert(sizeof(Slot) == 32);

    [[nodiscard]] std::string_view id_of(const Slot& slot) const noexcept {
        if (slot.length <= slot.text.size()) return {slot.text.data(), slot.length};
        std::uint64_t begin = 0;
        std::memcpy(&begin, slot.text.data(), sizeof(begin));
        return {bytes_.data() + begin, slot.length};
    }
    [[nodiscard]] std::size_t slot_of(std::uint32_t space, std::string_view id,
                                      std::uint64_t hash) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = hash & mask;
        while (slots_[at].node != NodeId::none) {
            const Slot& slot = slots_[at];
            if (slot.length == id.size() && slot.space == space && id_of(slot) == id) return at;
            at = (at + 1) & mask;
        }
        return at;
    }
    void grow();

    std::vector<Slot, LargePages<Slot>> slots_;
    std::size_t size_ = 0;
    std::vector<char> bytes_;
};

}  // namespace islet::importing
