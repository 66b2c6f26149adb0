// HTML: one `<table>`, for pages and mails. The class of a cell names the kind of its value.
#include <algorithm>
#include <ostream>

#include "format.hpp"
#include "islet/text.hpp"
#include "text_width.hpp"

namespace islet::cli {

namespace {

std::string_view class_of(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "boolean";
        case Kind::integer:
            return "integer";
        case Kind::floating:
            return "float";
        case Kind::string:
            return "string";
        case Kind::list:
            return "list";
        case Kind::map:
            return "map";
        case Kind::node:
            return "node";
        case Kind::relationship:
            return "relationship";
        case Kind::path:
            return "path";
        case Kind::date:
            return "date";
        case Kind::local_time:
            return "localtime";
        case Kind::time:
            return "time";
        case Kind::local_date_time:
            return "localdatetime";
        case Kind::date_time:
            return "datetime";
        case Kind::duration:
            return "duration";
    }
    return {};
}

/// Markup is escaped, line breaks become `<br>`, and other control characters, which HTML cannot hold,
/// escapes as in tables.
std::string escaped(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (at > 0) result += "<br>";
        for (const char c : one_line(text.substr(at, end - at))) {
            if (c == '<') {
                result += "&lt;";
            } else if (c == '>') {
                result += "&gt;";
            } else if (c == '&') {
                result += "&amp;";
            } else {
                result += c;
            }
        }
        at = end + 1;
    }
    return result;
}

}  // namespace

void write_html(const Rows& rows, std::ostream& out) {
    out << "<table>\n<thead>\n<tr>";
    for (const std::string& column : rows.columns) out << "<th>" << escaped(column) << "</th>";
    out << "</tr>\n</thead>\n<tbody>\n";
    for (std::size_t i = 0; i < rows.size() && out; ++i) {
        out << "<tr>";
        for (const Value& value : rows[i]) {
            out << "<td class=\"" << class_of(value.kind()) << "\">"
                << escaped(value.is_null() ? std::string() : to_display(value, rows.snapshot)) << "</td>";
        }
        out << "</tr>\n";
    }
    out << "</tbody>\n</table>\n";
}

}  // namespace islet::cli
