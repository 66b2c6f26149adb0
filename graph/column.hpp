// One property key's values over all nodes or all relationships of a base.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "array.hpp"
#include "id_list.hpp"
#include "islet/graph.hpp"
#include "strings.hpp"

namespace islet {

/// Throws Exception (TypeError, InvalidPropertyType) unless a property can hold the value:
/// booleans, numbers, strings, temporal values, and lists of these.
void require_storable(const Value& value);

/// A typed column and what keeps its arrays alive.
///
/// Dense: the arrays cover the ids [first, first + size) and `valid` says which have a value.
/// Sparse, where fewer than one in eight of that range have one: `ids` names those that do,
/// ascending, and the arrays go by position in it; there is no `valid`. Only a dense column has
/// a `view`. A string is a code of the base's dictionary, a boolean a bit.
struct Column {
    Kind kind = Kind::null;   ///< as in PropertyColumn
    std::uint64_t count = 0;  ///< ids that have a value
    std::uint32_t first = 0;
    std::uint32_t size = 0;
    Array<std::uint32_t> ids;
    Array<std::uint64_t> valid;
    Array<std::uint64_t> booleans;
    Array<std::int64_t> integers;
    Array<double> floats;
    Array<std::uint32_t> strings;
    Array<Value> generic;
    Array<std::uint64_t> encoded_at;  ///< in a file, instead of `generic`: position p is
    Array<char> encoded;              ///< encoded[encoded_at[p], encoded_at[p + 1]), see file_value.hpp
    PropertyColumn view;              ///< view_of_arrays(), if dense and not encoded

    [[nodiscard]] bool sparse() const noexcept { return !ids.empty(); }
    /// REQUIRES: dense and not encoded
    [[nodiscard]] PropertyColumn view_of_arrays() const noexcept;
    /// Where the value of an id stands in the arrays.
    [[nodiscard]] std::optional<std::uint32_t> position(std::uint32_t id) const noexcept;
    /// REQUIRES: a position
    [[nodiscard]] Value at(std::uint32_t position, const StringTable& texts) const;
    /// Null where there is none.
    [[nodiscard]] Value get(std::uint32_t id, const StringTable& texts) const;

    /// Calls visit(id, position) for every id that has a value, ascending.
    template <class Visit>
    void for_each(Visit visit) const {
        if (sparse()) {
            for (std::uint32_t i = 0; i < ids.size(); ++i) visit(ids[i], i);
            return;
        }
        for (std::uint32_t i = 0; i < size; ++i) {
            if (((valid[i / 64] >> (i % 64)) & 1U) != 0) visit(first + i, i);
        }
    }
};

/// Collects the values of one key in any order; the last value of an id counts.
class ColumnBuilder {
 public:
    /// A null takes the value away. REQUIRES: require_storable(value) does not throw
    void set(std::uint32_t id, const Value& value, StringTableBuilder& texts);

    /// Many values of one kind (boolean, integer, floating, string) as their 64 bits: 0 or 1, the number,
    /// the float's bits, a code of `texts`. As set() for each of them.
    void append(IdList ids, Kind kind, LargeVector<std::uint64_t> payload, const StringTableBuilder& texts);

    /// Whether finish() leaves the texts alone, so that columns can be finished side by side.
    [[nodiscard]] bool is_of_one_kind() const noexcept { return !is_generic_; }
    /// The column, with id i renamed to rename[i] unless `rename` is empty; up to `threads` threads work on
    /// it. Leaves the builder empty.
    /// REQUIRES: `rename` names each id below its size once
    Column finish(std::span<const std::uint32_t> rename, StringTableBuilder& texts, unsigned threads = 1);

 private:
    void make_generic(const StringTableBuilder& texts);
    void make_typed(StringTableBuilder& texts);
    Column finish_full(std::span<const std::uint32_t> rename, unsigned threads);

    // One entry per call of set(). Until a second kind comes, or a list or a null, `payload_` holds
    // the values of `kind_` as 64 bits; afterwards `generic_` holds them.
    Kind kind_ = Kind::null;
    bool is_generic_ = false;
    IdList ids_;
    LargeVector<std::uint64_t> payload_;
    std::vector<Value> generic_;
};

}  // namespace islet
