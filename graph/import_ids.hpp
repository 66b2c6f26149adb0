// Which node an id of a file stands for.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "islet/ids.hpp"

namespace islet::importing {

/// XXH3 of an id within its id space.
std::uint64_t hash_of_id(std::uint32_t space, std::string_view id) noexcept;

/// Ids to nodes, an open-addressed hash table over one run of bytes. find() may be called from several
/// threads while nothing is inserted.
///
/// Invariants: `slots_` has a power of two of slots, at most half of them taken; a slot holds an entry's
/// position + 1, or 0, and the upper half of its hash; entry e's id is bytes [ends[e-1], ends[e]).
class IdTable {
 public:
    /// NodeId::none if there is none.
    [[nodiscard]] NodeId find(std::uint32_t space, std::string_view id, std::uint64_t hash) const noexcept {
        if (slots_.empty()) return NodeId::none;
        const Slot& slot = slots_[slot_of(space, id, hash)];
        return slot.entry == 0 ? NodeId::none : entries_[slot.entry - 1].node;
    }
    [[nodiscard]] NodeId find(std::uint32_t space, std::string_view id) const noexcept {
        return find(space, id, hash_of_id(space, id));
    }
    /// Makes the id stand for `node` unless it stands for one already. Returns the node it stands for.
    NodeId insert(std::uint32_t space, std::string_view id, std::uint64_t hash, NodeId node);
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
    struct Slot {
        std::uint32_t entry = 0;
        std::uint32_t tag = 0;
    };
    struct Entry {
        std::uint64_t begin;
        std::uint32_t length;
        std::uint32_t space;
        NodeId node;
    };

    [[nodiscard]] std::size_t slot_of(std::uint32_t space, std::string_view id,
                                      std::uint64_t hash) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        const auto tag = static_cast<std::uint32_t>(hash >> 32U);
        std::size_t at = hash & mask;
        while (slots_[at].entry != 0) {
            if (slots_[at].tag == tag) {
                const Entry& entry = entries_[slots_[at].entry - 1];
                if (entry.space == space && std::string_view(bytes_.data() + entry.begin, entry.length) == id)
                    return at;
            }
            at = (at + 1) & mask;
        }
        return at;
    }
    void grow();

    std::vector<Slot> slots_;
    std::vector<Entry> entries_;
    std::vector<char> bytes_;
};

}  // namespace islet::importing
