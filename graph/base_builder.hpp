// Collects a graph and writes a Base: behind GraphBuilder, and behind the folding of a delta.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "adjacency.hpp"
#include "base.hpp"
#include "column.hpp"
#include "names.hpp"
#include "strings.hpp"

namespace islet {

/// Not thread-safe. Ids given in must be below what was added.
class BaseBuilder {
 public:
    Names labels;
    Names types;
    Names keys;
    std::shared_ptr<const Catalog> catalog = std::make_shared<const Catalog>();  ///< never null

    BaseBuilder();

    /// A node with these labels, in any order, repeats allowed.
    NodeId add_node(std::span<const LabelId> node_labels);
    /// An id that names no node.
    void add_hole();
    std::uint32_t add_relationship(NodeId source, TypeId type, NodeId target);
    /// REQUIRES: require_storable(value) does not throw
    void set_property(NodeId node, KeyId key, const Value& value);
    void set_relationship_property(std::uint32_t rel, KeyId key, const Value& value);
    /// In place of the labels that the node was added with.
    void set_labels(NodeId node, std::span<const LabelId> node_labels);
    /// Relationships in bulk, column by column; the spans are of one length.
    void add_relationships(std::span<const NodeId> sources, std::span<const TypeId> their_types,
                           std::span<const NodeId> targets);
    /// For values in bulk, by ids of nodes or by order of adding of relationships.
    ColumnBuilder& node_column(KeyId key);
    ColumnBuilder& relationship_column(KeyId key);
    [[nodiscard]] StringTableBuilder& texts() noexcept { return texts_; }
    void reserve(std::size_t nodes, std::size_t relationships);

    [[nodiscard]] std::uint32_t node_bound() const noexcept {
        return static_cast<std::uint32_t>(sets_.size());
    }
    [[nodiscard]] std::uint32_t relationship_count() const noexcept { return pending_.size(); }

    /// Works on parts side by side, on up to `threads` threads. Leaves the builder in no usable state.
    std::shared_ptr<const Base> finish(unsigned threads = 1);

 private:
    static constexpr std::uint32_t hole = UINT32_MAX;

    std::uint32_t set_of(std::span<const LabelId> node_labels);
    void finish_columns(Base& base, std::span<const std::uint32_t> rename, unsigned threads);
    void write_bitmaps(Base& base) const;
    void write_stats(Base& base) const;

    // Nodes mostly share a few sets of labels: each node names its set.
    std::vector<std::vector<LabelId>> label_sets_;
    std::map<std::vector<LabelId>, std::uint32_t> set_ids_;
    std::vector<std::uint32_t> sets_;  ///< by node; `hole` for none
    PendingRelationships pending_;
    std::vector<ColumnBuilder> node_columns_;
    std::vector<ColumnBuilder> rel_columns_;
    StringTableBuilder texts_;
};

}  // namespace islet
