#include "islet/error.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <vector>

namespace islet {

namespace {

constexpr std::size_t tab_width = 4;
constexpr std::size_t widest_line = 100;  ///< columns of the source shown; longer lines are clipped
constexpr std::string_view ellipsis = "…";

/// One code point of a line: the text that stands for it and the columns it takes.
struct Cell {
    std::string text;
    std::size_t width = 0;
    std::size_t bytes = 0;  ///< of the source
};

/// The code point at the front of `rest`; a broken byte is one code point of its own.
Cell next_cell(std::string_view rest, std::size_t column) {
    utf8proc_int32_t code = -1;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(rest.data());
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(rest.size()), &code);
    if (length <= 0 || code < 0) return {"\xEF\xBF\xBD", 1, 1};
    const auto size = static_cast<std::size_t>(length);
    if (code == '\t') {
        const std::size_t width = tab_width - column % tab_width;
        return {std::string(width, ' '), width, size};
    }
    // Control characters would move the cursor, or worse.
    if (utf8proc_category(code) == UTF8PROC_CATEGORY_CC) return {"\xEF\xBF\xBD", 1, size};
    const int width = utf8proc_charwidth(code);
    return {std::string(rest.substr(0, size)), static_cast<std::size_t>(std::max(width, 0)), size};
}

/// Bytes of the code point at the front of `rest`, as next_cell() counts code points.
std::size_t code_point_length(std::string_view rest) {
    utf8proc_int32_t code = -1;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(rest.data());
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(rest.size()), &code);
    return length <= 0 || code < 0 ? 1 : static_cast<std::size_t>(length);
}

/// Line `number` (from 1) without its end, or none.
std::optional<std::string_view> line_of(std::string_view text, std::uint32_t number) {
    if (number == 0) return std::nullopt;
    std::size_t begin = 0;
    for (std::uint32_t line = 1; line < number; ++line) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string_view::npos) return std::nullopt;
        begin = end + 1;
    }
    std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

/// A line cut to fit, and where the carets go.
struct Excerpt {
    std::string text;
    std::size_t caret_column = 0;
    std::size_t caret_width = 1;
};

Excerpt excerpt_of(std::string_view line, const SourceSpan& span) {
    std::vector<Cell> cells;
    std::size_t width = 0;
    for (std::size_t at = 0; at < line.size();) {
        cells.push_back(next_cell(line.substr(at), width));
        width += cells.back().width;
        at += cells.back().bytes;
    }
    const std::size_t first = std::min<std::size_t>(span.column == 0 ? 0 : span.column - 1, cells.size());
    std::size_t last = first;  // one past the span
    for (std::size_t bytes = 0; last < cells.size() && bytes < span.length; ++last)
        bytes += cells[last].bytes;

    const auto columns = [&cells](std::size_t from, std::size_t to) {
        std::size_t sum = 0;
        for (std::size_t i = from; i < to; ++i) sum += cells[i].width;
        return sum;
    };
    std::size_t begin = 0;
    std::size_t end = cells.size();
    if (width > widest_line) {
        // Grow around the start of the span: a third of the room before it, the rest after.
        begin = first;
        std::size_t room = widest_line / 3;
        while (begin > 0 && cells[begin - 1].width <= room) room -= cells[--begin].width;
        end = begin;
        room = widest_line;
        while (end < cells.size() && cells[end].width <= room) room -= cells[end++].width;
        while (end == cells.size() && begin > 0 && cells[begin - 1].width <= room)
            room -= cells[--begin].width;
    }
    Excerpt excerpt;
    if (begin > 0) excerpt.text += ellipsis;
    for (std::size_t i = begin; i < end; ++i) excerpt.text += cells[i].text;
    if (end < cells.size()) excerpt.text += ellipsis;
    excerpt.caret_column = (begin > 0 ? 1 : 0) + columns(begin, first);
    excerpt.caret_width = std::max<std::size_t>(1, columns(first, std::min(last, end)));
    return excerpt;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string render(const Error& error, std::string_view source) {
    std::string out = error.code.empty() ? "error" : "error " + error.code;
    out += ": " + error.message + '\n';
    if (!error.place.empty()) out += "  in " + error.place + '\n';
    std::optional<std::string_view> line;
    if (error.span) line = line_of(source, error.span->line);
    if (!line || source.empty()) {
        if (!error.hint.empty()) out += "  " + error.hint + '\n';
        return out;
    }
    const Excerpt excerpt = excerpt_of(*line, *error.span);
    const std::string number = std::to_string(error.span->line);
    out += "  " + number + " | " + excerpt.text + '\n';
    out += "  " + std::string(number.size(), ' ') + " | " + std::string(excerpt.caret_column, ' ') +
           std::string(excerpt.caret_width, '^');
    if (!error.hint.empty()) out += ' ' + error.hint;
    return out + '\n';
}

SourceSpan locate(std::string_view text, std::size_t begin, std::size_t end) {
    begin = std::min(begin, text.size());
    end = std::min(std::max(begin, end), text.size());
    const std::string_view before = text.substr(0, begin);
    const std::size_t newline = before.rfind('\n');
    const std::size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
    std::size_t line_end = std::min(text.find('\n', begin), text.size());
    if (line_end > begin && line_end < text.size() && text[line_end - 1] == '\r') --line_end;

    SourceSpan span;
    span.line = static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
    span.column = 1;
    for (std::size_t at = line_begin; at < begin; at += code_point_length(text.substr(at))) ++span.column;
    span.length = static_cast<std::uint32_t>(std::min(end, line_end) - begin);
    return span;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    const std::size_t too_far = limit + 1;
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > limit) return too_far;
    // Three rows of the table; only the band |i - j| <= limit can hold distances within the limit.
    const std::size_t columns = a.size() + 1;
    std::vector<std::size_t> before(columns, too_far);
    std::vector<std::size_t> previous(columns, too_far);
    std::vector<std::size_t> current(columns, too_far);
    for (std::size_t j = 0; j < columns && j <= limit; ++j) previous[j] = j;
    for (std::size_t i = 1; i <= b.size(); ++i) {
        const std::size_t from = i > limit ? i - limit : 0;
        const std::size_t to = std::min(a.size(), i + limit);
        std::fill(current.begin(), current.end(), too_far);
        std::size_t best = too_far;
        for (std::size_t j = from; j <= to; ++j) {
            std::size_t cost = too_far;
            if (j == 0) {
                cost = i;
            } else {
                const bool same = lower(b[i - 1]) == lower(a[j - 1]);
                cost = std::min({previous[j - 1] + (same ? 0U : 1U), previous[j] + 1, current[j - 1] + 1});
                if (i > 1 && j > 1 && lower(b[i - 1]) == lower(a[j - 2]) &&
                    lower(b[i - 2]) == lower(a[j - 1])) {
                    cost = std::min(cost, before[j - 2] + 1);
                }
            }
            current[j] = std::min(cost, too_far);
            best = std::min(best, current[j]);
        }
        // A transposition looks two rows back: both must be beyond the limit.
        if (best == too_far && *std::min_element(previous.begin(), previous.end()) == too_far) return too_far;
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[a.size()];
}

}  // namespace islet
