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

auto place_of(auto& changes, KeyId key) {
    return std::lower_bound(changes.begin(), changes.end(), key,
                            [](const auto& change, KeyId wanted) { return change.first < wanted; });
}

const Value* find_change(const PropertyChanges& changes, KeyId key) {
    const auto at = place_of(changes, key);
    return at != changes.end() && at->first == key ? &at->second : nullptr;
}

void put_change(PropertyChanges& changes, KeyId key, const Value& value) {
    const auto at = place_of(changes, key);
    if (at != changes.end() && at->first == key) {
        at->second = value;
    } else {
        changes.emplace(at, key, value);
    }
}

}  // namespace

const MergedList* NodeChange::find(TypeId type, Direction direction) const noexcept {
    for (const List& held : lists) {
        if (held.type == type && held.direction == direction) return held.list.get();
    }
    return nullptr;
}

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

bool Delta::contains(const Base& base, NodeId node) const noexcept {
    if (const ChangedWord* changed = alive.find(raw(node) / 64))
        return ((changed->bits >> (raw(node) % 64)) & 1U) != 0;
    return base.contains(node);
}

bool Delta::contains(RelId rel) const noexcept {
    if (raw(rel) >= rel_bound) return false;
    const RelChange* change = rels.find(raw(rel));
    return change == nullptr || !change->removed;
}

bool Delta::has_label(const Base& base, NodeId node, LabelId label) const noexcept {
    return ((word(base, label, raw(node) / 64) >> (raw(node) % 64)) & 1U) != 0;
}

Adjacent Delta::neighbours(const Base& base, NodeId node, TypeId type, Direction direction) const noexcept {
    if (touches_lists) {
        if (const NodeChange* change = nodes.find(raw(node))) {
            if (const MergedList* list = change->find(type, direction))
                return {{list->nodes.data(), list->nodes.size()}, {list->rels.data(), list->rels.size()}, {}};
        }
    }
    return base.neighbours(node, type, direction);
}

Ends Delta::ends(const Base& base, RelId rel) const noexcept {
    return raw(rel) < base.rel_bound ? base.ends(rel) : rels.find(raw(rel))->ends;
}

Value Delta::property(const Base& base, NodeId node, KeyId key) const {
    if (const NodeChange* change = nodes.find(raw(node))) {
        if (change->removed) return {};
        if (const Value* value = find_change(change->properties, key)) return *value;
    }
    return base.property(node, key);
}

Value Delta::property(const Base& base, RelId rel, KeyId key) const {
    if (const RelChange* change = rels.find(raw(rel))) {
        if (change->removed) return {};
        if (const Value* value = find_change(change->properties, key)) return *value;
    }
    return base.property(rel, key);
}

void Delta::set_alive(const Base& base, NodeId node, bool on) {
    const std::uint32_t word = raw(node) / 64;
    const bool first_touch = alive.find(word) == nullptr;
    ChangedWord& changed = alive.edit(word, epoch);
    if (first_touch) changed.bits = base.alive.word(word);
    const std::uint64_t bit = 1ULL << (raw(node) % 64);
    changed.bits = on ? changed.bits | bit : changed.bits & ~bit;
}

NodeId Delta::create_node(const Base& base) {
    const NodeId node{node_bound++};
    set_alive(base, node, true);
    ++node_count;
    ++writes;
    return node;
}

MergedList& Delta::edit_list(const Base& base, NodeId node, TypeId type, Direction direction) {
    touches_lists = true;
    NodeChange& change = nodes.edit(raw(node), epoch);
    for (NodeChange::List& held : change.lists) {
        if (held.type != type || held.direction != direction) continue;
        if (held.list->epoch != epoch) {
            held.list = std::make_shared<MergedList>(*held.list);
            held.list->epoch = epoch;
        }
        return *held.list;
    }
    auto list = std::make_shared<MergedList>();
    list->epoch = epoch;
    const Adjacent before = base.neighbours(node, type, direction);
    list->nodes.assign(before.nodes.begin(), before.nodes.end());
    list->rels.reserve(before.size());
    for (std::size_t i = 0; i < before.size(); ++i) list->rels.push_back(before.rel(i));
    change.lists.push_back({type, direction, std::move(list)});
    return *change.lists.back().list;
}

RelId Delta::create_relationship(const Base& base, NodeId source, TypeId type, NodeId target) {
    const RelId rel{rel_bound++};
    rels.edit(raw(rel), epoch).ends = {source, target, type};
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
    put_change(nodes.edit(raw(node), epoch).properties, key, value);
    ++writes;
}

void Delta::set_property(RelId rel, KeyId key, const Value& value) {
    put_change(rels.edit(raw(rel), epoch).properties, key, value);
    ++writes;
}

void Delta::remove_node(const Base& base, NodeId node) {
    const auto label_bound =
        static_cast<std::uint32_t>(std::max(base.label_nodes.size(), label_nodes.size()));
    for (std::uint32_t label = 0; label < label_bound; ++label) set_label(base, node, LabelId{label}, false);
    NodeChange& change = nodes.edit(raw(node), epoch);
    change.removed = true;
    change.properties.clear();
    set_alive(base, node, false);
    --node_count;
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
    RelChange& change = rels.edit(raw(rel), epoch);
    change.removed = true;
    change.properties.clear();
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
