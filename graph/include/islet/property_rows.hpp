// Values of one property for many nodes or relationships at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "islet/graph.hpp"

namespace islet {

/// Values to write, row by row. Spans of the caller's: they must stay for as long as the call that takes
/// them.
struct ValueRows {
    /// integer, floating: that array is filled. Anything else: `values` is.
    Kind kind = Kind::null;
    std::span<const std::int64_t> integers{};
    std::span<const double> floats{};
    std::span<const Value> values{};
    std::span<const std::uint8_t> valid{};  ///< of integers and floats: 0 is null; empty: none is
    bool constant = false;                  ///< one entry stands for all rows

    [[nodiscard]] bool is_null(std::size_t row) const {
        if (constant) row = 0;
        if (kind != Kind::integer && kind != Kind::floating) return values[row].is_null();
        return !valid.empty() && valid[row] == 0;
    }
    [[nodiscard]] Value at(std::size_t row) const {
        if (is_null(row)) return {};
        if (constant) row = 0;
        return kind == Kind::integer    ? Value(integers[row])
               : kind == Kind::floating ? Value(floats[row])
                                        : values[row];
    }
};

/// A property of things that are created row by row, several in each: of the `part`-th of each row.
struct CreatedProperty {
    std::uint32_t part = 0;
    KeyId key{};
    ValueRows values;  ///< nulls are left out
};

/// Values that were read, row by row.
struct ReadValues {
    /// integer, floating, string: of all values, which are in that array. Anything else: they are in
    /// `values`.
    Kind kind = Kind::null;
    std::vector<std::int64_t> integers;
    std::vector<double> floats;
    std::vector<Value> values;
    std::vector<std::uint8_t> valid;  ///< of integers and floats: 0 is null; empty: none is
    bool removed = false;             ///< some of what was asked for is not there
};

/// The no-id of a row: its value is null.
inline constexpr std::uint32_t no_row_id = UINT32_MAX;

/// A property of several nodes or relationships (`owner`) in less time than one by one, whatever was written
/// since the base. Ids may be no_row_id.
ReadValues read_property(const Snapshot& snapshot, Owner owner, std::span<const std::uint32_t> ids,
                         KeyId key);

}  // namespace islet
