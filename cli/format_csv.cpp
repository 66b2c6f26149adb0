// CSV as RFC 4180 has it: CRLF, a header, quotes where needed. Null is an empty
// field and the empty string `""`.
#include <ostream>

#include "format.hpp"
#include "islet/export.hpp"

namespace islet::cli {

void write_csv_rows(const Rows& rows, std::ostream& out) {
    const char* separator = "";
    for (const std::string& column : rows.columns) {
        out << separator << csv_field(column);
        separator = ",";
    }
    out << "\r\n";
    for (std::size_t i = 0; i < rows.size() && out; ++i) {
        separator = "";
        for (const Value& value : rows[i]) {
            const bool empty_string = value.kind() == Kind::string && value.as_string().empty();
            out << separator << (empty_string ? "\"\"" : csv_field(bare_cell(value, rows.snapshot)));
            separator = ",";
        }
        out << "\r\n";
    }
}

}  // namespace islet::cli
