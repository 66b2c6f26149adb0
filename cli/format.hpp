// The formats of results. One writer a file (format_*.cpp); format.cpp names them.
// What each does with every kind of value: docs/formats.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "islet/database.hpp"
#include "terminal.hpp"

namespace islet::cli {

enum class Format : std::uint8_t { table, csv, tsv, json, jsonl, markdown, html, vertical };

/// In the order in which help names them.
std::span<const std::string_view> format_names();
std::optional<Format> find_format(std::string_view name);
std::string_view name_of(Format format);

/// What a writer writes: the rows of a result, apart from how they came about.
struct Rows {
    std::vector<std::string> columns;
    std::vector<Value> values;  ///< row after row
    Snapshot snapshot;

    [[nodiscard]] std::size_t size() const noexcept {
        return columns.empty() ? 0 : values.size() / columns.size();
    }
    [[nodiscard]] Row operator[](std::size_t row) const {
        return Row(values).subspan(row * columns.size(), columns.size());
    }
};

Rows rows_of(const Result& result);

/// For whom the formats that people read are laid out.
struct Layout {
    bool boxes = false;  ///< lines of box-drawing characters, else of `-` and `|`
    bool colour = false;
    std::size_t width = 0;      ///< 0: as wide as it gets
    bool wrap = true;           ///< what is too wide goes on in the next line, else it is cut with `…`
    bool vertical_too = false;  ///< a table that would be unreadable in that width is written as `vertical`
};

/// Writes the rows. The machine formats take no notice of `layout`.
void write_rows(Format format, const Rows& rows, const Layout& layout, std::ostream& out);

/// Whether something must stand between two results of this format for a reader to tell them apart.
bool needs_blank_line_between(Format format);

void write_table(const Rows& rows, const Layout& layout, std::ostream& out);
void write_vertical(const Rows& rows, const Layout& layout, std::ostream& out);
void write_markdown(const Rows& rows, std::ostream& out);
void write_html(const Rows& rows, std::ostream& out);
void write_csv_rows(const Rows& rows, std::ostream& out);
void write_tsv_rows(const Rows& rows, std::ostream& out);
void write_json_rows(const Rows& rows, std::ostream& out);
void write_jsonl_rows(const Rows& rows, std::ostream& out);

/// A value as a cell of CSV and TSV before quoting: strings and numbers bare, null nothing,
/// anything built of others as JSON text.
std::string bare_cell(const Value& value, const Snapshot& snapshot);

/// A value as people read it, on one line.
std::string shown_cell(const Value& value, const Snapshot& snapshot);

/// The colour of a value's kind.
Paint paint_of(Kind kind);

}  // namespace islet::cli
