// What :help tells beyond one line.
#pragma once

#include <span>
#include <string_view>

namespace islet::cli {

struct HelpTopic {
    std::string_view name;  ///< a subject, or the command that it tells more of
    std::string_view text;  ///< ends with a line feed
};

std::span<const HelpTopic> help_topics();

}  // namespace islet::cli
