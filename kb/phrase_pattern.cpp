#include "phrase_pattern.hpp"

#include <algorithm>
#include <cstdint>

namespace islet::kb {

class PatternReader {
 public:
    explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

    std::optional<PhrasePattern> read() {
        PhrasePattern pattern;
        pattern.alternatives_ = choice();
        if (at_ != pattern_.size() || failed_) return std::nullopt;
        return pattern;
    }

 private:
    std::vector<PhrasePattern::Sequence> choice() {
        std::vector<PhrasePattern::Sequence> all{sequence()};
        while (!failed_ && at_ < pattern_.size() && pattern_[at_] == '|') {
            ++at_;
            all.push_back(sequence());
        }
        return all;
    }

    PhrasePattern::Sequence sequence() {
        PhrasePattern::Sequence parts;
        while (!failed_ && at_ < pattern_.size()) {
            const char c = pattern_[at_];
            if (c == '|' || c == ')' || c == ']') break;
            if (c == '(' || c == '[') {
                ++at_;
                PhrasePattern::Part inner{{}, choice()};
                if (c == '[') inner.choice.emplace_back();
                if (at_ == pattern_.size() || pattern_[at_] != (c == '(' ? ')' : ']')) failed_ = true;
                ++at_;
                parts.push_back(std::move(inner));
                continue;
            }
            const std::size_t end = std::min(pattern_.find_first_of("|()[]", at_), pattern_.size());
            parts.push_back({std::string(pattern_.substr(at_, end - at_)), {}});
            at_ = end;
        }
        return parts;
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

std::optional<PhrasePattern> PhrasePattern::parse(std::string_view pattern) {
    return PatternReader(pattern).read();
}

std::size_t PhrasePattern::size() const {
    return size_of(alternatives_);
}

std::size_t PhrasePattern::size_of(const std::vector<Sequence>& alternatives) {
    std::size_t all = 0;
    for (const Sequence& sequence : alternatives) {
        std::size_t here = 1;
        for (const Part& part : sequence) {
            if (!part.choice.empty() && __builtin_mul_overflow(here, size_of(part.choice), &here))
                return SIZE_MAX;
        }
        if (__builtin_add_overflow(all, here, &all)) return SIZE_MAX;
    }
    return all;
}

std::string too_many_phrases(std::string_view pattern, std::size_t size) {
    return "`" + std::string(pattern) + "` stands for " +
           (size == SIZE_MAX ? "more phrases than can be counted" : std::to_string(size) + " phrases") +
           ", of at most " + std::to_string(most_phrases_of_pattern) + ": brackets multiply";
}

namespace {

struct PhraseCollector {
    std::vector<std::string> phrases;
    std::string phrase;

    void text(std::string_view part) { phrase += part; }
    void end() { phrases.push_back(phrase); }
    [[nodiscard]] std::size_t mark() const { return phrase.size(); }
    void back(std::size_t mark) { phrase.resize(mark); }
};

}  // namespace

std::vector<std::string> expand_pattern(std::string_view pattern) {
    const auto parsed = PhrasePattern::parse(pattern);
    if (!parsed) return {};
    PhraseCollector collector;
    parsed->walk(collector);
    return std::move(collector.phrases);
}

}  // namespace islet::kb
