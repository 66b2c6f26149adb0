// The files that are built into the library; the function is written by cmake/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace islet::exporting {

struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};

/// graph/page/: page.html, page.css, and the scripts in the order in which they are to run.
std::span<const EmbeddedFile> embedded_page();

}  // namespace islet::exporting
