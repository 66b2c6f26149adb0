// What DISTINCT inside of an aggregate remembers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "key_table.hpp"
#include "pair_set.hpp"

namespace islet::query {

/// Which values an aggregate with DISTINCT has met in each group.
///
/// As long as the rows of each group come in a piece and the values are nodes, relationships or small
/// integers, a mark on each id tells whether the present group has it. When a group comes back after another,
/// its greatest id tells, as long as the ids of each group rise, which is how a walk meets them. When they do
/// not, each group gets a row of bits over the ids that have come; when these would be mostly empty, a set of
/// (group, id) takes their place; when other values come, everything goes over to a table of (group, value).
class SeenValues {
 public:
    /// The rows whose value is not null and new to its group.
    std::vector<std::uint32_t> fresh(const ColumnRef& values, std::span<const std::uint32_t> groups);

 private:
    [[nodiscard]] std::optional<std::span<const std::uint32_t>> ids_of(const Column& values);
    /// Marks the rows from `row` on that are of the present group; returns where they end.
    std::uint32_t add_piece(std::span<const std::uint32_t> ids, std::span<const std::uint32_t> groups,
                            std::uint32_t row, std::vector<std::uint32_t>& rows);
    /// False: the group was there before.
    bool begin_group(std::uint32_t group);
    void leave_pieces();
    /// Goes over to what is held of each group's greatest id. False: the ids of some group did not rise.
    bool begin_rising();
    /// The same for rows from `row` on, as far as ids rise; returns where they do not.
    std::uint32_t add_rising(std::span<const std::uint32_t> ids, std::span<const std::uint32_t> groups,
                             std::uint32_t row, std::vector<std::uint32_t>& rows);
    void leave_rising();
    void begin_bits();
    void leave_bits();
    void leave_pairs();
    /// Makes room for the ids in each of `groups` rows of bits. False: that would be too many.
    bool cover(std::span<const std::uint32_t> ids, std::size_t groups);
    /// Whether the id is new to the group. REQUIRES: both are covered.
    bool mark(std::uint32_t group, std::uint32_t id);
    std::vector<std::uint32_t> by_table(const ColumnRef& values, std::span<const std::uint32_t> groups,
                                        std::uint32_t from, std::vector<std::uint32_t> fresh_rows);

    // While the rows of each group come in a piece.
    bool pieces_ = true;
    Column::Layout layout_ = Column::Layout::absent;
    std::uint32_t group_ = UINT32_MAX;
    std::vector<std::uint32_t> marks_;                              ///< by id: group + 1 that had it last
    std::vector<std::uint32_t> marked_;                             ///< ids, piece after piece
    std::vector<std::pair<std::uint32_t, std::size_t>> pieces_of_;  ///< group, where it begins in marked_
    std::vector<bool> ended_;                                       ///< by group: it has had its piece

    // While the ids of each group rise.
    bool rising_ = false;
    std::vector<std::uint32_t> greatest_id_;  ///< by group: the id + 1
    std::vector<std::uint32_t> group_of_;     ///< of each id in `marked_`

    // Afterwards.
    bool bits_ = false;
    // Bit i of a group's row is id first_word_ * 64 + i.
    std::uint32_t first_word_ = 0;
    std::size_t row_words_ = 0;
    std::vector<std::uint64_t> words_;  ///< row after row, by group

    std::size_t ids_seen_ = 0;  ///< rows that came after the pieces, and what was marked in these

    // Where these would be too many.
    bool pairs_ = false;
    PairSet pair_set_;

    // Where there are no ids.
    KeyTable table_;
    std::vector<std::uint32_t> numbers_;

    // Of integers that are taken as ids.
    std::vector<std::uint32_t> numbers_as_ids_;  ///< of the batch at hand
    std::uint64_t greatest_ = 0;                 ///< none had more bits
};

}  // namespace islet::query
