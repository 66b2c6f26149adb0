// An array of zeros by node id, of which few may be used.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

namespace islet::query {

/// Memory that is never touched costs nothing.
template <class T>
class ZeroedArray {
 public:
    void resize(std::size_t size) {
        if (size <= size_) return;
        // The system hands out zeroed pages on first touch; a vector would write them all.
        std::unique_ptr<T, Free> larger(
            static_cast<T*>(std::calloc(size, sizeof(T))));  // NOLINT(*-no-malloc)
        if (!larger) throw std::bad_alloc();
        std::copy_n(data_.get(), size_, larger.get());
        data_ = std::move(larger);
        size_ = size;
    }
    T& operator[](std::uint32_t i) { return data_.get()[i]; }
    const T& operator[](std::uint32_t i) const { return data_.get()[i]; }

 private:
    struct Free {
        void operator()(T* data) const { std::free(data); }  // NOLINT(*-no-malloc,*-owning-memory)
    };
    std::unique_ptr<T, Free> data_;
    std::size_t size_ = 0;
};

}  // namespace islet::query
