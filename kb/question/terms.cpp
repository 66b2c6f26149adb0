#include "question/terms.hpp"

#include <algorithm>
#include <optional>

#include "islet/error.hpp"

namespace islet::kb {
namespace {

/// How many slips of the pen a word of this length may hold.
std::size_t allowed_slips(std::size_t length) {
    if (length < 5) return 0;
    return length < 10 ? 1 : 2;
}

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The known word that `word` is a slip of; none if there is none or more than one.
std::optional<std::string> corrected(const std::string& word, const Lexicon& lexicon) {
    const std::size_t limit = allowed_slips(word.size());
    if (limit == 0 || has_digit(word) ||
        (lexicon.tables.flags(word) & (word_flag::other | word_flag::of_form)) != 0)
        return std::nullopt;
    std::optional<std::string> best;
    std::size_t best_distance = limit + 1;
    bool twice = false;
    for (const WordEntry& entry : lexicon.tables.words()) {
        if ((entry.flags & word_flag::of_phrase) == 0) continue;
        const std::string_view known = lexicon.tables.text(entry.text);
        if (known.size() < 5 || known.front() != word.front() || has_digit(known)) continue;
        const std::size_t distance = edit_distance(word, known, limit);
        if (distance > limit) continue;
        if (distance < best_distance) {
            best = known;
            best_distance = distance;
            twice = false;
        } else if (distance == best_distance) {
            twice = true;
        }
    }
    return twice ? std::nullopt : best;
}

std::vector<std::string> nearest_phrases(const std::string& words, const Lexicon& lexicon) {
    std::vector<std::pair<std::size_t, std::string>> near;
    const std::size_t limit = std::max<std::size_t>(2, words.size() / 3);
    for (std::size_t i = 0; i < lexicon.tables.phrase_count(); ++i) {
        const Phrase phrase = lexicon.tables.phrase(i);
        const bool names = std::any_of(phrase.senses.begin(), phrase.senses.end(), [](const Sense& sense) {
            return sense.kind == SenseKind::entity || sense.kind == SenseKind::label ||
                   sense.kind == SenseKind::document;
        });
        if (!names) continue;
        std::size_t distance = edit_distance(words, phrase.folded, limit);
        if (distance > limit) {
            // A longer name that holds the word is near too.
            const std::string padded = " " + std::string(phrase.folded) + " ";
            if (padded.find(" " + words + " ") == std::string::npos) continue;
            distance = limit;
        }
        near.emplace_back(distance, phrase.written);
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> found;
    for (const auto& [distance, written] : near) {
        if (found.size() == 3) break;
        if (std::find(found.begin(), found.end(), written) == found.end()) found.push_back(written);
    }
    return found;
}

std::string join(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
    std::string words;
    for (std::size_t i = first; i < last; ++i) {
        if (i > first) words += ' ';
        words += tokens[i].folded;
    }
    return words;
}

/// Whether all are words of verbs and the like that the lexicon has, only not by themselves.
bool known(const std::vector<Token>& tokens, std::size_t first, std::size_t last, const Lexicon& lexicon) {
    return std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                       tokens.begin() + static_cast<std::ptrdiff_t>(last), [&](const Token& token) {
                           const std::uint32_t flags = lexicon.tables.flags(token.folded);
                           return (flags & word_flag::of_form) != 0 ||
                                  ((flags & word_flag::of_phrase) != 0 && (flags & word_flag::of_name) == 0);
                       });
}

/// Known words that are written as one ("sideeffect"): those words; empty: none.
std::vector<std::string> apart(const std::string& word, const Lexicon& lexicon) {
    constexpr std::size_t shortest = 8;
    if (word.size() < shortest || (lexicon.tables.flags(word) & word_flag::other) != 0) return {};
    for (std::size_t i = 3; i + 3 <= word.size(); ++i) {
        const std::string first = word.substr(0, i);
        const std::string second = word.substr(i);
        if (lexicon.is_word(first) && lexicon.is_word(second) &&
            lexicon.tables.find_phrase(first + " " + second))
            return {first, second};
    }
    return {};
}

/// The cheapest cover of tokens[i..]: first as few uncovered words, then as few terms as possible.
struct Cover {
    std::size_t cost = 0;
    std::size_t length = 1;  ///< of the first piece
    std::optional<Phrase> phrase;
};

/// Whether the words i .. i + n hold a conjunction between others.
bool holds_conjunction(const std::vector<Token>& tokens, std::size_t i, std::size_t n,
                       const Lexicon& lexicon) {
    const Sense conjunction{SenseKind::role, static_cast<std::uint32_t>(Role::conjunction)};
    for (std::size_t k = i + 1; k + 1 < i + n; ++k) {
        const auto phrase = lexicon.find(tokens[k].folded);
        if (!phrase) continue;
        if (std::find(phrase->senses.begin(), phrase->senses.end(), conjunction) != phrase->senses.end())
            return true;
    }
    return false;
}

/// Whether the phrase only has meanings that gathering leaves out.
bool only_idle(const Phrase& phrase) {
    return std::all_of(phrase.senses.begin(), phrase.senses.end(), [](const Sense& sense) {
        const auto role = static_cast<Role>(sense.index);
        return sense.kind == SenseKind::role &&
               (role == Role::idle || role == Role::other || role == Role::clause || role == Role::pronoun);
    });
}

bool has_sense(const std::optional<Phrase>& phrase, SenseKind kind) {
    return phrase && std::any_of(phrase->senses.begin(), phrase->senses.end(),
                                 [&](const Sense& sense) { return sense.kind == kind; });
}

/// Whether an article parts the words after a name: "is basil a kitchen herb".
bool parted_name(const std::vector<Token>& tokens, std::size_t i, std::size_t n, const Lexicon& lexicon) {
    std::string words;
    for (std::size_t k = i; k + 1 < i + n; ++k) {
        words += (k == i ? "" : " ") + tokens[k].folded;
        if (tokens[k + 1].after_skipped && has_sense(lexicon.find(words), SenseKind::entity)) return true;
    }
    return false;
}

/// "listed in" before a document is no verb of its own: it is listed there.
bool said_by_document(const std::vector<Token>& tokens, std::size_t i, std::size_t n, const Phrase& phrase,
                      const Lexicon& lexicon) {
    const Sense mention{SenseKind::role, static_cast<std::uint32_t>(Role::mention)};
    const auto first = lexicon.find(tokens[i].folded);
    const bool may = n == 2 && first && i + n < tokens.size() &&
                     std::find(first->senses.begin(), first->senses.end(), mention) != first->senses.end() &&
                     std::all_of(phrase.senses.begin(), phrase.senses.end(),
                                 [](const Sense& sense) { return sense.kind == SenseKind::relation; });
    if (!may) return false;
    std::string words;
    for (std::size_t k = i + n; k < tokens.size() && k < i + n + lexicon.longest; ++k) {
        words += (words.empty() ? "" : " ") + tokens[k].folded;
        if (has_sense(lexicon.find(words), SenseKind::document)) return true;
    }
    return false;
}

/// "winter in both A and B": the preposition belongs to what follows.
bool takes_preposition(const std::vector<Token>& tokens, std::size_t i, std::size_t n,
                       const Lexicon& lexicon) {
    if (i + n >= tokens.size()) return false;
    const auto is = [&](std::size_t token, Role role) {
        const auto word = lexicon.find(tokens[token].folded);
        const Sense wanted{SenseKind::role, static_cast<std::uint32_t>(role)};
        return word && std::find(word->senses.begin(), word->senses.end(), wanted) != word->senses.end();
    };
    return is(i + n, Role::both) && is(i + n - 1, Role::preposition) &&
           has_sense(lexicon.find(join(tokens, i, i + n - 1)), SenseKind::value);
}

/// "after harvest": only a context, and a preposition with a name.
bool is_context_of_name(const std::vector<Token>& tokens, std::size_t i, std::size_t n, const Phrase& phrase,
                        const Lexicon& lexicon) {
    const bool context = std::all_of(phrase.senses.begin(), phrase.senses.end(),
                                     [](const Sense& sense) { return sense.kind == SenseKind::value; });
    return n > 1 && context && has_sense(lexicon.find(join(tokens, i + 1, i + n)), SenseKind::entity);
}

std::vector<Cover> cover(const std::vector<Token>& tokens, const Lexicon& lexicon, Splitting split,
                         bool idle) {
    constexpr std::size_t uncovered = 1000;
    std::vector<Cover> best(tokens.size() + 1);
    for (std::size_t i = tokens.size(); i-- > 0;) {
        best[i] = {best[i + 1].cost + uncovered, 1, std::nullopt};
        std::string words;
        for (std::size_t n = 1; n <= lexicon.longest && i + n <= tokens.size(); ++n) {
            if (n > 1) words += ' ';
            words += tokens[i + n - 1].folded;
            const auto phrase = lexicon.find(words);
            if (!phrase || (!idle && only_idle(*phrase))) continue;
            if (split != Splitting::none && holds_conjunction(tokens, i, n, lexicon)) continue;
            if (split == Splitting::contexts && is_context_of_name(tokens, i, n, *phrase, lexicon)) continue;
            if (n > 1 &&
                (parted_name(tokens, i, n, lexicon) || said_by_document(tokens, i, n, *phrase, lexicon) ||
                 takes_preposition(tokens, i, n, lexicon)))
                continue;
            const std::size_t cost = best[i + n].cost + 1;
            if (cost < best[i].cost || (cost == best[i].cost && split != Splitting::shorter))
                best[i] = {cost, n, phrase};
        }
    }
    return best;
}

}  // namespace

bool Term::is(Role role) const noexcept {
    return std::find(senses.begin(), senses.end(),
                     Sense{SenseKind::role, static_cast<std::uint32_t>(role)}) != senses.end();
}

bool Term::has(SenseKind kind) const noexcept {
    return std::any_of(senses.begin(), senses.end(), [&](const Sense& sense) { return sense.kind == kind; });
}

Terms find_terms(std::string_view question, const Lexicon& lexicon, Splitting split, bool idle) {
    Terms result;
    for (Token& token : tokenize(question, lexicon.folding)) {
        const std::vector<std::string> words =
            lexicon.is_word(token.folded) ? std::vector<std::string>() : apart(token.folded, lexicon);
        if (words.empty()) {
            result.tokens.push_back(std::move(token));
            continue;
        }
        for (const std::string& word : words) {
            result.tokens.push_back(token);
            result.tokens.back().text = result.tokens.back().folded = word;
        }
        result.corrections.push_back("`" + token.text + "` is read as `" + words[0] + " " + words[1] + "`");
    }
    for (Token& token : result.tokens) {
        if (token.folded == "," || lexicon.is_word(token.folded)) continue;
        // What looks like the ending of a plural may be a slip as well.
        auto known = corrected(token.folded, lexicon);
        if (!known && token.text != token.folded) known = corrected(token.text, lexicon);
        if (!known) continue;
        result.corrections.push_back("`" +
                                     std::string(question.substr(token.begin, token.end - token.begin)) +
                                     "` is read as `" + *known + "`");
        token.folded = *known;
    }
    const std::vector<Cover> best = cover(result.tokens, lexicon, split, idle);
    for (std::size_t i = 0; i < result.tokens.size();) {
        if (best[i].phrase) {
            const std::size_t end = i + best[i].length;
            const auto index = static_cast<std::uint32_t>(result.terms.size());
            const Phrase& phrase = *best[i].phrase;
            const std::string& last = result.tokens[end - 1].text;
            const bool attributive = std::any_of(lexicon.attributive.begin(), lexicon.attributive.end(),
                                                 [&](const auto& ending) { return last.ends_with(ending); });
            result.terms.push_back({{phrase.senses.begin(), phrase.senses.end()},
                                    std::string(phrase.written),
                                    join(result.tokens, i, end),
                                    index,
                                    i,
                                    end,
                                    result.tokens[i].after_skipped,
                                    attributive});
            i = end;
        } else if (result.tokens[i].folded == ",") {
            const Sense comma{SenseKind::role, static_cast<std::uint32_t>(Role::conjunction)};
            result.terms.push_back(
                {{comma}, ",", ",", static_cast<std::uint32_t>(result.terms.size()), i, i + 1, false, false});
            ++i;
        } else {
            std::size_t end = i + 1;
            while (end < result.tokens.size() && !best[end].phrase && result.tokens[end].folded != ",") ++end;
            const std::size_t begin = result.tokens[i].begin;
            result.unknown.push_back({std::string(question.substr(begin, result.tokens[end - 1].end - begin)),
                                      nearest_phrases(join(result.tokens, i, end), lexicon),
                                      known(result.tokens, i, end, lexicon)});
            i = end;
        }
    }
    return result;
}

}  // namespace islet::kb
