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

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::size_t begin = 0;        // of the line
    std::size_t used = 0;         // its columns
    std::size_t blank = 0;        // the last blank of it that it can be broken at
    std::size_t after_blank = 0;  // the columns up to and with that blank
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t cluster_begin = at;
        const Cluster cluster = next_cluster(text, at);
        const bool is_blank = cluster.text == " ";
        if (used + cluster.width > width && !(is_blank && used == width)) {
            if (blank > begin) {
                lines.emplace_back(text.substr(begin, blank - begin));
                begin = blank + 1;
                used -= after_blank;
            } else if (cluster_begin > begin) {
                lines.emplace_back(text.substr(begin, cluster_begin - begin));
                begin = cluster_begin;
                used = 0;
            }
            blank = begin;
            after_blank = 0;
        }
        used += cluster.width;
        if (is_blank && cluster_begin > begin) {
            blank = cluster_begin;
            after_blank = used;
        }
    }
    if (begin < text.size() || lines.empty()) lines.emplace_back(text.substr(begin));
    for (std::string& line : lines) {
        if (width_of(line) > width && line.ends_with(' ')) line.pop_back();
    }
    return lines;
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
