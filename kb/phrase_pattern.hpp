// Phrases of the vocabulary may be patterns: `[x]` is optional, `(a|b c)` is a choice.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace islet::kb {

/// All phrases of a pattern; the empty list if its brackets do not match.
/// `is [only] (watched|observed)` → is watched, is observed, is only watched, is only observed.
std::vector<std::string> expand_pattern(std::string_view pattern);

/// A pattern of words and `{slots}` as it is matched, without writing out all phrases. From `start` one goes
/// along `next`, and at a split along each of `ways`, to a node of kind `end`.
struct PatternMachine {
    enum class Kind : std::uint8_t { word, slot, split, end };
    struct Node {
        Kind kind = Kind::end;
        std::string text;      ///< of a word: folded; of a slot: without braces
        std::size_t slot = 0;  ///< for who matches: a number of the slot
        std::size_t next = 0;
        std::vector<std::size_t> ways = {};
    };
    std::vector<Node> nodes;
    std::size_t start = 0;
    /// Of each set some word stands in every text that fits.
    std::vector<std::set<std::string, std::less<>>> needs;
};

/// `words` takes a piece of the pattern apart into folded words (none: the piece says nothing).
/// A machine without nodes if the brackets do not match.
PatternMachine compile_pattern(std::string_view pattern,
                               const std::function<std::vector<std::string>(std::string_view)>& words);

}  // namespace islet::kb
