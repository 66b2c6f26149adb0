// Positions in UTF-8 text by code point. Bytes that are not UTF-8 do no harm:
// a position never leaves the text.
#pragma once

#include <cstddef>
#include <string_view>

namespace islet::query {

/// Whether a byte starts a code point.
constexpr bool is_lead(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

inline std::size_t count_code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char byte : text) count += is_lead(byte) ? 1 : 0;
    return count;
}

/// The byte at which the code point after `points` others starts; the text's end if it has fewer.
inline std::size_t offset_of(std::string_view text, std::size_t points) noexcept {
    // No text has more code points than bytes.
    if (points >= text.size()) return text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_lead(text[i])) continue;
        if (points == 0) return i;
        --points;
    }
    return text.size();
}

/// The byte at which the last `points` code points start; 0 if it has fewer.
inline std::size_t offset_from_end(std::string_view text, std::size_t points) noexcept {
    std::size_t i = text.size();
    while (points > 0 && i > 0) {
        --i;
        if (is_lead(text[i])) --points;
    }
    return i;
}

/// The first code point of a text that is not empty, with the bytes that belong to it.
inline std::string_view first_code_point(std::string_view text) noexcept {
    std::size_t size = 1;
    while (size < text.size() && !is_lead(text[size])) ++size;
    return text.substr(0, size);
}

}  // namespace islet::query
