// The typed property graph: an immutable columnar base, a delta of what was
// written since, and snapshots that readers hold.
//
//   Graph        the current state; hands out snapshots, takes transactions
//   Snapshot     what a reader sees: never changes, never blocks, cheap to copy
//   GraphBuilder bulk load: collect nodes and relationships, then one base
//   Transaction  one writer: reads its own writes, commits or leaves no trace
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/catalog.hpp"
#include "islet/ids.hpp"
#include "islet/value.hpp"

namespace islet {

class Base;              // graph/base.hpp
class Delta;             // graph/delta.hpp
class FileStore;         // graph/file_store.hpp
struct CreatedProperty;  // islet/property_rows.hpp
struct ValueRows;

/// One node's neighbours over one relationship type in one direction, sorted by
/// (neighbour, relationship). Points into the snapshot it came from.
struct Adjacent {
    std::span<const NodeId> nodes;
    std::span<const RelId> explicit_rels;  ///< empty where relationship ids are consecutive
    RelId first_rel{};                     ///< of the consecutive ids

    [[nodiscard]] std::size_t size() const noexcept { return nodes.size(); }
    [[nodiscard]] bool empty() const noexcept { return nodes.empty(); }
    [[nodiscard]] RelId rel(std::size_t i) const noexcept {
        return explicit_rels.empty()
                   ? RelId{static_cast<std::uint32_t>(first_rel) + static_cast<std::uint32_t>(i)}
                   : explicit_rels[i];
    }
};

/// One type's neighbours in one direction, looked up once and asked for many nodes: what
/// Snapshot::neighbours() answers, without finding the type each time. Valid as long as the state of the
/// snapshot that it came from; that of a transaction's view ends with its next write.
class NeighbourRows {
 public:
    [[nodiscard]] Adjacent operator()(NodeId node) const noexcept {
        if (offsets_ == nullptr) return found(node);
        const std::uint32_t slot = static_cast<std::uint32_t>(node) - first_;
        if (slot >= slots_) return {};
        const std::uint32_t begin = offsets_[slot];
        const std::uint32_t size = offsets_[slot + 1] - begin;
        if (rels_ == nullptr) return {{neighbours_ + begin, size}, {}, RelId{first_rel_ + begin}};
        return {{neighbours_ + begin, size}, {rels_ + begin, size}, {}};
    }
    [[nodiscard]] std::uint32_t degree(NodeId node) const noexcept {
        if (offsets_ == nullptr) return static_cast<std::uint32_t>(found(node).size());
        const std::uint32_t slot = static_cast<std::uint32_t>(node) - first_;
        return slot < slots_ ? offsets_[slot + 1] - offsets_[slot] : 0;
    }
    /// The degrees of many nodes; of NodeId::none it is 0. REQUIRES: as many places as nodes
    void degrees(std::span<const std::uint32_t> nodes, std::int64_t* out) const noexcept;

 private:
    friend class Snapshot;
    [[nodiscard]] Adjacent found(NodeId node) const noexcept;

    // Of dense rows of a base that no delta covers; else `offsets_` is null and found() asks both.
    const std::uint32_t* offsets_ = nullptr;
    const NodeId* neighbours_ = nullptr;
    const RelId* rels_ = nullptr;  ///< null: consecutive from first_rel_
    std::uint32_t first_ = 0;
    std::uint32_t slots_ = 0;
    std::uint32_t first_rel_ = 0;
    TypeId type_{};
    Direction direction_{};
    const Base* base_ = nullptr;
    const Delta* delta_ = nullptr;
};

/// The nodes with one label, looked up once and asked about many: what Snapshot::has_label() answers. Valid
/// like NeighbourRows.
class LabelledNodes {
 public:
    [[nodiscard]] bool contains(NodeId node) const noexcept {
        if (words_ == nullptr) return found(node);
        const std::uint32_t id = static_cast<std::uint32_t>(node);
        const std::uint32_t word = id / 64 - first_word_;
        return word < size_ && ((words_[word] >> (id % 64)) & 1U) != 0;
    }

 private:
    friend class Snapshot;
    [[nodiscard]] bool found(NodeId node) const noexcept;

    // Of a bitmap of the base that no delta covers; else `words_` is null and found() asks both.
    const std::uint64_t* words_ = nullptr;
    std::uint32_t first_word_ = 0;
    std::uint32_t size_ = 0;
    LabelId label_{};
    const Base* base_ = nullptr;
    const Delta* delta_ = nullptr;
};

/// A relationship's ends and type.
struct Ends {
    NodeId source;
    NodeId target;
    TypeId type;
};

/// A property column of the base, for reading many rows at once. Covers the ids
/// [first, first + size); outside of them, and where `valid` has no bit, the value is null.
/// Exactly one of the arrays is filled, as `kind` says (`list` and mixed columns: `generic`).
struct PropertyColumn {
    Kind kind = Kind::null;  ///< boolean, integer, floating, string; null = mixed or list: see `generic`
    std::uint32_t first = 0;
    std::uint32_t size = 0;
    std::span<const std::uint64_t> valid;     ///< bitmap, bit i = id first + i
    std::span<const std::uint64_t> booleans;  ///< bitmap
    std::span<const std::int64_t> integers;
    std::span<const double> floats;
    std::span<const std::uint32_t> strings;  ///< codes of the snapshot's string dictionary
    std::span<const Value> generic;
    bool complete = false;  ///< every id in the range has a value

    [[nodiscard]] bool has(std::uint32_t id) const noexcept {
        const std::uint32_t i = id - first;
        return i < size && ((valid[i / 64] >> (i % 64)) & 1U) != 0;
    }
};

struct WriteCounts;

/// Counts for the planner. Exact for the base, and kept roughly right for the delta.
struct GraphStats {
    std::uint64_t nodes = 0;
    std::uint64_t relationships = 0;
    std::vector<std::uint64_t> label_nodes;  ///< by LabelId
    struct TypeStats {
        std::uint64_t count = 0;
        std::uint64_t sources = 0;              ///< distinct source nodes
        std::uint64_t targets = 0;              ///< distinct target nodes
        std::vector<std::uint64_t> from_label;  ///< by LabelId: relationships whose source has the label
        std::vector<std::uint64_t> to_label;    ///< by LabelId: relationships whose target has the label

        friend bool operator==(const TypeStats&, const TypeStats&) = default;
    };
    std::vector<TypeStats> types;  ///< by TypeId

    friend bool operator==(const GraphStats&, const GraphStats&) = default;
};

/// A view of one state of a graph. A value: copies share the state. All calls are
/// const and may come from several threads. Ids below node_bound()/rel_bound() may
/// be gone (deleted); contains() tells.
class Snapshot {
 public:
    Snapshot();  ///< of an empty graph
    Snapshot(std::shared_ptr<const Base> base, std::shared_ptr<const Delta> delta);

    [[nodiscard]] std::uint32_t node_bound() const noexcept;  ///< every node id is below
    [[nodiscard]] std::uint32_t rel_bound() const noexcept;   ///< every relationship id is below
    [[nodiscard]] std::uint64_t node_count() const noexcept;
    [[nodiscard]] std::uint64_t rel_count() const noexcept;
    [[nodiscard]] bool contains(NodeId node) const noexcept;
    [[nodiscard]] bool contains(RelId rel) const noexcept;
    /// True while no delta stands over the base, so that its columns say all.
    [[nodiscard]] bool pristine() const noexcept;

    // Names. Ids of names count from 0 to the number of names.
    [[nodiscard]] std::uint32_t label_count() const noexcept;
    [[nodiscard]] std::uint32_t type_count() const noexcept;
    [[nodiscard]] std::uint32_t key_count() const noexcept;
    [[nodiscard]] std::string_view name(LabelId label) const;
    [[nodiscard]] std::string_view name(TypeId type) const;
    [[nodiscard]] std::string_view name(KeyId key) const;
    [[nodiscard]] std::optional<LabelId> find_label(std::string_view name) const;
    [[nodiscard]] std::optional<TypeId> find_type(std::string_view name) const;
    [[nodiscard]] std::optional<KeyId> find_key(std::string_view name) const;

    // Labels.
    [[nodiscard]] bool has_label(NodeId node, LabelId label) const noexcept;
    [[nodiscard]] std::vector<LabelId> labels(NodeId node) const;  ///< ascending ids
    [[nodiscard]] std::uint64_t count(LabelId label) const noexcept;

    /// Appends to `out` up to `limit` nodes with `label` (LabelId::none: any node) whose ids are
    /// at least `from`, in ascending order. Returns the id to go on from; NodeId::none at the end.
    NodeId scan(LabelId label, NodeId from, std::size_t limit, std::vector<NodeId>& out) const;

    /// For asking about many nodes.
    [[nodiscard]] LabelledNodes labelled(LabelId label) const noexcept;

    // Adjacency. The spans stay valid as long as this snapshot's state.
    /// For asking about many nodes.
    [[nodiscard]] NeighbourRows neighbour_rows(TypeId type, Direction direction) const noexcept;
    [[nodiscard]] Adjacent neighbours(NodeId node, TypeId type, Direction direction) const noexcept;
    /// All relationships of the type with their targets, ordered by source; nothing where writes that are
    /// not in the base yet touch any relationships.
    [[nodiscard]] std::optional<Adjacent> all_of_type(TypeId type) const noexcept;
    [[nodiscard]] std::size_t degree(NodeId node, TypeId type, Direction direction) const noexcept {
        return neighbours(node, type, direction).size();
    }
    /// The ids that relationships of the type have in the base: consecutive, ordered by source, target and
    /// adding. Those that a delta has made stand outside, those that it removed inside.
    [[nodiscard]] std::pair<RelId, std::uint32_t> base_rels(TypeId type) const noexcept;
    /// All relationships that the nodes have; one between two of them comes twice. REQUIRES: they ascend
    [[nodiscard]] std::vector<RelId> relationships_of(std::span<const NodeId> nodes) const;
    /// REQUIRES: rel is below rel_bound(). Still answers for a relationship that a delta removed.
    [[nodiscard]] Ends ends(RelId rel) const noexcept;
    [[nodiscard]] std::uint64_t count(TypeId type) const noexcept;

    // Properties. Null where there is none.
    [[nodiscard]] Value property(NodeId node, KeyId key) const;
    [[nodiscard]] Value property(RelId rel, KeyId key) const;
    /// All that are not null, by ascending key id.
    [[nodiscard]] std::vector<std::pair<KeyId, Value>> properties(NodeId node) const;
    [[nodiscard]] std::vector<std::pair<KeyId, Value>> properties(RelId rel) const;
    /// The base's column of a key for reading in bulk. Says all only if pristine(). nullptr means that
    /// there is no such array, not that there are no values: few of many ids may have the key, or only
    /// the delta has it. Then ask property().
    [[nodiscard]] const PropertyColumn* node_column(KeyId key) const noexcept;
    [[nodiscard]] const PropertyColumn* rel_column(KeyId key) const noexcept;
    /// A string of the base's dictionary. Valid as long as this snapshot's state.
    [[nodiscard]] std::string_view string(std::uint32_t code) const noexcept;
    /// The code of a string in the base's dictionary, if it is there.
    [[nodiscard]] std::optional<std::uint32_t> find_string(std::string_view text) const noexcept;

    /// Valid as long as this snapshot's state. Those of a transaction's view end with its next write.
    [[nodiscard]] const GraphStats& stats() const;

    /// The graph's declarations. Valid as long as this snapshot's state.
    [[nodiscard]] const Catalog& catalog() const noexcept;
    /// The same, to keep. Never null.
    [[nodiscard]] const std::shared_ptr<const Catalog>& shared_catalog() const noexcept;

    /// Whether both see the same state (so that a cached plan still holds).
    [[nodiscard]] bool same_state(const Snapshot& other) const noexcept {
        return base_ == other.base_ && delta_ == other.delta_;
    }

 private:
    friend class FileStore;
    friend class Transaction;
    friend class SnapshotParts;  // graph/snapshot_parts.hpp
    friend WriteCounts difference(const Snapshot& before, const Snapshot& after);

    std::shared_ptr<const Base> base_;    ///< never null
    std::shared_ptr<const Delta> delta_;  ///< never null
};

/// Bulk load. Not thread-safe. Names are made on first use. Ids and positions given in must come from
/// this builder since the last finish().
class GraphBuilder {
 public:
    GraphBuilder();
    ~GraphBuilder();
    GraphBuilder(GraphBuilder&&) noexcept;
    GraphBuilder& operator=(GraphBuilder&&) noexcept;

    LabelId label(std::string_view name);
    TypeId type(std::string_view name);
    KeyId key(std::string_view name);

    NodeId add_node(std::span<const LabelId> labels = {});
    /// Returns the position in order of adding, counting from 0; the finished graph
    /// numbers relationships anew (by type, source, target, order of adding).
    std::size_t add_relationship(NodeId source, TypeId type, NodeId target);
    /// A null removes. Throws Exception for a value that no property can hold (maps, nodes, mixed-in maps).
    void set_property(NodeId node, KeyId key, const Value& value);
    void set_relationship_property(std::size_t rel, KeyId key, const Value& value);

    void set_catalog(Catalog catalog);

    /// The finished graph; leaves the builder empty.
    [[nodiscard]] Snapshot finish();

 private:
    struct State;
    std::unique_ptr<State> state_;
};

class Transaction;

/// The current state of a graph. Thread-safe. A transaction must end before its graph does.
///
/// Node ids and the ids of names hold for the life of the graph, and those of removed nodes are not
/// used again. A commit may number relationships anew (when it folds what was written into a new
/// base): a RelId holds for the snapshot it came from, and for the whole of a transaction.
class Graph {
 public:
    Graph();  ///< empty
    explicit Graph(Snapshot snapshot);
    /// Of a file; open_graph() of islet/file.hpp makes one.
    explicit Graph(std::unique_ptr<FileStore> store);
    ~Graph();
    Graph(Graph&&) noexcept;
    Graph& operator=(Graph&&) noexcept;

    [[nodiscard]] Snapshot snapshot() const;
    /// Of a file that is open for reading: makes snapshot() the last commit of whichever process writes it.
    /// Cheap where there was none; nothing to do for the writer, and in memory. Throws Exception where the
    /// file cannot be read any more; the snapshot stays.
    void refresh();

 private:
    friend class Transaction;
    struct State;
    std::unique_ptr<State> state_;
};

/// What a transaction did, call by call (a label counts for each node that got it, a value written
/// over another is one property set); or what difference() found.
struct WriteCounts {
    std::int64_t nodes_created = 0, nodes_deleted = 0;
    std::int64_t relationships_created = 0, relationships_deleted = 0;
    std::int64_t properties_set = 0;
    std::int64_t labels_added = 0, labels_removed = 0;
    std::int64_t properties_removed = 0;

    [[nodiscard]] bool any() const noexcept;
    friend bool operator==(const WriteCounts&, const WriteCounts&) = default;
    /// What was done after `earlier`.
    friend WriteCounts operator-(WriteCounts later, const WriteCounts& earlier) noexcept;
};

/// How `after` differs from `before`, an earlier state of the same graph, as openCypher's side effects
/// count it: by nodes, by relationships, by (owner, key, value) triples, so that a changed value is one
/// removed and one set, and by the labels that any node has. A relationship is known by its id, or where
/// ids were numbered anew between the two, by its place among those of the same ends and type.
/// Exact; linear in both states.
WriteCounts difference(const Snapshot& before, const Snapshot& after);

/// The one writer of a graph: waits for another writer to end. Reads its own
/// writes. Without commit() nothing stays. Used by one thread. Writing to a node or relationship that
/// is not there throws Exception (EntityNotFound, DeletedEntityAccess); removing one again does nothing.
class Transaction {
 public:
    explicit Transaction(Graph& graph);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// The state with everything written so far. It changes with the next write, and
    /// spans taken from it end then; a copy of it sees the changes too, until commit.
    [[nodiscard]] const Snapshot& view() const noexcept;

    LabelId label(std::string_view name);
    TypeId type(std::string_view name);
    KeyId key(std::string_view name);

    NodeId create_node();
    RelId create_relationship(NodeId source, TypeId type, NodeId target);

    /// Properties by key; of two with one key the later counts.
    using Properties = std::vector<std::pair<KeyId, Value>>;
    /// Puts the properties of the i-th into an empty list. It may ask for names, and write nothing else.
    using FillProperties = std::function<void(std::uint32_t i, Properties& properties)>;
    /// Several nodes at once, in less time than one by one. Their ids follow each other from the one that is
    /// returned; the i-th has the labels kinds[i % kinds.size()]. Nulls among the properties are left out;
    /// throws as set_property() does.
    NodeId create_nodes(std::uint32_t count, std::span<const std::vector<LabelId>> kinds,
                        const FillProperties& fill);
    /// Several relationships at once, likewise.
    RelId create_relationships(std::span<const Ends> all, const FillProperties& fill);
    /// The same in the least time, for properties that lie in columns (islet/property_rows.hpp): `rows` times
    /// one node of each of `kinds`, or `parts` of the relationships for each row. A key comes once a part.
    NodeId create_nodes(std::uint32_t rows, std::span<const std::vector<LabelId>> kinds,
                        std::span<const CreatedProperty> properties);
    RelId create_relationships(std::span<const Ends> all, std::uint32_t parts,
                               std::span<const CreatedProperty> properties);
    /// set_property() of several: values[i] is for the i-th. Of one that comes twice the later counts.
    void set_properties(std::span<const NodeId> nodes, KeyId key, const ValueRows& values);
    void set_properties(std::span<const RelId> rels, KeyId key, const ValueRows& values);
    /// Those that are there; the others need no removing.
    void remove_nodes(std::vector<NodeId> all);
    void remove_relationships(std::vector<RelId> all);
    void add_label(NodeId node, LabelId label);
    void remove_label(NodeId node, LabelId label);
    /// A null removes. Throws Exception (TypeError, InvalidPropertyType) for a value that no property can
    /// hold.
    void set_property(NodeId node, KeyId key, const Value& value);
    void set_property(RelId rel, KeyId key, const Value& value);
    /// Throws Exception (ConstraintVerificationFailed, DeleteConnectedNode) at commit when
    /// relationships of the node are left.
    void remove_node(NodeId node);
    void remove_relationship(RelId rel);

    /// Throws Exception (ConstraintValidationFailed), changing nothing, when the graph breaks one of its
    /// rules.
    void set_catalog(Catalog catalog);
    /// Throws Exception (ConstraintValidationFailed) when something written since the last check breaks a
    /// constraint or the schema. Costs what was written. commit() checks too.
    void check();

    [[nodiscard]] const WriteCounts& counts() const noexcept;

    /// Publishes everything at once; the transaction is over, and view() stays as it is. Of a graph in a
    /// file, it returns when everything is on the medium, and readers see it no earlier. If it throws,
    /// nothing was published; the transaction goes on, unless others build on it already, as is said in the
    /// message.
    void commit();

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace islet
