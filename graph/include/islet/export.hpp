// Graphs as files: a part of a graph is collected into a Subgraph and written in
// a format that other tools read. Every format is written in canonical order, so
// that the same graph gives the same bytes in whatever order it was built:
// nodes by labels, by their `id` (or `name`), by all their properties, then by
// their neighbourhood; relationships by their ends, type and properties. Nodes get
// the ids n0, n1, … of their places in that order. See docs/formats.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "islet/graph.hpp"
#include "islet/value.hpp"

namespace islet {

/// A part of a graph. Invariant of what the functions below return: both lists
/// ascend, hold each id once, and the ends of every relationship are among the nodes.
struct Subgraph {
    Snapshot snapshot;
    std::vector<NodeId> nodes;
    std::vector<RelId> relationships;
};

/// The whole graph.
Subgraph whole_graph(const Snapshot& snapshot);

/// The nodes that are at most `hops` relationships away from one of `centres`, in either
/// direction, and every relationship between them.
Subgraph neighbourhood(const Snapshot& snapshot, std::span<const NodeId> centres, std::size_t hops);

/// The nodes, relationships (with their ends) and paths among `values`, also those inside of
/// lists and maps: what a query returned.
Subgraph subgraph_of(const Snapshot& snapshot, std::span<const Value> values);

/// The formats that a graph is written in. kgx and kgx_jsonl: islet/kgx.hpp; svg and png are drawn by
/// Graphviz from what write_dot writes.
enum class GraphFormat : std::uint8_t {
    json,
    csv,
    graphml,
    gexf,
    dot,
    svg,
    png,
    cytoscape,
    turtle,
    jsonld,
    kgx,
    kgx_jsonl,
    cypher,
    html
};

/// What of this graph the format does not keep as it is: one clause each, for people. docs/formats.md says
/// the same of graphs in general.
std::vector<std::string> losses(const Subgraph& graph, GraphFormat format);

// Writers. They throw Exception (kind ArgumentError, detail NotExportable) for a name that the
// format has no way to write; a failing stream is left for the caller to see.

/// Node-link JSON as NetworkX reads it (`node_link_graph`). Nothing is lost but the difference
/// between NaN or an infinity and its name.
void write_json(const Subgraph& graph, std::ostream& out);

/// Two tables with the headers of Neo4j's importer.
void write_csv(const Subgraph& graph, std::ostream& nodes, std::ostream& relationships);

/// GraphML with typed attributes; labels as `:A:B`, lists as JSON text.
void write_graphml(const Subgraph& graph, std::ostream& out);

/// A digraph of Graphviz: `label`, `labels` or `type`, and `properties` as JSON text.
void write_dot(const Subgraph& graph, std::ostream& out);

/// GEXF 1.2 with typed attributes, as GraphML has them.
void write_gexf(const Subgraph& graph, std::ostream& out);

/// The elements of Cytoscape.js, with labels and types as classes.
void write_cytoscape(const Subgraph& graph, std::ostream& out);

inline constexpr std::string_view rdf_base = "urn:islet:";  ///< what IRIs begin with unless told otherwise

/// RDF as Turtle: labels are classes, relationships triples, properties literals, lists collections;
/// a relationship with properties is an rdf:Statement too. `base` is what the IRIs begin with; it must
/// end so that a name may follow (`https://example.org/`).
void write_turtle(const Subgraph& graph, std::ostream& out, std::string_view base = rdf_base);

/// The same triples as JSON-LD 1.1.
void write_jsonld(const Subgraph& graph, std::ostream& out, std::string_view base = rdf_base);

/// A script of openCypher that makes the graph anew, losing nothing: one CREATE for a small graph,
/// otherwise statements of many rows each. It may run on a graph that has something in it, as long as
/// that has no label `_import`.
void write_cypher(const Subgraph& graph, std::ostream& out);

/// What a page says beside the graph.
struct PageOptions {
    std::string title = "Graph";
    /// The properties that say where something is stated, in the order in which to say it; the page shows
    /// them as sources, apart from the other properties.
    std::vector<std::string> evidence;
};

/// One HTML page that shows the graph, with all its properties, and loads nothing: search, details, folding
/// of neighbourhoods, light and dark.
void write_html(const Subgraph& graph, const PageOptions& options, std::ostream& out);

/// The digest of a graph's canonical form, `xxh3-128:` and 32 hexadecimal digits: the same for the same graph
/// in whatever order it was built, another for a graph that differs anywhere. It finds changes, it is no
/// signature.
std::string digest(const Subgraph& graph);
/// The same of a text.
std::string digest(std::string_view text);

// The cells of text formats, for exports and for tables of results alike.

/// A value as JSON: integers exact whatever their size, floats with a point or an exponent, NaN and
/// the infinities as the strings "NaN", "Infinity", "-Infinity"; a node as {"id", "labels",
/// "properties"}, a relationship as {"id", "type", "start", "end", "properties"}, a path as
/// {"nodes", "relationships"}. One line, keys of maps and properties in order.
std::string json_text(const Value& value, const Snapshot& snapshot);

/// A string as JSON, with its quotes.
std::string json_text(std::string_view text);

/// A value as an openCypher expression that gives the same value again: `date('2024-02-29')`, `0.0/0.0`
/// for NaN. Nodes, relationships and paths have no such expression: `null`.
std::string cypher_text(const Value& value);

/// A label, type, key or variable as openCypher writes it: in back quotes unless it is a plain identifier.
/// Reserved words are plain here, as they are in all places but that of a variable.
std::string cypher_name(std::string_view name);

/// A field of a CSV file (RFC 4180): quoted where it must be.
std::string csv_field(std::string_view text);

}  // namespace islet
