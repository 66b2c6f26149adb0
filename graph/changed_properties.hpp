// Properties that were written since the base, key by key. See the drawing above class ChangedProperties.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "islet/property_rows.hpp"
#include "trie.hpp"

namespace islet {

/// How many of the bits below `i` are set.
inline std::uint32_t bits_below(std::uint64_t bits, std::uint32_t i) noexcept {
    const std::uint64_t below = bits & ((std::uint64_t{1} << i) - 1);
    // Mostly they are the lowest ones without a gap.
    return static_cast<std::uint32_t>((below & (below + 1)) == 0 ? std::countr_one(below)
                                                                 : std::popcount(below));
}

/// What one property of sixty-four ids in a row is now, as far as it was written.
///
/// Invariants: `present` is a part of `changed`; of `words` and `values` one has an entry for each bit of
/// `present`, in its order, and the other is empty.
struct PropertyChunk {
    std::uint64_t epoch = 0;
    std::uint64_t changed = 0;
    std::uint64_t present = 0;         ///< those that are not null
    Kind kind = Kind::null;            ///< boolean, integer, floating: of all; else they are in `values`
    std::vector<std::uint64_t> words;  ///< as 64 bits
    std::vector<Value> values;

    PropertyChunk() = default;
    /// A copy has room for one more, as it is made to be written to.
    PropertyChunk(const PropertyChunk& other)
        : epoch(other.epoch), changed(other.changed), present(other.present), kind(other.kind) {
        if (!other.words.empty()) words.reserve(other.words.size() + 1);
        words.assign(other.words.begin(), other.words.end());
        if (!other.values.empty()) values.reserve(other.values.size() + 1);
        values.assign(other.values.begin(), other.values.end());
    }
    PropertyChunk& operator=(const PropertyChunk&) = delete;
    ~PropertyChunk() = default;

    [[nodiscard]] bool changes(std::uint32_t i) const noexcept { return ((changed >> i) & 1U) != 0; }
    [[nodiscard]] bool has(std::uint32_t i) const noexcept { return ((present >> i) & 1U) != 0; }
    /// REQUIRES: changes(i)
    [[nodiscard]] Value value(std::uint32_t i) const;
    void set(std::uint32_t i, const Value& value);
    /// REQUIRES: `word_kind` is boolean, integer or floating
    void set_word(std::uint32_t i, Kind word_kind, std::uint64_t word);

 private:
    void forget_value(std::uint32_t i);
    void make_generic();
};

/// Which ids the rows of a write are of: those of `ids`, or else first, first + stride, ….
struct RowIds {
    std::span<const std::uint32_t> ids;
    std::uint32_t first = 0;
    std::uint32_t stride = 1;

    [[nodiscard]] std::uint32_t operator[](std::size_t row) const noexcept {
        return ids.empty() ? first + static_cast<std::uint32_t>(row) * stride : ids[row];
    }
};

/// One key.
struct ChangedColumn {
    std::uint64_t epoch = 0;
    std::uint32_t kinds = 0;  ///< bit k: a value of Kind k was written, which may have gone since
    Trie<PropertyChunk> chunks;

    [[nodiscard]] const PropertyChunk* chunk_of(std::uint32_t id) const noexcept {
        const PropertyChunk* chunk = chunks.find(id / 64);
        return chunk != nullptr && chunk->changes(id % 64) ? chunk : nullptr;
    }
};

/// Written properties of nodes, or of relationships:
///
///   key 3 ──▶ ids   0 …  63     changed 0110…   present 0100…   integers [7]
///             ids 128 … 191     changed 1111…   present 1111…   integers [64 of them]
///   key 5 ──▶ …                                                 any Values
///
/// Many that are written at once are thus little more than their arrays, and one that is written alone copies
/// no more than the sixty-four beside it. Copies share what they have in common, as Trie says.
class ChangedProperties {
 public:
    [[nodiscard]] bool empty() const noexcept { return columns_.empty(); }
    /// nullptr: the key was not written.
    [[nodiscard]] const ChangedColumn* column(KeyId key) const noexcept {
        return columns_.find(static_cast<std::uint32_t>(key));
    }

    void set(std::uint32_t id, KeyId key, const Value& value, std::uint64_t epoch);
    /// Nulls are left out; how many values were written.
    std::uint64_t set_rows(const RowIds& ids, std::size_t rows, KeyId key, const ValueRows& values,
                           std::uint64_t epoch);
    /// Forgets what was written of the ids 64 * chunk and the following of all keys.
    void drop_chunk(std::uint32_t chunk, std::uint64_t epoch);

    /// Calls visit(key, column) by ascending key.
    template <class Visit>
    void for_each_column(Visit visit) const {
        columns_.for_each([&](std::uint32_t key, const ChangedColumn& column) { visit(KeyId{key}, column); });
    }
    /// Calls visit(id, chunk, i) for every id of which the key was written, ascending: it is the i-th of the
    /// chunk.
    template <class Visit>
    void for_each(KeyId key, Visit visit) const {
        if (const ChangedColumn* of_key = column(key)) for_each(*of_key, visit);
    }
    template <class Visit>
    static void for_each(const ChangedColumn& column, Visit visit) {
        column.chunks.for_each([&](std::uint32_t at, const PropertyChunk& chunk) {
            for (std::uint64_t bits = chunk.changed; bits != 0; bits &= bits - 1) {
                const auto i = static_cast<std::uint32_t>(std::countr_zero(bits));
                visit(at * 64 + i, chunk, i);
            }
        });
    }

 private:
    Trie<ChangedColumn> columns_;  ///< by KeyId
};

}  // namespace islet
