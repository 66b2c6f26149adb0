// Rows that come in pieces, as a walk gives them: all columns but one stay as they are for a while.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "evaluate.hpp"

namespace islet::query {

class KeyTable;

/// Numbers distinct rows in order of appearance, as long as the rows that agree in all columns but one of
/// nodes or relationships follow each other: then an array by id knows the rows of the present piece, whose
/// numbers are greater than all before, so that nothing needs to be forgotten when a piece ends.
class KeyPieces {
 public:
    KeyPieces();
    ~KeyPieces();
    KeyPieces(KeyPieces&&) noexcept;
    KeyPieces& operator=(KeyPieces&&) noexcept;

    /// Whether the rows look as if they came in pieces, and the array would have no more than `most` entries.
    /// `known`: the `size` rows that are numbered already, column by column.
    bool begin(std::span<const ColumnRef> columns, std::size_t rows, std::span<const Column> known,
               std::uint32_t size, std::size_t most);
    /// The number of each row. A new one counts `size` up and is added to `fresh`. False, and none is
    /// numbered: a piece comes back; that is the end of it. REQUIRES: begin()
    bool find(std::span<const ColumnRef> columns, std::span<std::uint32_t> numbers, std::uint32_t& size,
              std::vector<std::uint32_t>& fresh);

 private:
    /// The first row of each piece.
    [[nodiscard]] std::vector<std::uint32_t> starts(std::span<const ColumnRef> columns, std::size_t rows);
    void make_room(std::span<const std::uint32_t> ids);

    std::size_t inner_ = 0;                   ///< the column that changes
    std::unique_ptr<KeyTable> heads_;         ///< the other columns, a row for each piece
    std::uint32_t head_ = 0;                  ///< that of the present piece
    std::uint32_t first_ = 0;                 ///< its rows have this number, or a greater one
    std::vector<std::uint32_t> number_of_;    ///< by id + 1: number + 1
    std::vector<std::uint64_t> differences_;  ///< of the rows at hand
};

}  // namespace islet::query
