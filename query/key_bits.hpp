// Entries of key columns as 64 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "batch.hpp"

namespace islet::query {

/// Whether entries of the layout are equal where their bits are, and there only.
[[nodiscard]] bool has_bits(Column::Layout layout);

/// An entry as 64 bits; those of a string are its place in the dictionary.
[[nodiscard]] std::uint64_t bits(const Column& column, std::size_t row);

/// Adds to each row but the first what tells its bits from those of the row before; 0: nothing.
void add_differences(const Column& column, std::span<std::uint64_t> differences);

}  // namespace islet::query
