// Aligned tables. On a terminal they are boxes which fit its width: the widest
// columns are narrowed first and their texts cut with `…`. Elsewhere nothing is cut.
#include <algorithm>
#include <numeric>
#include <ostream>

#include "format.hpp"
#include "terminal.hpp"
#include "text_width.hpp"

namespace islet::cli {

namespace {

/// Below this a cell tells nothing any more.
constexpr std::size_t narrowest = 6;

struct Cell {
    std::string text;
    std::size_t width = 0;
    bool null = false;
};

Cell cell_of(std::string text, bool null = false) {
    const std::size_t width = width_of(text);
    return {std::move(text), width, null};
}

struct Grid {
    std::vector<Cell> header;
    std::vector<Cell> cells;  ///< row after row
    std::vector<std::size_t> widths;
    std::vector<bool> numeric;
};

Grid lay_out(const Rows& rows) {
    Grid grid;
    const std::size_t columns = rows.columns.size();
    for (const std::string& name : rows.columns) {
        grid.header.push_back(cell_of(one_line(name)));
        grid.widths.push_back(grid.header.back().width);
    }
    grid.numeric.assign(columns, rows.size() > 0);
    grid.cells.reserve(rows.values.size());
    for (std::size_t i = 0; i < rows.values.size(); ++i) {
        const Value& value = rows.values[i];
        grid.cells.push_back(cell_of(shown_cell(value, rows.snapshot), value.is_null()));
        grid.widths[i % columns] = std::max(grid.widths[i % columns], grid.cells.back().width);
        if (!value.is_number() && !value.is_null()) grid.numeric[i % columns] = false;
    }
    return grid;
}

/// Narrows the widest columns until the sum is `room` or none is wider than `narrowest`.
void fit(std::vector<std::size_t>& widths, std::size_t room) {
    std::size_t total = std::accumulate(widths.begin(), widths.end(), std::size_t{0});
    while (total > room) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= narrowest) return;
        std::size_t second = narrowest;
        for (auto it = widths.begin(); it != widths.end(); ++it) {
            if (it != widest && *it < *widest) second = std::max(second, *it);
        }
        const bool tie = std::count(widths.begin(), widths.end(), *widest) > 1;
        const std::size_t step = tie ? 1 : std::min(*widest - second, total - room);
        *widest -= step;
        total -= step;
    }
}

void put(std::ostream& out, const Cell& cell, std::size_t width, bool right, Paint paint, bool coloured) {
    std::string text = cell.width > width ? cut_to(cell.text, width) : cell.text;
    const std::size_t used = cell.width > width ? width_of(text) : cell.width;
    const std::string padding(width - std::min(width, used), ' ');
    text = painted(text, paint, coloured);
    out << (right ? padding + text : text + padding);
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

struct Lines {
    std::string_view left, middle, right, along;
};

void put_rule(std::ostream& out, const Grid& grid, const Lines& lines) {
    for (std::size_t i = 0; i < grid.widths.size(); ++i) {
        out << (i == 0 ? lines.left : lines.middle) << repeated(lines.along, grid.widths[i] + 2);
    }
    out << lines.right << '\n';
}

/// One line of cells between `edge`s; without a right edge, no blanks end the line.
template <class Put>
void put_line(std::ostream& out, const Grid& grid, std::string_view edge, std::string_view between,
              Put put_cell) {
    out << edge;
    for (std::size_t i = 0; i < grid.widths.size(); ++i) {
        if (i > 0) out << between;
        out << ' ';
        put_cell(i);
        out << ' ';
    }
    out << edge << '\n';
}

}  // namespace

void write_table(const Rows& rows, const Layout& layout, std::ostream& out) {
    Grid grid = lay_out(rows);
    const std::size_t columns = grid.widths.size();
    const std::size_t borders = 3 * columns + 1;
    if (layout.width > 0) fit(grid.widths, layout.width > borders ? layout.width - borders : 0);

    const std::string_view edge = layout.boxes ? "│" : "|";
    const Lines top{"┌", "┬", "┐", "─"};
    const Lines under_header = layout.boxes ? Lines{"├", "┼", "┤", "─"} : Lines{"|", "|", "|", "-"};
    const Lines bottom{"└", "┴", "┘", "─"};

    if (layout.boxes) put_rule(out, grid, top);
    put_line(out, grid, edge, edge, [&](std::size_t i) {
        put(out, grid.header[i], grid.widths[i], grid.numeric[i], Paint::header, layout.colour);
    });
    put_rule(out, grid, under_header);
    for (std::size_t row = 0; row < rows.size() && out; ++row) {
        put_line(out, grid, edge, edge, [&](std::size_t i) {
            const Cell& cell = grid.cells[row * columns + i];
            put(out, cell, grid.widths[i], grid.numeric[i], Paint::dim, layout.colour && cell.null);
        });
    }
    if (layout.boxes) put_rule(out, grid, bottom);
}

}  // namespace islet::cli
