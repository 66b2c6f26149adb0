// A set of rows of ids, for DISTINCT.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evaluate.hpp"
#include "pair_set.hpp"

namespace islet::query {

/// Which rows of two or more columns of nodes and relationships have come. A row is packed into 63 bits: each
/// id takes as many as the store's greatest one, a null the number after it. Not thread-safe.
class IdRows {
 public:
    /// The rows that are new, the first of those that are equal. False, and nothing has changed: these
    /// columns cannot be packed, or not as those before them.
    bool find_new(const Snapshot& snapshot, std::span<const ColumnRef> columns, std::size_t rows,
                  std::vector<std::uint32_t>& fresh);
    /// All rows that have come, in any order, as columns; none where none has come.
    [[nodiscard]] std::vector<Column> columns() const;
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }

 private:
    struct Part {
        Column::Layout layout;
        std::uint32_t bound;  ///< of the ids, and the number of a null
        unsigned bits;
    };

    [[nodiscard]] bool choose_parts(const Snapshot& snapshot, std::span<const ColumnRef> columns);
    /// Into packed_. False: an id is beyond its bound.
    [[nodiscard]] bool pack(std::span<const ColumnRef> columns, std::size_t rows);

    std::vector<Part> parts_;  ///< by column; the last one is in the lowest bits
    std::vector<std::uint64_t> packed_;
    PairSet rows_;
};

}  // namespace islet::query
