// JSON: an array with one object a row. JSON lines: the objects alone.
#include <ostream>

#include "format.hpp"
#include "islet/export.hpp"

namespace islet::cli {

namespace {

void write_object(const Rows& rows, std::size_t row, std::ostream& out) {
    out << '{';
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        out << (i == 0 ? "" : ",") << json_text(rows.columns[i]) << ':'
            << json_text(rows[row][i], rows.snapshot);
    }
    out << '}';
}

}  // namespace

void write_json_rows(const Rows& rows, std::ostream& out) {
    out << '[';
    for (std::size_t i = 0; i < rows.size() && out; ++i) {
        out << (i == 0 ? "\n" : ",\n");
        write_object(rows, i, out);
    }
    out << (rows.size() == 0 ? "]\n" : "\n]\n");
}

void write_jsonl_rows(const Rows& rows, std::ostream& out) {
    for (std::size_t i = 0; i < rows.size() && out; ++i) {
        write_object(rows, i, out);
        out << '\n';
    }
}

}  // namespace islet::cli
