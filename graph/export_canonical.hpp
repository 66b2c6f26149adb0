// The form that every exporter writes from: a subgraph in canonical order,
// freed of ids and of the order in which it was built.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "islet/export.hpp"

namespace islet::exporting {

/// A key and its value; lists of them are sorted by key.
using Property = std::pair<std::string_view, Value>;

struct CanonicalNode {
    std::vector<std::string_view> labels;  ///< sorted
    std::vector<Property> properties;
};

struct CanonicalRelationship {
    std::uint32_t source = 0;  ///< position in CanonicalGraph::nodes
    std::uint32_t target = 0;
    std::string_view type;
    std::vector<Property> properties;
};

/// Two isomorphic subgraphs give equal canonical graphs, whatever their ids. The names point
/// into `snapshot`. Nodes that colour refinement holds for equal though no symmetry maps one to
/// the other (anonymous regular graphs, say a hexagon beside two triangles) are the exception:
/// their order is that of the ids.
struct CanonicalGraph {
    Snapshot snapshot;
    std::vector<CanonicalNode> nodes;
    std::vector<CanonicalRelationship> relationships;
};

CanonicalGraph canonical(const Subgraph& graph);

/// The total order of the canonical form: openCypher's, and where that takes different values
/// for equal (1 and 1.0), their kind and text. Zero only for equal values.
int compare_exactly(const Value& a, const Value& b);
int compare_exactly(const std::vector<Property>& a, const std::vector<Property>& b);

/// The properties of a node or relationship as one JSON object.
std::string json_object(const std::vector<Property>& properties);

/// `:A:B`, names that are no plain identifiers in back quotes.
std::string label_text(const std::vector<std::string_view>& labels);

/// What a picture shows of a node: its name, or its title, or its id, or its labels.
std::string title(const CanonicalNode& node);

}  // namespace islet::exporting
