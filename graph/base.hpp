// The immutable part of a graph. See the drawing above class Base.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "adjacency.hpp"
#include "array.hpp"
#include "column.hpp"
#include "file_guard.hpp"
#include "islet/graph.hpp"
#include "names.hpp"
#include "strings.hpp"

namespace islet {

/// A set of nodes: bit i of `words` is node first_word * 64 + i.
struct Bitmap {
    std::uint32_t first_word = 0;
    Array<std::uint64_t> words;
    std::uint64_t count = 0;

    /// The bits of nodes [word * 64, word * 64 + 64).
    [[nodiscard]] std::uint64_t word(std::uint32_t word) const noexcept {
        const std::uint32_t i = word - first_word;
        return i < words.size() ? words[i] : 0;
    }
    [[nodiscard]] std::uint32_t end_word() const noexcept {
        return first_word + static_cast<std::uint32_t>(words.size());
    }
};

/// The arrays of a base by number, for the guard of a file: those of a type, of a column, and of the
/// dictionary.
struct GuardedArrays {
    enum OfType : std::uint8_t { nodes, offsets, neighbours, rels, rows_arrays };
    enum OfColumn : std::uint8_t {
        ids,
        valid,
        booleans,
        integers,
        floats,
        strings,
        encoded_at,
        encoded,
        column_arrays
    };
    enum OfTexts : std::uint8_t { text_bytes, text_offsets, text_slots, text_arrays };

    std::size_t types = 0;
    std::size_t keys = 0;

    [[nodiscard]] std::size_t of_type(std::size_t type, Direction direction, OfType array) const noexcept {
        return (type * 2 + (direction == Direction::out ? 0 : 1)) * rows_arrays + array;
    }
    [[nodiscard]] std::size_t of_column(bool of_nodes, std::size_t key, OfColumn array) const noexcept {
        return types * 2 * rows_arrays + ((of_nodes ? 0 : keys) + key) * column_arrays + array;
    }
    [[nodiscard]] std::size_t of_texts(OfTexts array) const noexcept {
        return types * 2 * rows_arrays + keys * 2 * column_arrays + array;
    }
    [[nodiscard]] std::size_t count() const noexcept { return of_texts(text_arrays); }
};

class IndexCache;  // index_sorted.hpp
std::shared_ptr<IndexCache> make_index_cache();

/// The base: a whole graph in flat arrays, written once by BaseBuilder and never changed.
///
///   names      labels 0 1 2 …      types 0 1 2 …      keys 0 1 2 …
///
///   nodes      ids 0 … node_bound-1, with holes where nodes were deleted before a fold:
///              alive       1 1 1 0 1 1 …                         one bit a node
///              label L     . . 1 0 1 . …                         one bit a node, over the words in use
///
///   type T     relationship ids [first_rel, first_rel + count), ordered by (source, target, adding)
///
///     out   offsets    ┌0┬2┬2┬5┐      node first+0 has positions 0 1, first+1 none, first+2 has 2 3 4
///                        │    └────────┐
///           neighbours [ 7 9 | 1 4 4 ] │   position p is relationship first_rel + p: no id array,
///                                      │   and a relationship finds its target at its own position
///     in    offsets    ┌0┬1┬3┬…┐       │   and its source by searching the offsets
///           neighbours [ 5 | 3 5 | … ] │
///           rels       [ 2 | 3 4 | … ] ┘
///
///   key K      nodes:          first ├ valid 1 1 0 1 … ┤   over [first, first + size) only
///                                    ├ int64 4 9 . 2 … ┤   or bits, doubles, dictionary codes, Values
///              relationships:  the same by relationship id
///              few of many:    ids [ 12 9041 77310 ]  values [ a b c ]
///
///   texts      bytes "belzutifaneverolimus…"   offsets 0 11 21 …   hash slots → code
///
/// A relationship costs 4 bytes forward, 8 backward, a share of two offset arrays (4 bytes for each
/// node in range and direction), and its properties: an integer is 8 bytes and one bit.
///
/// Invariants, on which every reader relies:
/// - relationship ids are dense: type by type, each type's range is types[T].first_rel + [0, count);
/// - both neighbour lists ascend by (neighbour, relationship id);
/// - no relationship ends in a hole, no label bit or property stands on one;
/// - every array is reached through Array, so that it may lie in a mapped file as well as in a vector;
/// - `stats` is exact.
///
/// Memory order: a Base is published by copying a shared_ptr under Graph's lock; after that it is
/// only read, from any number of threads.
class Base {
 public:
    Names labels;
    Names types;
    Names keys;

    std::uint32_t node_bound = 0;
    std::uint32_t rel_bound = 0;
    Bitmap alive;                          ///< all nodes but the holes
    std::vector<Bitmap> label_nodes;       ///< by LabelId
    std::vector<TypeAdjacency> adjacency;  ///< by TypeId
    std::vector<Column> node_columns;      ///< by KeyId; of kind null and empty where no node has the key
    std::vector<Column> rel_columns;       ///< by KeyId
    StringTable texts;
    std::shared_ptr<const Catalog> catalog = std::make_shared<const Catalog>();  ///< never null
    std::shared_ptr<IndexCache> indexes =
        make_index_cache();  ///< never null; filled while reading, under its lock
    GraphStats stats;
    std::uint64_t size = 0;  ///< nodes + relationships + properties: what folding costs
    /// Null: everything is as it should be. Else the arrays lie in a file of which the bulk has not been
    /// verified, and whoever reads one asks before, by the functions below. What is damaged reads as nothing,
    /// and require_sound() tells.
    std::shared_ptr<FileGuard> guard;

    [[nodiscard]] Adjacent neighbours(NodeId node, TypeId type, Direction direction) const noexcept {
        if (index(type) >= adjacency.size()) return {};
        if (guard != nullptr && !known(type, direction)) return guarded_neighbours(node, type, direction);
        return adjacency[index(type)].neighbours(node, direction);
    }
    /// Whether all arrays of a type's direction are known to be sound, so that they may be read directly.
    [[nodiscard]] bool known(TypeId type, Direction direction) const noexcept {
        if (guard == nullptr) return true;
        const GuardedArrays arrays{adjacency.size(), node_columns.size()};
        const std::size_t first = arrays.of_type(index(type), direction, GuardedArrays::nodes);
        return guard->known(first) && guard->known(first + 1) && guard->known(first + 2) &&
               guard->known(first + 3);
    }
    /// Whether the targets of all relationships of a type are sound; found out if need be.
    [[nodiscard]] bool sound_targets(TypeId type) const noexcept;
    /// Whether the whole column, its texts excepted, is sound; found out if need be.
    [[nodiscard]] bool sound_column(bool of_nodes, KeyId key) const noexcept;
    /// Whether the value of an id is sound, with its text; found out if need be. True where there is no
    /// value.
    [[nodiscard]] bool sound_value(bool of_nodes, KeyId key, std::uint32_t id) const noexcept;
    /// Whether the whole dictionary is sound; found out if need be.
    [[nodiscard]] bool sound_texts() const noexcept;
    [[nodiscard]] std::string_view text(std::uint32_t code) const noexcept {
        return guard == nullptr || sound_text(code) ? texts[code] : std::string_view();
    }
    [[nodiscard]] std::optional<std::uint32_t> find_text(std::string_view text) const noexcept {
        return guard == nullptr ? texts.find(text) : guarded_find_text(text);
    }
    /// Throws Exception (DamagedFile) if something that was read was damaged.
    void require_sound() const;
    /// The same of everything, read or not: for who is about to take all of it.
    void require_all_sound() const;
    /// REQUIRES: rel < rel_bound
    [[nodiscard]] Ends ends(RelId rel) const noexcept;
    [[nodiscard]] bool contains(NodeId node) const noexcept {
        const auto id = static_cast<std::uint32_t>(node);
        return ((alive.word(id / 64) >> (id % 64)) & 1U) != 0;
    }
    /// The bitmap of a label, or an empty one for a label the base does not know.
    [[nodiscard]] const Bitmap& nodes_of(LabelId label) const noexcept;
    [[nodiscard]] Value property(NodeId node, KeyId key) const;
    [[nodiscard]] Value property(RelId rel, KeyId key) const;

 private:
    [[nodiscard]] Adjacent guarded_neighbours(NodeId node, TypeId type, Direction direction) const noexcept;
    [[nodiscard]] bool sound_text(std::uint32_t code) const noexcept;
    [[nodiscard]] std::optional<std::uint32_t> guarded_find_text(std::string_view text) const noexcept;
};

/// The base of a graph with nothing in it.
const std::shared_ptr<const Base>& empty_base();

}  // namespace islet
