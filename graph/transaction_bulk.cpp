// Transactions that write many nodes or relationships at once.
#include <algorithm>

#include "column.hpp"
#include "transaction_state.hpp"

namespace islet {

namespace {

/// Brings properties into the order of a delta: nulls out, by ascending key, of equal keys the last.
void put_in_order(Transaction::Properties& properties) {
    for (const auto& [key, value] : properties) require_storable(value);
    const auto later = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(properties.begin(), properties.end(), later))
        std::stable_sort(properties.begin(), properties.end(), later);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < properties.size(); ++i) {
        const bool last = i + 1 == properties.size() || properties[i + 1].first != properties[i].first;
        if (!last || properties[i].second.is_null()) continue;
        if (kept != i) properties[kept] = std::move(properties[i]);
        ++kept;
    }
    properties.resize(kept);
}

}  // namespace

NodeId Transaction::create_nodes(std::uint32_t count, std::span<const std::vector<LabelId>> kinds,
                                 const FillProperties& fill) {
    State& state = *state_;
    Delta& delta = state.write();
    const std::uint32_t first = delta.node_bound;
    if (count == 0) return NodeId{first};
    for (std::uint32_t i = 0; i < count; ++i) state.note([](OperationWriter& log) { log.create_node(); });
    std::vector<std::vector<LabelId>> labels(kinds.begin(), kinds.end());
    for (std::size_t kind = 0; kind < labels.size(); ++kind) {
        std::sort(labels[kind].begin(), labels[kind].end());
        labels[kind].erase(std::unique(labels[kind].begin(), labels[kind].end()), labels[kind].end());
        const auto of_kind = (count + labels.size() - 1 - kind) / labels.size();
        state.counts.labels_added += static_cast<std::int64_t>(of_kind * labels[kind].size());
    }
    if (state.graph.store) {
        for (std::uint32_t i = 0; i < count && !labels.empty(); ++i) {
            for (const LabelId label : labels[i % labels.size()])
                state.operations.set_label(NodeId{first + i}, label, true);
        }
    }
    delta.create_nodes(*state.base, count, labels, [&](std::uint32_t i, Properties& properties) {
        fill(i, properties);
        put_in_order(properties);
        for (const auto& [key, value] : properties)
            state.note(
                [&, key = key](OperationWriter& log) { log.set_property(NodeId{first + i}, key, value); });
        state.counts.properties_set += static_cast<std::int64_t>(properties.size());
    });
    state.counts.nodes_created += count;
    for (std::uint32_t i = 0; state.demanding && i < count; ++i)
        state.touched_nodes.push_back(NodeId{first + i});
    for (std::uint32_t i = 0; !state.indexed.empty() && i < count && !labels.empty(); ++i) {
        for (const LabelId label : labels[i % labels.size()]) state.enter(NodeId{first + i}, label);
    }
    return NodeId{first};
}

RelId Transaction::create_relationships(std::span<const Ends> all, const FillProperties& fill) {
    State& state = *state_;
    for (const Ends& ends : all) {
        state.require(ends.source);
        state.require(ends.target);
    }
    Delta& delta = state.write();
    const std::uint32_t first = delta.rel_bound;
    if (all.empty()) return RelId{first};
    for (const Ends& ends : all) {
        state.note(
            [&](OperationWriter& log) { log.create_relationship(ends.source, ends.type, ends.target); });
    }
    delta.create_relationships(*state.base, all, [&](std::uint32_t i, Properties& properties) {
        fill(i, properties);
        put_in_order(properties);
        for (const auto& [key, value] : properties)
            state.note(
                [&, key = key](OperationWriter& log) { log.set_property(RelId{first + i}, key, value); });
        state.counts.properties_set += static_cast<std::int64_t>(properties.size());
    });
    state.counts.relationships_created += static_cast<std::int64_t>(all.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        const RelId rel{first + i};
        if (state.demanding) state.touched_rels.push_back(rel);
        for (const IndexedKey& one : state.indexed) {
            if (one.owner != Owner::relationship || one.label != index(all[i].type)) continue;
            const Value value = state.view.property(rel, one.key);
            if (!value.is_null()) put_overlay(delta, one, value, index(rel));
        }
    }
    return RelId{first};
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
