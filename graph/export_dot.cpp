// DOT, by Boost.Graph's write_graphviz. Properties stand in one attribute as JSON
// text: as attributes of their own they would be taken for Graphviz's (`shape`,
// `width`, `style`…).
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <ostream>

#include "export_style.hpp"

namespace islet::exporting {

// The canonical graph as Boost.Graph sees it. GraphView will not do here: it lists
// nodes by id and relationships by node, which is not the canonical order.
struct CanonicalEdge {
    const CanonicalRelationship* rel = nullptr;
    friend bool operator==(const CanonicalEdge&, const CanonicalEdge&) = default;
};

struct CanonicalEdgeOf {
    const std::vector<CanonicalRelationship>* rels = nullptr;
    CanonicalEdge operator()(std::size_t i) const { return {&(*rels)[i]}; }
};

}  // namespace islet::exporting

namespace boost {

template <>
struct graph_traits<islet::exporting::CanonicalGraph> {
    using vertex_descriptor = std::size_t;
    using edge_descriptor = islet::exporting::CanonicalEdge;
    using directed_category = directed_tag;
    using edge_parallel_category = allow_parallel_edge_tag;
    struct traversal_category : vertex_list_graph_tag, edge_list_graph_tag {};
    using vertex_iterator = counting_iterator<std::size_t>;
    using edge_iterator =
        transform_iterator<islet::exporting::CanonicalEdgeOf, counting_iterator<std::size_t>>;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return static_cast<std::size_t>(-1); }
};

}  // namespace boost

namespace islet::exporting {

using Traits = boost::graph_traits<CanonicalGraph>;

static std::pair<Traits::vertex_iterator, Traits::vertex_iterator> vertices(const CanonicalGraph& graph) {
    return {Traits::vertex_iterator(0), Traits::vertex_iterator(graph.nodes.size())};
}
static std::size_t num_vertices(const CanonicalGraph& graph) {
    return graph.nodes.size();
}
static std::pair<Traits::edge_iterator, Traits::edge_iterator> edges(const CanonicalGraph& graph) {
    const CanonicalEdgeOf edge{&graph.relationships};
    return {Traits::edge_iterator(boost::counting_iterator<std::size_t>(0), edge),
            Traits::edge_iterator(boost::counting_iterator<std::size_t>(graph.relationships.size()), edge)};
}
static std::size_t num_edges(const CanonicalGraph& graph) {
    return graph.relationships.size();
}
static std::size_t source(const CanonicalEdge& edge, const CanonicalGraph&) {
    return edge.rel->source;
}
static std::size_t target(const CanonicalEdge& edge, const CanonicalGraph&) {
    return edge.rel->target;
}

namespace {

constexpr std::string_view font = "Helvetica,Arial,sans-serif";

/// Graphviz reads strings of at most 16 KiB; longer ones are written as several, joined by `+`.
constexpr std::size_t longest_piece = 8192;

/// Goes on in another string once this one is long. REQUIRES: no escape and no character has just begun
void break_string(std::string& result, std::size_t& begin) {
    if (result.size() - begin < longest_piece || result.back() == '\\') return;
    result += "\" + \"";
    begin = result.size();
}

bool begins_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// A quoted DOT string whose text Graphviz shows as it is: `\` begins an escape in labels.
std::string shown(std::string_view text) {
    std::string result = "\"";
    std::size_t begin = 0;
    for (const char c : text) {
        if (begins_character(c)) break_string(result, begin);
        if (c == '\\' || c == '"') result += '\\';
        if (c == '\n') {
            result += "\\n";
        } else if (c != '\0') {  // DOT has no way to write it
            result += c;
        }
    }
    return result + '"';
}

/// JSON text as a quoted DOT string. DOT cannot write a backslash before a quote, so that inside
/// of JSON strings both are written by their numbers.
std::string quoted_json(const std::string& json) {
    std::string result = "\"";
    std::size_t begin = 0;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (begins_character(json[i])) break_string(result, begin);
        if (json[i] == '\\' && (json[i + 1] == '"' || json[i + 1] == '\\')) {
            result += json[++i] == '"' ? "\\u0022" : "\\u005c";
        } else if (json[i] == '"') {
            result += "\\\"";
        } else {
            result += json[i];
        }
    }
    return result + '"';
}

}  // namespace

}  // namespace islet::exporting

namespace islet {

void write_dot(const Subgraph& subgraph, std::ostream& out) {
    using namespace exporting;
    const CanonicalGraph graph = canonical(subgraph);
    BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<CanonicalGraph>));
    const Style style = style_of(graph);
    const auto node = [&](std::ostream& to, std::size_t i) {
        const std::string& colour = style.labels[style.of_node[i]].colour;
        to << " [label=" << shown(title(graph.nodes[i]))
           << ", labels=" << shown(label_text(graph.nodes[i].labels))
           << ", properties=" << quoted_json(json_object(graph.nodes[i].properties)) << ", color=\"" << colour
           << "\", fillcolor=\"" << colour << "26\"]";
    };
    const auto edge = [](std::ostream& to, const CanonicalEdge& e) {
        to << "[label=" << shown(e.rel->type) << ", type=" << shown(e.rel->type)
           << ", properties=" << quoted_json(json_object(e.rel->properties)) << ']';
    };
    const auto whole = [](std::ostream& to) {
        to << "graph [fontname=\"" << font << "\", outputorder=edgesfirst, overlap=prism, pad=0.3];\n"
           << "node [shape=box, style=\"rounded,filled\", fontname=\"" << font
           << "\", fontsize=12, penwidth=1.4, margin=\"0.14,0.06\", height=0.36];\n"
           << "edge [fontname=\"" << font
           << "\", fontsize=9, color=\"#8a9099\", fontcolor=\"#5f6670\", arrowsize=0.7];\n";
    };
    const auto id =
        boost::make_function_property_map<std::size_t>([](std::size_t i) { return "n" + std::to_string(i); });
    boost::write_graphviz(out, graph, node, edge, whole, id);
}

}  // namespace islet
