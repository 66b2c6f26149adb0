// What was written since the base. See the drawing above class Delta.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base.hpp"
#include "islet/graph.hpp"
#include "names.hpp"
#include "trie.hpp"

namespace islet {

/// Properties that differ from the base's, by ascending key; null where the base's value is gone.
using PropertyChanges = std::vector<std::pair<KeyId, Value>>;

/// The whole neighbour list of a touched (node, type, direction), ascending by (node, relationship).
struct MergedList {
    std::uint64_t epoch = 0;
    std::vector<NodeId> nodes;
    std::vector<RelId> rels;
};

struct NodeChange {
    struct List {
        TypeId type;
        Direction direction;
        std::shared_ptr<MergedList> list;  ///< never null
    };
    std::uint64_t epoch = 0;
    bool removed = false;  ///< its lists stay until its relationships are removed too
    PropertyChanges properties;
    std::vector<List> lists;

    [[nodiscard]] const MergedList* find(TypeId type, Direction direction) const noexcept;
};

struct RelChange {
    std::uint64_t epoch = 0;
    bool removed = false;
    Ends ends{};  ///< of a new relationship; the base knows the others
    PropertyChanges properties;
};

/// Sixty-four nodes of a set, all of them as they are now.
struct ChangedWord {
    std::uint64_t epoch = 0;
    std::uint64_t bits = 0;
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
///   nodes   trie ──▶ NodeChange   properties [(key, value or null)…]
///                                 lists [(type, direction) ──▶ MergedList: base and new, less removed]
///   rels    trie ──▶ RelChange    ends if new, removed?, properties
///   alive   trie ──▶ 64 nodes     which exist: replaces the base's word
///   labels  trie ──▶ 64 nodes     one trie for each label: replaces the word of the base's bitmap
///
/// A reader asks the delta first and the base where the delta has no entry. Because an entry always
/// holds the whole truth of what it covers (a full neighbour list, a full word of a bitmap), no read
/// merges anything, and neighbours() is a span in either case.
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
    bool touches_lists = false;

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

    Trie<NodeChange> nodes;
    Trie<RelChange> rels;
    Trie<IndexBucket> by_value;  ///< of the catalog's indexed keys
    Trie<ChangedWord> alive;
    std::vector<Trie<ChangedWord>> label_nodes;  ///< by LabelId; may be shorter than the labels
    std::vector<std::int64_t> label_counts;      ///< by LabelId, against the base; may be shorter
    std::vector<std::int64_t> type_counts;       ///< by TypeId, against the base; may be shorter

    // Reading.
    [[nodiscard]] std::uint64_t word(const Base& base, LabelId label, std::uint32_t word) const noexcept;
    [[nodiscard]] bool contains(const Base& base, NodeId node) const noexcept;
    [[nodiscard]] bool contains(RelId rel) const noexcept;
    [[nodiscard]] bool has_label(const Base& base, NodeId node, LabelId label) const noexcept;
    [[nodiscard]] Adjacent neighbours(const Base& base, NodeId node, TypeId type,
                                      Direction direction) const noexcept;
    [[nodiscard]] Ends ends(const Base& base, RelId rel) const noexcept;
    [[nodiscard]] Value property(const Base& base, NodeId node, KeyId key) const;
    [[nodiscard]] Value property(const Base& base, RelId rel, KeyId key) const;

    // Writing, before publication, by one thread. REQUIRES of all: what is named exists.
    NodeId create_node(const Base& base);
    RelId create_relationship(const Base& base, NodeId source, TypeId type, NodeId target);
    void set_label(const Base& base, NodeId node, LabelId label, bool on);
    void set_property(NodeId node, KeyId key, const Value& value);
    void set_property(RelId rel, KeyId key, const Value& value);
    /// The node's labels and properties go; its relationships stay.
    void remove_node(const Base& base, NodeId node);
    void remove_relationship(const Base& base, RelId rel);

    /// Counts for every name there is: exact when first asked for, and counted again when much has been
    /// written since or a name has come.
    [[nodiscard]] const GraphStats& stats(const Base& base) const;

 private:
    MergedList& edit_list(const Base& base, NodeId node, TypeId type, Direction direction);
    void set_alive(const Base& base, NodeId node, bool on);

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
