// TSV: one line a row whatever the texts hold; tab, line feed, carriage return and
// backslash are written `\t`, `\n`, `\r` and `\\`, null `\N`.
#include <ostream>

#include "format.hpp"

namespace islet::cli {

namespace {

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '\t':
                result += "\\t";
                break;
            case '\n':
                result += "\\n";
                break;
            case '\r':
                result += "\\r";
                break;
            case '\\':
                result += "\\\\";
                break;
            default:
                result += c;
        }
    }
    return result;
}

}  // namespace

void write_tsv_rows(const Rows& rows, std::ostream& out) {
    const char* separator = "";
    for (const std::string& column : rows.columns) {
        out << separator << escaped(column);
        separator = "\t";
    }
    out << '\n';
    for (std::size_t i = 0; i < rows.size() && out; ++i) {
        separator = "";
        for (const Value& value : rows[i]) {
            out << separator << (value.is_null() ? "\\N" : escaped(bare_cell(value, rows.snapshot)));
            separator = "\t";
        }
        out << '\n';
    }
}

}  // namespace islet::cli
