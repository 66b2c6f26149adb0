#include "csv_reader.hpp"

#include <utility>

#include "islet/error.hpp"

namespace islet::query {
namespace {

constexpr int end_of_file = std::char_traits<char>::eof();

/// Whether a text is UTF-8, without the forms that stand for no character.
bool is_utf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0 || i + length > text.size()) return false;
        std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80U) return false;
            code = code << 6 | (next & 0x3FU);
        }
        if (length == 3 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) return false;
        if (length == 4 && (code < 0x10000 || code > 0x10FFFF)) return false;
        i += length;
    }
    return true;
}

}  // namespace

CsvReader::CsvReader(std::string path, char separator)
    : path_(std::move(path)), separator_(separator), file_(path_, std::ios::binary) {
    if (!file_ || file_.peek() == end_of_file) {
        // An empty file is a file without rows; what cannot be read fails at the first look.
        if (!file_.is_open() || file_.bad()) fail(0, "the file cannot be read");
    }
    // A byte order mark says nothing.
    char mark[3] = {};
    if (file_.read(mark, 3) && std::string(mark, 3) == "\xEF\xBB\xBF") return;
    file_.clear();
    file_.seekg(0);
}

void CsvReader::fail(std::uint64_t line, std::string message, std::string hint) const {
    throw Exception({.code = "22N27",
                     .kind = "ExternalError",
                     .phase = "runtime",
                     .detail = "InvalidFile",
                     .message = path_ + (line > 0 ? ", line " + std::to_string(line) : "") + ": " + message,
                     .span = {},
                     .hint = std::move(hint),
                     .place = path_ + (line > 0 ? ":" + std::to_string(line) : "")});
}

/// The next character, with any line end as one newline.
int CsvReader::get() {
    int c = file_.get();
    if (c == '\r') {
        if (file_.peek() == '\n') file_.get();
        c = '\n';
    }
    if (c == '\n') ++line_;
    if (c == end_of_file && file_.bad()) fail(line_, "the file cannot be read to its end");
    return c;
}

void CsvReader::check(const std::string& text) const {
    if (!is_utf8(text)) fail(row_line_, "a field is not UTF-8", "save the file as UTF-8");
}

CsvReader::Field CsvReader::quoted(int& after) {
    const std::uint64_t begin = line_;
    std::string text;
    while (true) {
        const int c = get();
        if (c == end_of_file) fail(begin, "the quote that opens a field here is never closed");
        if (c != '"') {
            text += static_cast<char>(c);
            continue;
        }
        after = get();
        if (after != '"') break;
        text += '"';
    }
    if (after != separator_ && after != '\n' && after != end_of_file) {
        fail(line_, "text stands behind the closing quote of a field",
             "a quote inside of a quoted field is written twice: `\"\"`");
    }
    check(text);
    return text;
}

CsvReader::Field CsvReader::field(int& after) {
    after = get();
    if (after == '"') return quoted(after);
    std::string text;
    for (; after != separator_ && after != '\n' && after != end_of_file; after = get())
        text += static_cast<char>(after);
    if (text.empty()) return std::nullopt;
    check(text);
    return text;
}

bool CsvReader::next(std::vector<Field>& row) {
    while (true) {
        row.clear();
        row_line_ = line_;
        int after = 0;
        do {
            row.push_back(field(after));
        } while (after == separator_);
        const bool empty = row.size() == 1 && !row.front();
        if (!empty) return true;
        if (after == end_of_file) return false;
    }
}

}  // namespace islet::query
