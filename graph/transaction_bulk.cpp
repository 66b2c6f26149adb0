// Transactions that write many nodes or relationships at once.
#include <algorithm>
#include <map>

#include "column.hpp"
#include "transaction_state.hpp"

namespace islet {

namespace {

void require_storable(const ValueRows& values) {
    for (const Value& value : values.values) islet::require_storable(value);
}

/// Properties that come thing by thing, by key: of each which things have it, and its values.
class Collected {
 public:
    /// Of several values of one key in `properties` the last counts.
    void add(std::uint32_t thing, Transaction::Properties& properties) {
        for (auto& [key, value] : properties) {
            islet::require_storable(value);
            Entries& entries = by_key_[key];
            if (!entries.things.empty() && entries.things.back() == thing) {
                entries.values.back() = std::move(value);
            } else {
                entries.things.push_back(thing);
                entries.values.push_back(std::move(value));
            }
        }
        properties.clear();
    }
    /// Calls visit(key, things, values): no value is null.
    template <class Visit>
    void for_each(Visit visit) {
        for (auto& [key, entries] : by_key_) {
            std::size_t kept = 0;
            for (std::size_t i = 0; i < entries.values.size(); ++i) {
                if (entries.values[i].is_null()) continue;
                if (kept != i) entries.values[kept] = std::move(entries.values[i]);
                entries.things[kept++] = entries.things[i];
            }
            entries.values.resize(kept);
            entries.things.resize(kept);
            if (kept != 0) visit(key, entries.things, entries.values);
        }
    }

 private:
    struct Entries {
        std::vector<std::uint32_t> things;
        std::vector<Value> values;
    };
    std::map<KeyId, Entries> by_key_;
};

}  // namespace

NodeId Transaction::create_nodes(std::uint32_t count, std::span<const std::vector<LabelId>> kinds,
                                 const FillProperties& fill) {
    State& state = *state_;
    state.write();
    Collected collected;
    Properties some;
    for (std::uint32_t i = 0; i < count; ++i) {
        fill(i, some);
        collected.add(i, some);
    }
    const std::vector<LabelId> none;
    if (kinds.empty()) kinds = std::span(&none, 1);
    const std::uint32_t first = state.delta->node_bound;
    const auto parts = static_cast<std::uint32_t>(kinds.size());
    state.create_nodes(count / parts, kinds, {});
    // Where the last row is not whole.
    state.create_nodes(1, kinds.first(count % parts), {});
    collected.for_each([&](KeyId key, std::vector<std::uint32_t>& things, const std::vector<Value>& values) {
        for (std::uint32_t& thing : things) thing += first;
        state.write_values(Owner::node, things, key, {.values = values});
    });
    state.created_nodes(first, kinds);
    return NodeId{first};
}

NodeId Transaction::create_nodes(std::uint32_t rows, std::span<const std::vector<LabelId>> kinds,
                                 std::span<const CreatedProperty> properties) {
    State& state = *state_;
    for (const CreatedProperty& property : properties) require_storable(property.values);
    const std::uint32_t first = state.write().node_bound;
    state.create_nodes(rows, kinds, properties);
    state.created_nodes(first, kinds);
    return NodeId{first};
}

void Transaction::State::create_nodes(std::uint32_t rows, std::span<const std::vector<LabelId>> kinds,
                                      std::span<const CreatedProperty> properties) {
    const auto parts = static_cast<std::uint32_t>(kinds.size());
    if (rows == 0 || parts == 0) return;
    std::vector<std::vector<LabelId>> settled;  // each label once
    std::span<const std::vector<LabelId>> labels = kinds;
    const bool as_they_are =
        std::all_of(kinds.begin(), kinds.end(), [](const auto& some) { return some.size() < 2; });
    if (!as_they_are) {
        settled.assign(kinds.begin(), kinds.end());
        for (std::vector<LabelId>& some : settled) {
            std::sort(some.begin(), some.end());
            some.erase(std::unique(some.begin(), some.end()), some.end());
        }
        labels = settled;
    }
    for (const std::vector<LabelId>& some : labels) {
        counts.labels_added += static_cast<std::int64_t>(rows) * static_cast<std::int64_t>(some.size());
    }
    const std::uint32_t first = delta->node_bound;
    delta->create_nodes(*base, rows, labels, properties);
    counts.nodes_created += static_cast<std::int64_t>(rows) * parts;
    count_written(properties, rows);
    if (!graph.store) return;
    for (std::uint32_t i = 0; i < rows * parts; ++i) operations.create_node();
    for (std::uint32_t i = 0; i < rows * parts; ++i) {
        for (const LabelId label : labels[i % parts]) operations.set_label(NodeId{first + i}, label, true);
    }
    for (const CreatedProperty& property : properties) {
        for (std::uint32_t row = 0; row < rows; ++row) {
            if (!property.values.is_null(row))
                operations.set_property(NodeId{first + row * parts + property.part}, property.key,
                                        property.values.at(row));
        }
    }
}

void Transaction::State::created_nodes(std::uint32_t first, std::span<const std::vector<LabelId>> kinds) {
    if (!demanding && indexed.empty()) return;
    const std::uint32_t count = delta->node_bound - first;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (demanding) touched_nodes.push_back(NodeId{first + i});
        if (indexed.empty() || kinds.empty()) continue;
        for (const LabelId label : kinds[i % kinds.size()]) enter(NodeId{first + i}, label);
    }
}

void Transaction::State::write_values(Owner owner, std::span<const std::uint32_t> ids, KeyId key,
                                      const ValueRows& values) {
    delta->set_properties(owner, ids, key, values);
    counts.properties_set += static_cast<std::int64_t>(ids.size());
    if (!graph.store) return;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (owner == Owner::node) {
            operations.set_property(NodeId{ids[i]}, key, values.at(i));
        } else {
            operations.set_property(RelId{ids[i]}, key, values.at(i));
        }
    }
}

void Transaction::State::count_written(std::span<const CreatedProperty> properties, std::size_t rows) {
    for (const CreatedProperty& property : properties) {
        const ValueRows& values = property.values;
        const bool typed = values.kind == Kind::integer || values.kind == Kind::floating;
        std::size_t written = rows;
        if (!typed || !values.valid.empty()) {
            for (std::size_t row = 0; row < rows; ++row) written -= values.is_null(row) ? 1 : 0;
        }
        counts.properties_set += static_cast<std::int64_t>(written);
    }
}

RelId Transaction::create_relationships(std::span<const Ends> all, const FillProperties& fill) {
    State& state = *state_;
    state.write();
    Collected collected;
    Properties some;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        fill(i, some);
        collected.add(i, some);
    }
    const std::uint32_t first = state.delta->rel_bound;
    state.create_relationships(all, 1, {});
    collected.for_each([&](KeyId key, std::vector<std::uint32_t>& things, const std::vector<Value>& values) {
        for (std::uint32_t& thing : things) thing += first;
        state.write_values(Owner::relationship, things, key, {.values = values});
    });
    state.created_relationships(first, all);
    return RelId{first};
}

RelId Transaction::create_relationships(std::span<const Ends> all, std::uint32_t parts,
                                        std::span<const CreatedProperty> properties) {
    State& state = *state_;
    for (const CreatedProperty& property : properties) require_storable(property.values);
    const std::uint32_t first = state.write().rel_bound;
    state.create_relationships(all, parts, properties);
    state.created_relationships(first, all);
    return RelId{first};
}

void Transaction::State::create_relationships(std::span<const Ends> all, std::uint32_t parts,
                                              std::span<const CreatedProperty> properties) {
    std::vector<NodeId> nodes;
    nodes.reserve(all.size());
    for (const Ends& ends : all) nodes.push_back(ends.source);
    require_all(nodes);
    nodes.clear();
    for (const Ends& ends : all) nodes.push_back(ends.target);
    require_all(nodes);
    if (all.empty()) return;
    const std::uint32_t first = delta->rel_bound;
    delta->create_relationships(*base, all, parts, properties);
    counts.relationships_created += static_cast<std::int64_t>(all.size());
    count_written(properties, all.size() / parts);
    if (!graph.store) return;
    for (const Ends& ends : all) operations.create_relationship(ends.source, ends.type, ends.target);
    for (const CreatedProperty& property : properties) {
        for (std::uint32_t row = 0; row < all.size() / parts; ++row) {
            if (!property.values.is_null(row))
                operations.set_property(RelId{first + row * parts + property.part}, property.key,
                                        property.values.at(row));
        }
    }
}

void Transaction::State::created_relationships(std::uint32_t first, std::span<const Ends> all) {
    if (!demanding && indexed.empty()) return;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        const RelId rel{first + i};
        if (demanding) touched_rels.push_back(rel);
        for (const IndexedKey& one : indexed) {
            if (one.owner != Owner::relationship || one.label != index(all[i].type)) continue;
            const Value value = view.property(rel, one.key);
            if (!value.is_null()) put_overlay(*delta, one, value, index(rel));
        }
    }
}

template <class Id>
void Transaction::State::set_properties(std::span<const Id> ids, KeyId key, const ValueRows& values) {
    write();
    require_storable(values);
    bool any_null = false;
    const bool typed = values.kind == Kind::integer || values.kind == Kind::floating;
    if (!typed || !values.valid.empty()) {
        for (std::size_t i = 0; i < ids.size() && !any_null; ++i) any_null = values.is_null(i);
    }
    if (any_null) {  // what a null changes depends on what was there
        for (std::size_t i = 0; i < ids.size(); ++i) set_property(ids[i], key, values.at(i));
        return;
    }
    require_all(ids);
    std::vector<std::uint32_t> plain(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) plain[i] = static_cast<std::uint32_t>(ids[i]);
    constexpr Owner owner = std::is_same_v<Id, NodeId> ? Owner::node : Owner::relationship;
    write_values(owner, plain, key, values);
    const bool touches = matters(key);
    const bool enters = is_indexed(key);
    for (std::size_t i = 0; (touches || enters) && i < ids.size(); ++i) {
        if (touches) touch(ids[i]);
        if (enters) enter(ids[i], key, values.at(i));
    }
}

void Transaction::set_properties(std::span<const NodeId> nodes, KeyId key, const ValueRows& values) {
    state_->set_properties(nodes, key, values);
}
void Transaction::set_properties(std::span<const RelId> rels, KeyId key, const ValueRows& values) {
    state_->set_properties(rels, key, values);
}

void Transaction::remove_nodes(std::vector<NodeId> all) {
    State& state = *state_;
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::erase_if(all, [&](NodeId node) { return !state.view.contains(node); });
    if (all.empty()) return;
    Delta& delta = state.write();
    for (const NodeId node : all) state.note([&](OperationWriter& log) { log.remove_node(node); });
    delta.remove_nodes(*state.base, all);
    state.removed_nodes.insert(state.removed_nodes.end(), all.begin(), all.end());
    state.counts.nodes_deleted += static_cast<std::int64_t>(all.size());
}

void Transaction::remove_relationships(std::vector<RelId> all) {
    State& state = *state_;
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::erase_if(all, [&](RelId rel) { return !state.view.contains(rel); });
    if (all.empty()) return;
    Delta& delta = state.write();
    for (const RelId rel : all) state.note([&](OperationWriter& log) { log.remove_relationship(rel); });
    delta.remove_relationships(*state.base, all);
    state.counts.relationships_deleted += static_cast<std::int64_t>(all.size());
}

}  // namespace islet
