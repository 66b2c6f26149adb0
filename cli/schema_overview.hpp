// What a graph holds, told from the graph: labels with those that they include, relationship types with
// the labels that they join, property keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "islet/graph.hpp"

namespace islet::cli {

struct LabelOverview {
    LabelId label;
    std::uint64_t nodes = 0;
    /// The smallest label that all of its nodes bear too; `none`: it stands at the top.
    LabelId within = LabelId::none;
};

/// Relationships of one type between two labels. A node counts as one of the label that is named.
struct EdgeOverview {
    LabelId from;  ///< `none`: of nodes without a label
    TypeId type;
    LabelId to;
    std::uint64_t relationships = 0;
};

/// Which of its labels an edge names for a node that has several.
enum class NodeView {
    top,      ///< the largest: few labels, for an overview
    closest,  ///< the smallest: what the node is in particular
};

/// By number of nodes, largest first.
std::vector<LabelOverview> label_overview(const Snapshot& snapshot);

/// By `from` as label_overview has it, then by number. Where the graph has more than some hundred thousand
/// relationships, `relationships` are estimated from as many, and small ones may be missing.
std::vector<EdgeOverview> edge_overview(const Snapshot& snapshot, NodeView view);

/// Whether edge_overview counts them all.
bool counted_exactly(const Snapshot& snapshot);

/// The name of a label as a pattern writes it; `none`: nothing.
std::string label_text(const Snapshot& snapshot, LabelId label);

/// The overview as a text for people: labels, and for each what leads from it to where.
std::string schema_text(const Snapshot& snapshot, bool colour);

/// Of one label or one type: properties with how many have them, and what leads where. None if the
/// graph has no such name.
std::optional<std::string> schema_text_of(const Snapshot& snapshot, const std::string& name, bool colour);

/// A query that a newcomer may try: what is joined to what by one of the types, by name.
std::optional<std::string> example_query(const Snapshot& snapshot);

}  // namespace islet::cli
