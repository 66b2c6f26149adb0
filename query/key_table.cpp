#include "key_table.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "key_bits.hpp"

namespace islet::query {
namespace {

using Layout = Column::Layout;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t x = (a ^ b) * 0x9E3779B97F4A7C15ULL;
    return x ^ (x >> 32);
}

/// An entry as a value, not copied where it is one.
const Value& value_of(const Column& column, std::size_t row, Value& made) {
    if (column.layout == Layout::values) return column.values[column.constant ? 0 : row];
    made = column.at(row);
    return made;
}

/// Whether rows that are equal in all columns follow each other, so many on average, in the first rows.
bool runs_are_long(std::span<const ColumnRef> columns, std::size_t rows, std::size_t length) {
    std::size_t changes = 0;
    for (std::size_t row = 1; row < rows; ++row) {
        changes += std::all_of(columns.begin(), columns.end(),
                               [&](const ColumnRef& c) { return bits(*c, row) == bits(*c, row - 1); })
                       ? 0U
                       : 1U;
    }
    return changes * length <= rows;
}

std::uint64_t entry_of(std::uint64_t code, std::uint32_t group) {
    return (code & 0xFFFFFFFF00000000ULL) | (std::uint64_t{group} + 1);
}
std::uint32_t group_of(std::uint64_t entry) {
    return static_cast<std::uint32_t>(entry) - 1;
}

}  // namespace

bool KeyTable::fits(std::span<const ColumnRef> columns) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Column& column = *columns[i];
        if (!has_bits(column.layout) || (size() > 0 && keys_[i].layout != column.layout)) return false;
        // Integers with nulls have no bits to spare for the null.
        if (column.layout == Layout::ints && !column.valid.empty() &&
            std::find(column.valid.begin(), column.valid.end(), 0) != column.valid.end())
            return false;
    }
    return true;
}

void KeyTable::go_over_to_values() {
    mode_ = Mode::values;
    direct_.clear();
    pieces_ = {};
    key_bits_ = {};
    codes_.resize(size_);
    for (std::uint32_t group = 0; group < size(); ++group) {
        std::uint64_t code = 0;
        for (const Column& key : keys_) code = mix(code, hash(key.at(group)));
        codes_[group] = code;
    }
    fill_slots();
}

void KeyTable::take_bits(std::span<const ColumnRef> columns, std::size_t rows) {
    const std::size_t width = columns.size();
    row_bits_.resize(rows * width);
    row_codes_.assign(rows, 0);
    for (std::size_t i = 0; i < width; ++i) {
        const Column& column = *columns[i];
        std::uint64_t* const to = row_bits_.data() + i;
        const auto fill = [&](auto&& entry) {
            for (std::size_t row = 0; row < rows; ++row) {
                const std::uint64_t held = entry(row);
                to[row * width] = held;
                row_codes_[row] = mix(row_codes_[row], held);
            }
        };
        if (column.constant) {
            fill([one = bits(column, 0)](std::size_t) { return one; });
        } else if (column.layout == Layout::nodes || column.layout == Layout::rels) {
            fill([&](std::size_t row) -> std::uint64_t { return column.ids[row]; });
        } else if (column.layout == Layout::ints) {
            fill([&](std::size_t row) { return static_cast<std::uint64_t>(column.ints[row]); });
        } else if (column.layout == Layout::strings) {
            fill([&](std::size_t row) { return std::bit_cast<std::uint64_t>(column.strings[row].data()); });
        } else {
            fill([&](std::size_t row) { return bits(column, row); });
        }
    }
}

bool KeyTable::same_values(std::span<const ColumnRef> columns, std::size_t row, std::uint32_t group) const {
    Value one;
    Value other;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!equivalent(value_of(*columns[i], row, one), value_of(keys_[i], group, other))) return false;
    }
    return true;
}

void KeyTable::grow() {
    slots_.resize(std::max<std::size_t>(64, slots_.size() * 4));
    fill_slots();
}

void KeyTable::fill_slots() {
    while (std::size_t{2} * size_ >= slots_.size())
        slots_.resize(std::max<std::size_t>(64, slots_.size() * 4));
    codes_.reserve(slots_.size() / 2 + 1);
    if (mode_ == Mode::bits) key_bits_.reserve(codes_.capacity() * keys_.size());
    std::fill(slots_.begin(), slots_.end(), 0U);
    const std::uint64_t mask = slots_.size() - 1;
    for (std::uint32_t group = 0; group < size(); ++group) {
        std::uint64_t at = codes_[group] & mask;
        while (slots_[at] != 0) at = (at + 1) & mask;
        slots_[at] = entry_of(codes_[group], group);
    }
}

std::uint32_t KeyTable::add(std::span<const ColumnRef> columns, std::uint32_t row) {
    if (mode_ == Mode::values) {
        for (std::size_t i = 0; i < columns.size(); ++i) keys_[i].append(*columns[i], row);
    } else {
        fresh_.push_back(row);
        for (std::size_t i = 0; i < columns.size(); ++i)
            key_bits_.push_back(row_bits_[row * columns.size() + i]);
    }
    return size_++;
}

void KeyTable::keep_fresh(std::span<const ColumnRef> columns) {
    if (fresh_.empty()) return;
    for (std::size_t i = 0; i < columns.size(); ++i)
        keys_[i].append_all(columns[i]->gather(fresh_), fresh_.size());
    fresh_.clear();
}

void KeyTable::find(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups) {
    const bool same =
        groups.size() > 1 &&
        std::all_of(columns.begin(), columns.end(), [](const ColumnRef& column) { return column->constant; });
    if (same) {
        find(columns, groups.first(1));
        std::fill(groups.begin() + 1, groups.end(), groups.front());
        return;
    }
    rows_ += groups.size();
    if (keys_.empty()) keys_.resize(columns.size());
    if (mode_ != Mode::values && !fits(columns)) go_over_to_values();
    choose_mode(columns, groups.size());
    if (mode_ == Mode::direct) {
        direct_.find(columns, groups, size_, fresh_);
        keep_fresh(columns);
        return;
    }
    if (mode_ == Mode::pieces) {
        const bool found = pieces_.find(columns, groups, size_, fresh_);
        keep_fresh(columns);
        if (found) return;
        go_over_to_bits();
    }
    if (slots_.empty()) grow();
    if (mode_ != Mode::bits || !find_by_runs(columns, groups)) find_by_hash(columns, groups);
}

void KeyTable::choose_mode(std::span<const ColumnRef> columns, std::size_t rows) {
    constexpr std::size_t always = 256;
    constexpr std::size_t entries_a_row = 8;
    constexpr std::size_t ids_a_row = 32;
    const std::size_t most = std::max(always, entries_a_row * rows_);
    if (mode_ == Mode::direct && !direct_.cover(columns, rows, keys_, size_, most)) go_over_to_bits();
    if (mode_ != Mode::bits || rows_ < next_choice_) return;
    if (direct_.cover(columns, rows, keys_, size_, most)) {
        mode_ = Mode::direct;
    } else if (pieces_.begin(columns, rows, keys_, size_, ids_a_row * rows_)) {
        mode_ = Mode::pieces;
    } else {
        next_choice_ = rows_ * 2;
        return;
    }
    slots_ = {};
    codes_ = {};
    key_bits_ = {};
}

void KeyTable::go_over_to_bits() {
    mode_ = Mode::bits;
    next_choice_ = rows_ * 2;
    direct_.clear();
    pieces_ = {};
    std::vector<ColumnRef> known;
    for (const Column& key : keys_) known.push_back(ColumnRef::lend(key));
    if (size_ == 0) return;
    take_bits(known, size_);
    key_bits_ = std::exchange(row_bits_, {});
    codes_ = std::exchange(row_codes_, {});
    fill_slots();
}

bool KeyTable::find_by_runs(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups) {
    constexpr std::size_t sample = 64;
    constexpr std::size_t least_length = 8;
    if (groups.size() <= sample || !runs_are_long(columns, sample, least_length)) return false;
    row_bits_.assign(groups.size(), 0);
    for (const ColumnRef& column : columns) add_differences(*column, row_bits_);
    std::vector<std::uint32_t> heads{0};
    for (std::uint32_t row = 1; row < groups.size(); ++row) {
        if (row_bits_[row] != 0) heads.push_back(row);
    }
    if (heads.size() * least_length > groups.size()) return false;
    std::vector<ColumnRef> of_heads;
    of_heads.reserve(columns.size());
    for (const ColumnRef& column : columns) of_heads.emplace_back(column->gather(heads));
    std::vector<std::uint32_t> found(heads.size());
    find_by_hash(of_heads, found);
    for (std::size_t run = 0; run < heads.size(); ++run) {
        const std::size_t end = run + 1 < heads.size() ? heads[run + 1] : groups.size();
        std::fill(groups.begin() + heads[run], groups.begin() + static_cast<std::ptrdiff_t>(end), found[run]);
    }
    return true;
}

void KeyTable::find_by_hash(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups) {
    if (mode_ == Mode::values) {
        row_codes_.assign(groups.size(), 0);
        Value made;
        for (const ColumnRef& column : columns) {
            for (std::size_t row = 0; row < groups.size(); ++row)
                row_codes_[row] = mix(row_codes_[row], hash(value_of(*column, row, made)));
        }
        find_hashed(columns, groups,
                    [&](std::size_t row, std::uint32_t group) { return same_values(columns, row, group); });
        return;
    }
    take_bits(columns, groups.size());
    if (columns.size() == 1) {
        find_hashed(columns, groups,
                    [&](std::size_t row, std::uint32_t group) { return row_bits_[row] == key_bits_[group]; });
        keep_fresh(columns);
        return;
    }
    const std::size_t width = columns.size();
    find_hashed(columns, groups, [&](std::size_t row, std::uint32_t group) {
        const std::uint64_t* const one = &row_bits_[row * width];
        const std::uint64_t* const other = &key_bits_[group * width];
        std::uint64_t differs = 0;
        for (std::size_t i = 0; i < width; ++i) differs |= one[i] ^ other[i];
        return differs == 0;
    });
    keep_fresh(columns);
}

template <class Same>
void KeyTable::find_hashed(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups, Same&& same) {
    // A large table is not in the cache: what is asked for soon is fetched while the present row is looked
    // up.
    constexpr std::size_t ahead = 12;
    std::uint64_t mask = slots_.size() - 1;
    for (std::uint32_t row = 0; row < groups.size(); ++row) {
        if (row + ahead < groups.size()) __builtin_prefetch(&slots_[row_codes_[row + ahead] & mask]);
        const std::uint64_t code = row_codes_[row];
        // Rows of one group often follow each other.
        if (row > 0 && code == row_codes_[row - 1] && same(row, groups[row - 1])) {
            groups[row] = groups[row - 1];
            continue;
        }
        std::uint64_t at = code & mask;
        std::uint64_t entry = 0;
        while ((entry = slots_[at]) != 0) {
            const std::uint32_t group = group_of(entry);
            if (entry == entry_of(code, group) && same(row, group)) break;
            at = (at + 1) & mask;
        }
        if (entry != 0) {
            groups[row] = group_of(entry);
            continue;
        }
        slots_[at] = entry_of(code, size_);
        codes_.push_back(code);
        groups[row] = add(columns, row);
        if (std::size_t{2} * size_ > slots_.size()) {
            grow();
            mask = slots_.size() - 1;
        }
    }
}

}  // namespace islet::query
