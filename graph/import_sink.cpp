#include "import_sink.hpp"

#include "column.hpp"

namespace islet::importing {

const Value* PendingThing::find(std::string_view key) const {
    for (const auto& [name, value] : properties) {
        if (name == key) return &value;
    }
    return nullptr;
}

NodeId GraphSink::node(std::string_view id, const PendingThing& thing) {
    const NodeId next{run_.builder.node_bound()};
    if (!id.empty() && run_.ids.insert(0, id, IdTable::hash_to_insert(0, id), next) != next) {
        throw BadRecord{"another node has the id '" + std::string(id) + "'"};
    }
    run_.builder.add_node({});
    if (!thing.labels.empty()) set_labels(next, thing.labels);
    for (const auto& [key, value] : thing.properties) set_property(next, key, value);
    return next;
}

void GraphSink::set_labels(NodeId node, const std::vector<std::string>& labels) {
    std::vector<LabelId> ids;
    ids.reserve(labels.size());
    for (const std::string& label : labels) ids.push_back(LabelId{run_.builder.labels.add(label)});
    run_.builder.set_labels(node, ids);
}

void GraphSink::set_property(NodeId node, std::string_view key, const Value& value) {
    if (value.is_null()) return;
    run_.builder.set_property(node, KeyId{run_.builder.keys.add(key)}, value);
}

void GraphSink::relationship(NodeId source, NodeId target, std::string_view type,
                             const std::vector<std::pair<std::string, Value>>& properties) {
    const std::uint32_t rel =
        run_.builder.add_relationship(source, TypeId{run_.builder.types.add(type)}, target);
    for (const auto& [key, value] : properties) {
        if (value.is_null()) continue;
        run_.builder.set_relationship_property(rel, KeyId{run_.builder.keys.add(key)}, value);
    }
}

bool GraphSink::try_relationship(std::string_view source, std::string_view target,
                                 const PendingThing& thing) {
    const NodeId from = run_.ids.find(0, source);
    const NodeId to = run_.ids.find(0, target);
    if (from == NodeId::none || to == NodeId::none) return false;
    relationship(from, to, thing.labels.front(), thing.properties);
    return true;
}

void GraphSink::relationship(std::string_view source, std::string_view target, const PendingThing& thing,
                             const RecordPlace& place) {
    if (try_relationship(source, target, thing)) return;
    run_.waiting.push_back(
        {place.input, std::string(source), std::string(target), thing, place.span, std::string(place.text)});
}

void take_waiting(Run& run) {
    for (const WaitingRelationship& one : run.waiting) {
        if (GraphSink(run).try_relationship(one.source, one.target, one.thing)) continue;
        const bool source_missing = run.ids.find(0, one.source) == NodeId::none;
        run.reject(*one.input, one.span,
                   "no node has the id '" + (source_missing ? one.source : one.target) + "'", "", one.text);
    }
    run.waiting.clear();
}

}  // namespace islet::importing
