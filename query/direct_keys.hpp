// Rows of small numbers, each distinct row once, by a place of its own in an array.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "evaluate.hpp"

namespace islet::query {

/// Numbers distinct rows in order of appearance, where the entries of each column are ids, small integers or
/// truth values: the bits of a row's entries, put side by side, are its place.
class DirectKeys {
 public:
    /// Whether the rows fit into an array of no more than `most` entries, as do `known`: the `size` rows that
    /// are numbered already, column by column. REQUIRES: no other row has been found since clear().
    bool cover(std::span<const ColumnRef> columns, std::size_t rows, std::span<const Column> known,
               std::uint32_t size, std::size_t most);
    /// The number of each row. A new one counts `size` up and is added to `fresh`.
    /// REQUIRES: cover() of them, just before.
    void find(std::span<const ColumnRef> columns, std::span<std::uint32_t> numbers, std::uint32_t& size,
              std::vector<std::uint32_t>& fresh);
    void clear();

 private:
    [[nodiscard]] std::span<const std::uint32_t> places(std::span<const ColumnRef> columns, std::size_t rows);

    std::vector<unsigned> widths_;          ///< by column: bits
    std::vector<std::uint32_t> number_of_;  ///< by place: number + 1, or 0
    std::vector<std::uint32_t> places_;     ///< of the rows at hand
};

}  // namespace islet::query
