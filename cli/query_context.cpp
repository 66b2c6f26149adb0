#include "query_context.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>

namespace islet::cli {

namespace {

enum class TokenKind { word, text, symbol };

struct Token {
    TokenKind kind;
    std::string_view text;  ///< of a quoted name and a text without its quotes
    bool closed = true;
    char quote = '\0';
};

bool word_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

struct Tokens {
    std::vector<Token> list;
    bool in_comment = false;
};

/// Passes over a comment at `at`; false if there is none.
bool skip_comment(std::string_view text, std::size_t& at, bool& open) {
    const bool line = text.substr(at).starts_with("//");
    if (!line && !text.substr(at).starts_with("/*")) return false;
    const std::size_t end = line ? text.find('\n', at) : text.find("*/", at + 2);
    open = end == std::string_view::npos;
    at = open ? text.size() : end + (line ? 1 : 2);
    return true;
}

/// The text or quoted name at `at`.
Token quoted(std::string_view text, std::size_t& at) {
    const char quote = text[at];
    const std::size_t begin = ++at;
    while (at < text.size() && text[at] != quote) at += quote != '`' && text[at] == '\\' ? 2 : 1;
    const bool closed = at < text.size();
    const std::size_t end = std::min(at, text.size());
    at = closed ? at + 1 : text.size();
    return {quote == '`' ? TokenKind::word : TokenKind::text, text.substr(begin, end - begin), closed, quote};
}

Tokens tokens_of(std::string_view text) {
    Tokens tokens;
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++at;
        } else if (skip_comment(text, at, tokens.in_comment)) {
            continue;
        } else if (c == '\'' || c == '"' || c == '`') {
            tokens.list.push_back(quoted(text, at));
        } else if (word_byte(c)) {
            const std::size_t begin = at;
            while (at < text.size() && word_byte(text[at])) ++at;
            tokens.list.push_back({TokenKind::word, text.substr(begin, at - begin)});
        } else {
            tokens.list.push_back({TokenKind::symbol, text.substr(at++, 1)});
        }
    }
    return tokens;
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

bool is_keyword(std::string_view word) {
    return std::binary_search(keywords().begin(), keywords().end(), upper(word));
}

/// Reads the tokens before the word at the cursor.
class Reader {
 public:
    explicit Reader(const std::vector<Token>& tokens) : tokens_(tokens) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const std::string_view text = symbol(i);
            if (text == "(" || text == "[" || text == "{") open_.push_back(i);
            if ((text == ")" || text == "]" || text == "}") && !open_.empty()) open_.pop_back();
        }
    }

    QueryContext read(QueryContext context) const {
        context.variables = variables();
        if (context.quote == '\'' || context.quote == '"') return value(std::move(context));
        const std::size_t end = tokens_.size();
        const std::string_view last = end == 0 ? std::string_view{} : symbol(end - 1);
        using Expects = QueryContext::Expects;
        if (last == "$") {
            context.expects = Expects::parameter;
        } else if (last == "." && end > 1) {
            behind_dot(context);
        } else if (last == ":" || last == "|" || last == "&" || last == "!") {
            behind_colon(context);
        } else if (in_pattern_map() && (last == "{" || last == ",")) {
            context.expects = Expects::key;
            describe(open_.back(), context);
        } else if (const auto called = procedure_before_yield()) {
            context.expects = Expects::output;
            context.procedure = *called;
        } else if (end > 0 && word(end - 1) == "CALL") {
            context.expects = Expects::procedure;
        } else if (last == "(" && end > 1 && tokens_[end - 2].kind == TokenKind::word) {
            context.call = qualified_name(end - 2);
        }
        return context;
    }

 private:
    [[nodiscard]] std::string_view symbol(std::size_t i) const {
        return i < tokens_.size() && tokens_[i].kind == TokenKind::symbol ? tokens_[i].text
                                                                          : std::string_view{};
    }
    /// In capitals; empty for what is no bare word.
    [[nodiscard]] std::string word(std::size_t i) const {
        const bool bare =
            i < tokens_.size() && tokens_[i].kind == TokenKind::word && tokens_[i].quote == '\0';
        return bare ? upper(tokens_[i].text) : std::string{};
    }
    [[nodiscard]] bool is_name(std::size_t i) const {
        return i < tokens_.size() && tokens_[i].kind == TokenKind::word;
    }

    /// Whether the square bracket at `i` is that of a relationship: `-[`.
    [[nodiscard]] bool of_relationship(std::size_t i) const {
        return symbol(i) == "[" && i > 0 && symbol(i - 1) == "-";
    }
    /// Whether the round bracket at `i` is that of a node: what stands before it calls nothing.
    [[nodiscard]] bool of_node(std::size_t i) const {
        return symbol(i) == "(" && (i == 0 || !is_name(i - 1) || is_keyword(tokens_[i - 1].text));
    }
    /// The cursor stands right in the map of a node or relationship.
    [[nodiscard]] bool in_pattern_map() const {
        if (open_.size() < 2 || symbol(open_.back()) != "{") return false;
        const std::size_t outer = open_[open_.size() - 2];
        return of_node(outer) || of_relationship(outer);
    }

    [[nodiscard]] std::string qualified_name(std::size_t last) const {
        std::string name(tokens_[last].text);
        while (last >= 2 && symbol(last - 1) == "." && is_name(last - 2)) {
            last -= 2;
            name = std::string(tokens_[last].text) + "." + name;
        }
        return name;
    }

    /// The label or type that the element around the `{` at `map` names.
    void describe(std::size_t map, QueryContext& context) const {
        const auto at = std::find(open_.begin(), open_.end(), map);
        if (at == open_.begin() || at == open_.end()) return;
        const std::size_t element = *(at - 1);
        for (std::size_t i = element + 1; i < map; ++i) {
            if (symbol(i) == ":" && is_name(i + 1)) {
                (of_relationship(element) ? context.type : context.label) = tokens_[i + 1].text;
                return;
            }
        }
        if (is_name(element + 1)) describe_variable(tokens_[element + 1].text, context);
    }
    /// The label or type that the text gives a variable: `(x:Label`, `[x:TYPE`.
    void describe_variable(std::string_view name, QueryContext& context) const {
        for (std::size_t i = 1; i + 2 < tokens_.size(); ++i) {
            if (is_name(i) && tokens_[i].text == name && symbol(i + 1) == ":" && is_name(i + 2)) {
                if (symbol(i - 1) == "[") context.type = tokens_[i + 2].text;
                if (symbol(i - 1) == "(") context.label = tokens_[i + 2].text;
                if (!context.type.empty() || !context.label.empty()) return;
            }
        }
    }

    void behind_dot(QueryContext& context) const {
        const std::size_t before = tokens_.size() - 2;
        if (!is_name(before)) return;
        context.qualifier = qualified_name(before);
        std::size_t first = before;
        while (first >= 2 && symbol(first - 1) == ".") first -= 2;
        if (first > 0 && word(first - 1) == "CALL") {
            context.expects = QueryContext::Expects::procedure;
            context.word = context.qualifier + "." + context.word;
            return;
        }
        context.expects = QueryContext::Expects::key;
        describe_variable(tokens_[before].text, context);
    }

    void behind_colon(QueryContext& context) const {
        using Expects = QueryContext::Expects;
        if (open_.empty()) {
            context.expects = symbol(tokens_.size() - 1) == ":" ? Expects::label : Expects::anything;
        } else if (of_relationship(open_.back())) {
            context.expects = Expects::type;
        } else if (symbol(open_.back()) == "(") {
            context.expects = Expects::label;
        } else if (symbol(open_.back()) == "{" && symbol(tokens_.size() - 1) == ":") {
            context.expects = context.word.empty() ? Expects::nothing : Expects::anything;
        }
    }

    /// In a string: of which property it is a value.
    QueryContext value(QueryContext context) const {
        context.expects = QueryContext::Expects::nothing;
        std::size_t i = tokens_.size();
        // Over what a list holds so far: `IN ['a', 'b`.
        if (!open_.empty() && symbol(open_.back()) == "[" && !of_relationship(open_.back())) i = open_.back();
        if (i < 2) return context;
        if (symbol(i - 1) == ":" && is_name(i - 2) && in_map_of_pattern(i)) {
            context.expects = QueryContext::Expects::value;
            context.key = tokens_[i - 2].text;
            describe(innermost_map(), context);
            return context;
        }
        while (i > 0 && is_comparison(i - 1)) --i;
        if (i == tokens_.size() || i < 3 || symbol(i - 2) != "." || !is_name(i - 1) || !is_name(i - 3)) {
            return context;
        }
        context.expects = QueryContext::Expects::value;
        context.key = tokens_[i - 1].text;
        describe_variable(tokens_[i - 3].text, context);
        return context;
    }
    [[nodiscard]] std::size_t innermost_map() const {
        const auto at =
            std::find_if(open_.rbegin(), open_.rend(), [&](std::size_t i) { return symbol(i) == "{"; });
        return at == open_.rend() ? tokens_.size() : *at;
    }
    [[nodiscard]] bool in_map_of_pattern(std::size_t i) const {
        const std::size_t map = innermost_map();
        return map < i && map != tokens_.size();
    }
    [[nodiscard]] bool is_comparison(std::size_t i) const {
        static const std::set<std::string, std::less<>> words{"IN",   "CONTAINS", "STARTS",
                                                              "ENDS", "WITH",     "NOT"};
        const std::string_view text = symbol(i);
        return text == "=" || text == "<" || text == ">" || words.contains(word(i));
    }

    [[nodiscard]] std::optional<std::string> procedure_before_yield() const {
        std::size_t i = tokens_.size();
        if (i == 0 || (word(i - 1) != "YIELD" && symbol(i - 1) != ",")) return std::nullopt;
        while (i > 0 && (symbol(i - 1) == "," || is_name(i - 1)) && word(i - 1) != "YIELD") --i;
        if (i == 0 || word(i - 1) != "YIELD") return std::nullopt;
        for (std::size_t call = i - 1; call > 0; --call) {
            if (word(call - 1) != "CALL") continue;
            std::size_t last = call;
            while (symbol(last + 1) == "." && is_name(last + 2)) last += 2;
            return is_name(last) ? std::optional(qualified_name(last)) : std::nullopt;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::vector<std::string> variables() const {
        std::set<std::string> found;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (!is_name(i) || (tokens_[i].quote == '\0' && is_keyword(tokens_[i].text))) continue;
            const std::string_view before = i == 0 ? std::string_view{} : symbol(i - 1);
            const std::string_view after = symbol(i + 1);
            const bool bound =
                before == "(" || before == "[" || (i > 0 && word(i - 1) == "AS") || after == "=";
            if (bound && after != "(" && after != "." &&
                std::isdigit(static_cast<unsigned char>(tokens_[i].text.front())) == 0) {
                found.emplace(tokens_[i].text);
            }
        }
        return {found.begin(), found.end()};
    }

    const std::vector<Token>& tokens_;
    std::vector<std::size_t> open_;  ///< places of the brackets that are open at the cursor
};

}  // namespace

QueryContext query_context(std::string_view before_cursor) {
    Tokens tokens = tokens_of(before_cursor);
    QueryContext context;
    if (tokens.in_comment) {
        context.expects = QueryContext::Expects::nothing;
        return context;
    }
    auto& list = tokens.list;
    const bool at_word = !list.empty() && (list.back().kind != TokenKind::symbol) &&
                         (list.back().quote != '\0' ? !list.back().closed : word_byte(before_cursor.back()));
    if (at_word) {
        context.word = list.back().text;
        context.quote = list.back().quote;
        list.pop_back();
    }
    return Reader(list).read(std::move(context));
}

const std::vector<std::string>& keywords() {
    static const std::vector<std::string> all{
        "ALL",    "AND",      "ANY",        "AS",       "ASC",    "ASSERT", "BY",       "CALL",     "CASE",
        "CITE",   "COLLECT",  "CONSTRAINT", "CONTAINS", "COUNT",  "CREATE", "CSV",      "DELETE",   "DESC",
        "DETACH", "DISTINCT", "DROP",       "ELSE",     "END",    "ENDS",   "EXISTS",   "EXPLAIN",  "FALSE",
        "FOR",    "FOREACH",  "FROM",       "HEADERS",  "IN",     "INDEX",  "IS",       "LIMIT",    "LOAD",
        "MATCH",  "MERGE",    "NONE",       "NOT",      "NULL",   "OFFSET", "ON",       "OPTIONAL", "OR",
        "ORDER",  "PROFILE",  "REMOVE",     "REQUIRE",  "RETURN", "SET",    "SHORTEST", "SHOW",     "SINGLE",
        "SKIP",   "STARTS",   "THEN",       "TRUE",     "UNION",  "UNIQUE", "UNWIND",   "WHEN",     "WHERE",
        "WITH",   "XOR",      "YIELD"};
    return all;
}

}  // namespace islet::cli
