#include "seen_values.hpp"

#include <algorithm>
#include <bit>

namespace islet::query {
namespace {

constexpr std::size_t most_words = std::size_t{4} << 20;  // 32 MB of bits
// Of all words, for each id that has come: what is mostly empty costs more to make and to reach than a set.
constexpr std::size_t words_for_an_id = 2;
constexpr std::uint64_t most_marked = std::uint64_t{1} << 20;  // integers above go to the set at once
constexpr std::size_t always_words = std::size_t{1} << 18;     // 2 MB

std::size_t bound_of(std::span<const std::uint32_t> groups) {
    return groups.empty() ? 0 : std::size_t{*std::max_element(groups.begin(), groups.end())} + 1;
}

}  // namespace

std::vector<std::uint32_t> SeenValues::fresh(const ColumnRef& values, std::span<const std::uint32_t> groups) {
    std::vector<std::uint32_t> rows;
    rows.reserve(groups.size());
    const bool same_layout = layout_ == Column::Layout::absent || layout_ == values->layout;
    const auto ids = same_layout ? ids_of(*values) : std::nullopt;
    const bool fits = ids.has_value();
    const bool wide = fits && values->layout == Column::Layout::ints && greatest_ >= most_marked;
    if (pieces_ && (!fits || wide)) leave_pieces();
    if (rising_ && (!fits || wide)) leave_rising();
    if (bits_ && (!fits || wide)) leave_bits();
    if (pairs_ && !fits) leave_pairs();
    std::uint32_t row = 0;
    if (fits) layout_ = values->layout;
    if (pieces_) {
        for (; row < groups.size(); ++row) {
            if (groups[row] != group_ && !begin_group(groups[row])) break;
            row = add_piece(*ids, groups, row, rows) - 1;
        }
        if (row == groups.size()) return rows;
        leave_pieces();
    }
    if (rising_) {
        row = add_rising(*ids, groups, row, rows);
        if (row == groups.size()) return rows;
        leave_rising();
    }
    ids_seen_ += groups.size() - row;
    if (bits_ && !cover(ids->subspan(row, groups.size() - row), bound_of(groups))) leave_bits();
    if (pairs_) {
        std::size_t count = rows.size();
        rows.resize(count + groups.size() - row);
        for (; row < groups.size(); ++row) {
            constexpr std::uint32_t ahead = 16;
            if (row + ahead < groups.size()) pair_set_.fetch(groups[row + ahead], (*ids)[row + ahead]);
            const std::uint32_t id = (*ids)[row];
            rows[count] = row;
            count += id != Column::null_id && pair_set_.insert(groups[row], id) ? 1 : 0;
        }
        rows.resize(count);
        return rows;
    }
    if (bits_) {
        // Every row is written, and the next one over it unless it is new: nothing to predict.
        std::size_t count = rows.size();
        rows.resize(count + groups.size() - row);
        for (; row < groups.size(); ++row) {
            const std::uint32_t id = (*ids)[row];
            rows[count] = row;
            count += id != Column::null_id && mark(groups[row], id) ? 1 : 0;
        }
        rows.resize(count);
        return rows;
    }
    return by_table(values, groups, row, std::move(rows));
}

/// A column's entries as 32 bits, all ones for null; none where they do not fit into these.
std::optional<std::span<const std::uint32_t>> SeenValues::ids_of(const Column& values) {
    if (values.constant) return std::nullopt;
    if (values.layout == Column::Layout::nodes || values.layout == Column::Layout::rels) return values.ids;
    if (values.layout != Column::Layout::ints || !values.valid.empty()) return std::nullopt;
    numbers_as_ids_.resize(values.ints.size());
    std::uint64_t all = 0;
    for (std::size_t row = 0; row < values.ints.size(); ++row) {
        const auto number = static_cast<std::uint64_t>(values.ints[row]);
        all |= number;
        numbers_as_ids_[row] = static_cast<std::uint32_t>(number);
    }
    if (all >= Column::null_id) return std::nullopt;  // of numbers that fit, none has more bits than these
    greatest_ = std::max(greatest_, all);
    return numbers_as_ids_;
}

std::uint32_t SeenValues::add_piece(std::span<const std::uint32_t> ids, std::span<const std::uint32_t> groups,
                                    std::uint32_t row, std::vector<std::uint32_t>& rows) {
    std::uint32_t end = row + 1;
    std::uint32_t bound = 0;  // null_id + 1 is 0
    while (end < groups.size() && groups[end] == group_) ++end;
    for (std::uint32_t at = row; at < end; ++at) bound = std::max(bound, ids[at] + 1);
    if (bound > marks_.size()) marks_.resize(bound + marks_.size() / 2);
    std::size_t fresh = rows.size();
    std::size_t marked = marked_.size();
    rows.resize(fresh + end - row);
    marked_.resize(marked + end - row);
    for (; row < end; ++row) {
        const std::uint32_t id = ids[row];
        if (id == Column::null_id) continue;
        rows[fresh] = row;
        marked_[marked] = id;
        const std::size_t more = marks_[id] == group_ + 1 ? 0 : 1;
        marks_[id] = group_ + 1;
        fresh += more;
        marked += more;
    }
    rows.resize(fresh);
    marked_.resize(marked);
    return end;
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
    marks_ = {};
    group_of_.reserve(marked_.size());
    for (std::size_t piece = 0; piece < pieces_of_.size(); ++piece) {
        const auto [group, from] = pieces_of_[piece];
        const std::size_t to = piece + 1 < pieces_of_.size() ? pieces_of_[piece + 1].second : marked_.size();
        group_of_.insert(group_of_.end(), to - from, group);
    }
    rising_ = begin_rising();
    if (!rising_) begin_bits();
}

bool SeenValues::begin_rising() {
    greatest_id_.assign(ended_.size(), 0);
    for (std::size_t i = 0; i < marked_.size(); ++i) {
        std::uint32_t& greatest = greatest_id_[group_of_[i]];
        if (marked_[i] < greatest) return false;
        greatest = marked_[i] + 1;
    }
    return true;
}

std::uint32_t SeenValues::add_rising(std::span<const std::uint32_t> ids,
                                     std::span<const std::uint32_t> groups, std::uint32_t row,
                                     std::vector<std::uint32_t>& rows) {
    const std::size_t bound = bound_of(groups);
    if (bound > greatest_id_.size()) greatest_id_.resize(bound + greatest_id_.size() / 2);
    const std::size_t left = groups.size() - row;
    std::size_t fresh = rows.size();
    std::size_t marked = marked_.size();
    rows.resize(fresh + left);
    marked_.resize(marked + left);
    group_of_.resize(marked + left);
    for (; row < groups.size(); ++row) {
        const std::uint32_t next = ids[row] + 1;  // 0 for null
        std::uint32_t& greatest = greatest_id_[groups[row]];
        if (next < greatest && next != 0) break;
        rows[fresh] = row;
        marked_[marked] = ids[row];
        group_of_[marked] = groups[row];
        const std::size_t more = next > greatest ? 1 : 0;
        greatest = std::max(greatest, next);
        fresh += more;
        marked += more;
    }
    rows.resize(fresh);
    marked_.resize(marked);
    group_of_.resize(marked);
    return row;
}

void SeenValues::leave_rising() {
    rising_ = false;
    greatest_id_ = {};
    begin_bits();
}

void SeenValues::begin_bits() {
    ids_seen_ = marked_.size();
    bits_ = cover(marked_, bound_of(group_of_));
    pairs_ = !bits_;
    for (std::size_t i = 0; i < marked_.size(); ++i)
        bits_ ? mark(group_of_[i], marked_[i]) : pair_set_.insert(group_of_[i], marked_[i]);
    marked_ = {};
    group_of_ = {};
}

bool SeenValues::cover(std::span<const std::uint32_t> ids, std::size_t groups) {
    std::uint32_t first = words_.empty() ? UINT32_MAX : first_word_;
    std::uint32_t end = words_.empty() ? 0 : first_word_ + static_cast<std::uint32_t>(row_words_);
    for (const std::uint32_t id : ids) {
        if (id == Column::null_id) continue;
        first = std::min(first, id / 64);
        end = std::max(end, id / 64 + 1);
    }
    if (first >= end) return true;  // nothing but nulls
    const std::size_t known = words_.empty() ? 0 : words_.size() / row_words_;
    groups = std::max(groups, known);
    const bool wider = words_.empty() || first < first_word_ || end > first_word_ + row_words_;
    if (wider && !words_.empty()) {
        // Half as much again, so that ids that rise do not move all rows each time.
        const std::uint32_t more = (end - first) / 2;
        if (first < first_word_) first -= std::min(first, more);
        if (end > first_word_ + row_words_) end += more;
    }
    const std::size_t width = wider ? end - first : row_words_;
    if (width * groups > std::min(most_words, always_words + words_for_an_id * ids_seen_)) return false;
    if (wider) {
        std::vector<std::uint64_t> rows(width * groups);
        for (std::size_t group = 0; group < known; ++group) {
            std::copy_n(words_.begin() + static_cast<std::ptrdiff_t>(group * row_words_), row_words_,
                        rows.begin() + static_cast<std::ptrdiff_t>(group * width + first_word_ - first));
        }
        words_ = std::move(rows);
        row_words_ = width;
        first_word_ = first;
    } else if (width * groups > words_.size()) {
        words_.resize(width * groups);
    }
    return true;
}

bool SeenValues::mark(std::uint32_t group, std::uint32_t id) {
    std::uint64_t& held = words_[group * row_words_ + id / 64 - first_word_];
    const std::uint64_t bit = std::uint64_t{1} << (id % 64);
    const bool fresh = (held & bit) == 0;
    held |= bit;
    return fresh;
}

void SeenValues::leave_bits() {
    bits_ = false;
    pairs_ = true;
    for (std::uint32_t group = 0; row_words_ > 0 && group < words_.size() / row_words_; ++group) {
        for (std::uint32_t word = 0; word < row_words_; ++word) {
            for (std::uint64_t rest = words_[group * row_words_ + word]; rest != 0; rest &= rest - 1)
                pair_set_.insert(
                    group, (first_word_ + word) * 64 + static_cast<std::uint32_t>(std::countr_zero(rest)));
        }
    }
    words_ = {};
}

void SeenValues::leave_pairs() {
    pairs_ = false;
    std::vector<std::int64_t> groups;
    std::vector<std::uint32_t> ids;
    pair_set_.for_each([&](std::uint32_t group, std::uint32_t id) {
        groups.push_back(group);
        ids.push_back(id);
    });
    pair_set_ = {};
    if (ids.empty()) return;
    numbers_.resize(ids.size());
    std::vector<ColumnRef> keys;
    keys.emplace_back(Column::integers(std::move(groups)));
    if (layout_ == Column::Layout::ints) {
        keys.emplace_back(Column::integers(std::vector<std::int64_t>(ids.begin(), ids.end())));
    } else {
        keys.emplace_back(layout_ == Column::Layout::nodes ? Column::nodes(std::move(ids))
                                                           : Column::rels(std::move(ids)));
    }
    table_.find(keys, numbers_);
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
