// One line a value: for rows with long texts or many columns.
#include <algorithm>
#include <ostream>

#include "format.hpp"
#include "terminal.hpp"
#include "text_width.hpp"

namespace islet::cli {

void write_vertical(const Rows& rows, const Layout& layout, std::ostream& out) {
    std::vector<std::string> names;
    std::size_t widest = 0;
    for (const std::string& column : rows.columns) {
        names.push_back(one_line(column));
        widest = std::max(widest, width_of(names.back()));
    }
    const std::string rule = layout.boxes ? "──" : "--";
    for (std::size_t i = 0; i < rows.size() && out; ++i) {
        out << painted(rule + " row " + std::to_string(i + 1) + " " + rule, Paint::dim, layout.colour)
            << '\n';
        for (std::size_t column = 0; column < names.size(); ++column) {
            const std::string padding(widest - width_of(names[column]), ' ');
            const Value& value = rows[i][column];
            const std::string text = shown_cell(value, rows.snapshot);
            out << padding << painted(names[column], Paint::header, layout.colour);
            const std::size_t indent = widest + 2;
            constexpr std::size_t least = 20;
            const bool wrap = layout.wrap && layout.width >= indent + least;
            std::string before = "  ";
            for (const std::string& line :
                 wrap ? wrapped(text, layout.width - indent) : std::vector<std::string>{text}) {
                out << before << painted(line, paint_of(value.kind()), layout.colour) << '\n';
                before.assign(indent, ' ');
            }
        }
    }
}

}  // namespace islet::cli
