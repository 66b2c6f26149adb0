// Completion: each phrase of the lexicon that begins as what is typed is tried behind the beginning; kept is
// what the grammar can read, or read with more behind it.
#include "islet/completion.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "question/grammar.hpp"
#include "question/reading.hpp"
#include "question/terms.hpp"

namespace islet {
namespace kb {
namespace {

bool starts_alike(std::string_view word, std::string_view beginning) {
    return word.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), word.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

class Completer {
 public:
    Completer(const KnowledgeBase& base, std::string_view beginning)
        : base_(base), lexicon_(base.lexicon()), beginning_(beginning) {}

    QuestionCompletions complete() {
        // The words typed may be several of one phrase: the most of them that begin one.
        std::vector<std::size_t> starts;
        const bool fresh = beginning_.empty() || beginning_.back() == ' ';
        for (std::size_t i = 0; i < beginning_.size(); ++i) {
            if (beginning_[i] != ' ' && (i == 0 || beginning_[i - 1] == ' ')) starts.push_back(i);
        }
        constexpr std::size_t most_words = 4;
        if (starts.size() > most_words)
            starts.erase(starts.begin(), starts.end() - static_cast<std::ptrdiff_t>(most_words));
        if (fresh) starts.push_back(beginning_.size());
        for (const std::size_t start : starts) {
            QuestionCompletions found = complete_from(start);
            if (!found.words.empty()) return found;
        }
        return {};
    }

 private:
    QuestionCompletions complete_from(std::size_t start) {
        const Terms terms = find_terms(beginning_.substr(0, start), lexicon_);
        QuestionCompletions found{beginning_.size() - start, {}};
        if (!terms.unknown.empty()) return found;
        const std::string_view typed = beginning_.substr(start);
        goes_on_.clear();
        std::vector<Phrase> begun;
        for (std::size_t i = 0; i < lexicon_.tables.phrase_count(); ++i) {
            const Phrase phrase = lexicon_.tables.phrase(i);
            if (starts_alike(phrase.written, typed) && (!typed.empty() || preferred(phrase)))
                begun.push_back(phrase);
        }
        for (const Phrase& phrase : begun) {
            const bool longer = std::any_of(begun.begin(), begun.end(), [&](const Phrase& shorter) {
                return names_alike(shorter, phrase);
            });
            if (longer) continue;
            if (possible(terms.terms, phrase)) found.words.emplace_back(phrase.written);
        }
        std::sort(found.words.begin(), found.words.end());
        found.words.erase(std::unique(found.words.begin(), found.words.end()), found.words.end());
        constexpr std::size_t most = 200;
        if (found.words.size() > most) found.words.resize(most);
        return found;
    }

    /// Whether one name is another with words behind it that say no more ("… drug").
    static bool names_alike(const Phrase& shorter, const Phrase& longer) {
        return longer.senses.size() == 1 && longer.senses.front().kind == SenseKind::entity &&
               longer.written.size() > shorter.written.size() &&
               longer.written[shorter.written.size()] == ' ' && longer.written.starts_with(shorter.written) &&
               std::equal(shorter.senses.begin(), shorter.senses.end(), longer.senses.begin(),
                          longer.senses.end());
    }

    /// Where nothing is typed yet, each thing is offered under one name.
    [[nodiscard]] bool preferred(const Phrase& phrase) const {
        return std::any_of(phrase.senses.begin(), phrase.senses.end(), [&](const Sense& sense) {
            switch (sense.kind) {
                case SenseKind::entity:
                    return base_.entities()[sense.index].name == phrase.written;
                case SenseKind::document:
                    return base_.documents()[sense.index].name == phrase.written;
                case SenseKind::label:
                    return lexicon_.label_nouns[sense.index] == phrase.written;
                case SenseKind::relation:
                case SenseKind::role:
                    return phrase.written.find(' ') == std::string::npos;
                default:
                    return true;
            }
        });
    }

    static Term term(const std::vector<Term>& before, std::vector<Sense> senses, std::string text,
                     std::string folded) {
        const auto index = static_cast<std::uint32_t>(before.size());
        return {std::move(senses), std::move(text), std::move(folded), index, index, index + 1};
    }

    /// Whether the terms read, or parse with a noun or a value behind them.
    bool possible(const std::vector<Term>& before, const Phrase& phrase) {
        std::vector<Term> terms = before;
        terms.push_back(term(terms, {phrase.senses.begin(), phrase.senses.end()}, std::string(phrase.written),
                             std::string(phrase.folded)));
        for (const SyntaxNode& tree : parse_question(terms)) {
            if (std::holds_alternative<Reading>(read_question(tree, terms, base_))) return true;
        }
        // A name at the end that cannot be read does not become readable by more; other words may.
        const bool name = std::any_of(phrase.senses.begin(), phrase.senses.end(), [](const Sense& sense) {
            return sense.kind == SenseKind::entity || sense.kind == SenseKind::document;
        });
        if (name && !before.empty()) return false;
        return goes_on(std::move(terms), phrase.senses);
    }

    /// Depends on the kinds of the last term's senses only, so that it is tried once for each set of them.
    bool goes_on(std::vector<Term> terms, std::span<const Sense> senses) {
        std::vector<std::pair<SenseKind, std::uint32_t>> form;
        for (const Sense& sense : senses)
            form.emplace_back(sense.kind, sense.kind == SenseKind::role ? sense.index : 0);
        if (const auto it = goes_on_.find(form); it != goes_on_.end()) return it->second;
        bool found = false;
        for (const SenseKind kind : {SenseKind::entity, SenseKind::label, SenseKind::value}) {
            std::vector<Term> more = terms;
            more.push_back(term(more, {{kind, 0}}, "", ""));
            found = found || !parse_question(more).empty();
        }
        return goes_on_.emplace(std::move(form), found).first->second;
    }

    const KnowledgeBase& base_;
    const Lexicon& lexicon_;
    std::string_view beginning_;
    std::map<std::vector<std::pair<SenseKind, std::uint32_t>>, bool> goes_on_;
};

}  // namespace
}  // namespace kb

QuestionCompletions complete_question(const KnowledgeBase& base, std::string_view beginning) {
    return kb::Completer(base, beginning).complete();
}

}  // namespace islet
