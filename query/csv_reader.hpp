// Rows of a CSV file (RFC 4180): fields in double quotes may hold the separator, line ends and, doubled,
// the quote itself.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace islet::query {

class CsvReader {
 public:
    /// No text: the field was empty and not quoted.
    using Field = std::optional<std::string>;

    /// Throws Exception when the file cannot be read.
    CsvReader(std::string path, char separator);

    /// The next row that is not an empty line; false at the end. Throws Exception, with file and line, for a
    /// quote that is not closed, text behind a closing quote, and bytes that are no UTF-8.
    bool next(std::vector<Field>& row);
    /// Where the row that next() gave begins, from 1.
    [[nodiscard]] std::uint64_t line() const noexcept { return row_line_; }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    /// Throws: this went wrong in that line.
    [[noreturn]] void fail(std::uint64_t line, std::string message, std::string hint = {}) const;

 private:
    int get();
    Field field(int& after);
    Field quoted(int& after);
    void check(const std::string& text) const;

    std::string path_;
    char separator_;
    std::ifstream file_;
    std::uint64_t line_ = 1;
    std::uint64_t row_line_ = 1;
};

}  // namespace islet::query
