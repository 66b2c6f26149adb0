// Ids that mostly ascend one by one.
#pragma once

#include <cstdint>

#include "large_pages.hpp"

namespace islet {

/// Ids in order of adding. Nothing is held for each while every one is the last one's successor.
class IdList {
 public:
    void push_back(std::uint32_t id) { append(id, 1); }
    /// `first`, `first` + 1, …
    void append(std::uint32_t first, std::uint32_t count) {
        if (listed_.empty()) {
            if (count_ == 0) first_ = first;
            if (first - first_ == count_) {
                count_ += count;
                return;
            }
            list();
        }
        for (std::uint32_t i = 0; i < count; ++i) listed_.push_back(first + i);
    }
    void append(const IdList& more) {
        if (more.is_run()) {
            append(more.first_, more.count_);
            return;
        }
        list();
        listed_.insert(listed_.end(), more.listed_.begin(), more.listed_.end());
    }

    [[nodiscard]] bool is_run() const noexcept { return listed_.empty(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return is_run() ? count_ : listed_.size(); }
    [[nodiscard]] std::uint32_t operator[](std::size_t i) const noexcept {
        return is_run() ? first_ + static_cast<std::uint32_t>(i) : listed_[i];
    }
    /// All of them, each by itself. Leaves nothing behind.
    [[nodiscard]] LargeVector<std::uint32_t> take() {
        list();
        LargeVector<std::uint32_t> taken = std::move(listed_);
        *this = {};
        return taken;
    }

 private:
    void list() {
        if (!is_run()) return;
        listed_.resize(count_);
        for (std::uint32_t i = 0; i < count_; ++i) listed_[i] = first_ + i;
    }

    std::uint32_t first_ = 0;
    std::uint32_t count_ = 0;
    LargeVector<std::uint32_t> listed_;  ///< empty while they are a run
};

}  // namespace islet
