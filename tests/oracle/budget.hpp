// How much a run of the suite tries, from the environment.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace islet::oracle {

inline std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text == nullptr || *text == '\0' ? otherwise : std::stoull(text);
}

/// The seed of the first case; the next has the next one.
inline std::uint64_t first_seed() {
    return number_from("ISLET_ORACLE_SEED", 1);
}
inline std::uint64_t cases(std::uint64_t otherwise) {
    return number_from("ISLET_ORACLE_CASES", otherwise);
}
/// Of the small patterns, every n-th is tried on each small graph, in turn.
inline std::uint64_t stride(std::uint64_t otherwise) {
    return number_from("ISLET_ORACLE_STRIDE", otherwise);
}

/// Says in full what was found, for Catch would break the lines, and how to see it again.
inline void show(std::uint64_t seed, const std::string& test, const std::string& report) {
    std::cout << report << "\nagain: ISLET_ORACLE_SEED=" << seed << " ISLET_ORACLE_CASES=1 oracle_test \""
              << test << "\"\n\n";
}

}  // namespace islet::oracle
