#include "syntax_error.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <vector>

#include "scanner.hpp"

namespace islet::parser {

namespace {

// What a misspelt word may have been meant to be.
constexpr std::array<std::string_view, 46> keywords = {
    "MATCH",   "OPTIONAL", "RETURN",   "WHERE", "WITH",   "UNWIND",   "CREATE", "MERGE", "DELETE", "DETACH",
    "REMOVE",  "SET",      "CALL",     "YIELD", "UNION",  "ORDER",    "BY",     "SKIP",  "OFFSET", "LIMIT",
    "AS",      "ON",       "DISTINCT", "DESC",  "ASC",    "CONTAINS", "STARTS", "ENDS",  "AND",    "OR",
    "XOR",     "NOT",      "IN",       "IS",    "NULL",   "CASE",     "WHEN",   "THEN",  "ELSE",   "END",
    "EXPLAIN", "PROFILE",  "FOREACH",  "LOAD",  "FILTER", "FINISH"};

struct Token {
    char const* begin;
    char const* end;

    [[nodiscard]] std::string_view text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

bool is_word(Token const& token, char const* last) {
    return scan::word_end(token.begin, last) == token.end && token.end != token.begin;
}

// The token at `at`, wide enough to be recognised: a word, a number, a string, an operator or one character.
Token token_at(char const* at, char const* last) {
    if (at == last) return {at, at};
    char const* end = scan::word_end(at, last);
    if (end != at) return {at, end};
    if (scan::is_digit(*at)) {
        end = std::find_if_not(at, last, scan::is_digit);
        return {at, end};
    }
    if (*at == '\'' || *at == '"' || *at == '`') {
        end = at;
        scan::step(end, last);
        return {at, end};
    }
    static constexpr std::array<std::string_view, 9> wide = {"<=", ">=", "<>", "..", "=~",
                                                             "+=", "||", "!=", "/*"};
    std::string_view const rest(at, static_cast<std::size_t>(last - at));
    for (auto const symbol : wide) {
        if (rest.substr(0, symbol.size()) == symbol) return {at, at + symbol.size()};
    }
    unsigned length = 0;
    scan::decode(at, last, length);
    return {at, at + length};
}

std::string shown(Token const& token) {
    constexpr std::ptrdiff_t most = 40;
    if (token.begin == token.end) return "the end of the query";
    std::string text(token.begin, token.end);
    text = text.substr(0, text.find('\n'));
    if (static_cast<std::ptrdiff_t>(text.size()) > most) {
        std::size_t cut = most;
        while ((static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
        text = text.substr(0, cut) + "…";
    }
    if (text.front() == '`') return "the name " + text;
    if (text.front() == '\'' || text.front() == '"') return "the string " + text;
    return quoted(text);
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> previous(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                current[j] = std::min(current[j], before[j - 2] + 1);
            }
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

// The keyword that a word was probably meant to be, or nothing.
std::string_view nearest_keyword(std::string_view word) {
    if (word.size() < 2 || word.size() > 12) return {};
    std::string const wanted = upper(word);
    std::string_view best;
    std::size_t best_distance = wanted.size() >= 5 ? 3 : 2;
    for (auto const keyword : keywords) {
        if (keyword == wanted) return {};
        // A short keyword is within reach of every short word.
        if (keyword.size() < 3 || wanted.size() < 3) continue;
        std::size_t const found = distance(wanted, keyword);
        if (found < best_distance) {
            best_distance = found;
            best = keyword;
        }
    }
    return best;
}

std::string place(std::string_view text, char const* at) {
    char const* line_begin = text.data();
    std::size_t line = 1;
    for (char const* c = text.data(); c != at; ++c) {
        if (*c != '\n') continue;
        ++line;
        line_begin = c + 1;
    }
    auto const column = 1 + std::count_if(line_begin, at, [](char c) {
                            return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
                        });
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// The innermost bracket open at `at`, and the token before it.
struct Surroundings {
    char const* bracket = nullptr;
    Token before{nullptr, nullptr};
};

Surroundings surroundings(char const* first, char const* at, char const* last) {
    std::vector<char const*> open;
    Surroundings result;
    while (true) {
        scan::skip_blank(first, last);
        if (first >= at) break;
        Token const token = token_at(first, last);
        switch (*token.begin) {
            case '(':
            case '[':
            case '{':
                open.push_back(token.begin);
                break;
            case ')':
            case ']':
            case '}':
                if (!open.empty()) open.pop_back();
                break;
            default:
                break;
        }
        result.before = token;
        first = token.end;
    }
    if (!open.empty()) result.bracket = open.back();
    return result;
}

std::string_view closing(char open) {
    return open == '(' ? ")" : open == '[' ? "]" : "}";
}

// A character that only looks like one of openCypher's.
std::string_view lookalike(char32_t code) {
    switch (code) {
        case 0x2010:
        case 0x2011:
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015:
        case 0x2212:
        case 0xFE63:
        case 0xFF0D:
            return "-";
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x2032:
            return "'";
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x2033:
            return "\"";
        case 0x2192:
            return "->";
        case 0x2190:
            return "<-";
        case 0x2264:
            return "<=";
        case 0x2265:
            return ">=";
        case 0x2260:
            return "<>";
        case 0x00D7:
            return "*";
        case 0x00F7:
            return "/";
        case 0xFF08:
            return "(";
        case 0xFF09:
            return ")";
        case 0xFF0C:
            return ",";
        case 0xFF1A:
            return ":";
        default:
            return {};
    }
}

// Whether a name fits between what stands before and behind: then a keyword there was probably meant as one.
bool is_name_place(Surroundings const& around, Token const& found, char const* last) {
    char const* next = found.end;
    scan::skip_blank(next, last);
    bool const after_opening = around.before.begin != nullptr && around.before.end != around.before.begin &&
                               std::string_view("([,.").find(*around.before.begin) != std::string_view::npos;
    if (next == last) return after_opening;
    return std::string_view(".,:)]").find(*next) != std::string_view::npos;
}

std::string hint_for_word(std::string_view expected, Surroundings const& around, Token const& found,
                          char const* last) {
    auto const word = std::string(found.text());
    if (auto const near = nearest_keyword(word); !near.empty()) return "did you mean " + quoted(near) + "?";
    if (expected.substr(0, 9) == "a pattern" && !scan::is_reserved(word)) {
        return "a node stands in parentheses: `(" + word + ")`";
    }
    if (scan::is_reserved(word) && is_name_place(around, found, last)) {
        return quoted(word) + " is a keyword: as a name it needs back quotes";
    }
    return {};
}

std::string hint_for_bracket(std::string_view text, std::string_view expected, Surroundings const& around,
                             Token const& found) {
    if (around.bracket == nullptr) return {};
    bool const ends = found.begin == found.end;
    bool const closes = expected.find("to close") != std::string_view::npos;
    bool const cannot_continue =
        !ends && (std::string_view(")]};-<>").find(*found.begin) != std::string_view::npos ||
                  scan::is_reserved(found.text()));
    if (!ends && !(closes && cannot_continue)) return {};
    return quoted(around.bracket, around.bracket + 1) + " at " + place(text, around.bracket) +
           " is not closed by " + quoted(closing(*around.bracket));
}

std::string hint_for(std::string_view text, std::string_view expected, Token const& found) {
    char const* const last = text.data() + text.size();
    auto const around = surroundings(text.data(), found.begin, last);
    auto const before = around.before.begin == nullptr ? std::string_view{} : around.before.text();
    if (found.text() == "!=") return "`<>` compares for inequality";
    if (found.text() == "=" && before == "=") return "a single `=` compares for equality";
    if (found.text() == "/*") return "the comment that begins here is never closed";

    bool const word = is_word(found, last);
    if (word) {
        if (auto hint = hint_for_word(expected, around, found, last); !hint.empty()) return hint;
    }
    if (auto hint = hint_for_bracket(text, expected, around, found); !hint.empty()) return hint;
    if (word && around.before.begin != nullptr && is_word(around.before, last)) {
        if (auto const near = nearest_keyword(before); !near.empty()) {
            return "did you mean " + quoted(near) + " instead of " + quoted(before) + "?";
        }
    }
    return {};
}

}  // namespace

SyntaxError unexpected(std::string_view text, std::string_view expected, char const* at) {
    char const* const last = text.data() + text.size();
    scan::skip_blank(at, last);
    Token const found = token_at(at, last);
    SyntaxError error;
    error.span = {static_cast<std::uint32_t>(found.begin - text.data()),
                  static_cast<std::uint32_t>(found.end - text.data())};

    if (found.begin != found.end && !scan::is_ascii(*found.begin) && scan::word_end(at, last) == at) {
        unsigned length = 0;
        char32_t const code = scan::decode(at, last, length);
        error.detail = "InvalidUnicodeCharacter";
        error.message = "the character " + quoted(found.text()) + " has no meaning here";
        if (auto const meant = lookalike(code); !meant.empty())
            error.hint = "did you mean " + quoted(meant) + "?";
        return error;
    }
    error.detail = "UnexpectedSyntax";
    error.message = "expected " + std::string(expected) + ", found " + shown(found);
    error.hint = hint_for(text, expected, found);
    return error;
}

SyntaxError worded(std::string_view text, SyntaxFailure const& failure) {
    ast::Span const span{static_cast<std::uint32_t>(failure.begin - text.data()),
                         static_cast<std::uint32_t>(failure.end - text.data())};
    return {failure.detail, failure.message, failure.hint, span};
}

}  // namespace islet::parser
