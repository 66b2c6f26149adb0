// Phrases of the vocabulary may be patterns: `[x]` is optional, `(a|b c)` is a choice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace islet::kb {

/// All phrases of a pattern; the empty list if its brackets do not match.
/// `is [only] (watched|observed)` → is watched, is observed, is only watched, is only observed.
std::vector<std::string> expand_pattern(std::string_view pattern);

}  // namespace islet::kb
