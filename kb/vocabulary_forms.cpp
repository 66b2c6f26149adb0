#include "vocabulary_forms.hpp"

#include <algorithm>
#include <optional>

#include "phrase_pattern.hpp"
#include "question/tokens.hpp"

namespace islet::kb {
namespace {

/// What stands between blanks.
std::vector<std::string> pieces_of(const std::string& text) {
    std::vector<std::string> all;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(' ', at)) != std::string::npos) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        all.push_back(text.substr(at, end - at));
        at = end;
    }
    return all;
}

struct FormSlot {
    std::string name;
    std::string kind;
};

/// `{name}` or `{name:kind}`.
FormSlot slot_of(std::string_view piece) {
    const std::string inside(piece.substr(1, piece.size() - 2));
    const std::size_t colon = inside.find(':');
    return {inside.substr(0, colon), colon == std::string::npos ? "" : inside.substr(colon + 1)};
}

}  // namespace

/// Visits the phrases of one pattern: each piece (a word or a slot) is a step down the tree of all patterns.
class FormsReader::Walk {
 public:
    Walk(FormsReader& reader, const std::string& meaning) : reader_(reader), pieces_(pieces_of(meaning)) {}

    struct Mark {
        std::size_t text;
        std::size_t piece;
        std::size_t slots;
        std::uint32_t node;
        bool empty;
    };
    [[nodiscard]] Mark mark() const { return {text_.size(), piece_, slots_.size(), node_, empty_}; }
    void back(const Mark& mark) {
        text_.resize(mark.text);
        slots_.resize(mark.slots);
        piece_ = mark.piece;
        node_ = mark.node;
        empty_ = mark.empty;
    }
    void text(std::string_view part) {
        for (const char c : part) {
            if (c == ' ') step();
            text_ += c;
            if (c == ' ') piece_ = text_.size();
        }
    }
    void end() {
        const Mark before = mark();
        step();
        const std::optional<std::uint32_t> meaning = empty_ ? std::nullopt : meaning_of_slots();
        if (meaning) {
            reader_.tables_.end_form(node_, *meaning);
            means_ = true;
            find_left_out();
        }
        back(before);
    }
    /// Whether some phrase has all slots of the meaning: one may stand in a part that is left out.
    [[nodiscard]] bool means() const noexcept { return means_; }
    /// A slot that the meaning leaves out, though it may hold whatever is asked for; empty: none.
    [[nodiscard]] const std::string& left_out() const noexcept { return left_out_; }

 private:
    /// Takes in the piece that ends here.
    void step() {
        const std::string piece = text_.substr(piece_);
        piece_ = text_.size();
        if (piece.empty()) return;
        if (piece.front() != '{') {
            for (const std::uint32_t word : reader_.words_of(piece)) {
                node_ = reader_.tables_.follow_word(node_, word);
                empty_ = false;
            }
            return;
        }
        FormSlot slot = slot_of(piece);
        // A name that stands twice is of the kind that it has first.
        for (const FormSlot& known : slots_) {
            if (known.name != slot.name) continue;
            slot.kind = known.kind;
            break;
        }
        node_ = reader_.tables_.follow_slot(node_, slot.kind);
        slots_.push_back(std::move(slot));
        empty_ = false;
    }

    /// No value if it has a slot that the pattern has not.
    std::optional<std::uint32_t> meaning_of_slots() {
        std::vector<WordTablesBuilder::Piece> meaning;
        for (const std::string& piece : pieces_) {
            if (piece.front() != '{') {
                meaning.push_back({piece, UINT32_MAX});
                continue;
            }
            const std::string name = slot_of(piece).name;
            const auto at = std::find_if(slots_.rbegin(), slots_.rend(),
                                         [&](const FormSlot& slot) { return slot.name == name; });
            if (at == slots_.rend()) return std::nullopt;
            meaning.push_back({{}, static_cast<std::uint32_t>(slots_.rend() - at - 1)});
        }
        return reader_.tables_.meaning(meaning);
    }

    void find_left_out() {
        for (const FormSlot& slot : slots_) {
            // A value or a verb may be said again by the meaning in its own words.
            if (slot.kind == "value" || slot.kind == "relation") continue;
            const bool kept = std::any_of(pieces_.begin(), pieces_.end(), [&](const std::string& piece) {
                return piece.front() == '{' && slot_of(piece).name == slot.name;
            });
            if (!kept) left_out_ = slot.name;
        }
    }

    FormsReader& reader_;
    std::vector<std::string> pieces_;  ///< of the meaning
    std::string text_;                 ///< of the pattern so far
    std::size_t piece_ = 0;            ///< where its last piece begins
    std::vector<FormSlot> slots_;
    std::uint32_t node_ = WordTablesBuilder::form_root;
    bool empty_ = true;
    bool means_ = false;
    std::string left_out_;
};

std::vector<std::string> FormsReader::add(const std::vector<std::string>& forms) {
    std::vector<std::string> problems;
    for (std::size_t i = 0; i + 1 < forms.size(); ++i) {
        const auto pattern = PhrasePattern::parse(forms[i]);
        if (pattern && pattern->size() > most_phrases_of_pattern) {
            problems.push_back(too_many_phrases(forms[i], pattern->size()));
        } else if (pattern) {
            Walk walk(*this, forms.back());
            pattern->walk(walk);
            if (!walk.means())
                problems.push_back("`" + forms.back() + "` has a slot that `" + forms[i] + "` has not");
            if (!walk.left_out().empty())
                problems.push_back("`" + forms.back() + "` leaves out {" + walk.left_out() + "} of `" +
                                   forms[i] + "`");
        } else {
            problems.push_back("the brackets of `" + forms[i] + "` do not match");
        }
    }
    return problems;
}

const std::vector<std::uint32_t>& FormsReader::words_of(const std::string& piece) {
    const auto [at, fresh] = piece_words_.try_emplace(piece);
    if (fresh) {
        for (const Token& token : tokenize(piece, folding_))
            at->second.push_back(tables_.word(token.folded, word_flag::of_form));
    }
    return at->second;
}

}  // namespace islet::kb
