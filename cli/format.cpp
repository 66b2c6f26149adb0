#include "format.hpp"

#include <algorithm>
#include <array>

#include "islet/export.hpp"
#include "islet/text.hpp"
#include "text_width.hpp"

namespace islet::cli {

namespace {

constexpr std::array<std::string_view, 8> names{"table", "csv",      "tsv",  "json",
                                                "jsonl", "markdown", "html", "vertical"};

}  // namespace

std::span<const std::string_view> format_names() {
    return names;
}

std::optional<Format> find_format(std::string_view name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Format>(at - names.begin());
}

std::string_view name_of(Format format) {
    return names[static_cast<std::size_t>(format)];
}

Rows rows_of(const Result& result) {
    Rows rows{result.columns(), {}, result.snapshot()};
    rows.values.reserve(result.size() * rows.columns.size());
    for (const Row row : result) rows.values.insert(rows.values.end(), row.begin(), row.end());
    return rows;
}

void write_rows(Format format, const Rows& rows, const Layout& layout, std::ostream& out) {
    if (rows.columns.empty()) return;  // a statement that returns nothing
    switch (format) {
        case Format::table:
            return write_table(rows, layout, out);
        case Format::csv:
            return write_csv_rows(rows, out);
        case Format::tsv:
            return write_tsv_rows(rows, out);
        case Format::json:
            return write_json_rows(rows, out);
        case Format::jsonl:
            return write_jsonl_rows(rows, out);
        case Format::markdown:
            return write_markdown(rows, out);
        case Format::html:
            return write_html(rows, out);
        case Format::vertical:
            return write_vertical(rows, layout, out);
    }
}

bool needs_blank_line_between(Format format) {
    return format != Format::json && format != Format::jsonl;
}

std::string bare_cell(const Value& value, const Snapshot& snapshot) {
    switch (value.kind()) {
        case Kind::null:
            return {};
        case Kind::string:
            return std::string(value.as_string());
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            return temporal_text(value);
        case Kind::floating: {
            std::string text = json_text(value, snapshot);
            return text.front() == '"' ? text.substr(1, text.size() - 2) : text;  // NaN, Infinity
        }
        case Kind::boolean:
        case Kind::integer:
        case Kind::list:
        case Kind::map:
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
            return json_text(value, snapshot);
    }
    return {};
}

std::string shown_cell(const Value& value, const Snapshot& snapshot) {
    return one_line(to_display(value, snapshot));
}

Paint paint_of(Kind kind) {
    switch (kind) {
        case Kind::null:
            return Paint::dim;
        case Kind::boolean:
            return Paint::boolean;
        case Kind::integer:
        case Kind::floating:
            return Paint::number;
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            return Paint::temporal;
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
            return Paint::element;
        case Kind::string:
        case Kind::list:
        case Kind::map:
            return Paint::none;
    }
    return Paint::none;
}

}  // namespace islet::cli
