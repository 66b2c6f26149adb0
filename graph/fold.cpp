// Delta into base, and the counts of both together.
#include <algorithm>
#include <bit>

#include "base_builder.hpp"
#include "delta.hpp"

namespace islet {

namespace {

constexpr std::uint64_t least_writes = 8192;   ///< a small base is not worth folding into
constexpr std::uint64_t fraction_of_base = 4;  ///< fold after a quarter of the base's size in writes

Names all_names(const Names& base, const Names& added) {
    Names all = base;
    for (std::uint32_t i = 0; i < added.size(); ++i) all.add(added[i]);
    return all;
}

void fold_nodes(const Base& base, const Delta& delta, BaseBuilder& builder) {
    const std::uint32_t labels = builder.labels.size();
    std::vector<std::uint64_t> words(labels);
    std::vector<LabelId> node_labels;
    for (std::uint32_t node = 0; node < delta.node_bound; ++node) {
        if (node % 64 == 0) {
            for (std::uint32_t label = 0; label < labels; ++label) {
                words[label] = delta.word(base, LabelId{label}, node / 64);
            }
        }
        if (!delta.contains(base, NodeId{node})) {
            builder.add_hole();
            continue;
        }
        node_labels.clear();
        for (std::uint32_t label = 0; label < labels; ++label) {
            if (((words[label] >> (node % 64)) & 1U) != 0) node_labels.push_back(LabelId{label});
        }
        builder.add_node(node_labels);
    }
}

/// Returns the order of adding by the old id, UINT32_MAX for removed ones.
std::vector<std::uint32_t> fold_relationships(const Base& base, const Delta& delta, BaseBuilder& builder) {
    std::vector<std::uint32_t> renamed(delta.rel_bound, UINT32_MAX);
    // Old ids ascend, so relationships of the same ends and type keep their order.
    for (std::uint32_t type = 0; type < base.adjacency.size(); ++type) {
        const TypeAdjacency& adjacency = base.adjacency[type];
        for (std::uint32_t slot = 0; slot < adjacency.out.slots; ++slot) {
            for (std::uint32_t i = adjacency.out.offsets[slot]; i < adjacency.out.offsets[slot + 1]; ++i) {
                const RelId rel{adjacency.first_rel + i};
                if (!delta.contains(rel)) continue;
                renamed[index(rel)] = builder.add_relationship(adjacency.out.node_of(slot), TypeId{type},
                                                               adjacency.out.neighbours[i]);
            }
        }
    }
    for (std::uint32_t id = base.rel_bound; id < delta.rel_bound; ++id) {
        if (!delta.contains(RelId{id})) continue;
        const Ends ends = delta.ends(base, RelId{id});
        renamed[id] = builder.add_relationship(ends.source, ends.type, ends.target);
    }
    return renamed;
}

/// A column of the base as the delta leaves it. `there(id)`: it was not removed; `set(id, key, value)`.
template <class There, class Set>
void fold_columns(const Base& base, const std::vector<Column>& columns, const ChangedProperties& properties,
                  There there, Set set) {
    for (std::uint32_t key = 0; key < columns.size(); ++key) {
        const ChangedColumn* changed = properties.column(KeyId{key});
        columns[key].for_each([&](std::uint32_t id, std::uint32_t position) {
            if (changed != nullptr && changed->chunk_of(id) != nullptr) return;
            if (there(id)) set(id, KeyId{key}, columns[key].at(position, base.texts));
        });
    }
    properties.for_each_column([&](KeyId key, const ChangedColumn& column) {
        ChangedProperties::for_each(column,
                                    [&](std::uint32_t id, const PropertyChunk& chunk, std::uint32_t i) {
                                        if (chunk.has(i) && there(id)) set(id, key, chunk.value(i));
                                    });
    });
}

void fold_properties(const Base& base, const Delta& delta, std::span<const std::uint32_t> renamed,
                     BaseBuilder& builder) {
    fold_columns(
        base, base.node_columns, delta.node_properties,
        [&](std::uint32_t id) { return delta.removed_nodes == 0 || delta.contains(base, NodeId{id}); },
        [&](std::uint32_t id, KeyId key, const Value& value) {
            builder.set_property(NodeId{id}, key, value);
        });
    fold_columns(
        base, base.rel_columns, delta.rel_properties,
        [&](std::uint32_t id) { return renamed[id] != UINT32_MAX; },
        [&](std::uint32_t id, KeyId key, const Value& value) {
            builder.set_relationship_property(renamed[id], key, value);
        });
}

/// What a node adds to the counts of one type in one direction.
class EndCounts {
 public:
    explicit EndCounts(GraphStats& stats) : stats_(stats) {}

    void add(const Base& base, const Delta& delta, NodeId node) {
        const auto bound = static_cast<std::uint32_t>(stats_.types.size());
        for (std::uint32_t type = 0; type < bound; ++type) {
            for (const Direction direction : {Direction::out, Direction::in}) {
                const auto before = base.neighbours(node, TypeId{type}, direction).size();
                const auto now = delta.neighbours(base, node, TypeId{type}, direction).size();
                if (before == 0 && now == 0) continue;
                GraphStats::TypeStats& counts = stats_.types[type];
                const bool out = direction == Direction::out;
                (out ? counts.sources : counts.targets) +=
                    std::uint64_t{now != 0} - std::uint64_t{before != 0};
                std::vector<std::uint64_t>& by_label = out ? counts.from_label : counts.to_label;
                for (std::uint32_t label = 0; label < by_label.size(); ++label) {
                    const bool had =
                        ((base.nodes_of(LabelId{label}).word(static_cast<std::uint32_t>(node) / 64) >>
                          (static_cast<std::uint32_t>(node) % 64)) &
                         1U) != 0;
                    if (had) by_label[label] -= before;
                    if (delta.has_label(base, node, LabelId{label})) by_label[label] += now;
                }
            }
        }
    }

 private:
    GraphStats& stats_;
};

}  // namespace

std::uint64_t fold_limit(const Base& base) noexcept {
    return least_writes + base.size / fraction_of_base;
}

std::shared_ptr<const Base> fold(const Base& base, const Delta& delta) {
    base.require_all_sound();
    BaseBuilder builder;
    builder.labels = all_names(base.labels, *delta.labels);
    builder.types = all_names(base.types, *delta.types);
    builder.keys = all_names(base.keys, *delta.keys);
    builder.catalog = delta.catalog ? delta.catalog : base.catalog;
    builder.reserve(delta.node_bound, delta.rel_count);
    fold_nodes(base, delta, builder);
    const std::vector<std::uint32_t> renamed = fold_relationships(base, delta, builder);
    fold_properties(base, delta, renamed, builder);
    return builder.finish();
}

GraphStats count_stats(const Base& base, const Delta& delta) {
    const std::size_t labels = base.labels.size() + (*delta.labels).size();
    const std::size_t types = base.types.size() + (*delta.types).size();
    GraphStats stats = base.stats;
    stats.nodes = delta.node_count;
    stats.relationships = delta.rel_count;
    stats.label_nodes.resize(labels);
    for (std::size_t i = 0; i < delta.label_counts.size(); ++i) {
        stats.label_nodes[i] += static_cast<std::uint64_t>(delta.label_counts[i]);
    }
    stats.types.resize(types);
    for (GraphStats::TypeStats& type : stats.types) {
        type.from_label.resize(labels);
        type.to_label.resize(labels);
    }
    for (std::size_t i = 0; i < delta.type_counts.size(); ++i) {
        stats.types[i].count += static_cast<std::uint64_t>(delta.type_counts[i]);
    }

    // Only nodes whose lists or labels were touched can count differently.
    EndCounts counts(stats);
    std::vector<std::uint32_t> touched;
    delta.lists.for_each([&](std::uint32_t, const ChangedType& changed) {
        for (const Trie<ChangedLists>& side : changed.sides) {
            side.for_each([&](std::uint32_t at, const ChangedLists& some) {
                for (std::uint64_t bits = some.touched; bits != 0; bits &= bits - 1)
                    touched.push_back(at * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
            });
        }
    });
    for (std::uint32_t label = 0; label < delta.label_nodes.size(); ++label) {
        delta.label_nodes[label].for_each([&](std::uint32_t word, const ChangedWord& changed) {
            std::uint64_t bits = changed.bits ^ base.nodes_of(LabelId{label}).word(word);
            for (; bits != 0; bits &= bits - 1) {
                touched.push_back(word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
            }
        });
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::uint32_t id : touched) counts.add(base, delta, NodeId{id});
    return stats;
}

}  // namespace islet
