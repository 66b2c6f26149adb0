#include "question/word_order.hpp"

#include <algorithm>
#include <optional>

#include "question/pieces.hpp"

namespace islet::kb {
namespace {

class WordOrder {
 public:
    WordOrder(std::string_view question, const Lexicon& lexicon)
        : text_(question), lexicon_(lexicon), found_(find_terms(question, lexicon, false, true)) {}

    std::vector<std::string> orders() {
        prepositions_last();
        direct_question();
        verbs_together();
        return std::move(orders_);
    }

 private:
    [[nodiscard]] std::string words(std::size_t first, std::size_t last) const {
        if (first >= last) return {};
        const std::size_t begin = found_.tokens[first].begin;
        return std::string(text_.substr(begin, found_.tokens[last - 1].end - begin));
    }

    void add(const std::vector<std::string>& parts) {
        std::string all;
        for (const std::string& part : parts) {
            if (!part.empty()) all += (all.empty() ? "" : " ") + part;
        }
        orders_.push_back(std::move(all));
    }

    [[nodiscard]] static bool names(const Term& term) {
        return term.has(SenseKind::entity) || term.has(SenseKind::label);
    }

    /// Where the words end that speak of the thing itself: before "according to D".
    [[nodiscard]] std::size_t end_of_statement() const {
        const std::vector<Term>& terms = found_.terms;
        if (terms.size() < 2 || !terms.back().has(SenseKind::document)) return found_.tokens.size();
        std::size_t at = terms.size() - 1;
        while (at > 0 && (terms[at - 1].is(Role::by_source) || terms[at - 1].is(Role::preposition) ||
                          terms[at - 1].folded == ","))
            --at;
        return terms[at].first;
    }

    void prepositions_last() {
        const std::vector<Term>& terms = found_.terms;
        for (std::size_t i = 0; i + 2 < terms.size(); ++i) {
            const Term& which = terms[i + 1];
            if (!terms[i].is(Role::preposition) || !which.is(Role::that) || !which.is(Role::what)) continue;
            const bool noun =
                std::any_of(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(i), names);
            if (i > 0 && !noun) continue;
            // "for which no X is listed": what is absent has a form of its own.
            if (terms[i + 2].is(Role::negation) || terms[i + 2].has(SenseKind::document)) continue;
            const std::size_t end = end_of_statement();
            if (end <= which.last) continue;
            const std::string relative =
                i == 0 ? words(which.first, which.last) : canonical_word(lexicon_, "link_clause");
            add({words(0, terms[i].first), relative, words(which.last, end),
                 words(terms[i].first, terms[i].last), words(end, found_.tokens.size())});
        }
    }

    void direct_question() {
        const std::vector<Term>& terms = found_.terms;
        std::size_t first = 0;
        while (first < terms.size() && terms[first].is(Role::ask)) ++first;
        if (first == terms.size() || !(terms[first].is(Role::how) || terms[first].is(Role::clause))) return;
        // "how popular", "how often"
        std::size_t subject = first + 1;
        while (subject < terms.size() && terms[subject].has(SenseKind::value) && !names(terms[subject]))
            ++subject;
        bool named = false;
        for (std::size_t i = subject; i < terms.size(); ++i) {
            if (named && terms[i].is(Role::auxiliary) && !terms[i].is(Role::that)) {
                if (i == subject) return;
                add({words(terms[first].first, terms[subject].first), words(terms[i].first, terms[i].last),
                     words(terms[subject].first, terms[i].first),
                     words(terms[i].last, found_.tokens.size())});
                return;
            }
            if (terms[i].is(Role::auxiliary) || terms[i].is(Role::that)) return;
            named = named || names(terms[i]);
        }
    }

    void verbs_together() {
        constexpr std::size_t longest = 3;  // words of what belongs to the verb
        const std::vector<Token>& tokens = found_.tokens;
        for (std::size_t at = 2; at < tokens.size(); ++at) {
            if (!parts_nothing(at)) continue;
            for (std::size_t n = std::min(longest, tokens.size() - at); n > 0; --n) {
                if (!parts_nothing(at + n) || means_something(at, at + n)) continue;
                const auto verb = verb_of(at, n);
                if (!verb) continue;
                add({words(0, *verb + 1), words(at, at + n), words(*verb + 1, at),
                     words(at + n, tokens.size())});
                break;
            }
        }
    }

    /// The verb before, with other words between, that the words belong to.
    [[nodiscard]] std::optional<std::size_t> verb_of(std::size_t at, std::size_t n) const {
        std::string behind;
        for (std::size_t i = at; i < at + n; ++i) behind += " " + found_.tokens[i].folded;
        bool named = false;
        for (std::size_t verb = at - 1; verb-- > 0;) {
            const bool names_here = names_something(verb + 1, verb + 2);
            named = named || names_here;
            // "is X followed by" asks otherwise than "is followed by X".
            if (!named || is_auxiliary(verb)) continue;
            const auto phrase = lexicon_.find(found_.tokens[verb].folded + behind);
            const bool relation =
                phrase && std::all_of(phrase->senses.begin(), phrase->senses.end(),
                                      [](const Sense& one) { return one.kind == SenseKind::relation; });
            if (relation) return verb;
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_auxiliary(std::size_t token) const {
        const auto word = lexicon_.find(found_.tokens[token].folded);
        const Sense auxiliary{SenseKind::role, static_cast<std::uint32_t>(Role::auxiliary)};
        return word && std::find(word->senses.begin(), word->senses.end(), auxiliary) != word->senses.end();
    }

    /// Whether a term, or a word that is none, begins here; or the question ends.
    [[nodiscard]] bool parts_nothing(std::size_t token) const {
        return std::none_of(found_.terms.begin(), found_.terms.end(),
                            [&](const Term& term) { return term.first < token && token < term.last; });
    }

    /// Whether each of the words means something where it stands.
    [[nodiscard]] bool means_something(std::size_t first, std::size_t last) const {
        if (names_something(first, last)) return true;
        for (std::size_t token = first; token < last; ++token) {
            const bool read = std::any_of(found_.terms.begin(), found_.terms.end(), [&](const Term& term) {
                return term.first <= token && token < term.last && !term.is(Role::unsupported);
            });
            if (!read) return false;
        }
        return true;
    }

    [[nodiscard]] bool names_something(std::size_t first, std::size_t last) const {
        return std::any_of(found_.terms.begin(), found_.terms.end(), [&](const Term& term) {
            const bool means = names(term) || term.has(SenseKind::document) || term.has(SenseKind::value);
            return means && term.first < last && first < term.last;
        });
    }

    std::string_view text_;
    const Lexicon& lexicon_;
    Terms found_;
    std::vector<std::string> orders_;
};

}  // namespace

std::vector<std::string> other_orders(std::string_view question, const Lexicon& lexicon) {
    return WordOrder(question, lexicon).orders();
}

}  // namespace islet::kb
