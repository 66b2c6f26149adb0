// Trigrams of strings: which values can contain a text, and which words are near to one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace islet {

struct SortedIndex;

/// Three bytes as a number.
using Trigram = std::uint32_t;
std::vector<Trigram> trigrams(std::string_view text);  ///< ascending, each once

/// The strings of a sorted index by the trigrams in them and by the words in them.
struct TextIndex {
    std::unordered_map<Trigram, std::vector<std::uint32_t>> ids;  ///< ascending

    /// A word, in small letters, and who has it.
    struct Word {
        std::string text;
        std::vector<std::uint32_t> ids;  ///< ascending
        std::size_t trigrams = 0;
    };
    std::vector<Word> words;
    std::unordered_map<std::string_view, std::uint32_t> by_text;       ///< positions in `words`
    std::unordered_map<Trigram, std::vector<std::uint32_t>> words_of;  ///< positions in `words`

    TextIndex() = default;
    TextIndex(TextIndex&&) = default;
    TextIndex(const TextIndex&) = delete;  // by_text points into words
    TextIndex& operator=(const TextIndex&) = delete;
    TextIndex& operator=(TextIndex&&) = default;

    /// Ids whose string may contain `text`; false where `text` is too short to tell.
    bool containing(std::string_view text, std::vector<std::uint32_t>& out) const;
    /// Words that equal `word` or are misspellings of it, with how near they are, in (0, 1].
    [[nodiscard]] std::vector<std::pair<std::uint32_t, double>> near(std::string_view word) const;
};

TextIndex text_index(const SortedIndex& values);

/// The words of a text in small letters: runs of letters, digits and other bytes than ASCII's.
std::vector<std::string> words_of(std::string_view text);
/// The trigrams of a word with its ends marked: `^word$`.
std::vector<Trigram> word_trigrams(std::string_view word);
/// How near two words are, 1 when they are the same, 0 when one is no misspelling of the other.
double nearness(std::string_view word, std::string_view other);

}  // namespace islet
