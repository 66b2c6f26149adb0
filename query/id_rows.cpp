#include "id_rows.hpp"

#include <algorithm>
#include <bit>

namespace islet::query {
namespace {

std::uint32_t upper(std::uint64_t row) {
    return static_cast<std::uint32_t>(row >> 32U);
}
std::uint32_t lower(std::uint64_t row) {
    return static_cast<std::uint32_t>(row);
}

}  // namespace

bool IdRows::find_new(const Snapshot& snapshot, std::span<const ColumnRef> columns, std::size_t rows,
                      std::vector<std::uint32_t>& fresh) {
    if (parts_.empty() && !choose_parts(snapshot, columns)) return false;
    const bool same =
        std::equal(parts_.begin(), parts_.end(), columns.begin(), columns.end(),
                   [](const Part& part, const ColumnRef& column) { return part.layout == column->layout; });
    if (!same || !pack(columns, rows)) return false;
    constexpr std::size_t ahead = 12;
    for (std::size_t row = 0; row < rows; ++row) {
        if (row + ahead < rows) rows_.fetch(upper(packed_[row + ahead]), lower(packed_[row + ahead]));
        if (rows_.insert(upper(packed_[row]), lower(packed_[row])))
            fresh.push_back(static_cast<std::uint32_t>(row));
    }
    return true;
}

bool IdRows::choose_parts(const Snapshot& snapshot, std::span<const ColumnRef> columns) {
    std::vector<Part> parts;
    unsigned bits = 0;
    for (const ColumnRef& column : columns) {
        const bool nodes = column->layout == Column::Layout::nodes;
        if (!nodes && column->layout != Column::Layout::rels) return false;
        const std::uint32_t bound = nodes ? snapshot.node_bound() : snapshot.rel_bound();
        parts.push_back({column->layout, bound, static_cast<unsigned>(std::bit_width(bound))});
        bits += parts.back().bits;
    }
    if (columns.size() < 2 || bits > 63) return false;
    parts_ = std::move(parts);
    return true;
}

bool IdRows::pack(std::span<const ColumnRef> columns, std::size_t rows) {
    packed_.assign(rows, 0);
    std::uint32_t outside = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Part& part = parts_[i];
        const auto& ids = columns[i]->ids;
        const std::size_t step = columns[i]->constant ? 0 : 1;
        for (std::size_t row = 0; row < rows; ++row) {
            const std::uint32_t id = ids[row * step];
            const std::uint32_t number = id == Column::null_id ? part.bound : id;
            outside |= number > part.bound || (number == part.bound && id == number) ? 1U : 0U;
            packed_[row] = packed_[row] << part.bits | number;
        }
    }
    return outside == 0;
}

std::vector<Column> IdRows::columns() const {
    std::vector<Column> columns(rows_.size() == 0 ? 0 : parts_.size());
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].layout = parts_[i].layout;
    if (columns.empty()) return columns;
    rows_.for_each([&](std::uint32_t first, std::uint32_t second) {
        std::uint64_t row = std::uint64_t{first} << 32U | second;
        for (std::size_t i = parts_.size(); i-- > 0;) {
            const auto number = static_cast<std::uint32_t>(row & ((std::uint64_t{1} << parts_[i].bits) - 1));
            columns[i].ids.push_back(number == parts_[i].bound ? Column::null_id : number);
            row >>= parts_[i].bits;
        }
    });
    return columns;
}

}  // namespace islet::query
