// A persistent array of sparse entries: copies share what they have in common.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace islet {

/// Maps ids to entries of T. A copy costs one pointer. Each branch and entry carries the epoch of
/// the writer that made it: edit() changes those of its own epoch in place and copies all others,
/// so that whoever holds an older copy keeps what it saw.
///
/// INVARIANT: a branch or entry of epoch e is reachable only from the writer whose epoch is e, until
/// that writer is done; whoever copies the trie to write on must take a greater epoch.
///
/// T must be copyable and have a member `std::uint64_t epoch`.
template <class T>
class Trie {
 public:
    [[nodiscard]] bool empty() const noexcept { return root_ == nullptr; }

    /// The entry of an id, or nullptr. Valid while this copy is not edited or destroyed.
    [[nodiscard]] const T* find(std::uint32_t id) const noexcept {
        if (root_ == nullptr || (height_ < most_height && (id >> (bits * height_)) != 0)) return nullptr;
        const Branch* branch = root_.get();
        for (unsigned level = height_ - 1; level > 0; --level) {
            branch = static_cast<const Branch*>(branch->slots[digit(id, level)].get());
            if (branch == nullptr) return nullptr;
        }
        return static_cast<const T*>(branch->slots[digit(id, 0)].get());
    }

    /// The entry of an id to write on, made if it is not there.
    T& edit(std::uint32_t id, std::uint64_t epoch) {
        std::shared_ptr<void>& slot = edit_leaf(id, epoch).slots[digit(id, 0)];
        const auto* held = static_cast<const T*>(slot.get());
        if (held == nullptr || held->epoch != epoch) {
            auto entry = held == nullptr ? std::make_shared<T>() : std::make_shared<T>(*held);
            entry->epoch = epoch;
            slot = std::move(entry);
        }
        return *static_cast<T*>(slot.get());
    }

    /// Takes the entry of an id out, if there is one, and the branches that hold nothing then.
    void erase(std::uint32_t id, std::uint64_t epoch) {
        if (find(id) == nullptr) return;
        std::array<Branch*, most_height> path{};
        path[0] = &edit_leaf(id, epoch);
        Branch* branch = root_.get();
        for (unsigned level = height_ - 1; level > 0; --level) {
            path[level] = branch;
            branch = static_cast<Branch*>(branch->slots[digit(id, level)].get());
        }
        for (unsigned level = 0; level < height_; ++level) {
            path[level]->slots[digit(id, level)].reset();
            if (!path[level]->holds_nothing()) return;
        }
        root_.reset();
        height_ = 1;
    }

    /// The lowest id from `id` on that has an entry; none if there is none.
    [[nodiscard]] std::optional<std::uint32_t> next(std::uint32_t id) const noexcept {
        if (root_ == nullptr || (height_ < most_height && (id >> (bits * height_)) != 0)) return std::nullopt;
        return next_in(*root_, height_ - 1, 0, id);
    }

    /// Calls visit(id, entry) by ascending id.
    template <class Visit>
    void for_each(Visit visit) const {
        if (root_ != nullptr) walk(*root_, height_ - 1, 0, visit);
    }

 private:
    static constexpr unsigned bits = 5;
    static constexpr unsigned most_height = 7;  ///< 7 * 5 bits hold any 32-bit id

    struct Branch {
        explicit Branch(std::uint64_t made_in) : epoch(made_in) {}
        [[nodiscard]] std::shared_ptr<Branch> copy(std::uint64_t made_in) const {
            auto made = std::make_shared<Branch>(*this);
            made->epoch = made_in;
            return made;
        }
        [[nodiscard]] bool holds_nothing() const noexcept {
            return std::all_of(slots.begin(), slots.end(), [](const auto& slot) { return slot == nullptr; });
        }
        std::uint64_t epoch;
        std::array<std::shared_ptr<void>, 1U << bits> slots;  ///< branches; entries of T at level 0
    };

    /// The branch that holds an id's entry, to write on.
    Branch& edit_leaf(std::uint32_t id, std::uint64_t epoch) {
        if (root_ == nullptr) root_ = std::make_shared<Branch>(epoch);
        while (height_ < most_height && (id >> (bits * height_)) != 0) {
            auto taller = std::make_shared<Branch>(epoch);
            taller->slots[0] = std::move(root_);
            root_ = std::move(taller);
            ++height_;
        }
        if (root_->epoch != epoch) root_ = root_->copy(epoch);
        Branch* branch = root_.get();
        for (unsigned level = height_ - 1; level > 0; --level) {
            std::shared_ptr<void>& slot = branch->slots[digit(id, level)];
            const auto* held = static_cast<const Branch*>(slot.get());
            if (held == nullptr) {
                slot = std::make_shared<Branch>(epoch);
            } else if (held->epoch != epoch) {
                slot = held->copy(epoch);
            }
            branch = static_cast<Branch*>(slot.get());
        }
        return *branch;
    }

    static std::size_t digit(std::uint32_t id, unsigned level) {
        return (id >> (bits * level)) & ((1U << bits) - 1);
    }

    static std::optional<std::uint32_t> next_in(const Branch& branch, unsigned level, std::uint32_t prefix,
                                                std::uint32_t id) noexcept {
        const std::size_t from = id <= prefix ? 0 : digit(id, level);  // else it lies below this branch
        for (std::size_t i = from; i < branch.slots.size(); ++i) {
            const void* slot = branch.slots[i].get();
            if (slot == nullptr) continue;
            const std::uint32_t at = prefix | (static_cast<std::uint32_t>(i) << (bits * level));
            if (level == 0) return at;
            if (const auto found = next_in(*static_cast<const Branch*>(slot), level - 1, at, id))
                return found;
        }
        return std::nullopt;
    }

    template <class Visit>
    static void walk(const Branch& branch, unsigned level, std::uint32_t prefix, Visit& visit) {
        for (std::uint32_t i = 0; i < branch.slots.size(); ++i) {
            const void* slot = branch.slots[i].get();
            if (slot == nullptr) continue;
            const std::uint32_t id = prefix | (i << (bits * level));
            if (level == 0) {
                visit(id, *static_cast<const T*>(slot));
            } else {
                walk(*static_cast<const Branch*>(slot), level - 1, id, visit);
            }
        }
    }

    std::shared_ptr<Branch> root_;
    unsigned height_ = 1;  ///< levels of branches
};

}  // namespace islet
