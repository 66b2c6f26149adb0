#include "index_text.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "index_sorted.hpp"
#include "islet/error.hpp"

namespace islet {
namespace {

/// Below this share of common trigrams a word is another word. A swap of two letters in a word of six costs
/// three of seven.
constexpr double least_nearness = 0.3;

double dice(std::size_t common, std::size_t a, std::size_t b) {
    return a + b == 0 ? 0 : 2.0 * static_cast<double>(common) / static_cast<double>(a + b);
}

/// What trigrams say, and how many letters differ: both must be near.
double score(std::string_view word, std::string_view other, double shared) {
    if (word == other) return 1;
    const std::size_t longer = std::max(word.size(), other.size());
    const std::size_t limit = longer / 3;
    const bool prefix = other.starts_with(word) && word.size() >= 3;
    const std::size_t distance = edit_distance(word, other, limit);
    if (shared < least_nearness && distance > 2) return 0;
    if (distance > limit && !prefix) return 0;
    if (prefix) return std::max(shared, 0.5) * 0.95;
    return 0.9 * (1 - static_cast<double>(distance) / static_cast<double>(longer));
}

}  // namespace

std::vector<Trigram> trigrams(std::string_view text) {
    std::vector<Trigram> found;
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
        const auto byte = [&](std::size_t at) {
            return static_cast<Trigram>(static_cast<unsigned char>(text[at]));
        };
        found.push_back(byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<Trigram> word_trigrams(std::string_view word) {
    return trigrams("^" + std::string(word) + "$");
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool upper = c >= 'A' && c <= 'Z';
        const bool part = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80;
        if (part) {
            words.back() += upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

double nearness(std::string_view word, std::string_view other) {
    const std::vector<Trigram> a = word_trigrams(word);
    const std::vector<Trigram> b = word_trigrams(other);
    std::vector<Trigram> common;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
    return score(word, other, dice(common.size(), a.size(), b.size()));
}

TextIndex text_index(const SortedIndex& values) {
    TextIndex made;
    std::map<std::string, std::vector<std::uint32_t>> words;
    const auto add = [&](std::uint32_t id, std::string_view text) {
        for (const Trigram trigram : trigrams(text)) made.ids[trigram].push_back(id);
        for (std::string& word : words_of(text)) words[std::move(word)].push_back(id);
    };
    for (std::size_t i = 0; i < values.ids.size(); ++i) {
        if (values.kind == Kind::string) {
            add(values.ids[i], values.strings[i]);
        } else if (values.kind == Kind::null && values.generic[i].kind() == Kind::string) {
            add(values.ids[i], values.generic[i].as_string());
        } else if (values.kind == Kind::null && values.generic[i].kind() == Kind::list) {
            // No list CONTAINS a text, but its words can be searched.
            for (const Value& item : values.generic[i].as_list()) {
                if (item.kind() != Kind::string) continue;
                for (std::string& word : words_of(item.as_string()))
                    words[std::move(word)].push_back(values.ids[i]);
            }
        }
    }
    const auto settle = [](std::vector<std::uint32_t>& ids) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    };
    for (auto& [trigram, ids] : made.ids) settle(ids);
    made.words.reserve(words.size());
    for (auto& [text, ids] : words) {
        settle(ids);
        const std::vector<Trigram> parts = word_trigrams(text);
        const auto at = static_cast<std::uint32_t>(made.words.size());
        for (const Trigram part : parts) made.words_of[part].push_back(at);
        made.words.push_back({text, std::move(ids), parts.size()});
    }
    for (std::uint32_t at = 0; at < made.words.size(); ++at) made.by_text.emplace(made.words[at].text, at);
    return made;
}

bool TextIndex::containing(std::string_view text, std::vector<std::uint32_t>& out) const {
    const std::vector<Trigram> wanted = trigrams(text);
    if (wanted.empty()) return false;
    std::vector<const std::vector<std::uint32_t>*> lists;
    for (const Trigram trigram : wanted) {
        const auto it = ids.find(trigram);
        if (it == ids.end()) return true;
        lists.push_back(&it->second);
    }
    std::sort(lists.begin(), lists.end(), [](const auto* a, const auto* b) { return a->size() < b->size(); });
    std::vector<std::uint32_t> left = *lists.front();
    // A few lists narrow it enough: the strings themselves are looked at anyway.
    constexpr std::size_t enough = 4;
    for (std::size_t i = 1; i < std::min(lists.size(), enough); ++i) {
        std::vector<std::uint32_t> both;
        std::set_intersection(left.begin(), left.end(), lists[i]->begin(), lists[i]->end(),
                              std::back_inserter(both));
        left.swap(both);
    }
    out.insert(out.end(), left.begin(), left.end());
    return true;
}

std::vector<std::pair<std::uint32_t, double>> TextIndex::near(std::string_view word) const {
    std::vector<std::pair<std::uint32_t, double>> found;
    std::map<std::uint32_t, std::size_t> common;
    const std::vector<Trigram> wanted = word_trigrams(word);
    for (const Trigram trigram : wanted) {
        const auto it = words_of.find(trigram);
        if (it == words_of.end()) continue;
        for (const std::uint32_t at : it->second) ++common[at];
    }
    for (const auto& [at, count] : common) {
        const double near = score(word, words[at].text, dice(count, wanted.size(), words[at].trigrams));
        if (near > 0) found.emplace_back(at, near);
    }
    return found;
}

}  // namespace islet
