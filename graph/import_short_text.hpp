// Short texts without calls: most fields of a table are a few bytes long. Compilers take these functions for
// too large to be put where they are used; a table of millions of rows shows the calls.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace islet::importing {

template <class Word>
inline Word word_at(const char* from) noexcept {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

/// Whether two texts are equal, those of up to 24 bytes by two or three words that may overlap.
[[gnu::always_inline]] inline bool same_text(std::string_view a, std::string_view b) noexcept {
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    const char* const x = a.data();
    const char* const y = b.data();
    const auto differ = [&]<class Word>(Word, std::size_t at) {
        return std::uint64_t{word_at<Word>(x + at) ^ word_at<Word>(y + at)};
    };
    if (size >= 8) {
        if (size > 24) return a == b;
        std::uint64_t difference = differ(std::uint64_t{}, 0) | differ(std::uint64_t{}, size - 8);
        if (size > 16) difference |= differ(std::uint64_t{}, 8);
        return difference == 0;
    }
    if (size >= 4) return (differ(std::uint32_t{}, 0) | differ(std::uint32_t{}, size - 4)) == 0;
    return size == 0 || (x[0] == y[0] && x[size / 2] == y[size / 2] && x[size - 1] == y[size - 1]);
}

constexpr std::uint32_t no_small_number = UINT32_MAX;

/// The number that a text of 1 to 8 digits writes in the one way without leading zeros; else
/// no_small_number. The digits are taken together, as bytes of one word: how many there are hardly matters.
[[gnu::always_inline]] inline std::uint32_t small_number(std::string_view text) noexcept {
    const std::size_t size = text.size();
    if (size == 0 || size > 8) return no_small_number;
    const char* const from = text.data();
    if (from[0] == '0') return size == 1 ? 0 : no_small_number;
    if constexpr (std::endian::native != std::endian::little) {
        std::uint32_t number = 0;
        for (const char c : text) {
            if (c < '0' || c > '9') return no_small_number;
            number = number * 10 + static_cast<std::uint32_t>(c - '0');
        }
        return number;
    }
    std::uint64_t digits = 0;  // the first in the lowest byte
    if (size >= 4) {
        digits = word_at<std::uint32_t>(from) | std::uint64_t{word_at<std::uint32_t>(from + size - 4)}
                                                    << (8 * (size - 4));
    } else {
        const auto byte = [from](std::size_t at) {
            return std::uint64_t{static_cast<unsigned char>(from[at])} << (8 * at);
        };
        digits = byte(0) | byte(size / 2) | byte(size - 1);
    }
    const unsigned left_out = static_cast<unsigned>(64 - 8 * size);
    digits = (digits << left_out) ^ (0x3030303030303030ULL << left_out);  // zeros in front
    constexpr std::uint64_t above_nine = 0x7676767676767676ULL;  // with it, 10 and more have the high bit
    if ((((digits + above_nine) | digits) & 0x8080808080808080ULL) != 0) return no_small_number;
    digits = digits * 10 + (digits >> 8);  // pairs, in every other byte
    constexpr std::uint64_t pair = 0x000000FF000000FFULL;
    return static_cast<std::uint32_t>(
        ((digits & pair) * 0x000F424000000064ULL + ((digits >> 16) & pair) * 0x0000271000000001ULL) >> 32);
}

}  // namespace islet::importing
