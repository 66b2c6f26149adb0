// Integers of 128 bits, for sums and products of 64-bit ones that must not overflow on their way.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace islet {

__extension__ using WideInteger = __int128;

/// In 64 bits; no value where that is too few.
inline std::optional<std::int64_t> narrowed(WideInteger value) {
    if (value < std::numeric_limits<std::int64_t>::min() ||
        value > std::numeric_limits<std::int64_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace islet
