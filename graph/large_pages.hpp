// Memory for arrays of megabytes.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <utility>
#include <vector>

#include "array.hpp"

namespace islet {

/// Throws std::bad_alloc.
void* allocate_large(std::size_t size, std::size_t alignment);
void free_large(void* at) noexcept;

/// Memory in large pages where the system has them: the first touch of each page costs, and what is read here
/// and there waits for the addresses of pages too. What a vector grows by is not set to zero: whoever resizes
/// it writes all of it, or names the value.
template <class T>
struct LargePages {
    using value_type = T;
    LargePages() = default;
    template <class U>
    LargePages(const LargePages<U>&) noexcept {}  // NOLINT(google-explicit-constructor): allocators convert

    T* allocate(std::size_t count) { return static_cast<T*>(allocate_large(count * sizeof(T), alignof(T))); }
    void deallocate(T* at, std::size_t) noexcept { free_large(at); }
    template <class U>
    void construct(U* at) noexcept {
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class First, class... Rest>
    void construct(U* at, First&& first, Rest&&... rest) {
        ::new (static_cast<void*>(at)) U(std::forward<First>(first), std::forward<Rest>(rest)...);
    }
    friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

template <class T>
using LargeVector = std::vector<T, LargePages<T>>;

template <class T>
Array<T> array_of(LargeVector<T> elements) {
    const auto owner = std::make_shared<const LargeVector<T>>(std::move(elements));
    return Array<T>(std::span<const T>(*owner), owner);
}

}  // namespace islet
