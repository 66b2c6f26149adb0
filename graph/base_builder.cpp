#include "base_builder.hpp"

#include <algorithm>
#include <bit>

#include "islet/error.hpp"
#include "parallel.hpp"

namespace islet {

namespace {

/// Ids are 32 bits wide, and the last one means "none".
constexpr std::size_t most_ids = UINT32_MAX - 1;

void require_room(std::size_t count, std::string_view of) {
    if (count < most_ids) return;
    throw Exception({.code = "54000",
                     .kind = "ResourceExhausted",
                     .phase = "runtime",
                     .detail = "TooManyIds",
                     .message = "a graph holds at most 4294967294 " + std::string(of),
                     .span = {},
                     .hint = {},
                     .place = {}});
}

ColumnBuilder& column_of(std::vector<ColumnBuilder>& columns, KeyId key) {
    if (index(key) >= columns.size()) columns.resize(index(key) + 1);
    return columns[index(key)];
}

Bitmap bitmap_of(std::uint32_t first_word, std::vector<std::uint64_t> words) {
    Bitmap made;
    made.first_word = first_word;
    for (const std::uint64_t word : words) made.count += static_cast<std::uint64_t>(std::popcount(word));
    made.words = Array(std::move(words));
    return made;
}

}  // namespace

BaseBuilder::BaseBuilder() : label_sets_(1), set_ids_{{{}, 0}} {}

std::uint32_t BaseBuilder::set_of(std::span<const LabelId> node_labels) {
    if (node_labels.empty()) return 0;
    const bool as_before =
        !sets_.empty() && sets_.back() != hole && std::ranges::equal(label_sets_[sets_.back()], node_labels);
    if (as_before) return sets_.back();
    std::vector<LabelId> labels_of(node_labels.begin(), node_labels.end());
    std::sort(labels_of.begin(), labels_of.end());
    labels_of.erase(std::unique(labels_of.begin(), labels_of.end()), labels_of.end());
    const auto [at, is_new] = set_ids_.emplace(labels_of, static_cast<std::uint32_t>(label_sets_.size()));
    if (is_new) label_sets_.push_back(std::move(labels_of));
    return at->second;
}

NodeId BaseBuilder::add_node(std::span<const LabelId> node_labels) {
    require_room(sets_.size(), "nodes");
    sets_.push_back(set_of(node_labels));
    return NodeId{node_bound() - 1};
}

void BaseBuilder::set_labels(NodeId node, std::span<const LabelId> node_labels) {
    sets_[index(node)] = set_of(node_labels);
}

void BaseBuilder::add_relationships(std::span<const NodeId> sources, std::span<const TypeId> their_types,
                                    std::span<const NodeId> targets) {
    require_room(pending_.types.size() + their_types.size(), "relationships");
    pending_.sources.insert(pending_.sources.end(), sources.begin(), sources.end());
    pending_.targets.insert(pending_.targets.end(), targets.begin(), targets.end());
    for (const TypeId type : their_types) pending_.types.push_back(type);
}

ColumnBuilder& BaseBuilder::node_column(KeyId key) {
    return column_of(node_columns_, key);
}

ColumnBuilder& BaseBuilder::relationship_column(KeyId key) {
    return column_of(rel_columns_, key);
}

void BaseBuilder::add_hole() {
    sets_.push_back(hole);
}

std::uint32_t BaseBuilder::add_relationship(NodeId source, TypeId type, NodeId target) {
    require_room(pending_.types.size(), "relationships");
    pending_.sources.push_back(source);
    pending_.targets.push_back(target);
    pending_.types.push_back(type);
    return pending_.size() - 1;
}

void BaseBuilder::set_property(NodeId node, KeyId key, const Value& value) {
    column_of(node_columns_, key).set(static_cast<std::uint32_t>(node), value, texts_);
}

void BaseBuilder::set_relationship_property(std::uint32_t rel, KeyId key, const Value& value) {
    column_of(rel_columns_, key).set(rel, value, texts_);
}

void BaseBuilder::reserve(std::size_t nodes, std::size_t relationships) {
    sets_.reserve(nodes);
    pending_.sources.reserve(relationships);
    pending_.targets.reserve(relationships);
}

void BaseBuilder::finish_columns(Base& base, std::span<const std::uint32_t> rename, unsigned threads) {
    base.node_columns.resize(keys.size());
    base.rel_columns.resize(keys.size());
    for_each_in_parallel(threads, node_columns_.size(), [&](std::size_t key) {
        if (node_columns_[key].is_of_one_kind())
            base.node_columns[key] = node_columns_[key].finish({}, texts_);
    });
    for (std::size_t key = 0; key < node_columns_.size(); ++key) {
        if (!node_columns_[key].is_of_one_kind())
            base.node_columns[key] = node_columns_[key].finish({}, texts_);
    }
    // Those of relationships are the long ones: several threads share each.
    for (std::size_t key = 0; key < rel_columns_.size(); ++key)
        base.rel_columns[key] = rel_columns_[key].finish(rename, texts_, threads);
}

std::shared_ptr<const Base> BaseBuilder::finish(unsigned threads) {
    auto base = std::make_shared<Base>();
    base->node_bound = node_bound();
    base->rel_bound = pending_.size();
    constexpr std::uint32_t least_for_threads = 50'000;  // a small graph is done before a thread has begun
    if (std::max(base->node_bound, base->rel_bound) < least_for_threads) threads = 1;
    LargeVector<std::uint32_t> rename;
    base->adjacency =
        build_adjacency(std::move(pending_), types.size(), rel_columns_.empty() ? nullptr : &rename, threads);
    finish_columns(*base, rename, threads);
    rename = {};
    base->texts = texts_.finish();
    base->labels = std::move(labels);
    base->types = std::move(types);
    base->keys = std::move(keys);
    base->catalog = catalog;
    write_bitmaps(*base);
    write_stats(*base);
    base->size = base->stats.nodes + base->stats.relationships;
    for (const Column& column : base->node_columns) base->size += column.count;
    for (const Column& column : base->rel_columns) base->size += column.count;
    return base;
}

void BaseBuilder::write_bitmaps(Base& base) const {
    const std::uint32_t bound = node_bound();
    std::vector<std::uint64_t> alive((std::size_t{bound} + 63) / 64);
    // First the words that each label spans, then the bits.
    std::vector<std::uint32_t> first(base.labels.size(), UINT32_MAX);
    std::vector<std::uint32_t> last(base.labels.size(), 0);
    for (std::uint32_t node = 0; node < bound; ++node) {
        if (sets_[node] == hole) continue;
        alive[node / 64] |= 1ULL << (node % 64);
        for (const LabelId label : label_sets_[sets_[node]]) {
            first[index(label)] = std::min(first[index(label)], node / 64);
            last[index(label)] = node / 64;
        }
    }
    std::vector<std::vector<std::uint64_t>> words(base.labels.size());
    for (std::size_t label = 0; label < words.size(); ++label) {
        if (first[label] != UINT32_MAX) words[label].resize(last[label] - first[label] + 1);
    }
    for (std::uint32_t node = 0; node < bound; ++node) {
        if (sets_[node] == hole) continue;
        for (const LabelId label : label_sets_[sets_[node]]) {
            words[index(label)][node / 64 - first[index(label)]] |= 1ULL << (node % 64);
        }
    }
    base.alive = bitmap_of(0, std::move(alive));
    base.label_nodes.reserve(words.size());
    for (std::size_t label = 0; label < words.size(); ++label) {
        const std::uint32_t first_word = words[label].empty() ? 0 : first[label];
        base.label_nodes.push_back(bitmap_of(first_word, std::move(words[label])));
    }
}

void BaseBuilder::write_stats(Base& base) const {
    base.stats.nodes = base.alive.count;
    base.stats.relationships = base.rel_bound;
    for (const Bitmap& bitmap : base.label_nodes) base.stats.label_nodes.push_back(bitmap.count);

    // Relationships by the label set of their end, then by label.
    const auto by_label = [&](const Rows& rows) {
        std::vector<std::uint64_t> by_set(label_sets_.size());
        for (std::uint32_t slot = 0; slot < rows.slots; ++slot) {
            const std::uint32_t degree = rows.offsets[slot + 1] - rows.offsets[slot];
            if (degree != 0) by_set[sets_[index(rows.node_of(slot))]] += degree;
        }
        std::vector<std::uint64_t> counts(base.labels.size());
        for (std::size_t set = 0; set < by_set.size(); ++set) {
            for (const LabelId label : label_sets_[set]) counts[index(label)] += by_set[set];
        }
        return counts;
    };
    for (const TypeAdjacency& type : base.adjacency) {
        base.stats.types.push_back(
            {type.count, type.out.distinct, type.in.distinct, by_label(type.out), by_label(type.in)});
    }
}

}  // namespace islet
