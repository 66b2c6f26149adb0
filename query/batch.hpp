// Batches: some rows, column by column. A column keeps its values in the
// narrowest of a few layouts; what fits none of them is a vector of Values.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bound_expr.hpp"
#include "islet/ids.hpp"
#include "islet/value.hpp"

namespace islet::query {

/// Rows that operators try to put into one batch.
inline constexpr std::size_t batch_rows = 2048;

/// One column. Exactly the vector of its layout is filled; a constant column holds one entry
/// that stands for every row. Strings point into the snapshot's dictionary and live as long
/// as the run.
class Column {
 public:
    enum class Layout : std::uint8_t { absent, nodes, rels, ints, floats, bools, strings, values };

    static constexpr std::uint32_t null_id = UINT32_MAX;
    static constexpr std::uint8_t null_bool = 2;

    Layout layout = Layout::absent;
    bool constant = false;
    std::vector<std::uint32_t> ids;  ///< nodes and rels; null_id is null
    std::vector<std::int64_t> ints;
    std::vector<double> floats;
    std::vector<std::uint8_t> bools;        ///< 0, 1, or null_bool
    std::vector<std::string_view> strings;  ///< data() == nullptr is null
    std::vector<Value> values;
    std::vector<std::uint8_t> valid;  ///< of ints and floats; empty: none is null

    [[nodiscard]] static Column nodes(std::vector<std::uint32_t> ids) {
        return of_ids(Layout::nodes, std::move(ids));
    }
    [[nodiscard]] static Column rels(std::vector<std::uint32_t> ids) {
        return of_ids(Layout::rels, std::move(ids));
    }
    [[nodiscard]] static Column booleans(std::vector<std::uint8_t> bools);
    [[nodiscard]] static Column integers(std::vector<std::int64_t> ints);
    [[nodiscard]] static Column of_values(std::vector<Value> values);
    /// In the layout of their kind where all but the nulls are of one and it has a layout; texts stay Values.
    [[nodiscard]] static Column packed(std::vector<Value> values);
    [[nodiscard]] static Column of_constant(const Value& value);

    [[nodiscard]] std::size_t entries() const noexcept;
    [[nodiscard]] Value at(std::size_t row) const;
    [[nodiscard]] bool is_null(std::size_t row) const;
    /// A condition's answer: true, or else (false or null).
    [[nodiscard]] bool is_true(std::size_t row) const;

    /// The entries at the given rows, in that order.
    [[nodiscard]] Column gather(std::span<const std::uint32_t> rows) const;
    /// Adds the other's entry at `row`; takes on its layout when empty, and Values when the layouts differ.
    void append(const Column& other, std::size_t row);
    void append(const Value& value);
    void append_null();
    /// Adds the other's entry at `row` `count` times.
    void append_repeated(const Column& other, std::size_t row, std::size_t count);
    /// Adds all `count` entries of another column.
    void append_all(const Column& other, std::size_t count);

 private:
    static Column of_ids(Layout layout, std::vector<std::uint32_t> ids);
    void widen();
};

/// Some rows of the slots that are alive. `origin`, where it is not empty, says which row of the
/// surrounding query each row came from. `weights`, where it is not empty, says how many equal rows each
/// row stands for: only operators below one that counts or makes distinct give such rows (see combine in
/// optimize_combine.cpp).
struct Batch {
    std::size_t rows = 0;
    std::vector<Column> columns;  ///< by SlotId; absent where nobody reads it
    std::vector<std::uint32_t> origin;
    std::vector<std::int64_t> weights;

    [[nodiscard]] std::int64_t weight(std::size_t row) const { return weights.empty() ? 1 : weights[row]; }
    [[nodiscard]] const Column& operator[](SlotId slot) const {
        return columns[static_cast<std::size_t>(slot)];
    }
    Column& operator[](SlotId slot) { return columns[static_cast<std::size_t>(slot)]; }
    /// A new batch of the given rows with only the given slots (and origins and weights).
    [[nodiscard]] Batch gather(std::span<const std::uint32_t> rows, std::span<const SlotId> slots) const;
};

}  // namespace islet::query
