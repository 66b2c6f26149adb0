// Phrases of the vocabulary may be patterns: `[x]` is optional, `(a|b c)` is a choice.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace islet::kb {

/// A pattern, taken apart.
class PhrasePattern {
 public:
    /// No value if its brackets do not match.
    static std::optional<PhrasePattern> parse(std::string_view pattern);

    /// How many phrases it stands for; SIZE_MAX if there are more.
    [[nodiscard]] std::size_t size() const;

    /// Walks over all phrases, those that begin alike together, in the order of all_phrases(). Of `visit` it
    /// calls text(part) for what comes next, end() where a phrase is whole, and to go back to where another
    /// goes on differently, back(mark) with what mark() answered there.
    template <class Visit>
    void walk(Visit& visit) const {
        for (const Sequence& one : alternatives_) walk(one, 0, nullptr, visit);
    }

 private:
    struct Part;
    using Sequence = std::vector<Part>;
    struct Part {
        std::string text;
        std::vector<Sequence> choice;  ///< empty: `text`
    };
    /// What comes behind a choice.
    struct Rest {
        const Sequence* sequence;
        std::size_t at;
        const Rest* next;
    };

    template <class Visit>
    static void walk(const Sequence& sequence, std::size_t at, const Rest* rest, Visit& visit) {
        if (at == sequence.size()) {
            if (rest != nullptr) return walk(*rest->sequence, rest->at, rest->next, visit);
            return visit.end();
        }
        const Part& part = sequence[at];
        if (part.choice.empty()) {
            const auto mark = visit.mark();
            visit.text(part.text);
            walk(sequence, at + 1, rest, visit);
            visit.back(mark);
            return;
        }
        const Rest behind{&sequence, at + 1, rest};
        for (const Sequence& one : part.choice) walk(one, 0, &behind, visit);
    }

    static std::size_t size_of(const std::vector<Sequence>& alternatives);

    friend class PatternReader;
    std::vector<Sequence> alternatives_;
};

/// A pattern that stands for more says too much: brackets multiply.
constexpr std::size_t most_phrases_of_pattern = 20'000;
/// What to tell who wrote one.
std::string too_many_phrases(std::string_view pattern, std::size_t size);

/// All phrases of a pattern; the empty list if its brackets do not match.
/// `is [only] (watched|observed)` → is only watched, is only observed, is watched, is observed.
std::vector<std::string> expand_pattern(std::string_view pattern);

}  // namespace islet::kb
