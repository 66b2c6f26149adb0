#include "shell_input.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "islet/parser.hpp"

namespace islet::cli {

namespace {

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool word_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Takes the next word in capitals, and what blanks surround it, off the front of `text`.
std::string take_word(std::string_view& text) {
    text = trimmed(text);
    std::string word;
    while (!text.empty() && word_char(text.front())) {
        word += static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
        text.remove_prefix(1);
    }
    text = trimmed(text);
    return word;
}

template <std::size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// `(…`, `p = (…`, `shortestPath(…`, `ANY SHORTEST (…`, or nothing yet.
bool like_pattern(std::string_view rest) {
    if (rest.empty() || rest.front() == '(' || rest.front() == '`') return true;
    const std::string word = take_word(rest);
    if (word.empty()) return false;
    if (rest.starts_with('=') || rest.starts_with('(')) return true;
    return is_one_of<4>(word, {"SHORTEST", "ANY", "ALL", "TRAIL"}) &&
           rest.find('(') != std::string_view::npos;
}

/// A list of expressions, as RETURN and WITH have it, rather than the rest of a sentence: what follows
/// the first operand is an operator, AS, or another keyword.
bool like_projection(std::string_view rest) {
    if (rest.empty()) return true;
    if (word_char(rest.front()) && std::isdigit(static_cast<unsigned char>(rest.front())) == 0) {
        const std::string word = take_word(rest);
        if (word == "DISTINCT") return true;
        if (rest.empty() || !word_char(rest.front())) return !rest.starts_with('?');
        const std::string next = take_word(rest);
        return is_one_of<14>(next, {"AS", "ORDER", "LIMIT", "SKIP", "WHERE", "MATCH", "RETURN", "UNWIND",
                                    "IN", "IS", "AND", "OR", "STARTS", "CONTAINS"}) ||
               word == "CASE" || word == "NOT";
    }
    return true;
}

bool like_call(std::string_view rest) {
    if (rest.empty() || rest.front() == '{' || rest.front() == '(') return true;
    take_word(rest);
    return rest.starts_with('.') || rest.starts_with('(');
}

/// What follows CREATE, DROP or SHOW in a command on constraints and indexes. `SHOW PROCEDURES` ends there or
/// goes on with a keyword: "show procedures for insulinoma" is a question.
bool like_schema_command(const std::string& word, std::string_view rest) {
    std::string next = take_word(rest);
    if (word != "SHOW") {
        if (word == "CREATE" && is_one_of<4>(next, {"RANGE", "TEXT", "FULLTEXT", "BTREE"}))
            return take_word(rest) == "INDEX";
        if (next != "CONSTRAINT" && next != "INDEX") return false;
        if (rest.starts_with('`')) return true;
        const std::string name = take_word(rest);
        return word == "CREATE" ? name == "FOR" || name == "ON" || name == "IF" ||
                                      is_one_of<3>(take_word(rest), {"FOR", "ON", "IF"})
                                : rest.empty() || take_word(rest) == "IF";
    }
    if (next == "ALL") next = take_word(rest);
    if (!is_one_of<9>(next, {"CONSTRAINTS", "CONSTRAINT", "INDEXES", "INDEX", "FUNCTIONS", "FUNCTION",
                             "PROCEDURES", "PROCEDURE", "SCHEMA"})) {
        return false;
    }
    return rest.empty() || is_one_of<3>(take_word(rest), {"YIELD", "WHERE", "RETURN"});
}

bool like_query(std::string_view text, int depth) {
    while (text.starts_with("/*")) {
        const std::size_t end = text.find("*/", 2);
        if (end == std::string_view::npos) return true;
        text = trimmed(text.substr(end + 2));
        if (text.empty()) return true;
    }
    if (text.starts_with("//")) return true;
    std::string_view rest = text;
    const std::string word = take_word(rest);
    if ((word == "CREATE" || word == "DROP" || word == "SHOW") && like_schema_command(word, rest))
        return true;
    if (word == "MATCH" || word == "CREATE" || word == "MERGE") return like_pattern(rest);
    if (word == "RETURN" || word == "WITH") return like_projection(rest);
    if (word == "CALL") return like_call(rest);
    if (word == "UNWIND") return true;
    if (word == "OPTIONAL") return rest.empty() || take_word(rest) == "MATCH";
    if (word == "LOAD") return rest.empty() || take_word(rest) == "CSV";
    if (word == "FOREACH") return rest.empty() || rest.front() == '(';
    if (word == "EXPLAIN" || word == "PROFILE" || word == "CITE") {
        return rest.empty() || (depth < 3 && like_query(rest, depth + 1));
    }
    // Clauses that cannot come first: the parser says so better than the question form.
    if (word == "DETACH") return take_word(rest) == "DELETE";
    if (word == "SET" || word == "REMOVE" || word == "DELETE") {
        return !take_word(rest).empty() && (rest.starts_with('.') || rest.starts_with(':'));
    }
    // A misspelt first word before what no question holds.
    return text.find("-[") != std::string_view::npos || text.find("]-") != std::string_view::npos ||
           (text.find("(:") != std::string_view::npos) ||
           (text.starts_with('(') && text.find("RETURN") != std::string_view::npos);
}

/// What people of other shells type: a command as a line of its own, without its `:`.
std::optional<std::string> bare_command(std::string_view line) {
    while (line.ends_with(';')) line = trimmed(line.substr(0, line.size() - 1));
    std::string_view rest = line;
    std::string word = take_word(rest);
    if (!rest.empty()) return std::nullopt;
    if (word == "EXIT") return "quit";
    if (!is_one_of<5>(word, {"BEGIN", "COMMIT", "ROLLBACK", "QUIT", "HELP"})) return std::nullopt;
    for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return word;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

bool begins_like_query(std::string_view line) {
    const std::string_view text = trimmed(line);
    return !text.empty() && like_query(text, 0);
}

std::vector<Input> InputReader::feed(std::string_view line) {
    if (!pending()) {
        const std::string_view text = trimmed(line);
        if (text.empty() || text == ";") return {};
        if (text.front() == ':' || text.front() == '.') {
            return {{InputKind::command, std::string(trimmed(text.substr(1)))}};
        }
        if (const auto command = bare_command(text)) return {{InputKind::command, *command}};
        if (!begins_like_query(text)) return {{InputKind::question, std::string(text)}};
    }
    buffer_ += line;
    buffer_ += '\n';
    const parser::Script script = parser::split(buffer_);
    std::vector<Input> inputs;
    std::string rest;
    for (std::size_t i = 0; i < script.statements.size(); ++i) {
        const std::string_view text = script.statements[i].text;
        if (!script.complete && i + 1 == script.statements.size()) {
            if (!trimmed(text).empty()) rest = buffer_.substr(script.statements[i].offset);
        } else if (!trimmed(text).empty()) {
            inputs.push_back({InputKind::query, std::string(text)});
        }
    }
    buffer_ = std::move(rest);
    return inputs;
}

std::optional<Input> InputReader::finish() {
    const std::string text(trimmed(buffer_));
    buffer_.clear();
    if (text.empty()) return std::nullopt;
    return Input{InputKind::query, text};
}

}  // namespace islet::cli
