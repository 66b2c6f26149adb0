// What was written since the base. See the drawing above class Delta.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "base.hpp"
#include "changed_lists.hpp"
#include "changed_properties.hpp"
#include "islet/graph.hpp"
#include "names.hpp"
#include "trie.hpp"

namespace islet {

/// Sixty-four nodes or relationships of a set, all of them as they are now.
struct ChangedWord {
    std::uint64_t epoch = 0;
    std::uint64_t bits = 0;
};

/// The ends of new relationships: of id 64 * chunk + i the i-th. What the base knows has no meaning here.
struct NewEnds {
    std::uint64_t epoch = 0;
    std::vector<Ends> ends;
};

/// Nodes or relationships that were given one of the values with a hash; see index_overlay.hpp.
struct IndexBucket {
    std::uint64_t epoch = 0;
    std::vector<std::uint32_t> ids;
};

/// The delta: what differs from one base.
///
///   base   ids 0 ……………… base.node_bound │ new nodes ……… node_bound         (the same for relationships)
///
///   node_properties  key ──▶ trie ──▶ 64 values      see ChangedProperties; rel_properties likewise
///   lists            type ──▶ trie ──▶ 64 lists      see ChangedLists: base and new, less removed
///   new_ends         trie ──▶ 64 relationships       ends of the new ones
///   removed_rels     trie ──▶ 64 relationships       which are gone
///   alive            trie ──▶ 64 nodes               which exist: replaces the base's word
///   labels           label ──▶ trie ──▶ 64 nodes     replaces the word of the base's bitmap
///
/// All goes by sixty-four ids, so that what is written in bulk lies in arrays, as in a base.
///
/// A reader asks the delta first and the base where the delta has no entry. Because an entry always
/// holds the whole truth of what it covers (a full neighbour list, a full word of a bitmap), no read
/// merges anything, and neighbours() is a span in either case. Properties of a removed node or relationship
/// may still be there: whoever reads them asks whether it is.
///
/// Writing: a transaction copies the Delta (tries are one pointer each; counts are short), takes
/// the next epoch, and edits. A trie copies the branches from root to entry that an older epoch made,
/// once a transaction, so that a commit costs what it wrote and not what was written before.
/// Publishing is one shared_ptr. Snapshots that hold older copies share what has not changed.
///
/// Invariants:
/// - `writes` is 0 exactly if the delta says nothing of nodes and relationships, so that pristine() and the
/// hot paths test one word;
/// - a Delta that a published Snapshot holds is never edited again;
/// - every branch, entry and list of epoch == `epoch` belongs to this Delta alone until published;
/// - ids of removed things are not used again while the base lives, and node ids not even after folding;
/// - a delta is folded into a new base once `writes` exceeds fold_limit(): folding costs as much as
///   building the base, and happens after at least a fixed fraction of that many writes.
class Delta {
 public:
    explicit Delta(const Base& base);

    std::uint64_t epoch = 0;
    std::uint64_t writes = 0;
    std::uint32_t node_bound;
    std::uint32_t rel_bound;
    std::uint64_t node_count;
    std::uint64_t rel_count;
    std::uint64_t removed_nodes = 0;  ///< of the base or new

    /// Names that the base does not have: id = base's size + position.
    class NewNames {
     public:
        [[nodiscard]] const Names& operator*() const noexcept { return *names_; }
        std::uint32_t add(std::string_view name, std::uint64_t epoch);

     private:
        std::uint64_t epoch_ = 0;
        std::shared_ptr<Names> names_ = std::make_shared<Names>();
    };
    NewNames labels;
    NewNames types;
    NewNames keys;
    std::shared_ptr<const Catalog> catalog;  ///< null: the base's

    ChangedProperties node_properties;
    ChangedProperties rel_properties;
    Trie<ChangedType> lists;  ///< by TypeId
    Trie<NewEnds> new_ends;
    Trie<ChangedWord> removed_rels;
    Trie<IndexBucket> by_value;  ///< of the catalog's indexed keys
    Trie<ChangedWord> alive;
    std::vector<Trie<ChangedWord>> label_nodes;  ///< by LabelId; may be shorter than the labels
    std::vector<std::int64_t> label_counts;      ///< by LabelId, against the base; may be shorter
    std::vector<std::int64_t> type_counts;       ///< by TypeId, against the base; may be shorter

    // Reading.
    [[nodiscard]] std::uint64_t word(const Base& base, LabelId label, std::uint32_t word) const noexcept;
    /// Which nodes of 64 * word and the following are there.
    [[nodiscard]] std::uint64_t living(const Base& base, std::uint32_t word) const noexcept;
    [[nodiscard]] bool contains(const Base& base, NodeId node) const noexcept;
    [[nodiscard]] bool contains(RelId rel) const noexcept;
    [[nodiscard]] bool has_label(const Base& base, NodeId node, LabelId label) const noexcept;
    [[nodiscard]] Adjacent neighbours(const Base& base, NodeId node, TypeId type,
                                      Direction direction) const noexcept;
    /// nullptr where none of the type's lists was touched.
    [[nodiscard]] const ChangedType* lists_of(TypeId type) const noexcept {
        return lists.find(static_cast<std::uint32_t>(type));
    }
    [[nodiscard]] Ends ends(const Base& base, RelId rel) const noexcept;
    [[nodiscard]] Value property(const Base& base, NodeId node, KeyId key) const;
    [[nodiscard]] Value property(const Base& base, RelId rel, KeyId key) const;

    // Writing, before publication, by one thread. REQUIRES of all: what is named exists.
    NodeId create_node(const Base& base);
    /// Several at once: `rows` times one of each of `kinds`, which are the labels of a row's parts. The node
    /// of row r and part p has the id first + r * kinds.size() + p.
    NodeId create_nodes(const Base& base, std::uint32_t rows, std::span<const std::vector<LabelId>> kinds,
                        std::span<const CreatedProperty> properties);
    /// `parts` in each row: all.size() is a multiple of it.
    RelId create_relationships(const Base& base, std::span<const Ends> all, std::uint32_t parts,
                               std::span<const CreatedProperty> properties);
    /// REQUIRES: no value is null
    void set_properties(Owner owner, std::span<const std::uint32_t> ids, KeyId key, const ValueRows& values);
    /// REQUIRES of both: ascending, each once
    void remove_nodes(const Base& base, std::span<const NodeId> all);
    void remove_relationships(const Base& base, std::span<const RelId> all);
    RelId create_relationship(const Base& base, NodeId source, TypeId type, NodeId target);
    void set_label(const Base& base, NodeId node, LabelId label, bool on);
    void set_property(NodeId node, KeyId key, const Value& value);
    void set_property(RelId rel, KeyId key, const Value& value);
    /// The node's labels and properties go; its relationships stay.
    void remove_node(const Base& base, NodeId node) { remove_nodes(base, std::span(&node, 1)); }
    void remove_relationship(const Base& base, RelId rel);

    /// Counts for every name there is: exact when first asked for, and counted again when much has been
    /// written since or a name has come.
    [[nodiscard]] const GraphStats& stats(const Base& base) const;

 private:
    MergedList& edit_list(const Base& base, NodeId node, TypeId type, Direction direction);
    /// The word of `alive` to write on.
    std::uint64_t& edit_alive(const Base& base, std::uint32_t word);
    /// Makes a word of a set what it is now; it is not kept where it is as in the base.
    void put_word(Trie<ChangedWord>& words, std::uint32_t at, std::uint64_t bits, std::uint64_t in_base);
    void set_bits(const Base& base, LabelId label, std::uint32_t word, std::uint64_t bits);
    void edit_lists(const Base& base, std::span<const Ends> ends, std::span<const RelId> rels, ListEdit edit);

    /// A copy of a Delta starts with the original's counts.
    struct StatsCache {
        StatsCache() = default;
        StatsCache(const StatsCache& other) {
            const std::lock_guard lock(other.mutex);
            stats = other.stats;
            writes = other.writes;
        }
        StatsCache& operator=(const StatsCache&) = delete;
        ~StatsCache() = default;

        mutable std::mutex mutex;
        std::shared_ptr<const GraphStats> stats;
        std::uint64_t writes = 0;  ///< at the time
    };
    mutable StatsCache stats_;
};

/// Writes that a delta over this base may hold before it is folded.
std::uint64_t fold_limit(const Base& base) noexcept;

/// Base and delta as one new base. Ids of nodes and of names stay; relationships are numbered anew,
/// those of the same ends and type in their old order.
std::shared_ptr<const Base> fold(const Base& base, const Delta& delta);

/// Exact counts of base and delta together.
GraphStats count_stats(const Base& base, const Delta& delta);

}  // namespace islet
