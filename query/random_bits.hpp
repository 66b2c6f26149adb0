// Random bits for rand() and randomUUID(): splitmix64, whose whole state is one
// word, so that a query can own its state and be run again alike.
#pragma once

#include <cstdint>

namespace islet::query {

inline std::uint64_t next_random(std::uint64_t& state) noexcept {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t bits = state;
    bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
    return bits ^ (bits >> 31U);
}

}  // namespace islet::query
