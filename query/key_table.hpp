// Rows of key columns, each distinct row once: the table behind grouping and DISTINCT.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "direct_keys.hpp"
#include "evaluate.hpp"
#include "key_pieces.hpp"

namespace islet::query {

/// Numbers distinct rows in order of appearance.
///
/// While every batch brings a column in the same layout, and that is one of ids, integers, booleans or
/// dictionary strings, rows are compared as the bits of the layout: equal bits are equal values there and
/// only there, as a dictionary holds each string once. Where the numbers are small, an array has a place for
/// each row (DirectKeys), also where rows come in pieces (KeyPieces); otherwise they are hashed. When a batch
/// comes that does not fit, all groups are hashed anew as values, which compares 1 and 1.0 as equal, and the
/// table stays with that.
class KeyTable {
 public:
    /// The group of each row, into `groups`. A new group has the number that size() was before.
    void find(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups);

    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
    /// Whether rows are looked up by a hash, and not by their place in an array.
    [[nodiscard]] bool hashes() const noexcept { return mode_ == Mode::bits || mode_ == Mode::values; }
    /// The distinct rows, column by column.
    [[nodiscard]] const std::vector<Column>& keys() const noexcept { return keys_; }

 private:
    [[nodiscard]] bool fits(std::span<const ColumnRef> columns) const;
    void choose_mode(std::span<const ColumnRef> columns, std::size_t rows);
    void go_over_to_bits();
    void go_over_to_values();
    void take_bits(std::span<const ColumnRef> columns, std::size_t rows);
    [[nodiscard]] bool same_values(std::span<const ColumnRef> columns, std::size_t row,
                                   std::uint32_t group) const;
    void find_by_hash(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups);
    /// Looks up the first row of each run of equal rows. False, and nothing is done: the runs are short.
    bool find_by_runs(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups);
    template <class Same>
    void find_hashed(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups, Same&& same);
    std::uint32_t add(std::span<const ColumnRef> columns, std::uint32_t row);
    /// Appends the rows that `fresh_` names to the keys.
    void keep_fresh(std::span<const ColumnRef> columns);
    void grow();
    void fill_slots();

    std::vector<Column> keys_;
    std::uint32_t size_ = 0;
    enum class Mode : std::uint8_t { bits, direct, pieces, values };
    Mode mode_ = Mode::bits;
    std::uint64_t rows_ = 0;            ///< that were looked up
    std::uint64_t next_choice_ = 0;     ///< so many rows until another mode than `bits` is thought of
    std::vector<std::uint32_t> fresh_;  ///< of the batch at hand: the first rows of new groups
    DirectKeys direct_;
    KeyPieces pieces_;

    // Of the modes that hash.
    std::vector<std::uint64_t> codes_;     ///< by group: the hash of its row
    std::vector<std::uint64_t> key_bits_;  ///< by group, column after column; not of values
    /// Open addressing over a power of two, at most half full: the upper half of the hash, then group + 1;
    /// 0 where free.
    std::vector<std::uint64_t> slots_;
    std::vector<std::uint64_t> row_codes_, row_bits_;  ///< of the batch at hand
};

}  // namespace islet::query
