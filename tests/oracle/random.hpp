// A generator of random numbers that gives the same everywhere: the standard's distributions do not.
#pragma once

#include <cstdint>
#include <vector>

namespace islet::oracle {

class Random {
 public:
    explicit Random(std::uint64_t seed) : state_(seed) {
        // Seeds that follow one another must not give the same numbers one step apart.
        state_ = next() ^ (next() << 1U);
    }

    std::uint64_t next() {  // SplitMix64
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    /// REQUIRES: bound > 0
    std::size_t below(std::size_t bound) { return next() % bound; }
    std::size_t between(std::size_t least, std::size_t most) { return least + below(most - least + 1); }
    bool chance(unsigned percent) { return below(100) < percent; }
    /// REQUIRES: choices is not empty
    template <class T>
    const T& pick(const std::vector<T>& choices) {
        return choices[below(choices.size())];
    }

 private:
    std::uint64_t state_;
};

}  // namespace islet::oracle
