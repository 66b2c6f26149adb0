#include "key_table.hpp"

#include <algorithm>
#include <bit>

namespace islet::query {
namespace {

using Layout = Column::Layout;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t x = (a ^ b) * 0x9E3779B97F4A7C15ULL;
    return x ^ (x >> 32);
}

bool typed(Layout layout) {
    return layout == Layout::nodes || layout == Layout::rels || layout == Layout::ints ||
           layout == Layout::bools || layout == Layout::strings;
}

/// An entry as 64 bits; those of a string are its place in the dictionary.
std::uint64_t bits(const Column& column, std::size_t row) {
    if (column.constant) row = 0;
    switch (column.layout) {
        case Layout::nodes:
        case Layout::rels:
            return column.ids[row];
        case Layout::ints:
            return static_cast<std::uint64_t>(column.ints[row]);
        case Layout::bools:
            return column.bools[row];
        case Layout::strings:
            return std::bit_cast<std::uint64_t>(column.strings[row].data());
        default:
            return 0;
    }
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
        if (!typed(column.layout) || (size() > 0 && keys_[i].layout != column.layout)) return false;
        // Integers with nulls have no bits to spare for the null.
        if (column.layout == Layout::ints && !column.valid.empty() &&
            std::find(column.valid.begin(), column.valid.end(), 0) != column.valid.end())
            return false;
    }
    return true;
}

void KeyTable::go_over_to_values() {
    by_bits_ = false;
    for (std::uint32_t group = 0; group < size(); ++group) {
        std::uint64_t code = 0;
        for (const Column& key : keys_) code = mix(code, hash(key.at(group)));
        codes_[group] = code;
    }
    fill_slots();
}

void KeyTable::hash_bits(const Column& column, std::span<std::uint64_t> codes) const {
    const auto add_all = [&](auto&& entry) {
        for (std::size_t row = 0; row < codes.size(); ++row) codes[row] = mix(codes[row], entry(row));
    };
    if (column.constant) {
        const std::uint64_t one = bits(column, 0);
        add_all([one](std::size_t) { return one; });
    } else if (column.layout == Layout::nodes || column.layout == Layout::rels) {
        add_all([&](std::size_t row) -> std::uint64_t { return column.ids[row]; });
    } else {
        add_all([&](std::size_t row) { return bits(column, row); });
    }
}

bool KeyTable::same_bits(std::span<const ColumnRef> columns, std::size_t row, std::uint32_t group) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (bits(*columns[i], row) != bits(keys_[i], group)) return false;
    }
    return true;
}

bool KeyTable::same_values(std::span<const ColumnRef> columns, std::size_t row, std::uint32_t group) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!equivalent(columns[i]->at(row), keys_[i].at(group))) return false;
    }
    return true;
}

void KeyTable::grow() {
    slots_.resize(std::max<std::size_t>(64, slots_.size() * 4));
    fill_slots();
}

void KeyTable::fill_slots() {
    std::fill(slots_.begin(), slots_.end(), 0U);
    const std::uint64_t mask = slots_.size() - 1;
    for (std::uint32_t group = 0; group < size(); ++group) {
        std::uint64_t at = codes_[group] & mask;
        while (slots_[at] != 0) at = (at + 1) & mask;
        slots_[at] = entry_of(codes_[group], group);
    }
}

void KeyTable::find(std::span<const ColumnRef> columns, std::span<std::uint32_t> groups) {
    if (keys_.empty()) keys_.resize(columns.size());
    if (slots_.empty()) grow();
    if (by_bits_ && !fits(columns)) go_over_to_values();

    row_codes_.assign(groups.size(), 0);
    for (const ColumnRef& column : columns) {
        if (by_bits_) {
            hash_bits(*column, row_codes_);
        } else {
            for (std::size_t row = 0; row < groups.size(); ++row)
                row_codes_[row] = mix(row_codes_[row], hash(column->at(row)));
        }
    }
    // A large table is not in the cache: what is asked for soon is fetched while the present row is looked
    // up.
    constexpr std::size_t ahead = 12;
    std::uint64_t mask = slots_.size() - 1;
    for (std::size_t row = 0; row < groups.size(); ++row) {
        if (row + ahead < groups.size()) __builtin_prefetch(&slots_[row_codes_[row + ahead] & mask]);
        const std::uint64_t code = row_codes_[row];
        std::uint64_t at = code & mask;
        std::uint64_t entry = 0;
        while ((entry = slots_[at]) != 0) {
            const std::uint32_t group = group_of(entry);
            if (entry == entry_of(code, group) &&
                (by_bits_ ? same_bits(columns, row, group) : same_values(columns, row, group)))
                break;
            at = (at + 1) & mask;
        }
        if (entry != 0) {
            groups[row] = group_of(entry);
            continue;
        }
        groups[row] = size();
        slots_[at] = entry_of(code, size());
        codes_.push_back(code);
        for (std::size_t i = 0; i < columns.size(); ++i) keys_[i].append(*columns[i], row);
        if (std::size_t{2} * size() > slots_.size()) {
            grow();
            mask = slots_.size() - 1;
        }
    }
}

}  // namespace islet::query
