// A bulk array that does not care where its bytes live.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace islet {

/// Elements that never change, and what keeps them alive: a vector today, a part of
/// a mapped file as well. Copies share the elements.
template <class T>
class Array {
 public:
    Array() = default;
    explicit Array(std::vector<T> elements) {
        auto owner = std::make_shared<const std::vector<T>>(std::move(elements));
        elements_ = *owner;
        owner_ = std::move(owner);
    }
    Array(std::span<const T> elements, std::shared_ptr<const void> owner)
        : elements_(elements), owner_(std::move(owner)) {}

    [[nodiscard]] std::span<const T> span() const noexcept { return elements_; }
    [[nodiscard]] const T* data() const noexcept { return elements_.data(); }
    [[nodiscard]] std::size_t size() const noexcept { return elements_.size(); }
    [[nodiscard]] bool empty() const noexcept { return elements_.empty(); }
    [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return elements_[i]; }
    [[nodiscard]] const T* begin() const noexcept { return elements_.data(); }
    [[nodiscard]] const T* end() const noexcept { return elements_.data() + elements_.size(); }

 private:
    std::span<const T> elements_;
    std::shared_ptr<const void> owner_;
};

}  // namespace islet
