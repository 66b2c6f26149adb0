// The types of relationships, many of which follow others of the same type.
#pragma once

#include <cstdint>
#include <vector>

#include "islet/ids.hpp"
#include "large_pages.hpp"

namespace islet {

/// Types in order of adding: as runs while these are long, else each by itself.
class TypeList {
 public:
    void push_back(TypeId type) {
        ++size_;
        if (!listed_.empty()) {
            listed_.push_back(type);
            return;
        }
        if (!runs_.empty() && runs_.back().type == type) {
            runs_.back().end = size_;
            return;
        }
        runs_.push_back({type, size_});
        constexpr std::uint32_t few = 1024;
        if (runs_.size() > few + size_ / 4) list();
    }
    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

    /// Calls visit(type, begin, end) for stretches of one type that follow each other.
    template <class Visit>
    void for_each_run(Visit visit) const {
        std::uint32_t begin = 0;
        for (const Run& run : runs_) {
            visit(run.type, begin, run.end);
            begin = run.end;
        }
        for (; begin < listed_.size(); ++begin) visit(listed_[begin], begin, begin + 1);
    }

 private:
    struct Run {
        TypeId type;
        std::uint32_t end;
    };

    void list() {
        LargeVector<TypeId> listed(size_);
        for_each_run([&](TypeId type, std::uint32_t begin, std::uint32_t end) {
            for (; begin < end; ++begin) listed[begin] = type;
        });
        listed_ = std::move(listed);
        runs_ = {};
    }

    std::uint32_t size_ = 0;
    std::vector<Run> runs_;
    LargeVector<TypeId> listed_;  ///< empty while there are runs
};

}  // namespace islet
