#include "key_pieces.hpp"

#include <algorithm>

#include "key_bits.hpp"
#include "key_table.hpp"

namespace islet::query {
namespace {

bool holds_ids(const Column& column) {
    return !column.constant &&
           (column.layout == Column::Layout::nodes || column.layout == Column::Layout::rels);
}

/// All columns but one.
std::vector<ColumnRef> others(std::span<const ColumnRef> columns, std::size_t left_out) {
    std::vector<ColumnRef> rest;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != left_out) rest.push_back(ColumnRef::lend(*columns[i]));
    }
    return rest;
}

/// In how many of the first rows the column differs from the row before.
std::size_t changes(const Column& column, std::size_t rows) {
    std::size_t count = 0;
    for (std::size_t row = 1; row < rows; ++row)
        count += bits(column, row) != bits(column, row - 1) ? 1U : 0U;
    return count;
}

std::uint32_t end_of(std::span<const std::uint32_t> ids) {
    std::uint32_t bound = 0;  // null + 1 is 0
    for (const std::uint32_t id : ids) bound = std::max(bound, id + 1);
    return bound;
}

}  // namespace

KeyPieces::KeyPieces() = default;
KeyPieces::~KeyPieces() = default;
KeyPieces::KeyPieces(KeyPieces&&) noexcept = default;
KeyPieces& KeyPieces::operator=(KeyPieces&&) noexcept = default;

bool KeyPieces::begin(std::span<const ColumnRef> columns, std::size_t rows, std::span<const Column> known,
                      std::uint32_t size, std::size_t most) {
    constexpr std::size_t sample = 64;
    constexpr std::size_t least_length = 4;
    if (columns.size() < 2 || rows < sample) return false;
    std::size_t most_changes = 0;
    std::size_t outer_changes = 0;
    inner_ = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::size_t of_column = changes(*columns[i], sample);
        if (holds_ids(*columns[i]) && of_column > most_changes) most_changes = of_column, inner_ = i;
    }
    if (inner_ == columns.size() || end_of(columns[inner_]->ids) > most) return false;
    for (std::size_t i = 0; i < columns.size(); ++i)
        outer_changes += i == inner_ ? 0 : changes(*columns[i], sample);
    if (outer_changes * least_length > sample) return false;

    // The piece at hand may have begun before.
    heads_ = std::make_unique<KeyTable>();
    number_of_.clear();
    std::vector<std::uint32_t> heads(size);
    std::vector<ColumnRef> lent;
    for (const Column& column : known) lent.push_back(ColumnRef::lend(column));
    if (size > 0) heads_->find(others(lent, inner_), heads);
    const std::vector<std::uint32_t> row = {0};
    std::vector<ColumnRef> present;
    for (const ColumnRef& column : others(columns, inner_)) present.emplace_back(column->gather(row));
    heads_->find(present, std::span(&head_, 1));
    first_ = 0;
    if (size > 0) make_room(known[inner_].ids);
    for (std::uint32_t number = 0; number < size; ++number) {
        if (heads[number] == head_) number_of_[known[inner_].ids[number] + 1] = number + 1;
    }
    return true;
}

std::vector<std::uint32_t> KeyPieces::starts(std::span<const ColumnRef> columns, std::size_t rows) {
    differences_.assign(rows, 0);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != inner_) add_differences(*columns[i], differences_);
    }
    std::vector<std::uint32_t> rows_of_starts{0};
    for (std::uint32_t row = 1; row < rows; ++row) {
        if (differences_[row] != 0) rows_of_starts.push_back(row);
    }
    return rows_of_starts;
}

void KeyPieces::make_room(std::span<const std::uint32_t> ids) {
    const std::size_t size = std::size_t{end_of(ids)} + 1;
    if (size > number_of_.size()) number_of_.resize(size + number_of_.size() / 2);
}

bool KeyPieces::find(std::span<const ColumnRef> columns, std::span<std::uint32_t> numbers,
                     std::uint32_t& size, std::vector<std::uint32_t>& fresh) {
    const Column& inner = *columns[inner_];
    if (!holds_ids(inner)) return false;
    std::vector<std::uint32_t> pieces = starts(columns, numbers.size());
    std::vector<ColumnRef> of_pieces;
    for (const ColumnRef& column : others(columns, inner_)) of_pieces.emplace_back(column->gather(pieces));
    std::vector<std::uint32_t> heads(pieces.size());
    std::uint32_t next = heads_->size();
    heads_->find(of_pieces, heads);
    for (std::size_t piece = 0; piece < heads.size(); ++piece) {
        const bool goes_on = piece == 0 && heads[piece] == head_;
        if (!goes_on && heads[piece] != next++) return false;
    }
    make_room(inner.ids);
    pieces.push_back(static_cast<std::uint32_t>(numbers.size()));
    const std::uint32_t* const ids = inner.ids.data();
    for (std::size_t piece = 0; piece < heads.size(); ++piece) {
        if (heads[piece] != head_) first_ = size;
        head_ = heads[piece];
        for (std::uint32_t row = pieces[piece]; row < pieces[piece + 1]; ++row) {
            std::uint32_t& number = number_of_[ids[row] + 1];
            if (number <= first_) {
                number = ++size;
                fresh.push_back(row);
            }
            numbers[row] = number - 1;
        }
    }
    return true;
}

}  // namespace islet::query
