// Aligned tables. On a terminal they are boxes which fit its width: the widest columns are
// narrowed first, and their texts go on in further lines, or are cut with `…`. What would be
// unreadable so becomes `vertical`. Elsewhere tables are as wide as their texts.
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
/// Rows that are on average higher than this are easier to read as `vertical`.
constexpr std::size_t highest_row = 6;

struct Cell {
    std::string text;
    std::size_t width = 0;
    Paint paint = Paint::none;
    std::vector<std::string> lines;  ///< once the width of its column is known

    [[nodiscard]] std::size_t height() const noexcept { return lines.size(); }
};

Cell cell_of(std::string text, Paint paint) {
    const std::size_t width = width_of(text);
    return {std::move(text), width, paint, {}};
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
        grid.header.push_back(cell_of(one_line(name), Paint::header));
        grid.widths.push_back(grid.header.back().width);
    }
    grid.numeric.assign(columns, rows.size() > 0);
    grid.cells.reserve(rows.values.size());
    for (std::size_t i = 0; i < rows.values.size(); ++i) {
        const Value& value = rows.values[i];
        grid.cells.push_back(cell_of(shown_cell(value, rows.snapshot), paint_of(value.kind())));
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

/// Lays the texts of all cells into the widths of their columns.
void break_lines(Grid& grid, bool wrap) {
    const auto lay = [&](Cell& cell, std::size_t width) {
        if (cell.width <= width) {
            cell.lines = {cell.text};
        } else if (wrap) {
            cell.lines = wrapped(cell.text, width);
        } else {
            cell.lines = {cut_to(cell.text, width)};
        }
    };
    const std::size_t columns = grid.widths.size();
    for (std::size_t i = 0; i < columns; ++i) lay(grid.header[i], grid.widths[i]);
    for (std::size_t i = 0; i < grid.cells.size(); ++i) lay(grid.cells[i], grid.widths[i % columns]);
}

std::size_t height(std::span<const Cell> row) {
    std::size_t most = 1;
    for (const Cell& cell : row) most = std::max(most, cell.height());
    return most;
}

/// Whether the table can be read: no column is narrower than it must be, and rows are not too high.
bool readable(const Grid& grid, std::size_t room) {
    if (std::accumulate(grid.widths.begin(), grid.widths.end(), std::size_t{0}) > room) return false;
    const std::size_t columns = grid.widths.size();
    const std::size_t rows = grid.cells.size() / columns;
    std::size_t lines = 0;
    for (std::size_t row = 0; row < rows; ++row) lines += height({&grid.cells[row * columns], columns});
    return lines <= highest_row * rows;
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

/// A row of cells between `edge`s, in as many lines as its highest cell has.
void put_row(std::ostream& out, const Grid& grid, std::span<const Cell> cells, std::string_view edge,
             bool colour) {
    const std::size_t lines = height(cells);
    for (std::size_t line = 0; line < lines; ++line) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool there = line < cells[i].height();
            const std::string text = there ? cells[i].lines[line] : std::string();
            const std::size_t used = width_of(text);
            const std::string padding(grid.widths[i] - std::min(grid.widths[i], used), ' ');
            const std::string shown = painted(text, cells[i].paint, colour);
            out << edge << ' ' << (grid.numeric[i] ? padding + shown : shown + padding) << ' ';
        }
        out << edge << '\n';
    }
}

}  // namespace

void write_table(const Rows& rows, const Layout& layout, std::ostream& out) {
    Grid grid = lay_out(rows);
    const std::size_t columns = grid.widths.size();
    const std::size_t borders = 3 * columns + 1;
    const std::size_t room = layout.width > borders ? layout.width - borders : 0;
    if (layout.width > 0) fit(grid.widths, room);
    break_lines(grid, layout.wrap);
    if (layout.width > 0 && layout.vertical_too && !readable(grid, room)) {
        return write_vertical(rows, layout, out);
    }

    const std::string_view edge = layout.boxes ? "│" : "|";
    const Lines top{"┌", "┬", "┐", "─"};
    const Lines middle = layout.boxes ? Lines{"├", "┼", "┤", "─"} : Lines{"|", "|", "|", "-"};
    const Lines bottom{"└", "┴", "┘", "─"};
    const auto row_at = [&](std::size_t row) {
        return std::span<const Cell>(grid.cells).subspan(row * columns, columns);
    };
    const auto several_lines = [&](std::size_t row) { return height(row_at(row)) > 1; };

    if (layout.boxes) put_rule(out, grid, top);
    put_row(out, grid, grid.header, edge, layout.colour);
    put_rule(out, grid, middle);
    for (std::size_t row = 0; row < rows.size() && out; ++row) {
        // It takes a rule to tell where a row of several lines begins and ends.
        if (row > 0 && (several_lines(row) || several_lines(row - 1))) put_rule(out, grid, middle);
        put_row(out, grid, row_at(row), edge, layout.colour);
    }
    if (layout.boxes) put_rule(out, grid, bottom);
}

}  // namespace islet::cli
