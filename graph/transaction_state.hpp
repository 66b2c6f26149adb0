// What Graph and Transaction hold.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "delta.hpp"
#include "file_operations.hpp"
#include "file_store.hpp"
#include "index_overlay.hpp"
#include "islet/error.hpp"
#include "islet/graph.hpp"
#include "islet/property_rows.hpp"

namespace islet {

struct Graph::State {
    std::mutex writer;                 ///< held by the transaction for all its life
    mutable std::mutex current;        ///< held to copy or replace `snapshot`, never longer
    Snapshot snapshot;                 ///< of a graph in memory
    std::unique_ptr<FileStore> store;  ///< of a graph in a file, which holds its snapshot

    [[nodiscard]] Snapshot get() const {
        if (store) return store->snapshot();
        const std::lock_guard lock(current);
        return snapshot;
    }
    void set(Snapshot next) {
        const std::lock_guard lock(current);
        std::swap(snapshot, next);  // the old state is destroyed after the lock is released
    }
};

inline Error not_found(std::string what) {
    return {.code = "22N63",
            .kind = "EntityNotFound",
            .phase = "runtime",
            .detail = "DeletedEntityAccess",
            .message = "the " + std::move(what) + " to write to is not there, or was deleted",
            .span = {},
            .hint = {},
            .place = {}};
}

inline Error only_reads() {
    return {.code = "25006",
            .kind = "DatabaseError",
            .phase = "runtime",
            .detail = "ReadOnlyFile",
            .message = "the graph's file was opened to read only",
            .span = {},
            .hint = "open it for writing",
            .place = {}};
}

struct Transaction::State {
    explicit State(Graph::State& of) : graph(of), writing(of.writer) {}

    Graph::State& graph;
    std::unique_lock<std::mutex> writing;
    std::shared_ptr<const Base> base;
    std::shared_ptr<Delta> delta;
    Snapshot view;  ///< of base and delta
    WriteCounts counts;
    std::vector<NodeId> removed_nodes;
    bool over = false;

    // What the catalog asks to be looked after.
    bool demanding = false;             ///< it has constraints or a schema
    bool demands_all = false;           ///< it has a schema, which says something of every key
    std::vector<KeyId> ruled;           ///< keys that constraints are about, as far as their names are there
    std::vector<IndexedKey> indexed;    ///< as far as their names are there
    std::vector<NodeId> touched_nodes;  ///< since the last check, if demanding
    std::vector<RelId> touched_rels;
    std::vector<NodeId> relabelled;  ///< whose relationships may no longer suit the schema

    void resolve() {
        const Catalog& catalog = view.catalog();
        demands_all = static_cast<bool>(catalog.schema);
        demanding = !catalog.constraints.empty() || demands_all;
        ruled.clear();
        for (const Constraint& constraint : catalog.constraints) {
            for (const std::string& name : constraint.keys) {
                if (const auto key = view.find_key(name)) ruled.push_back(*key);
            }
        }
        if (!catalog.empty()) indexed = indexed_keys(catalog, view);
    }
    void touch(NodeId node) {
        if (demanding && (touched_nodes.empty() || touched_nodes.back() != node))
            touched_nodes.push_back(node);
    }
    void touch(RelId rel) {
        if (demanding && (touched_rels.empty() || touched_rels.back() != rel)) touched_rels.push_back(rel);
    }
    /// Whether a value of the key can break a rule.
    [[nodiscard]] bool matters(KeyId key) const {
        return demands_all || std::find(ruled.begin(), ruled.end(), key) != ruled.end();
    }
    [[nodiscard]] bool is_indexed(KeyId key) const {
        return std::any_of(indexed.begin(), indexed.end(),
                           [key](const IndexedKey& one) { return one.key == key; });
    }
    void enter(NodeId node, KeyId key, const Value& value) {
        for (const IndexedKey& one : indexed) {
            if (one.owner == Owner::node && one.key == key && view.has_label(node, LabelId{one.label}))
                put_overlay(*delta, one, value, index(node));
        }
    }
    void enter(RelId rel, KeyId key, const Value& value) {
        for (const IndexedKey& one : indexed) {
            if (one.owner == Owner::relationship && one.key == key && index(view.ends(rel).type) == one.label)
                put_overlay(*delta, one, value, index(rel));
        }
    }
    void enter(NodeId node, LabelId label) {
        for (const IndexedKey& one : indexed) {
            if (one.owner != Owner::node || one.label != index(label)) continue;
            const Value value = view.property(node, one.key);
            if (!value.is_null()) put_overlay(*delta, one, value, index(node));
        }
    }
    void check();

    // Of many at once; see transaction_bulk.cpp. REQUIRES of all: values can be stored.
    void create_nodes(std::uint32_t rows, std::span<const std::vector<LabelId>> kinds,
                      std::span<const CreatedProperty> properties);
    void create_relationships(std::span<const Ends> all, std::uint32_t parts,
                              std::span<const CreatedProperty> properties);
    /// REQUIRES: no value is null
    void write_values(Owner owner, std::span<const std::uint32_t> ids, KeyId key, const ValueRows& values);
    template <class Id>
    void set_properties(std::span<const Id> ids, KeyId key, const ValueRows& values);
    void count_written(std::span<const CreatedProperty> properties, std::size_t rows);
    // What the catalog asks for of those created from `first` on.
    void created_nodes(std::uint32_t first, std::span<const std::vector<LabelId>> kinds);
    void created_relationships(std::uint32_t first, std::span<const Ends> all);

    // Of a graph in a file.
    OperationWriter operations;  ///< what was done, for the log
    std::uint64_t store_epoch = 0;
    bool writable = true;

    Delta& write() {
        if (over) throw std::logic_error("a transaction was written to after its commit");
        if (!writable) throw Exception(only_reads());
        return *delta;
    }
    /// Notes an operation, before it is done.
    template <class Note>
    void note(Note note) {
        if (graph.store) note(operations);
    }
    void commit_to_file();
    void require(NodeId node) const {
        if (!view.contains(node)) throw Exception(not_found("node"));
    }
    void require(RelId rel) const {
        if (!view.contains(rel)) throw Exception(not_found("relationship"));
    }
    /// Of many. Ids that follow each other are looked up together.
    void require_all(std::span<const NodeId> nodes) const {
        std::uint32_t word = UINT32_MAX;  // no node is of it
        std::uint64_t there = 0;
        for (const NodeId node : nodes) {
            const auto id = static_cast<std::uint32_t>(node);
            if (id / 64 != word) {
                word = id / 64;
                there = delta->living(*base, word);
            }
            if (((there >> (id % 64)) & 1U) == 0) throw Exception(not_found("node"));
        }
    }
    void require_all(std::span<const RelId> rels) const {
        for (const RelId rel : rels) require(rel);
    }
    template <class Id>
    void set_property(Id id, KeyId key, const Value& value) {
        require_storable(value);
        Delta& to = write();
        require(id);
        if (value.is_null() && view.property(id, key).is_null()) return;
        note([&](OperationWriter& log) { log.set_property(id, key, value); });
        if (!value.is_null()) {
            ++counts.properties_set;
        } else {
            ++counts.properties_removed;
        }
        to.set_property(id, key, value);
        if (matters(key)) touch(id);
        if (!indexed.empty() && !value.is_null()) enter(id, key, value);
    }
    /// Throws unless the removed nodes have no relationships left.
    void require_disconnected();
};

}  // namespace islet
