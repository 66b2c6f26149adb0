// Choosing among words by their beginnings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "line_editor.hpp"

namespace islet::cli {

/// The words that begin so without regard to case, sorted, each once.
Completions matching(const std::vector<std::string>& words, std::string_view beginning);

}  // namespace islet::cli
