#include "seen_values.hpp"

namespace islet::query {

std::vector<std::uint32_t> SeenValues::fresh(const ColumnRef& values, std::span<const std::uint32_t> groups) {
    std::vector<std::uint32_t> rows;
    rows.reserve(groups.size());
    const bool ids = !values->constant &&
                     (values->layout == Column::Layout::nodes || values->layout == Column::Layout::rels);
    if (pieces_ && (!ids || (!marked_.empty() && layout_ != values->layout))) leave_pieces();
    if (pieces_) {
        layout_ = values->layout;
        std::uint32_t row = 0;
        for (; row < groups.size(); ++row) {
            if (groups[row] != group_ && !begin_group(groups[row])) break;
            const std::uint32_t id = values->ids[row];
            if (id == Column::null_id) continue;
            if (id >= marks_.size()) marks_.resize(std::size_t{id} + 1 + marks_.size() / 2);
            if (marks_[id] == group_ + 1) continue;
            marks_[id] = group_ + 1;
            marked_.push_back(id);
            rows.push_back(row);
        }
        if (row == groups.size()) return rows;
        leave_pieces();
        return by_table(values, groups, row, std::move(rows));
    }
    return by_table(values, groups, 0, std::move(rows));
}

bool SeenValues::begin_group(std::uint32_t group) {
    if (group < ended_.size() && ended_[group]) return false;
    if (group >= ended_.size()) ended_.resize(std::size_t{group} + 1);
    ended_[group] = true;
    pieces_of_.emplace_back(group, marked_.size());
    group_ = group;
    return true;
}

void SeenValues::leave_pieces() {
    pieces_ = false;
    for (std::size_t piece = 0; piece < pieces_of_.size(); ++piece) {
        const auto [group, from] = pieces_of_[piece];
        const std::size_t to = piece + 1 < pieces_of_.size() ? pieces_of_[piece + 1].second : marked_.size();
        std::vector<ColumnRef> keys;
        keys.emplace_back(Column::integers(std::vector<std::int64_t>(to - from, group)));
        std::vector<std::uint32_t> ids(marked_.begin() + static_cast<std::ptrdiff_t>(from),
                                       marked_.begin() + static_cast<std::ptrdiff_t>(to));
        keys.emplace_back(layout_ == Column::Layout::nodes ? Column::nodes(std::move(ids))
                                                           : Column::rels(std::move(ids)));
        numbers_.resize(to - from);
        table_.find(keys, numbers_);
    }
    marked_ = {};
    marks_ = {};
}

std::vector<std::uint32_t> SeenValues::by_table(const ColumnRef& values,
                                                std::span<const std::uint32_t> groups, std::uint32_t from,
                                                std::vector<std::uint32_t> fresh_rows) {
    std::vector<std::uint32_t> rows;
    std::vector<std::int64_t> of_rows;
    for (std::uint32_t row = from; row < groups.size(); ++row) {
        if (values->is_null(row)) continue;
        rows.push_back(row);
        of_rows.push_back(groups[row]);
    }
    std::vector<ColumnRef> keys;
    keys.emplace_back(Column::integers(std::move(of_rows)));
    if (rows.size() == groups.size()) {
        keys.push_back(ColumnRef::lend(*values));
    } else {
        keys.emplace_back(values->gather(rows));
    }
    std::uint32_t known = table_.size();
    numbers_.resize(rows.size());
    table_.find(keys, numbers_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (numbers_[i] != known) continue;
        ++known;
        fresh_rows.push_back(rows[i]);
    }
    return fresh_rows;
}

}  // namespace islet::query
