// Neighbour lists that were written since the base. See the drawing above ChangedLists.
#pragma once

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base.hpp"
#include "changed_properties.hpp"
#include "trie.hpp"

namespace islet {

/// The whole neighbour list of one node, ascending by (node, relationship).
struct MergedList {
    std::uint64_t epoch = 0;
    boost::container::small_vector<NodeId, 4> nodes;
    boost::container::small_vector<RelId, 4> rels;
};

/// A relationship in the neighbour list of one of its ends.
struct ListEntry {
    NodeId node;  ///< whose list it is
    NodeId neighbour;
    RelId rel;
};

/// The neighbour lists of sixty-four nodes in a row, of one type and direction, as far as they were touched:
///
///   touched   0 1 0 1 1 0 …
///   lists       │   │ └───────────────▶ MergedList of its own: what is written to alone, or long
///               └───┴──┐
///   nodes     [ 4 9 9 │ 2 ]           those that were written at once: base and new, less removed
///   rels      [ 7 3 8 │ 1 ]
///
/// Invariant: `lists` has an entry for each bit of `touched`, in its order, and each is the whole truth.
struct ChangedLists {
    struct List {
        std::shared_ptr<MergedList> own;  ///< null: [begin, end) of `together`
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    struct Together {
        std::vector<NodeId> nodes;
        std::vector<RelId> rels;
    };
    std::uint64_t epoch = 0;
    std::uint64_t touched = 0;
    std::vector<List> lists;
    std::shared_ptr<const Together> together;  ///< null where all lists have their own

    [[nodiscard]] bool has(std::uint32_t i) const noexcept { return ((touched >> i) & 1U) != 0; }
    /// REQUIRES: has(i)
    [[nodiscard]] Adjacent at(std::uint32_t i) const noexcept { return of(lists[bits_below(touched, i)]); }
    [[nodiscard]] Adjacent of(const List& list) const noexcept {
        if (list.own != nullptr)
            return {{list.own->nodes.data(), list.own->nodes.size()},
                    {list.own->rels.data(), list.own->rels.size()},
                    {}};
        return {std::span(together->nodes).subspan(list.begin, list.end - list.begin),
                std::span(together->rels).subspan(list.begin, list.end - list.begin),
                {}};
    }
    /// Whether all lists are empty.
    [[nodiscard]] bool holds_nothing() const noexcept {
        return (together == nullptr || together->nodes.empty()) &&
               std::all_of(lists.begin(), lists.end(),
                           [](const List& list) { return list.own == nullptr || list.own->nodes.empty(); });
    }
    /// The list of the i-th node, to write on by itself; `before` is what the base has, for the first time.
    MergedList& edit(std::uint32_t i, const Adjacent& before);
};

/// What is done to lists with many entries at once.
enum class ListEdit : std::uint8_t { add, remove };

/// One type, both directions.
struct ChangedType {
    std::uint64_t epoch = 0;
    std::array<Trie<ChangedLists>, 2> sides;  ///< by node / 64

    [[nodiscard]] const Trie<ChangedLists>& side(Direction direction) const noexcept {
        return sides[direction == Direction::out ? 0 : 1];
    }
    [[nodiscard]] Trie<ChangedLists>& side(Direction direction) noexcept {
        return sides[direction == Direction::out ? 0 : 1];
    }
    /// Adds entries to their lists, or takes them out. REQUIRES: ascending by (node, neighbour, rel); an
    /// added relationship is greater than all that are there.
    void edit_all(const Base& base, TypeId type, Direction direction, std::span<const ListEntry> entries,
                  ListEdit edit);
};

/// The entries that relationships make in the lists of a direction, ascending by (node, neighbour,
/// relationship). REQUIRES: `rels` ascends
std::vector<ListEntry> list_entries(std::span<const Ends> ends, std::span<const RelId> rels,
                                    Direction direction);

}  // namespace islet
