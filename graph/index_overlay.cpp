#include "index_overlay.hpp"

#include <algorithm>
#include <bit>

#include "index_sorted.hpp"
#include "snapshot_parts.hpp"

namespace islet {
namespace {

std::uint32_t slot_of(const IndexedKey& key, const Value& value) {
    std::uint64_t mixed = hash(value);
    const std::uint64_t place = (std::uint64_t{key.label} << 33U) ^
                                (static_cast<std::uint64_t>(key.key) << 1U) ^
                                (key.owner == Owner::node ? 0U : 1U);
    mixed ^= (place + 0x9e3779b97f4a7c15U) * 0xbf58476d1ce4e5b9U;
    mixed ^= mixed >> 29U;
    mixed *= 0x94d049bb133111ebU;
    return static_cast<std::uint32_t>(mixed >> 32U);
}

void add(const Snapshot& snapshot, Owner owner, const std::string& label, const std::string& key,
         std::vector<IndexedKey>& out) {
    const auto key_id = snapshot.find_key(key);
    if (!key_id) return;
    std::optional<std::uint32_t> label_id;
    if (owner == Owner::node) {
        if (const auto id = snapshot.find_label(label)) label_id = static_cast<std::uint32_t>(*id);
    } else if (const auto id = snapshot.find_type(label)) {
        label_id = static_cast<std::uint32_t>(*id);
    }
    if (!label_id) return;
    const IndexedKey made{owner, *label_id, *key_id};
    if (std::find(out.begin(), out.end(), made) == out.end()) out.push_back(made);
}

}  // namespace

std::vector<IndexedKey> indexed_keys(const Catalog& catalog, const Snapshot& snapshot) {
    std::vector<IndexedKey> keys;
    for (const IndexDefinition& index : catalog.indexes) {
        if (index.kind != IndexDefinition::Kind::range) continue;
        for (const std::string& key : index.keys) add(snapshot, index.owner, index.labels.front(), key, keys);
    }
    for (const Constraint& constraint : catalog.constraints) {
        if (constraint.rule != Constraint::Rule::unique && constraint.rule != Constraint::Rule::key) continue;
        for (const std::string& key : constraint.keys)
            add(snapshot, constraint.owner, constraint.label, key, keys);
    }
    if (!catalog.schema) return keys;
    for (const GraphSchema::Label& label : catalog.schema->labels) {
        for (const GraphSchema::Property& property : label.properties) {
            if (property.unique) add(snapshot, Owner::node, label.name, property.name, keys);
        }
    }
    for (const GraphSchema::Type& type : catalog.schema->types) {
        for (const GraphSchema::Property& property : type.properties) {
            if (property.unique) add(snapshot, Owner::relationship, type.name, property.name, keys);
        }
    }
    return keys;
}

void add_overlay(const Delta& delta, const IndexedKey& key, const Value& value,
                 std::vector<std::uint32_t>& out) {
    const IndexBucket* bucket = delta.by_value.find(slot_of(key, value));
    if (bucket != nullptr) out.insert(out.end(), bucket->ids.begin(), bucket->ids.end());
}

void put_overlay(Delta& delta, const IndexedKey& key, const Value& value, std::uint32_t id) {
    IndexBucket& bucket = delta.by_value.edit(slot_of(key, value), delta.epoch);
    if (bucket.ids.empty() || bucket.ids.back() != id) bucket.ids.push_back(id);
}

void find_equal(const Snapshot& snapshot, const IndexedKey& key, const Value& value,
                std::vector<std::uint32_t>& out) {
    const Base& base = SnapshotParts::base(snapshot);
    const SortedIndex& sorted = base.indexes->sorted(base, key.owner, key.label, key.key);
    const auto [begin, end] = sorted.equal(value);
    out.insert(out.end(), sorted.ids.begin() + static_cast<std::ptrdiff_t>(begin),
               sorted.ids.begin() + static_cast<std::ptrdiff_t>(end));
    add_overlay(SnapshotParts::delta(snapshot), key, value, out);
}

std::size_t count_equal(const Snapshot& snapshot, const IndexedKey& key, const Value& value) {
    const Base& base = SnapshotParts::base(snapshot);
    const auto [begin, end] = base.indexes->sorted(base, key.owner, key.label, key.key).equal(value);
    return end - begin;
}

void fill_overlay(const Snapshot& view, Delta& delta, const IndexedKey& key) {
    const Base& base = SnapshotParts::base(view);
    const auto put = [&](std::uint32_t id, const Value& value) {
        if (!value.is_null()) put_overlay(delta, key, value, id);
    };
    if (key.owner == Owner::relationship) {
        delta.rel_properties.for_each(
            key.key, [&](std::uint32_t id, const PropertyChunk& chunk, std::uint32_t i) {
                if (delta.contains(RelId{id}) && index(delta.ends(base, RelId{id}).type) == key.label)
                    put(id, chunk.value(i));
            });
        return;
    }
    delta.node_properties.for_each(key.key,
                                   [&](std::uint32_t id, const PropertyChunk& chunk, std::uint32_t i) {
                                       if (delta.contains(base, NodeId{id})) put(id, chunk.value(i));
                                   });
    if (key.label >= delta.label_nodes.size()) return;
    delta.label_nodes[key.label].for_each([&](std::uint32_t word, const ChangedWord& changed) {
        const std::uint64_t before = base.nodes_of(LabelId{key.label}).word(word);
        for (std::uint64_t bits = changed.bits & ~before; bits != 0; bits &= bits - 1) {
            const std::uint32_t id = word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
            put(id, view.property(NodeId{id}, key.key));
        }
    });
}

}  // namespace islet
