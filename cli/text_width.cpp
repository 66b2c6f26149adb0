#include "text_width.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace islet::cli {

namespace {

/// One character as a reader sees it.
struct Cluster {
    std::string_view text;
    std::size_t width = 0;
};

bool is_regional_indicator(utf8proc_int32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/// Reads the next code point; a byte that is no UTF-8 counts as one.
utf8proc_int32_t next_point(std::string_view text, std::size_t& at) {
    utf8proc_int32_t point = 0;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (read <= 0) {
        ++at;
        return -1;
    }
    at += static_cast<std::size_t>(read);
    return point;
}

std::size_t point_width(utf8proc_int32_t point) {
    return point < 0 ? 1 : static_cast<std::size_t>(std::max(0, utf8proc_charwidth(point)));
}

/// The cluster at `at`, which moves behind it.
Cluster next_cluster(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    utf8proc_int32_t previous = next_point(text, at);
    Cluster cluster{{}, point_width(previous)};
    utf8proc_int32_t state = 0;
    while (at < text.size()) {
        std::size_t next = at;
        const utf8proc_int32_t point = next_point(text, next);
        if (previous < 0 || point < 0 || utf8proc_grapheme_break_stateful(previous, point, &state)) break;
        cluster.width = std::max(cluster.width, point_width(point));
        constexpr utf8proc_int32_t emoji_presentation = 0xFE0F;
        if (point == emoji_presentation || is_regional_indicator(point)) cluster.width = 2;
        previous = point;
        at = next;
    }
    cluster.text = text.substr(begin, at - begin);
    return cluster;
}

}  // namespace

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) width += next_cluster(text, at).width;
    return width;
}

std::string cut_to(std::string_view text, std::size_t width) {
    std::size_t used = 0;
    std::size_t fits = 0;  // bytes that leave room for the ellipsis
    for (std::size_t at = 0; at < text.size();) {
        used += next_cluster(text, at).width;
        if (used + 1 <= width) fits = at;
        if (used > width) return std::string(text.substr(0, fits)) + "…";
    }
    return std::string(text);
}

std::string one_line(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    constexpr std::string_view digits = "0123456789abcdef";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const utf8proc_int32_t point = next_point(text, at);
        if (point < 0) {
            result += "\uFFFD";
        } else if (point == '\n') {
            result += "\\n";
        } else if (point == '\t') {
            result += "\\t";
        } else if (point == '\r') {
            result += "\\r";
        } else if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
            result += "\\x";
            result += digits[static_cast<std::size_t>(point) >> 4U];
            result += digits[static_cast<std::size_t>(point) & 15U];
        } else {
            result += text.substr(begin, at - begin);
        }
    }
    return result;
}

}  // namespace islet::cli
