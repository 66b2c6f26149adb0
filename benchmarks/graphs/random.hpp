// Random numbers of the generators: the same with every compiler and library.
#pragma once

#include <cmath>
#include <cstdint>

namespace islet::benchmarks {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

    /// A position below `count`; low positions come often (density falls as the power -1/2).
    std::uint32_t skewed(std::uint32_t count) {
        const double u = unit();
        return static_cast<std::uint32_t>(u * u * count);
    }

 private:
    std::uint64_t state_;
};

inline std::uint32_t scaled(std::uint32_t count, double scale) {
    return std::max(1U, static_cast<std::uint32_t>(std::lround(count * scale)));
}

}  // namespace islet::benchmarks
