// KGX (Knowledge Graph Exchange): a property graph as nodes and edges in the terms of the Biolink Model.
// Which label is which category and which type which predicate is given by the caller, so that nothing
// here knows what a graph is about; a knowledge base gives its table in its schema (islet/knowledge.hpp).
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "islet/export.hpp"

namespace islet {

/// How names of a graph are written in KGX. A value.
struct KgxMapping {
    using Names = std::map<std::string, std::string, std::less<>>;

    /// A node that stands for an edge: `(subject)-[:subject_type]->(:label {…})-[:object_type]->(object)`
    /// becomes one edge from subject to object that has the node's properties. The node and both
    /// relationships are not written by themselves; a node without either end is written as any other.
    struct Reified {
        std::string label;
        std::string subject_type;
        std::string object_type;
    };

    Names categories;  ///< label → CURIE of a category; a node has those of all its labels
    Names predicates;  ///< relationship type → CURIE of a predicate; of a reified one: its subject_type
    Names slots;       ///< property → name of the column or member; others keep their name
    std::vector<Reified> reified;
    /// Text that is the value of every edge in a column, where the edge says nothing itself:
    /// ("agent_type", "manual_agent").
    Names edge_defaults;
    /// property → (its value in the graph → its value in KGX), for slots with closed values.
    std::map<std::string, Names, std::less<>> values;
    std::string id_property = "id";  ///< what identifies a node; a node without it gets its number
    std::string id_prefix;           ///< "pnet": ids are CURIEs `pnet:everolimus`; empty: as they are
    std::string default_category = "biolink:NamedThing";   ///< of a node whose labels have none
    std::string default_predicate = "biolink:related_to";  ///< of an edge whose type has none
};

/// Two tables with tabs between the columns: `id category name …` and
/// `id subject predicate object …`, lists joined with `|`. The edge's own type is kept in the column
/// `original_predicate`. Canonical order, as all exports. Throws as the other writers do.
void write_kgx_tsv(const Subgraph& graph, const KgxMapping& mapping, std::ostream& nodes,
                   std::ostream& edges);

/// The same as one JSON object a line, lists as arrays.
void write_kgx_jsonl(const Subgraph& graph, const KgxMapping& mapping, std::ostream& nodes,
                     std::ostream& edges);

}  // namespace islet
