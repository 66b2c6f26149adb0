// Puts the file that packer/ made of kb/pnet into the library.
#include "embedded.hpp"

// clang-format off
asm(".pushsection .rodata.islet_built_in, \"a\"\n"
    ".balign 64\n"
    "islet_built_in_begin:\n"
    ".incbin \"" ISLET_BUILT_IN "\"\n"
    "islet_built_in_end:\n"
    ".balign 8\n"
    ".globl islet_built_in_begin, islet_built_in_end\n"
    ".hidden islet_built_in_begin, islet_built_in_end\n"
    ".popsection\n");
// clang-format on

extern "C" {
extern const std::byte islet_built_in_begin;
extern const std::byte islet_built_in_end;
}

namespace islet::kb {

std::span<const std::byte> packed_built_in() noexcept {
    return {&islet_built_in_begin, &islet_built_in_end};
}

}  // namespace islet::kb
