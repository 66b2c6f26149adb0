#include "delta.hpp"

#include <algorithm>

namespace islet {

namespace {

std::uint32_t raw(NodeId node) {
    return static_cast<std::uint32_t>(node);
}
std::uint32_t raw(RelId rel) {
    return static_cast<std::uint32_t>(rel);
}

template <class T>
T& grown(std::vector<T>& vector, std::size_t i) {
    if (i >= vector.size()) vector.resize(i + 1);
    return vector[i];
}

}  // namespace

Delta::Delta(const Base& base)
    : node_bound(base.node_bound),
      rel_bound(base.rel_bound),
      node_count(base.alive.count),
      rel_count(base.rel_bound) {}

std::uint32_t Delta::NewNames::add(std::string_view name, std::uint64_t epoch) {
    if (epoch_ != epoch) {
        names_ = std::make_shared<Names>(*names_);
        epoch_ = epoch;
    }
    return names_->add(name);
}

std::uint64_t Delta::word(const Base& base, LabelId label, std::uint32_t word) const noexcept {
    if (index(label) < label_nodes.size()) {
        if (const ChangedWord* changed = label_nodes[index(label)].find(word)) return changed->bits;
    }
    return base.nodes_of(label).word(word);
}

std::uint64_t Delta::living(const Base& base, std::uint32_t word) const noexcept {
    const ChangedWord* changed = alive.find(word);
    return changed != nullptr ? changed->bits : base.alive.word(word);
}

bool Delta::contains(const Base& base, NodeId node) const noexcept {
    return ((living(base, raw(node) / 64) >> (raw(node) % 64)) & 1U) != 0;
}

bool Delta::contains(RelId rel) const noexcept {
    if (raw(rel) >= rel_bound) return false;
    const ChangedWord* removed = removed_rels.find(raw(rel) / 64);
    return removed == nullptr || ((removed->bits >> (raw(rel) % 64)) & 1U) == 0;
}

bool Delta::has_label(const Base& base, NodeId node, LabelId label) const noexcept {
    return ((word(base, label, raw(node) / 64) >> (raw(node) % 64)) & 1U) != 0;
}

Adjacent Delta::neighbours(const Base& base, NodeId node, TypeId type, Direction direction) const noexcept {
    if (const ChangedType* changed = lists_of(type)) {
        const ChangedLists* some = changed->side(direction).find(raw(node) / 64);
        if (some != nullptr && some->has(raw(node) % 64)) return some->at(raw(node) % 64);
    }
    return base.neighbours(node, type, direction);
}

Ends Delta::ends(const Base& base, RelId rel) const noexcept {
    return raw(rel) < base.rel_bound ? base.ends(rel) : new_ends.find(raw(rel) / 64)->ends[raw(rel) % 64];
}

Value Delta::property(const Base& base, NodeId node, KeyId key) const {
    if (removed_nodes != 0 && !contains(base, node)) return {};
    if (const ChangedColumn* column = node_properties.column(key)) {
        if (const PropertyChunk* chunk = column->chunk_of(raw(node))) return chunk->value(raw(node) % 64);
    }
    return base.property(node, key);
}

Value Delta::property(const Base& base, RelId rel, KeyId key) const {
    if (!removed_rels.empty() && !contains(rel)) return {};
    if (const ChangedColumn* column = rel_properties.column(key)) {
        if (const PropertyChunk* chunk = column->chunk_of(raw(rel))) return chunk->value(raw(rel) % 64);
    }
    return base.property(rel, key);
}

std::uint64_t& Delta::edit_alive(const Base& base, std::uint32_t word) {
    const std::uint64_t before = living(base, word);
    ChangedWord& changed = alive.edit(word, epoch);
    changed.bits = before;
    return changed.bits;
}

NodeId Delta::create_node(const Base& base) {
    const NodeId node{node_bound++};
    edit_alive(base, raw(node) / 64) |= 1ULL << (raw(node) % 64);
    ++node_count;
    ++writes;
    return node;
}

MergedList& Delta::edit_list(const Base& base, NodeId node, TypeId type, Direction direction) {
    ChangedLists& some =
        lists.edit(static_cast<std::uint32_t>(type), epoch).side(direction).edit(raw(node) / 64, epoch);
    const std::uint32_t i = raw(node) % 64;
    return some.edit(i, some.has(i) ? Adjacent{} : base.neighbours(node, type, direction));
}

RelId Delta::create_relationship(const Base& base, NodeId source, TypeId type, NodeId target) {
    const RelId rel{rel_bound++};
    std::vector<Ends>& ends = new_ends.edit(raw(rel) / 64, epoch).ends;
    ends.resize(raw(rel) % 64);
    ends.push_back({source, target, type});
    // The new id is the greatest: it goes behind all of the same neighbour.
    const auto insert = [&](NodeId node, NodeId neighbour, Direction direction) {
        MergedList& list = edit_list(base, node, type, direction);
        const auto at =
            std::upper_bound(list.nodes.begin(), list.nodes.end(), neighbour) - list.nodes.begin();
        list.nodes.insert(list.nodes.begin() + at, neighbour);
        list.rels.insert(list.rels.begin() + at, rel);
    };
    insert(source, target, Direction::out);
    insert(target, source, Direction::in);
    ++grown(type_counts, index(type));
    ++rel_count;
    ++writes;
    return rel;
}

void Delta::set_label(const Base& base, NodeId node, LabelId label, bool on) {
    const std::uint32_t at = raw(node) / 64;
    const std::uint64_t before = word(base, label, at);
    const std::uint64_t bit = 1ULL << (raw(node) % 64);
    const std::uint64_t after = on ? before | bit : before & ~bit;
    if (after == before) return;
    grown(label_nodes, index(label)).edit(at, epoch).bits = after;
    grown(label_counts, index(label)) += on ? 1 : -1;
    ++writes;
}

void Delta::set_property(NodeId node, KeyId key, const Value& value) {
    node_properties.set(raw(node), key, value, epoch);
    ++writes;
}

void Delta::set_property(RelId rel, KeyId key, const Value& value) {
    rel_properties.set(raw(rel), key, value, epoch);
    ++writes;
}

void Delta::remove_relationship(const Base& base, RelId rel) {
    const Ends gone = ends(base, rel);
    const auto erase = [&](NodeId node, NodeId neighbour, Direction direction) {
        MergedList& list = edit_list(base, node, gone.type, direction);
        const auto [first, last] = std::equal_range(list.nodes.begin(), list.nodes.end(), neighbour);
        const auto begin = list.rels.begin() + (first - list.nodes.begin());
        const auto at = std::lower_bound(begin, begin + (last - first), rel) - list.rels.begin();
        list.nodes.erase(list.nodes.begin() + at);
        list.rels.erase(list.rels.begin() + at);
    };
    erase(gone.source, gone.target, Direction::out);
    erase(gone.target, gone.source, Direction::in);
    removed_rels.edit(raw(rel) / 64, epoch).bits |= 1ULL << (raw(rel) % 64);
    --grown(type_counts, index(gone.type));
    --rel_count;
    ++writes;
}

const GraphStats& Delta::stats(const Base& base) const {
    const std::size_t labels_now = base.labels.size() + (*labels).size();
    const std::size_t types_now = base.types.size() + (*types).size();
    const auto names_all = [&](const GraphStats& stats) {
        return stats.label_nodes.size() == labels_now && stats.types.size() == types_now;
    };
    if (writes == 0 && names_all(base.stats)) return base.stats;
    const std::lock_guard lock(stats_.mutex);
    const bool near = writes - stats_.writes <= 16 + stats_.writes / 8;
    if (stats_.stats == nullptr || !near || !names_all(*stats_.stats)) {
        stats_.stats = std::make_shared<const GraphStats>(count_stats(base, *this));
        stats_.writes = writes;
    }
    return *stats_.stats;
}

}  // namespace islet
