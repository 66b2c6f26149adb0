#include "question/word_order.hpp"

#include <algorithm>
#include <optional>

#include "question/pieces.hpp"

namespace islet::kb {
namespace {

class WordOrder {
 public:
    WordOrder(std::string_view question, const Lexicon& lexicon)
        : text_(question), lexicon_(lexicon), found_(find_terms(question, lexicon, Splitting::none, true)) {}

    std::vector<std::string> orders() {
        prepositions_last();
        direct_question();
        verbs_together();
        said_again();
        without_idle();
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

    /// Whether the word has the role, whatever phrase it stands in.
    [[nodiscard]] bool is(std::size_t token, Role wanted) const {
        const auto word = lexicon_.find(found_.tokens[token].folded);
        const Sense role{SenseKind::role, static_cast<std::uint32_t>(wanted)};
        return word && std::find(word->senses.begin(), word->senses.end(), role) != word->senses.end();
    }

    void prepositions_last() {
        const std::size_t all = found_.tokens.size();
        for (std::size_t at = 0; at + 2 < all; ++at) {
            if (!is(at, Role::preposition) || !is(at + 1, Role::that) || !is(at + 1, Role::what)) continue;
            // "for which no X is listed": what is absent has a form of its own.
            if (is(at + 2, Role::negation) || begins_document(at + 2)) continue;
            const std::size_t end = end_of_statement();
            if (end <= at + 2) continue;
            add({words(0, at), at == 0 ? words(1, 2) : canonical_word(lexicon_, "link_clause"),
                 words(at + 2, end), words(at, at + 1), words(end, all)});
        }
    }

    [[nodiscard]] bool begins_document(std::size_t token) const {
        return std::any_of(found_.terms.begin(), found_.terms.end(), [&](const Term& term) {
            return term.first == token && term.has(SenseKind::document);
        });
    }

    /// Words that say nothing may stand where a pattern has none.
    void without_idle() {
        for (const Term& term : found_.terms) {
            const bool idle = std::all_of(term.senses.begin(), term.senses.end(), [](const Sense& one) {
                return one == Sense{SenseKind::role, static_cast<std::uint32_t>(Role::idle)};
            });
            if (idle) add({words(0, term.first), words(term.last, found_.tokens.size())});
        }
    }

    /// "boiled in X but not in Y": what is said of X is said of Y.
    void said_again() {
        const std::vector<Term>& terms = found_.terms;
        for (std::size_t i = 2; i + 2 < terms.size(); ++i) {
            if (!terms[i].is(Role::but) || !terms[i + 1].is(Role::negation)) continue;
            const Term& link = terms[i + 2];
            if (!link.is(Role::preposition)) continue;
            for (std::size_t verb = i; verb-- > 0;) {
                const Term& said = terms[verb];
                if (!said.folded.ends_with(" " + link.folded) || !said.has(SenseKind::relation)) continue;
                add({words(0, link.first), words(said.first, said.last),
                     words(link.last, found_.tokens.size())});
                return;
            }
        }
    }

    void direct_question() {
        const std::vector<Term>& terms = found_.terms;
        std::size_t first = 0;
        while (first < terms.size() && terms[first].is(Role::ask)) ++first;
        if (first == terms.size() || !(is(terms[first].first, Role::how) || terms[first].is(Role::clause)))
            return;
        // "how popular", "how often"
        std::size_t subject = first + 1;
        while (subject < terms.size() && terms[subject].has(SenseKind::value) && !names(terms[subject]))
            ++subject;
        bool named = false;
        for (std::size_t i = subject; i < terms.size(); ++i) {
            if (named && terms[i].is(Role::auxiliary)) {
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
            if (!named || is(verb, Role::auxiliary)) continue;
            const auto phrase = lexicon_.find(found_.tokens[verb].folded + behind);
            const bool relation =
                phrase && std::all_of(phrase->senses.begin(), phrase->senses.end(),
                                      [](const Sense& one) { return one.kind == SenseKind::relation; });
            if (relation) return verb;
        }
        return std::nullopt;
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
