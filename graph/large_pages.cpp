#include "large_pages.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>

namespace islet {

void* allocate_large(std::size_t size, std::size_t alignment) {
    constexpr std::size_t page = std::size_t{2} << 20;
    const bool large = size >= page;
    const std::size_t multiple = large ? page : std::max(alignment, sizeof(void*));
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): an allocator gives memory to whom it is for
    void* at = std::aligned_alloc(multiple, (size + multiple - 1) / multiple * multiple);
    if (at == nullptr) throw std::bad_alloc();
    if (large) ::madvise(at, size, MADV_HUGEPAGE);  // a wish: without, it is only slower
    return at;
}

void free_large(void* at) noexcept {
    std::free(at);  // NOLINT(cppcoreguidelines-*): what aligned_alloc gave
}

}  // namespace islet
