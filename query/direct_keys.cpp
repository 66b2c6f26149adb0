#include "direct_keys.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace islet::query {
namespace {

using Layout = Column::Layout;

constexpr unsigned most_bits = 31;

/// Calls visit(entries, place_of), where place_of makes a small number of an entry. False: of another layout.
template <class Visit>
bool with_entries(const Column& column, Visit&& visit) {
    switch (column.layout) {
        case Layout::nodes:
        case Layout::rels:
            // Null is all ones, and so comes to 0.
            visit(column.ids, [](std::uint32_t id) { return id + 1; });
            return true;
        case Layout::ints:
            visit(column.ints, [](std::int64_t number) { return static_cast<std::uint64_t>(number); });
            return true;
        case Layout::bools:
            visit(column.bools, [](std::uint8_t truth) { return truth; });
            return true;
        default:
            return false;
    }
}

/// The bits that the greatest entry takes.
std::optional<unsigned> width_of(const Column& column, std::size_t rows) {
    std::uint64_t all = 0;
    const bool known = with_entries(column, [&](const auto& entries, auto&& place_of) {
        const std::size_t count = column.constant ? 1 : rows;
        const auto* const at = entries.data();
        for (std::size_t row = 0; row < count; ++row) all |= place_of(at[row]);
    });
    if (!known) return std::nullopt;
    return static_cast<unsigned>(std::bit_width(all));
}

}  // namespace

bool DirectKeys::cover(std::span<const ColumnRef> columns, std::size_t rows, std::span<const Column> known,
                       std::uint32_t size, std::size_t most) {
    std::vector<unsigned> widths = widths_;
    widths.resize(columns.size());
    unsigned bits = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto width = width_of(*columns[i], rows);
        const auto before = widths_.empty() && size > 0 ? width_of(known[i], size) : 0U;
        if (!width || !before) return false;
        widths[i] = std::max({widths[i], *width, *before});
        bits += widths[i];
        if (bits > most_bits) return false;
    }
    if (widths == widths_) return true;
    if (std::size_t{1} << bits > most) return false;
    widths_ = std::move(widths);
    number_of_.assign(std::size_t{1} << bits, 0);
    std::vector<ColumnRef> lent;
    for (std::size_t i = 0; size > 0 && i < columns.size(); ++i) lent.push_back(ColumnRef::lend(known[i]));
    const std::span<const std::uint32_t> of_known = places(lent, size);
    for (std::uint32_t number = 0; number < size; ++number) number_of_[of_known[number]] = number + 1;
    return true;
}

std::span<const std::uint32_t> DirectKeys::places(std::span<const ColumnRef> columns, std::size_t rows) {
    places_.assign(rows, 0);
    unsigned shift = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Column& column = *columns[i];
        with_entries(column, [&](const auto& entries, auto&& place_of) {
            const auto* const at = entries.data();
            std::uint32_t* const to = places_.data();
            if (column.constant) {
                const auto one = static_cast<std::uint32_t>(place_of(at[0])) << shift;
                for (std::size_t row = 0; row < rows; ++row) to[row] |= one;
            } else {
                for (std::size_t row = 0; row < rows; ++row)
                    to[row] |= static_cast<std::uint32_t>(place_of(at[row])) << shift;
            }
        });
        shift += widths_[i];
    }
    return places_;
}

void DirectKeys::find(std::span<const ColumnRef> columns, std::span<std::uint32_t> numbers,
                      std::uint32_t& size, std::vector<std::uint32_t>& fresh) {
    std::uint32_t* const number_of = number_of_.data();
    const auto look_up = [&](auto&& place_of) {
        for (std::uint32_t row = 0; row < numbers.size(); ++row) {
            std::uint32_t& number = number_of[place_of(row)];
            if (number == 0) {
                number = ++size;
                fresh.push_back(row);
            }
            numbers[row] = number - 1;
        }
    };
    const Column& first = *columns.front();
    if (columns.size() == 1 && !first.constant &&
        (first.layout == Layout::nodes || first.layout == Layout::rels))
        return look_up([ids = first.ids.data()](std::uint32_t row) { return ids[row] + 1; });
    look_up([at = places(columns, numbers.size()).data()](std::uint32_t row) { return at[row]; });
}

void DirectKeys::clear() {
    *this = {};
}

}  // namespace islet::query
