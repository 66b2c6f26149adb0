#include "completion.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "islet/completion.hpp"
#include "islet/error.hpp"
#include "shell_input.hpp"

namespace islet::cli {

namespace {

constexpr std::array<std::string_view, 44> keywords{
    "ALL",      "AND",   "ANY",     "AS",       "ASC",      "BY",     "CALL", "CASE",   "CITE",
    "CONTAINS", "COUNT", "DESC",    "DISTINCT", "ELSE",     "END",    "ENDS", "EXISTS", "EXPLAIN",
    "FALSE",    "IN",    "IS",      "LIMIT",    "MATCH",    "NONE",   "NOT",  "NULL",   "OPTIONAL",
    "OR",       "ORDER", "PROFILE", "RETURN",   "SHORTEST", "SINGLE", "SKIP", "STARTS", "THEN",
    "TRUE",     "UNION", "UNWIND",  "WHEN",     "WHERE",    "WITH",   "XOR",  "YIELD"};

bool starts_alike(std::string_view word, std::string_view beginning) {
    return word.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), word.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

template <class Words>
Completions matching(const Words& words, std::string_view beginning) {
    Completions found{beginning.size(), {}};
    for (const auto& word : words) {
        if (starts_alike(word, beginning)) found.words.emplace_back(word);
    }
    std::sort(found.words.begin(), found.words.end());
    found.words.erase(std::unique(found.words.begin(), found.words.end()), found.words.end());
    return found;
}

/// The word that ends a text.
std::string_view last_word(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0) {
        const auto c = static_cast<unsigned char>(text[begin - 1]);
        if (std::isalnum(c) == 0 && c != '_' && c < 0x80) break;
        --begin;
    }
    return text.substr(begin);
}

/// Names may have several words: the longest end of the line that begins a name wins.
Completions matching_names(const std::vector<std::string>& names, std::string_view before) {
    constexpr std::size_t most_words = 4;
    Completions best;
    std::size_t begin = before.size();
    for (std::size_t words = 0; words < most_words && begin > 0; ++words) {
        begin = before.rfind(' ', begin - 1);
        const std::string_view beginning = before.substr(begin == std::string_view::npos ? 0 : begin + 1);
        if (!beginning.empty()) {
            if (Completions found = matching(names, beginning); !found.words.empty()) best = std::move(found);
        }
        if (begin == std::string_view::npos) break;
    }
    return best;
}

}  // namespace

Completer::Completer(const KnowledgeBase& base, std::vector<std::string> commands)
    : base_(base), commands_(std::move(commands)) {
    const Snapshot& snapshot = base.snapshot();
    for (std::uint32_t i = 0; i < snapshot.label_count(); ++i)
        labels_.emplace_back(snapshot.name(LabelId{i}));
    for (std::uint32_t i = 0; i < snapshot.type_count(); ++i) types_.emplace_back(snapshot.name(TypeId{i}));
    for (std::uint32_t i = 0; i < snapshot.key_count(); ++i) keys_.emplace_back(snapshot.name(KeyId{i}));
    for (const Entity& entity : base.entities()) {
        names_.push_back(entity.name);
        names_.insert(names_.end(), entity.synonyms.begin(), entity.synonyms.end());
        names_.insert(names_.end(), entity.brand_names.begin(), entity.brand_names.end());
    }
}

Completions Completer::complete(std::string_view pending, std::string_view before) const {
    const std::string_view line = trimmed(before);
    const bool empty_so_far = trimmed(pending).empty();
    if (empty_so_far && (line.starts_with(':') || line.starts_with('.')) &&
        line.find(' ') == std::string_view::npos && !before.ends_with(' ')) {
        return matching(commands_, line.substr(1));
    }
    const std::string_view word = last_word(before);
    const std::string_view ahead = before.substr(0, before.size() - word.size());
    const bool first_word = empty_so_far && trimmed(ahead).empty();
    if (empty_so_far && !first_word && !begins_like_query(before) && !line.starts_with(':')) {
        QuestionCompletions next = complete_question(base_, before);
        if (!next.words.empty()) return {next.replaced, std::move(next.words)};
        return matching_names(names_, before);
    }
    if (ahead.ends_with(':') && !first_word) {
        // Types stand in square brackets, labels in round ones or behind a variable.
        const std::size_t bracket = ahead.find_last_of("([");
        return matching(bracket != std::string_view::npos && ahead[bracket] == '[' ? types_ : labels_, word);
    }
    if (ahead.ends_with('.')) return matching(keys_, word);
    if (word.empty()) return {};
    return matching(keywords, word);
}

}  // namespace islet::cli
