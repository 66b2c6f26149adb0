#include "phrase_pattern.hpp"

namespace islet::kb {
namespace {

class PatternReader {
 public:
    explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

    std::vector<std::string> read() {
        std::vector<std::string> all = choice();
        if (at_ != pattern_.size() || failed_) return {};
        return all;
    }

 private:
    std::vector<std::string> choice() {
        std::vector<std::string> all = sequence();
        while (!failed_ && at_ < pattern_.size() && pattern_[at_] == '|') {
            ++at_;
            for (std::string& one : sequence()) all.push_back(std::move(one));
        }
        return all;
    }

    std::vector<std::string> sequence() {
        std::vector<std::string> all{""};
        while (!failed_ && at_ < pattern_.size()) {
            const char c = pattern_[at_];
            if (c == '|' || c == ')' || c == ']') break;
            if (c == '(' || c == '[') {
                ++at_;
                std::vector<std::string> inner = choice();
                if (c == '[') inner.emplace_back();
                if (at_ == pattern_.size() || pattern_[at_] != (c == '(' ? ')' : ']')) failed_ = true;
                ++at_;
                std::vector<std::string> joined;
                for (const std::string& head : all) {
                    for (const std::string& tail : inner) joined.push_back(head + tail);
                }
                all = std::move(joined);
                continue;
            }
            for (std::string& one : all) one += c;
            ++at_;
        }
        return all;
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

}  // namespace

std::vector<std::string> expand_pattern(std::string_view pattern) {
    return PatternReader(pattern).read();
}

}  // namespace islet::kb
