// A table of GitHub's Markdown. What Markdown would read as markup is escaped.
#include <algorithm>
#include <ostream>

#include "format.hpp"

namespace islet::cli {

namespace {

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '<') {
            result += "&lt;";
        } else if (c == '&') {
            result += "&amp;";
        } else {
            if (std::string_view("\\`*_[]|~").find(c) != std::string_view::npos) result += '\\';
            result += c;
        }
    }
    return result;
}

/// Whether all values of a column are numbers or missing, and there is a number.
bool numeric(const Rows& rows, std::size_t column) {
    bool any = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Value& value = rows[i][column];
        if (!value.is_null() && !value.is_number()) return false;
        any = any || value.is_number();
    }
    return any;
}

}  // namespace

void write_markdown(const Rows& rows, std::ostream& out) {
    out << '|';
    for (const std::string& column : rows.columns) out << ' ' << escaped(column) << " |";
    out << "\n|";
    for (std::size_t i = 0; i < rows.columns.size(); ++i) out << (numeric(rows, i) ? " ---: |" : " --- |");
    out << '\n';
    for (std::size_t i = 0; i < rows.size() && out; ++i) {
        out << '|';
        for (const Value& value : rows[i]) {
            out << ' ' << (value.is_null() ? std::string() : escaped(shown_cell(value, rows.snapshot)))
                << " |";
        }
        out << '\n';
    }
}

}  // namespace islet::cli
