#include "result.hpp"

#include <algorithm>

namespace islet {

using query::Column;

void Result::Table::add(query::Batch& batch, std::span<const query::SlotId> slots) {
    if (columns.empty()) columns.resize(slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
        Column& from = batch[slots[i]];
        // A slot may stand in two columns.
        const bool last = std::find(slots.begin() + static_cast<std::ptrdiff_t>(i) + 1, slots.end(),
                                    slots[i]) == slots.end();
        if (rows == 0 && !from.constant && last) {
            columns[i] = std::move(from);
        } else {
            columns[i].append_all(from, batch.rows);
        }
    }
    rows += batch.rows;
}

std::span<const Value> Result::Table::by_row() {
    std::call_once(made_, [&] {
        values_.reserve(rows * columns.size());
        for (std::size_t row = 0; row < rows; ++row) {
            for (const Column& column : columns) values_.push_back(column.at(row));
        }
    });
    return values_;
}

void Result::Table::detach() {
    static_cast<void>(by_row());
    for (Column& column : columns) {
        if (column.layout == Column::Layout::strings) column = Column();
    }
}

std::span<const Value> Result::values() const {
    return table_ == nullptr ? std::span<const Value>() : table_->by_row();
}

namespace {

/// The entries of a column, if it is of the layout and none of them is null.
template <class T>
std::optional<std::span<const T>> all_of(const Column& column, Column::Layout layout,
                                         const std::vector<T>& entries) {
    const auto none_null = [&] {
        return std::find(column.valid.begin(), column.valid.end(), 0) == column.valid.end() &&
               std::none_of(column.strings.begin(), column.strings.end(),
                            [](std::string_view text) { return text.data() == nullptr; });
    };
    if (column.layout != layout || !none_null()) return std::nullopt;
    return std::span<const T>(entries);
}

}  // namespace

std::optional<std::span<const std::int64_t>> Result::integers(std::size_t column) const {
    if (table_ == nullptr) return std::span<const std::int64_t>();
    const Column& of = table_->columns[column];
    return all_of(of, Column::Layout::ints, of.ints);
}
std::optional<std::span<const double>> Result::floats(std::size_t column) const {
    if (table_ == nullptr) return std::span<const double>();
    const Column& of = table_->columns[column];
    return all_of(of, Column::Layout::floats, of.floats);
}
std::optional<std::span<const std::string_view>> Result::strings(std::size_t column) const {
    if (table_ == nullptr) return std::span<const std::string_view>();
    const Column& of = table_->columns[column];
    return all_of(of, Column::Layout::strings, of.strings);
}

}  // namespace islet
