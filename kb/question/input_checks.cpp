#include "question/input_checks.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "question/terms.hpp"
#include "question/tokens.hpp"

namespace islet::kb {
namespace {

constexpr std::size_t most_words = 80;

/// An openCypher query: one of its first words that begin no English question, and a pattern in brackets.
bool is_query(std::string_view text) {
    static constexpr std::array<std::string_view, 6> first{"match", "optional", "create",
                                                           "merge", "unwind",   "foreach"};
    std::size_t at = 0;
    std::string word;
    while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
    while (at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0)
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
    if (std::find(first.begin(), first.end(), word) == first.end()) return false;
    const std::size_t open = text.find('(');
    return open != std::string_view::npos && text.find(')', open) != std::string_view::npos;
}

/// Whether the text holds a word that does more than ask ("Which ones?").
bool says_something(std::string_view text, const Lexicon& lexicon) {
    const Terms terms = find_terms(text, lexicon, Splitting::none, true);
    return !terms.unknown.empty() ||
           std::any_of(terms.terms.begin(), terms.terms.end(), [](const Term& term) {
               return !(term.is(Role::what) || term.is(Role::ask) || term.is(Role::idle) ||
                        term.is(Role::filler) || term.is(Role::that) || term.is(Role::conjunction));
           });
}

/// The parts between question marks, semicolons and line breaks that hold words.
std::vector<std::string> parts_of(std::string_view text, const Lexicon& lexicon) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t mark = text.find_first_of("?;\n", begin);
        const std::size_t end = std::min(mark, text.size());
        std::string_view part = text.substr(begin, end - begin);
        while (!part.empty() && std::isspace(static_cast<unsigned char>(part.front())) != 0)
            part.remove_prefix(1);
        if (!tokenize(part, lexicon.folding).empty())
            parts.emplace_back(std::string(part) + (mark < text.size() && text[mark] == '?' ? "?" : ""));
        begin = end + 1;
    }
    return parts;
}

}  // namespace

std::optional<NoQuestion> no_single_question(std::string_view text, const Lexicon& lexicon) {
    const std::size_t words = tokenize(text, lexicon.folding).size();
    if (words == 0) return NoQuestion{"the question is empty", lexicon.examples};
    if (is_query(text)) return NoQuestion{"this is an openCypher query, not a question; run it as a query"};
    if (words > most_words) {
        return NoQuestion{"a question of " + std::to_string(words) + " words is too long; at most " +
                          std::to_string(most_words) + " are read"};
    }
    std::vector<std::string> parts = parts_of(text, lexicon);
    if (parts.size() < 2) return std::nullopt;
    std::erase_if(parts, [&](const std::string& part) { return !says_something(part, lexicon); });
    if (parts.size() < 2) return std::nullopt;
    if (parts.size() > 5) parts.resize(5);
    return NoQuestion{"this is more than one question; ask one at a time", std::move(parts)};
}

}  // namespace islet::kb
