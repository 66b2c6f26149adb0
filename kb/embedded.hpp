// The files that are built into the binary; the functions are written by embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace islet::kb {

struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};

/// kb/pnet/*.json
std::span<const EmbeddedFile> embedded_base();
/// kb/schema/*.schema.json
std::span<const EmbeddedFile> embedded_schemas();

}  // namespace islet::kb
