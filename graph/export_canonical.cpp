#include "export_canonical.hpp"

#include <algorithm>
#include <numeric>

#include "export_refinement.hpp"
#include "islet/sound.hpp"

namespace islet::exporting {

namespace {

template <class Id>
std::vector<Property> sorted_properties(const Snapshot& snapshot, Id id) {
    std::vector<Property> result;
    for (auto& [key, value] : snapshot.properties(id))
        result.emplace_back(snapshot.name(key), std::move(value));
    std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return result;
}

/// What a reader knows a node by: `id`, or else `name`; null if it has neither.
Value identity(const CanonicalNode& node) {
    Value name;
    for (const auto& [key, value] : node.properties) {
        if (key == "id") return value;
        if (key == "name") name = value;
    }
    return name;
}

int sign(std::strong_ordering ordering) {
    return ordering < 0 ? -1 : (ordering > 0 ? 1 : 0);
}

/// Numbers the things 0 … count-1 from 0 by rank; equal ones get the same rank.
template <class Compare>
std::vector<std::vector<std::uint32_t>> ranked(std::size_t count, Compare compare) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
    std::vector<std::vector<std::uint32_t>> cells;
    for (std::size_t i = 0; i < count; ++i) {
        if (i == 0 || compare(order[i - 1], order[i]) != 0) cells.emplace_back();
        cells.back().push_back(order[i]);
    }
    return cells;
}

}  // namespace

int compare_exactly(const Value& a, const Value& b) {
    if (a == b) return 0;
    if (const int by_order = order(a, b); by_order != 0) return by_order;
    if (a.kind() != b.kind()) return a.kind() < b.kind() ? -1 : 1;
    const Snapshot none;  // what has the same place in the order holds no nodes, or equal ones
    return sign(json_text(a, none) <=> json_text(b, none));
}

int compare_exactly(const std::vector<Property>& a, const std::vector<Property>& b) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (const int by_key = sign(a[i].first <=> b[i].first); by_key != 0) return by_key;
        if (const int by_value = compare_exactly(a[i].second, b[i].second); by_value != 0) return by_value;
    }
    return sign(a.size() <=> b.size());
}

CanonicalGraph canonical(const Subgraph& graph) {
    const Snapshot& snapshot = graph.snapshot;
    std::vector<CanonicalNode> nodes(graph.nodes.size());
    std::vector<Value> identities(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const LabelId label : snapshot.labels(graph.nodes[i]))
            nodes[i].labels.push_back(snapshot.name(label));
        std::sort(nodes[i].labels.begin(), nodes[i].labels.end());
        nodes[i].properties = sorted_properties(snapshot, graph.nodes[i]);
        identities[i] = identity(nodes[i]);
    }

    const auto place = [&](NodeId node) {
        const auto at = std::lower_bound(graph.nodes.begin(), graph.nodes.end(), node);
        return static_cast<std::uint32_t>(at - graph.nodes.begin());
    };
    std::vector<CanonicalRelationship> rels(graph.relationships.size());
    for (std::size_t i = 0; i < rels.size(); ++i) {
        const Ends ends = snapshot.ends(graph.relationships[i]);
        rels[i] = {place(ends.source), place(ends.target), snapshot.name(ends.type),
                   sorted_properties(snapshot, graph.relationships[i])};
    }

    const auto node_cells = ranked(nodes.size(), [&](std::uint32_t a, std::uint32_t b) {
        if (const int by_labels = sign(nodes[a].labels <=> nodes[b].labels); by_labels != 0) return by_labels;
        if (const int by_id = compare_exactly(identities[a], identities[b]); by_id != 0) return by_id;
        return compare_exactly(nodes[a].properties, nodes[b].properties);
    });
    const auto rel_cells = ranked(rels.size(), [&](std::uint32_t a, std::uint32_t b) {
        if (const int by_type = sign(rels[a].type <=> rels[b].type); by_type != 0) return by_type;
        return compare_exactly(rels[a].properties, rels[b].properties);
    });

    std::vector<std::uint32_t> content(rels.size());  // rank of a relationship's type and properties
    std::vector<std::vector<Refinement::Arc>> arcs(nodes.size());
    for (std::uint32_t rank = 0; rank < rel_cells.size(); ++rank) {
        for (const std::uint32_t rel : rel_cells[rank]) {
            content[rel] = rank;
            arcs[rels[rel].source].push_back({2 * rank, rels[rel].target});
            arcs[rels[rel].target].push_back({2 * rank + 1, rels[rel].source});
        }
    }

    const std::vector<std::uint32_t> node_order = Refinement(node_cells, std::move(arcs)).run();
    std::vector<std::uint32_t> rank(nodes.size());
    CanonicalGraph result;
    result.snapshot = snapshot;
    result.nodes.reserve(nodes.size());
    for (std::uint32_t i = 0; i < node_order.size(); ++i) {
        rank[node_order[i]] = i;
        result.nodes.push_back(std::move(nodes[node_order[i]]));
    }
    for (CanonicalRelationship& rel : rels) {
        rel.source = rank[rel.source];
        rel.target = rank[rel.target];
    }
    const auto final_order = ranked(rels.size(), [&](std::uint32_t a, std::uint32_t b) {
        if (rels[a].source != rels[b].source) return rels[a].source < rels[b].source ? -1 : 1;
        if (const int by_type = sign(rels[a].type <=> rels[b].type); by_type != 0) return by_type;
        if (rels[a].target != rels[b].target) return rels[a].target < rels[b].target ? -1 : 1;
        return sign(content[a] <=> content[b]);
    });
    result.relationships.reserve(rels.size());
    for (const auto& equal : final_order) {
        for (const std::uint32_t rel : equal) result.relationships.push_back(std::move(rels[rel]));
    }
    require_sound(snapshot);
    return result;
}

std::string json_object(const std::vector<Property>& properties) {
    const Snapshot none;  // no property holds a node
    std::string text = "{";
    for (const auto& [key, value] : properties) {
        if (text.size() > 1) text += ',';
        text += json_text(key);
        text += ':';
        text += json_text(value, none);
    }
    return text + "}";
}

std::string label_text(const std::vector<std::string_view>& labels) {
    const auto plain = [](std::string_view name) {
        return !name.empty() && (name.front() < '0' || name.front() > '9') &&
               std::all_of(name.begin(), name.end(), [](unsigned char c) {
                   return c == '_' || c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z');
               });
    };
    std::string text;
    for (const std::string_view label : labels) {
        text += ':';
        if (plain(label)) {
            text += label;
            continue;
        }
        text += '`';
        for (const char c : label) text += c == '`' ? "``" : std::string(1, c);
        text += '`';
    }
    return text;
}

std::string title(const CanonicalNode& node) {
    for (const std::string_view wanted : {"name", "title", "id"}) {
        for (const auto& [key, value] : node.properties) {
            if (key == wanted && value.kind() == Kind::string && !value.as_string().empty()) {
                return std::string(value.as_string());
            }
        }
    }
    return label_text(node.labels);
}

}  // namespace islet::exporting
