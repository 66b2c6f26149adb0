#include "question/rephrase.hpp"

#include <algorithm>
#include <optional>

#include "question/tokens.hpp"

namespace islet::kb {
namespace {

/// Where a slot lies among the words of the question.
struct SlotSpan {
    std::size_t first = 0;
    std::size_t last = 0;  ///< one past
};

/// A pattern that fits, and how.
struct FormFit {
    FormEnd end;
    std::vector<SlotSpan> slots;  ///< in the order in which they come in the pattern
};

/// Holds a question against all patterns at once, by walking their tree.
class FormMatcher {
 public:
    FormMatcher(const std::vector<Token>& tokens, const KnowledgeBase& base)
        : tokens_(tokens), base_(base), tables_(base.lexicon().tables) {
        words_.reserve(tokens.size());
        for (const Token& token : tokens) words_.push_back(tables_.find_word(token.folded));
        phrases_.resize(tokens.size() * base.lexicon().longest);
    }

    /// Those of one pattern together, in the order of patterns.
    std::vector<FormFit> match() {
        if (!tokens_.empty() && !tables_.form_nodes().empty()) walk(0, 0);
        std::stable_sort(fits_.begin(), fits_.end(),
                         [](const FormFit& a, const FormFit& b) { return a.end.order < b.end.order; });
        return std::move(fits_);
    }

 private:
    void walk(std::uint32_t node_index, std::size_t at) {
        const FormNode& node = tables_.form_nodes()[node_index];
        if (at == tokens_.size()) {
            for (const FormEnd& end : tables_.ends(node)) fits_.push_back({end, slots_});
            return;
        }
        if (words_[at] != UINT32_MAX) {
            const auto edges = tables_.word_edges(node);
            const auto edge = std::lower_bound(
                edges.begin(), edges.end(), words_[at],
                [](const FormEdge& one, std::uint32_t wanted) { return one.label < wanted; });
            if (edge != edges.end() && edge->label == words_[at]) walk(edge->node, at + 1);
        }
        for (const FormEdge& edge : tables_.slot_edges(node)) {
            const std::string_view kind = tables_.kind(edge.label);
            for (std::size_t end = at + 1; end <= tokens_.size(); ++end) {
                if (!fits(kind, at, end)) continue;
                slots_.push_back({at, end});
                walk(edge.node, end);
                slots_.pop_back();
            }
        }
    }

    /// The phrase that the words are, looked up once.
    const std::optional<Phrase>& phrase(std::size_t first, std::size_t last) {
        std::optional<std::optional<Phrase>>& known =
            phrases_[first * base_.lexicon().longest + last - first - 1];
        if (!known) {
            std::string words;
            for (std::size_t i = first; i < last; ++i) words += (i == first ? "" : " ") + tokens_[i].folded;
            known.emplace(tables_.find_phrase(words));
        }
        return *known;
    }

    /// Whether the words may fill a slot of this kind.
    [[nodiscard]] bool fits(std::string_view kind, std::size_t first, std::size_t last) {
        // What ends on "not" is cut in two.
        if (kind.empty()) return !denies(last - 1);
        if (last - first > base_.lexicon().longest) return false;
        const std::optional<Phrase>& found = phrase(first, last);
        if (!found) return false;
        return std::any_of(found->senses.begin(), found->senses.end(), [&](const Sense& sense) {
            switch (sense.kind) {
                case SenseKind::document:
                    return kind == "document";
                case SenseKind::entity:
                    return kind == "entity" || kind == "noun" || bears(sense.index, kind);
                case SenseKind::label:
                    return kind == "label" || kind == "noun";
                case SenseKind::value:
                    return kind == "value";
                case SenseKind::relation:
                    return kind == "relation";
                case SenseKind::predicate:
                    return kind == "predicate";
                default:
                    return false;
            }
        });
    }

    [[nodiscard]] bool denies(std::size_t at) {
        const std::optional<Phrase>& word = phrase(at, at + 1);
        const Sense negation{SenseKind::role, static_cast<std::uint32_t>(Role::negation)};
        return word && std::find(word->senses.begin(), word->senses.end(), negation) != word->senses.end();
    }

    [[nodiscard]] bool bears(std::uint32_t entity, std::string_view label) const {
        const std::vector<std::string>& own = base_.entities()[entity].labels;
        return std::any_of(own.begin(), own.end(),
                           [&](const std::string& one) { return base_.schema().is_a(one, label); });
    }

    const std::vector<Token>& tokens_;
    const KnowledgeBase& base_;
    const WordTables& tables_;
    std::vector<std::uint32_t> words_;  ///< by token; UINT32_MAX: no word of the vocabulary
    std::vector<std::optional<std::optional<Phrase>>> phrases_;  ///< by first token and length
    std::vector<SlotSpan> slots_;
    std::vector<FormFit> fits_;
};

/// The question that a pattern makes of this one.
std::string reworded(std::string_view question, const std::vector<Token>& tokens, const WordTables& tables,
                     const FormFit& fit) {
    std::string text;
    for (const FormPiece& piece : tables.meaning(fit.end.meaning)) {
        if (!text.empty()) text += ' ';
        if (piece.slot == UINT32_MAX) {
            text += tables.text(piece.word);
        } else {
            const SlotSpan& span = fit.slots[piece.slot];
            const std::size_t begin = tokens[span.first].begin;
            text += question.substr(begin, tokens[span.last - 1].end - begin);
        }
    }
    return text;
}

/// A question, and the patterns that made it, one after the other.
struct Form {
    std::string text;
    std::vector<std::uint32_t> patterns;
};

/// `form` is taken by value, as `all` grows.
void add_rewordings(Form form,  // NOLINT(performance-unnecessary-value-param)
                    const KnowledgeBase& base, std::vector<Form>& all) {
    constexpr std::size_t most = 12;  // ways to cut one question by one pattern
    const Lexicon& lexicon = base.lexicon();
    const std::string& question = form.text;
    const std::vector<std::uint32_t>& made_by = form.patterns;
    const std::vector<Token> tokens = tokenize(question, lexicon.folding);
    std::vector<std::string> found;  // by the pattern at hand
    std::uint32_t at_hand = UINT32_MAX;
    for (const FormFit& fit : FormMatcher(tokens, base).match()) {
        if (fit.end.order != at_hand) found.clear();
        at_hand = fit.end.order;
        if (found.size() >= most || std::find(made_by.begin(), made_by.end(), at_hand) != made_by.end())
            continue;
        std::string text = reworded(question, tokens, lexicon.tables, fit);
        if (text == all.front().text || std::find(found.begin(), found.end(), text) != found.end()) continue;
        found.push_back(text);
        if (std::any_of(all.begin(), all.end(), [&](const Form& one) { return one.text == text; })) continue;
        all.push_back({std::move(text), made_by});
        all.back().patterns.push_back(at_hand);
    }
}

}  // namespace

std::vector<std::string> rephrasings(std::string_view question, const KnowledgeBase& base) {
    constexpr std::size_t most = 80;
    std::vector<Form> all{{std::string(question), {}}};
    for (std::size_t i = 0; i < all.size() && all.size() <= most; ++i) add_rewordings(all[i], base, all);
    std::vector<std::string> texts;
    for (std::size_t i = 1; i < all.size(); ++i) texts.push_back(std::move(all[i].text));
    return texts;
}

}  // namespace islet::kb
