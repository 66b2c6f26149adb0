#include "key_bits.hpp"

#include <bit>

namespace islet::query {

bool has_bits(Column::Layout layout) {
    return layout == Column::Layout::nodes || layout == Column::Layout::rels ||
           layout == Column::Layout::ints || layout == Column::Layout::bools ||
           layout == Column::Layout::strings;
}

std::uint64_t bits(const Column& column, std::size_t row) {
    if (column.constant) row = 0;
    switch (column.layout) {
        case Column::Layout::nodes:
        case Column::Layout::rels:
            return column.ids[row];
        case Column::Layout::ints:
            return static_cast<std::uint64_t>(column.ints[row]);
        case Column::Layout::bools:
            return column.bools[row];
        case Column::Layout::strings:
            return std::bit_cast<std::uint64_t>(column.strings[row].data());
        default:
            return 0;
    }
}

void add_differences(const Column& column, std::span<std::uint64_t> differences) {
    const auto add = [&](const auto& entries, auto&& bits_of) {
        const auto* const at = entries.data();
        for (std::size_t row = 1; row < differences.size(); ++row)
            differences[row] |= bits_of(at[row]) ^ bits_of(at[row - 1]);
    };
    const auto same = [](auto entry) { return static_cast<std::uint64_t>(entry); };
    if (column.constant) return;
    if (column.layout == Column::Layout::nodes || column.layout == Column::Layout::rels) {
        add(column.ids, same);
    } else if (column.layout == Column::Layout::ints) {
        add(column.ints, same);
    } else if (column.layout == Column::Layout::bools) {
        add(column.bools, same);
    } else {
        add(column.strings,
            [](const std::string_view& text) { return std::bit_cast<std::uint64_t>(text.data()); });
    }
}

}  // namespace islet::query
