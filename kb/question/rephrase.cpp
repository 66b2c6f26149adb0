#include "question/rephrase.hpp"

#include <algorithm>
#include <optional>

#include "question/tokens.hpp"

namespace islet::kb {
namespace {

/// Where a slot lies among the words of the question.
struct Span {
    std::size_t first = 0;
    std::size_t last = 0;  ///< one past
};

class Matcher {
 public:
    Matcher(std::string_view question, const std::vector<Token>& tokens, const KnowledgeBase& base,
            const Rephrasing& rule, std::vector<std::string>& found)
        : question_(question),
          tokens_(tokens),
          base_(base),
          lexicon_(base.lexicon()),
          rule_(rule),
          found_(found) {
        slots_.resize(rule.slots.size());
    }

    void match() { match(rule_.pattern.start, 0); }

 private:
    static constexpr std::size_t most = 12;  ///< ways to cut one question by one pattern

    void match(std::size_t at_node, std::size_t at) {
        if (found_.size() >= most) return;
        const PatternMachine::Node& node = rule_.pattern.nodes[at_node];
        switch (node.kind) {
            case PatternMachine::Kind::end:
                if (at == tokens_.size()) write();
                return;
            case PatternMachine::Kind::word:
                if (at < tokens_.size() && tokens_[at].folded == node.text) match(node.next, at + 1);
                return;
            case PatternMachine::Kind::split:
                for (const std::size_t way : node.ways) match(way, at);
                return;
            case PatternMachine::Kind::slot:
                break;
        }
        const Span before = slots_[node.slot];
        for (std::size_t end = at + 1; end <= tokens_.size(); ++end) {
            if (!fits(rule_.slots[node.slot].kind, at, end)) continue;
            slots_[node.slot] = {at, end};
            match(node.next, end);
        }
        slots_[node.slot] = before;
    }

    /// Whether the words may fill a slot of this kind.
    [[nodiscard]] bool fits(const std::string& kind, std::size_t first, std::size_t last) const {
        if (kind.empty()) return true;
        std::string words;
        for (std::size_t i = first; i < last; ++i) words += (i == first ? "" : " ") + tokens_[i].folded;
        const Phrase* phrase = lexicon_.find(words);
        if (phrase == nullptr) return false;
        return std::any_of(phrase->senses.begin(), phrase->senses.end(), [&](const Sense& sense) {
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

    [[nodiscard]] bool bears(std::uint32_t entity, const std::string& label) const {
        const std::vector<std::string>& own = base_.entities()[entity].labels;
        return std::any_of(own.begin(), own.end(),
                           [&](const std::string& one) { return base_.schema().is_a(one, label); });
    }

    void write() {
        std::string text;
        for (const Rephrasing::Piece& piece : rule_.meaning) {
            if (!text.empty()) text += ' ';
            if (piece.slot == SIZE_MAX) {
                text += piece.word;
            } else {
                const Span& span = slots_[piece.slot];
                if (span.last == 0) return;  // it stands in a part of the pattern that was left out
                const std::size_t begin = tokens_[span.first].begin;
                text += question_.substr(begin, tokens_[span.last - 1].end - begin);
            }
        }
        if (text != question_ && std::find(found_.begin(), found_.end(), text) == found_.end())
            found_.push_back(std::move(text));
    }

    std::string_view question_;
    const std::vector<Token>& tokens_;
    const KnowledgeBase& base_;
    const Lexicon& lexicon_;
    const Rephrasing& rule_;
    std::vector<std::string>& found_;
    std::vector<Span> slots_;
};

}  // namespace

std::vector<std::string> rephrasings(std::string_view question, const KnowledgeBase& base, bool last) {
    const Lexicon& lexicon = base.lexicon();
    const std::vector<Token> tokens = tokenize(question, lexicon.folding);
    std::vector<std::string> all;
    for (const Rephrasing& rule : lexicon.rephrasings) {
        if (rule.last && !last) continue;
        const bool may =
            std::all_of(rule.pattern.needs.begin(), rule.pattern.needs.end(), [&](const auto& any) {
                return std::any_of(tokens.begin(), tokens.end(),
                                   [&](const Token& token) { return any.contains(token.folded); });
            });
        if (!may) continue;
        std::vector<std::string> found;
        Matcher(question, tokens, base, rule, found).match();
        for (std::string& one : found) {
            if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
        }
    }
    return all;
}

}  // namespace islet::kb
