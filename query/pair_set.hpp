// A set of pairs of numbers, for pairs that are many and seldom repeat.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace islet::query {

/// Not thread-safe.
///
/// Invariants: a power of two of slots, at most half of them taken; a slot is first × 2^32 + second, and
/// `empty` stands in a free one.
class PairSet {
 public:
    /// Whether the pair is new. REQUIRES: not both are UINT32_MAX
    bool insert(std::uint32_t first, std::uint32_t second) {
        const std::uint64_t pair = std::uint64_t{first} << 32 | second;
        std::uint64_t* slot = slot_of(pair);
        if (*slot == pair) return false;
        if ((size_ + 1) * 2 > slots_.size()) {
            grow();
            slot = slot_of(pair);
        }
        *slot = pair;
        ++size_;
        return true;
    }
    /// Asks for what insert() will need, if it is called a little later.
    void fetch(std::uint32_t first, std::uint32_t second) const {
        __builtin_prefetch(&slots_[first_slot(std::uint64_t{first} << 32 | second)]);
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    template <class Visit>
    void for_each(Visit visit) const {
        for (const std::uint64_t pair : slots_) {
            if (pair != empty)
                visit(static_cast<std::uint32_t>(pair >> 32), static_cast<std::uint32_t>(pair));
        }
    }

 private:
    static constexpr std::uint64_t empty = UINT64_MAX;

    [[nodiscard]] std::size_t first_slot(std::uint64_t pair) const {
        // The upper half of the product depends on all bits of both numbers.
        const std::uint64_t mixed = (pair ^ pair >> 32) * 0x9E3779B97F4A7C15U;
        return (mixed >> 32 ^ mixed) & (slots_.size() - 1);
    }
    /// The pair's own, or the free one that it may have.
    [[nodiscard]] std::uint64_t* slot_of(std::uint64_t pair) {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = first_slot(pair);
        while (slots_[at] != pair && slots_[at] != empty) at = (at + 1) & mask;
        return &slots_[at];
    }
    void grow() {
        std::vector<std::uint64_t> before(slots_.size() * 4, empty);
        before.swap(slots_);
        for (const std::uint64_t pair : before) {
            if (pair != empty) *slot_of(pair) = pair;
        }
    }

    std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(64, empty);
    std::size_t size_ = 0;
};

}  // namespace islet::query
