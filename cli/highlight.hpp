// Colours for openCypher and for answers, on a terminal that has them.
#pragma once

#include <string>
#include <string_view>

namespace islet::cli {

/// The query with keywords, texts, numbers and comments in colour.
std::string painted_query(std::string_view query);

/// An answer as islet::to_plain_text writes it: headings bold, its query coloured, sources dim.
std::string painted_answer(std::string_view answer);

}  // namespace islet::cli
