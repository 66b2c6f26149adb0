// What is built into the library.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace islet::kb {

struct EmbeddedFile {
    std::string_view name;
    std::string_view text;
};

/// kb/schema/*.schema.json; written by embed.cmake.
std::span<const EmbeddedFile> embedded_schemas();
/// kb/language/*.json: general words.
std::span<const EmbeddedFile> embedded_languages();
/// kb/pnet as pack() made it of the folder when the library was built, at an address that 64 divides.
std::span<const std::byte> packed_built_in() noexcept;

}  // namespace islet::kb
