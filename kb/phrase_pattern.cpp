#include "phrase_pattern.hpp"

#include <algorithm>
#include <utility>

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

/// Reads a pattern into nested sequences, then links these from the end.
class MachineMaker {
 public:
    MachineMaker(std::string_view pattern,
                 const std::function<std::vector<std::string>(std::string_view)>& words)
        : pattern_(pattern), words_(words) {}

    PatternMachine make() {
        const std::vector<Sequence> all = choice();
        if (at_ != pattern_.size() || failed_) return {};
        machine_.nodes.push_back({});
        machine_.start = all.size() == 1 ? link(all.front(), 0) : link({Item{{}, all}}, 0);
        if (all.size() == 1) {
            for (const Item& item : all.front()) need(item);
        }
        return std::move(machine_);
    }

 private:
    struct Item;
    using Sequence = std::vector<Item>;
    struct Item {
        std::string text;
        std::vector<Sequence> ways;  ///< none: a word or slot
    };

    std::vector<Sequence> choice() {
        std::vector<Sequence> all{sequence()};
        while (!failed_ && at_ < pattern_.size() && pattern_[at_] == '|') {
            ++at_;
            all.push_back(sequence());
        }
        return all;
    }

    Sequence sequence() {
        Sequence items;
        while (!failed_ && at_ < pattern_.size()) {
            const char c = pattern_[at_];
            if (c == '|' || c == ')' || c == ']') break;
            if (c == ' ') {
                ++at_;
            } else if (c == '(' || c == '[') {
                ++at_;
                std::vector<Sequence> inner = choice();
                if (c == '[') inner.emplace_back();
                if (at_ == pattern_.size() || pattern_[at_] != (c == '(' ? ')' : ']')) failed_ = true;
                ++at_;
                items.push_back({{}, std::move(inner)});
            } else {
                const std::size_t end = std::min(pattern_.find_first_of(" |()[]", at_), pattern_.size());
                const std::string_view piece = pattern_.substr(at_, end - at_);
                at_ = end;
                if (piece.front() == '{') {
                    items.push_back({std::string(piece), {}});
                } else {
                    for (std::string& word : words_(piece)) items.push_back({std::move(word), {}});
                }
            }
        }
        return items;
    }

    std::size_t link(const Sequence& items, std::size_t next) {
        for (auto item = items.rbegin(); item != items.rend(); ++item) {
            PatternMachine::Node node;
            if (!item->ways.empty()) {
                node.kind = PatternMachine::Kind::split;
                for (const Sequence& way : item->ways) node.ways.push_back(link(way, next));
            } else if (item->text.front() == '{') {
                node.kind = PatternMachine::Kind::slot;
                node.text = item->text.substr(1, item->text.size() - 2);
            } else {
                node.kind = PatternMachine::Kind::word;
                node.text = item->text;
            }
            node.next = next;
            machine_.nodes.push_back(std::move(node));
            next = machine_.nodes.size() - 1;
        }
        return next;
    }

    void need(const Item& item) {
        std::set<std::string, std::less<>> any;
        if (item.ways.empty()) {
            if (item.text.front() == '{') return;
            any.insert(item.text);
        }
        for (const Sequence& way : item.ways) {
            const bool word = !way.empty() && way.front().ways.empty() && way.front().text.front() != '{';
            if (!word) return;
            any.insert(way.front().text);
        }
        machine_.needs.push_back(std::move(any));
    }

    std::string_view pattern_;
    const std::function<std::vector<std::string>(std::string_view)>& words_;
    PatternMachine machine_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

}  // namespace

PatternMachine compile_pattern(std::string_view pattern,
                               const std::function<std::vector<std::string>(std::string_view)>& words) {
    return MachineMaker(pattern, words).make();
}

std::vector<std::string> expand_pattern(std::string_view pattern) {
    return PatternReader(pattern).read();
}

}  // namespace islet::kb
