// Which node an id of a file stands for.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "import_short_text.hpp"
#include "islet/ids.hpp"
#include "large_pages.hpp"

namespace islet::importing {

/// XXH3 of an id within its id space.
std::uint64_t hash_of_id(std::uint32_t space, std::string_view id) noexcept;

/// Ids to nodes. find() may be called from several threads while nothing is inserted.
///
/// Ids that are small numbers, as most tables count their rows, index an array; all others are in an
/// open-addressed hash table. A search waits for memory: a table of many ids is larger than the caches. So a
/// slot is half a line of the cache and holds a short id itself, and who knows early what it will look for
/// asks for it in advance.
///
/// Invariants: `slots_` has a power of two of slots, at most half of them taken; a free one has no node; an
/// id of at most 20 bytes stands in its slot, a longer one in `bytes_`. An id is in one place only: a small
/// number is in its space's array if it was below the limit there when it came or when the table grew
/// afterwards, else in the table.
class IdTable {
 public:
    /// NodeId::none if there is none.
    [[nodiscard]] NodeId find(std::uint32_t space, std::string_view id) const noexcept {
        const NodeId node = find_number(space, small_number(id));
        return node != NodeId::none ? node : find_hashed(space, id, hash_of_id(space, id));
    }
    /// Looks into the arrays only; `number` may be no_small_number.
    [[nodiscard]] NodeId find_number(std::uint32_t space, std::uint32_t number) const noexcept {
        if (space >= numbers_.size() || number >= numbers_[space].nodes.size()) return NodeId::none;
        return numbers_[space].nodes[number];
    }
    /// Looks into the table only.
    [[nodiscard]] NodeId find_hashed(std::uint32_t space, std::string_view id,
                                     std::uint64_t hash) const noexcept {
        return slots_.empty() ? NodeId::none : slots_[slot_of(space, id, hash)].node;
    }

    /// Whether what is held is so much that asking in advance pays.
    [[nodiscard]] bool large() const noexcept { return held_bytes_ > (std::size_t{1} << 20); }
    /// Asks for what find_hashed() or find_number() will need, if it is called a little later.
    void fetch_hashed(std::uint64_t hash) const noexcept {
        if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
    }
    void fetch_number(std::uint32_t space, std::uint32_t number) const noexcept {
        if (space < numbers_.size() && number < numbers_[space].nodes.size())
            __builtin_prefetch(&numbers_[space].nodes[number]);
    }

    /// The hash that insert() takes: that of the id, but 0 for a small number, which mostly needs none.
    [[nodiscard]] static std::uint64_t hash_to_insert(std::uint32_t space, std::string_view id) noexcept {
        return small_number(id) != no_small_number ? 0 : hash_of_id(space, id);
    }
    /// Makes the id stand for `node` unless it stands for one already. Returns the node it stands for.
    NodeId insert(std::uint32_t space, std::string_view id, std::uint64_t hash, NodeId node);
    /// About how many ids are to come: small numbers may come in any order then, and have their array.
    void expect(std::size_t ids) noexcept { expected_ = ids; }

 private:
    struct alignas(32) Slot {
        NodeId node = NodeId::none;
        std::uint32_t space = 0;
        std::uint32_t length = 0;
        std::array<char, 20> text{};  ///< the id, or its place in `bytes_` in the first 8 bytes
    };
    static_assert(sizeof(Slot) == 32);

    /// The ids of one space that are small numbers.
    struct Numbers {
        LargeVector<NodeId> nodes;  ///< by number; NodeId::none for no id
        std::size_t count = 0;      ///< ids, also of those in the table
    };

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
            if (slot.length == id.size() && slot.space == space && same_text(id_of(slot), id)) return at;
            at = (at + 1) & mask;
        }
        return at;
    }
    NodeId* place_of_number(std::uint32_t space, std::uint32_t number);
    void grow();

    std::vector<Numbers> numbers_;  ///< by space
    LargeVector<Slot> slots_;
    std::size_t taken_ = 0;           ///< slots
    std::size_t small_in_table_ = 0;  ///< small numbers in `slots_`
    std::size_t expected_ = 0;
    std::size_t held_bytes_ = 0;  ///< by `slots_` and the arrays
    std::vector<char> bytes_;
};

}  // namespace islet::importing
