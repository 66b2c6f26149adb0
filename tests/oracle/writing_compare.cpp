// Graphs compared: the model's with the engine's, and what changed between two.

#include <algorithm>
#include <array>
#include <set>

#include "naive.hpp"
#include "writing.hpp"

namespace islet::oracle {
namespace {

using Fact = std::array<std::string, 3>;

std::set<Fact> facts(const Graph& graph) {
    std::set<Fact> out;
    const auto add = [&](const std::string& kind, const Properties& properties) {
        for (const auto& [key, value] : properties) {
            out.insert({kind + std::to_string(uid_of(properties)), key, literal_text(value)});
        }
    };
    for (const Node& node : graph.nodes) add("n", node.properties);
    for (const Relationship& rel : graph.rels) add("r", rel.properties);
    return out;
}

template <class T>
std::int64_t missing(const std::set<T>& from, const std::set<T>& in) {
    return std::count_if(from.begin(), from.end(), [&](const T& one) { return in.count(one) == 0; });
}

template <class Entities>
std::set<std::int64_t> uids(const Entities& entities) {
    std::set<std::int64_t> out;
    for (const auto& entity : entities) out.insert(uid_of(entity.properties));
    return out;
}

std::set<std::string> labels_used(const Graph& graph) {
    std::set<std::string> out;
    for (const Node& node : graph.nodes) out.insert(node.labels.begin(), node.labels.end());
    return out;
}

std::string lines(std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const std::string& part : parts) text += part + "\n";
    return text;
}

Datum of_engine(const Value& value) {
    switch (value.kind()) {
        case Kind::boolean:
            return datum(value.as_bool());
        case Kind::integer:
            return integer(value.as_int());
        case Kind::floating:
            return datum(value.as_double());
        case Kind::string:
            return datum(std::string(value.as_string()));
        case Kind::list: {
            Data out;
            for (const Value& element : value.as_list()) out.push_back(of_engine(element));
            return datum(out);
        }
        default:
            return {};
    }
}

Properties properties_of(const Snapshot& snapshot, auto id) {
    Properties out;
    for (const auto& [key, value] : snapshot.properties(id))
        out[std::string(snapshot.name(key))] = of_engine(value);
    return out;
}

}  // namespace

WriteCounts expected_difference(const Graph& before, const Graph& after) {
    WriteCounts out;
    out.nodes_created = missing(uids(after.nodes), uids(before.nodes));
    out.nodes_deleted = missing(uids(before.nodes), uids(after.nodes));
    out.relationships_created = missing(uids(after.rels), uids(before.rels));
    out.relationships_deleted = missing(uids(before.rels), uids(after.rels));
    out.properties_set = missing(facts(after), facts(before));
    out.properties_removed = missing(facts(before), facts(after));
    out.labels_added = missing(labels_used(after), labels_used(before));
    out.labels_removed = missing(labels_used(before), labels_used(after));
    return out;
}

std::string graph_text(const Graph& graph) {
    std::vector<std::string> parts;
    for (const Node& node : graph.nodes) {
        std::string text = "(";
        for (const std::string& label : node.labels) text += ":" + label;
        parts.push_back(text + " " + map_text(node.properties) + ")");
    }
    for (const Relationship& rel : graph.rels) {
        parts.push_back("(" + std::to_string(uid_of(graph.nodes[rel.source].properties)) + ")-[:" + rel.type +
                        " " + map_text(rel.properties) + "]->(" +
                        std::to_string(uid_of(graph.nodes[rel.target].properties)) + ")");
    }
    return lines(std::move(parts));
}

std::string graph_text(const Snapshot& snapshot) {
    Graph graph;
    std::map<NodeId, std::size_t> places;
    for (std::uint32_t i = 0; i < snapshot.node_bound(); ++i) {
        const NodeId id{i};
        if (!snapshot.contains(id)) continue;
        places[id] = graph.nodes.size();
        Node& node = graph.nodes.emplace_back();
        node.properties = properties_of(snapshot, id);
        for (const LabelId label : snapshot.labels(id)) node.labels.insert(std::string(snapshot.name(label)));
        if (node.properties.count("uid") == 0) return "a node without uid";
    }
    for (std::uint32_t i = 0; i < snapshot.rel_bound(); ++i) {
        const RelId id{i};
        if (!snapshot.contains(id)) continue;
        const Ends ends = snapshot.ends(id);
        if (places.count(ends.source) + places.count(ends.target) != 2)
            return "a relationship without an end";
        graph.rels.push_back({places[ends.source], places[ends.target], std::string(snapshot.name(ends.type)),
                              properties_of(snapshot, id)});
    }
    return graph_text(graph);
}

}  // namespace islet::oracle
