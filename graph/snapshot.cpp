#include <algorithm>
#include <bit>

#include "base.hpp"
#include "delta.hpp"
#include "islet/graph.hpp"
#include "islet/sound.hpp"
#include "snapshot_parts.hpp"

namespace islet {

namespace {

std::uint32_t raw(NodeId node) {
    return static_cast<std::uint32_t>(node);
}

const std::shared_ptr<const Delta>& empty_delta() {
    static const auto empty = std::make_shared<const Delta>(*empty_base());
    return empty;
}

std::string_view name_of(const Names& base, const Names& added, std::size_t id) {
    const auto i = static_cast<std::uint32_t>(id);
    return i < base.size() ? base[i] : added[i - base.size()];
}

std::optional<std::uint32_t> find_name(const Names& base, const Names& added, std::string_view name) {
    if (const auto known = base.find(name)) return known;
    if (const auto known = added.find(name)) return base.size() + *known;
    return std::nullopt;
}

const PropertyColumn* view_of(const Base& base, bool of_nodes, KeyId key) {
    const std::vector<Column>& columns = of_nodes ? base.node_columns : base.rel_columns;
    if (index(key) >= columns.size()) return nullptr;
    const Column& column = columns[index(key)];
    return column.view.size == 0 || !base.sound_column(of_nodes, key) ? nullptr : &column.view;
}

std::uint64_t changed_by(std::uint64_t count, const std::vector<std::int64_t>& changes, std::size_t i) {
    return i < changes.size() ? count + static_cast<std::uint64_t>(changes[i]) : count;
}

/// All properties of one id that was not removed.
std::vector<std::pair<KeyId, Value>> all_properties(const Base& base, bool of_nodes,
                                                    const ChangedProperties& changes, std::uint32_t id) {
    const std::vector<Column>& columns = of_nodes ? base.node_columns : base.rel_columns;
    std::vector<std::pair<KeyId, Value>> merged;
    changes.for_each_column([&](KeyId key, const ChangedColumn& column) {
        const PropertyChunk* chunk = column.chunk_of(id);
        if (chunk != nullptr) merged.emplace_back(key, chunk->value(id % 64));
    });
    const std::size_t written = merged.size();
    std::size_t next = 0;  // of those written
    for (std::uint32_t key = 0; key < columns.size(); ++key) {
        if (base.guard != nullptr && !base.sound_value(of_nodes, KeyId{key}, id)) continue;
        while (next < written && index(merged[next].first) < key) ++next;
        if (next < written && index(merged[next].first) == key) continue;
        if (const auto position = columns[key].position(id))
            merged.emplace_back(KeyId{key}, columns[key].at(*position, base.texts));
    }
    std::erase_if(merged, [](const auto& entry) { return entry.second.is_null(); });
    if (written != 0)
        std::sort(merged.begin(), merged.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
    return merged;
}

/// Appends the nodes of one word of a bitmap.
void append_bits(std::uint64_t bits, std::uint32_t first, std::vector<NodeId>& out) {
    const std::size_t size = out.size();
    out.resize(size + static_cast<std::size_t>(std::popcount(bits)));
    if (bits == ~std::uint64_t{0}) {
        for (std::uint32_t i = 0; i < 64; ++i) out[size + i] = NodeId{first + i};
        return;
    }
    for (NodeId* at = out.data() + size; bits != 0; bits &= bits - 1) {
        *at++ = NodeId{first + static_cast<std::uint32_t>(std::countr_zero(bits))};
    }
}

/// Those of ascending nodes that may have neighbours in the base.
std::span<const NodeId> nodes_with_rows(const Base& base, std::uint32_t type, Direction direction,
                                        std::span<const NodeId> nodes) {
    if (type >= base.adjacency.size()) return {};
    const Rows& rows = base.adjacency[type].rows(direction);
    if (rows.slots == 0) return {};
    if (!base.known(TypeId{type}, direction)) return nodes;
    const auto begin = std::lower_bound(nodes.begin(), nodes.end(), rows.node_of(0));
    const auto end = std::upper_bound(begin, nodes.end(), rows.node_of(rows.slots - 1));
    return nodes.subspan(static_cast<std::size_t>(begin - nodes.begin()),
                         static_cast<std::size_t>(end - begin));
}

}  // namespace

Snapshot::Snapshot() : base_(empty_base()), delta_(empty_delta()) {}

Snapshot::Snapshot(std::shared_ptr<const Base> base, std::shared_ptr<const Delta> delta)
    : base_(std::move(base)), delta_(std::move(delta)) {}

std::uint32_t Snapshot::node_bound() const noexcept {
    return delta_->node_bound;
}
std::uint32_t Snapshot::rel_bound() const noexcept {
    return delta_->rel_bound;
}
std::uint64_t Snapshot::node_count() const noexcept {
    return delta_->node_count;
}
std::uint64_t Snapshot::rel_count() const noexcept {
    return delta_->rel_count;
}
bool Snapshot::contains(NodeId node) const noexcept {
    return delta_->contains(*base_, node);
}
bool Snapshot::contains(RelId rel) const noexcept {
    return delta_->contains(rel);
}
bool Snapshot::pristine() const noexcept {
    return delta_->writes == 0;
}

std::uint32_t Snapshot::label_count() const noexcept {
    return base_->labels.size() + (*delta_->labels).size();
}
std::uint32_t Snapshot::type_count() const noexcept {
    return base_->types.size() + (*delta_->types).size();
}
std::uint32_t Snapshot::key_count() const noexcept {
    return base_->keys.size() + (*delta_->keys).size();
}

std::string_view Snapshot::name(LabelId label) const {
    return name_of(base_->labels, *delta_->labels, index(label));
}
std::string_view Snapshot::name(TypeId type) const {
    return name_of(base_->types, *delta_->types, index(type));
}
std::string_view Snapshot::name(KeyId key) const {
    return name_of(base_->keys, *delta_->keys, index(key));
}

std::optional<LabelId> Snapshot::find_label(std::string_view name) const {
    const auto id = find_name(base_->labels, *delta_->labels, name);
    return id ? std::optional(LabelId{*id}) : std::nullopt;
}
std::optional<TypeId> Snapshot::find_type(std::string_view name) const {
    const auto id = find_name(base_->types, *delta_->types, name);
    return id ? std::optional(TypeId{*id}) : std::nullopt;
}
std::optional<KeyId> Snapshot::find_key(std::string_view name) const {
    const auto id = find_name(base_->keys, *delta_->keys, name);
    return id ? std::optional(KeyId{*id}) : std::nullopt;
}

bool Snapshot::has_label(NodeId node, LabelId label) const noexcept {
    return delta_->has_label(*base_, node, label);
}

std::vector<LabelId> Snapshot::labels(NodeId node) const {
    std::vector<LabelId> found;
    const std::uint32_t bound = label_count();
    for (std::uint32_t label = 0; label < bound; ++label) {
        if (has_label(node, LabelId{label})) found.push_back(LabelId{label});
    }
    return found;
}

std::uint64_t Snapshot::count(LabelId label) const noexcept {
    return changed_by(base_->nodes_of(label).count, delta_->label_counts, index(label));
}

std::uint64_t Snapshot::count(TypeId type) const noexcept {
    const std::uint64_t in_base =
        index(type) < base_->adjacency.size() ? base_->adjacency[index(type)].count : 0;
    return changed_by(in_base, delta_->type_counts, index(type));
}

NodeId Snapshot::scan(LabelId label, NodeId from, std::size_t limit, std::vector<NodeId>& out) const {
    const bool any = label == LabelId::none;
    const Bitmap& bitmap = any ? base_->alive : base_->nodes_of(label);
    const Trie<ChangedWord>* changed = nullptr;
    if (any && !delta_->alive.empty()) changed = &delta_->alive;
    if (!any && index(label) < delta_->label_nodes.size()) changed = &delta_->label_nodes[index(label)];
    if (changed != nullptr && changed->empty()) changed = nullptr;

    const std::uint32_t bound = node_bound();
    const std::uint32_t end_word = changed != nullptr ? (bound + 63) / 64 : bitmap.end_word();
    std::uint32_t word = raw(from) / 64;
    std::uint64_t mask = ~0ULL << (raw(from) % 64);
    if (changed == nullptr && word < bitmap.first_word) {
        word = bitmap.first_word;
        mask = ~0ULL;
    }
    for (; word < end_word; ++word, mask = ~0ULL) {
        std::uint64_t bits = bitmap.word(word);
        if (changed != nullptr) {
            if (word < bitmap.first_word || word >= bitmap.end_word()) {
                // Only the delta has something here.
                const std::optional<std::uint32_t> next = changed->next(word);
                const bool before = word < bitmap.first_word && bitmap.first_word < bitmap.end_word();
                const std::uint32_t last = before ? bitmap.first_word : end_word;
                const std::uint32_t at = std::min(next.value_or(last), last);
                if (at > word) mask = ~0ULL;
                word = at;
                if (word >= end_word) break;
                bits = bitmap.word(word);
            }
            if (const ChangedWord* now = changed->find(word)) bits = now->bits;
        }
        bits &= mask;
        const auto held = static_cast<std::size_t>(std::popcount(bits));
        if (held <= limit) {
            append_bits(bits, word * 64, out);
            limit -= held;
            continue;
        }
        // The limit falls within this word: keep its lowest bits.
        std::uint64_t rest = bits;
        for (; limit > 0; --limit) rest &= rest - 1;
        append_bits(bits & ~rest, word * 64, out);
        return NodeId{word * 64 + static_cast<std::uint32_t>(std::countr_zero(rest))};
    }
    return NodeId::none;
}

Adjacent Snapshot::neighbours(NodeId node, TypeId type, Direction direction) const noexcept {
    return delta_->neighbours(*base_, node, type, direction);
}

void NeighbourRows::degrees(std::span<const std::uint32_t> nodes, std::int64_t* out) const noexcept {
    if (nodes.empty()) return;
    if (offsets_ == nullptr) {
        for (const std::uint32_t node : nodes)
            *out++ = NodeId{node} == NodeId::none ? 0 : degree(NodeId{node});
        return;
    }
    const std::uint32_t* const offsets = offsets_;
    const std::uint32_t first = first_;
    const std::uint32_t slots = slots_;
    // A scan gives nodes that follow each other, whose rows do so too.
    const std::uint32_t begin = nodes.front() - first;
    std::uint32_t differs = 0;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) differs |= nodes[i] ^ (nodes.front() + i);
    if (differs == 0 && begin < slots && nodes.size() <= slots - begin) {
        const std::uint32_t* const row = offsets + begin;
        for (std::size_t i = 0; i < nodes.size(); ++i) out[i] = row[i + 1] - row[i];
        return;
    }
    for (const std::uint32_t node : nodes) {
        const std::uint32_t slot = node - first;
        *out++ = slot < slots ? offsets[slot + 1] - offsets[slot] : 0;
    }
}

NeighbourRows Snapshot::neighbour_rows(TypeId type, Direction direction) const noexcept {
    NeighbourRows rows;
    rows.type_ = type;
    rows.direction_ = direction;
    rows.base_ = base_.get();
    rows.delta_ = delta_.get();
    if (delta_->lists_of(type) != nullptr || index(type) >= base_->adjacency.size()) return rows;
    const TypeAdjacency& adjacency = base_->adjacency[index(type)];
    const Rows& side = adjacency.rows(direction);
    if (!side.nodes.empty() || side.offsets.empty() || !base_->known(type, direction)) return rows;
    rows.offsets_ = side.offsets.data();
    rows.neighbours_ = side.neighbours.data();
    rows.rels_ = direction == Direction::out ? nullptr : side.rels.data();
    rows.first_ = side.first;
    rows.slots_ = side.slots;
    rows.first_rel_ = adjacency.first_rel;
    return rows;
}

std::vector<RelId> Snapshot::relationships_of(std::span<const NodeId> nodes) const {
    std::vector<RelId> found;
    const auto add = [&](const Adjacent& near) {
        for (std::size_t i = 0; i < near.size(); ++i) found.push_back(near.rel(i));
    };
    const std::uint32_t types = type_count();
    for (std::uint32_t type = 0; type < types; ++type) {
        const ChangedType* changed = delta_->lists_of(TypeId{type});
        for (const Direction direction : {Direction::out, Direction::in}) {
            const auto in_base = [&](NodeId node) { add(base_->neighbours(node, TypeId{type}, direction)); };
            // Few types have relationships of any one part of the nodes.
            const std::span<const NodeId> known = nodes_with_rows(*base_, type, direction, nodes);
            if (changed == nullptr || changed->side(direction).empty()) {
                std::for_each(known.begin(), known.end(), in_base);
                continue;
            }
            const Trie<ChangedLists>& side = changed->side(direction);
            for (std::size_t i = 0; i < nodes.size();) {
                const std::uint32_t chunk = raw(nodes[i]) / 64;
                const ChangedLists* lists = side.find(chunk);
                for (; i < nodes.size() && raw(nodes[i]) / 64 == chunk; ++i) {
                    if (lists != nullptr && lists->has(raw(nodes[i]) % 64)) {
                        add(lists->at(raw(nodes[i]) % 64));
                    } else if (!known.empty() && known.front() <= nodes[i] && nodes[i] <= known.back()) {
                        in_base(nodes[i]);
                    }
                }
            }
        }
    }
    return found;
}

std::optional<Adjacent> Snapshot::all_of_type(TypeId type) const noexcept {
    if (delta_->lists_of(type) != nullptr) return std::nullopt;
    if (index(type) >= base_->adjacency.size()) return Adjacent{};
    const TypeAdjacency& adjacency = base_->adjacency[index(type)];
    if (!base_->sound_targets(type)) return std::nullopt;
    return Adjacent{adjacency.out.neighbours, {}, RelId{adjacency.first_rel}};
}

Adjacent NeighbourRows::found(NodeId node) const noexcept {
    return delta_ == nullptr ? Adjacent{} : delta_->neighbours(*base_, node, type_, direction_);
}

LabelledNodes Snapshot::labelled(LabelId label) const noexcept {
    LabelledNodes nodes;
    nodes.label_ = label;
    nodes.base_ = base_.get();
    nodes.delta_ = delta_.get();
    if (index(label) < delta_->label_nodes.size() && !delta_->label_nodes[index(label)].empty()) return nodes;
    const Bitmap& bitmap = base_->nodes_of(label);
    nodes.words_ = bitmap.words.data();  // null where there is none: then found() says so
    nodes.first_word_ = bitmap.first_word;
    nodes.size_ = static_cast<std::uint32_t>(bitmap.words.size());
    return nodes;
}

bool LabelledNodes::found(NodeId node) const noexcept {
    return delta_ != nullptr && delta_->has_label(*base_, node, label_);
}

std::pair<RelId, std::uint32_t> Snapshot::base_rels(TypeId type) const noexcept {
    if (index(type) >= base_->adjacency.size()) return {RelId{0}, 0};
    const TypeAdjacency& adjacency = base_->adjacency[index(type)];
    return {RelId{adjacency.first_rel}, adjacency.count};
}

Ends Snapshot::ends(RelId rel) const noexcept {
    return delta_->ends(*base_, rel);
}

Value Snapshot::property(NodeId node, KeyId key) const {
    return pristine() ? base_->property(node, key) : delta_->property(*base_, node, key);
}

Value Snapshot::property(RelId rel, KeyId key) const {
    return pristine() ? base_->property(rel, key) : delta_->property(*base_, rel, key);
}

std::vector<std::pair<KeyId, Value>> Snapshot::properties(NodeId node) const {
    if (delta_->removed_nodes != 0 && !contains(node)) return {};
    return all_properties(*base_, true, delta_->node_properties, raw(node));
}

std::vector<std::pair<KeyId, Value>> Snapshot::properties(RelId rel) const {
    if (!delta_->removed_rels.empty() && !contains(rel)) return {};
    return all_properties(*base_, false, delta_->rel_properties, static_cast<std::uint32_t>(rel));
}

const PropertyColumn* Snapshot::node_column(KeyId key) const noexcept {
    return view_of(*base_, true, key);
}
const PropertyColumn* Snapshot::rel_column(KeyId key) const noexcept {
    return view_of(*base_, false, key);
}
std::string_view Snapshot::string(std::uint32_t code) const noexcept {
    return base_->text(code);
}
std::optional<std::uint32_t> Snapshot::find_string(std::string_view text) const noexcept {
    return base_->find_text(text);
}

const std::shared_ptr<const Catalog>& Snapshot::shared_catalog() const noexcept {
    return delta_->catalog ? delta_->catalog : base_->catalog;
}
const Catalog& Snapshot::catalog() const noexcept {
    return *shared_catalog();
}

void require_sound(const Snapshot& snapshot) {
    SnapshotParts::base(snapshot).require_sound();
}
void require_all_sound(const Snapshot& snapshot) {
    SnapshotParts::base(snapshot).require_all_sound();
}

const GraphStats& Snapshot::stats() const {
    return delta_->stats(*base_);
}

}  // namespace islet
