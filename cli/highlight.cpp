#include "highlight.hpp"

#include <algorithm>
#include <cctype>

#include "query_context.hpp"
#include "shell_input.hpp"
#include "terminal.hpp"

namespace islet::cli {

namespace {

bool word_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

bool is_keyword(std::string_view word) {
    std::string upper(word);
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return std::binary_search(keywords().begin(), keywords().end(), upper);
}

/// The end of what begins at `at`: a text, a quoted name, a comment, a word, or one character.
std::size_t end_of(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c == '\'' || c == '"' || c == '`') {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] != c) end += text[end] == '\\' && c != '`' ? 2 : 1;
        return std::min(end + 1, text.size());
    }
    if (text.substr(at).starts_with("//")) return std::min(text.find('\n', at), text.size());
    if (text.substr(at).starts_with("/*")) return std::min(text.find("*/", at + 2), text.size() - 2) + 2;
    std::size_t end = at;
    while (end < text.size() && word_byte(text[end])) ++end;
    return std::max(end, at + 1);
}

Paint paint_of_token(std::string_view token, char before) {
    const char c = token.front();
    if (c == '\'' || c == '"') return Paint::string;
    if (token.starts_with("//") || token.starts_with("/*")) return Paint::dim;
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) return Paint::number;
    const bool name = before == ':' || before == '.' || before == '$' || before == '|' || before == '&';
    return !name && is_keyword(token) ? Paint::keyword : Paint::none;
}

bool is_source(std::string_view line) {
    const std::string_view text = trimmed(line);
    return line.starts_with(' ') && text.starts_with('[') && text.ends_with(']');
}

/// `Reading: …`: the end of the heading; 0 where the line has none.
std::size_t heading_of(std::string_view line) {
    if (line.empty() || line.front() == ' ') return 0;
    if (line.ends_with(':')) return line.size();
    const std::size_t colon = line.find(": ");
    const bool one_word =
        colon != std::string_view::npos && line.substr(0, colon).find(' ') == std::string::npos;
    return one_word ? colon + 1 : 0;
}

}  // namespace

std::string painted_query(std::string_view query) {
    std::string result;
    char before = '\0';
    for (std::size_t at = 0; at < query.size();) {
        const std::size_t end = end_of(query, at);
        const std::string_view token = query.substr(at, end - at);
        result += painted(token, paint_of_token(token, before), true);
        if (std::isspace(static_cast<unsigned char>(token.back())) == 0) before = token.back();
        at = end;
    }
    return result;
}

std::string painted_answer(std::string_view answer) {
    std::string result;
    bool in_query = false;
    for (std::size_t at = 0; at < answer.size();) {
        const std::size_t end = std::min(answer.find('\n', at), answer.size());
        const std::string_view line = answer.substr(at, end - at);
        in_query = (in_query && line.starts_with(' ')) || line == "Query:";
        const std::size_t heading = heading_of(line);
        if (in_query && heading == 0) {
            result += painted_query(line);
        } else if (is_source(line)) {
            result += painted(line, Paint::dim, true);
        } else {
            result += painted(line.substr(0, heading), Paint::header, true);
            result += line.substr(heading);
        }
        if (end < answer.size()) result += '\n';
        at = end + 1;
    }
    return result;
}

}  // namespace islet::cli
