// GraphML. Boost.Graph's write_graphml is not used: it writes every attribute for
// every node, so that "has no such property" is lost, and it lets through the
// control characters that XML forbids.
#include <ostream>

#include "export_xml.hpp"

namespace islet {

namespace {

using exporting::xml_name;
using exporting::xml_text;
using exporting::XmlAttribute;

void write_keys(std::ostream& out, std::string_view domain, const std::vector<XmlAttribute>& attributes) {
    for (const XmlAttribute& attribute : attributes) {
        out << "  <key id=\"" << attribute.id << "\" for=\"" << domain << "\" attr.name=\""
            << xml_name(attribute.name) << "\" attr.type=\"" << exporting::xml_type(attribute) << '"';
        if (attribute.json) {
            out << ">\n    <desc>JSON text</desc>\n  </key>\n";
        } else {
            out << "/>\n";
        }
    }
}

void write_data(std::ostream& out, const std::vector<XmlAttribute>& attributes,
                const std::vector<exporting::Property>& properties) {
    for (const XmlAttribute& attribute : attributes) {
        const Value* value = exporting::find(properties, attribute.key);
        if (value == nullptr) continue;
        out << "      <data key=\"" << attribute.id << "\">"
            << xml_text(exporting::xml_data(attribute, *value)) << "</data>\n";
    }
}

}  // namespace

void write_graphml(const Subgraph& subgraph, std::ostream& out) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    const auto node_attributes = exporting::xml_attributes(graph.nodes, 'v', {"labels"});
    const auto rel_attributes = exporting::xml_attributes(graph.relationships, 'e', {"type"});
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
           "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
           "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
           "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"
           "  <key id=\"labels\" for=\"node\" attr.name=\"labels\" attr.type=\"string\"/>\n";
    write_keys(out, "node", node_attributes);
    out << "  <key id=\"type\" for=\"edge\" attr.name=\"type\" attr.type=\"string\"/>\n";
    write_keys(out, "edge", rel_attributes);
    out << "  <graph id=\"G\" edgedefault=\"directed\">\n";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        out << "    <node id=\"n" << i << "\">\n      <data key=\"labels\">"
            << xml_name(exporting::label_text(graph.nodes[i].labels)) << "</data>\n";
        write_data(out, node_attributes, graph.nodes[i].properties);
        out << "    </node>\n";
    }
    for (const auto& rel : graph.relationships) {
        out << "    <edge source=\"n" << rel.source << "\" target=\"n" << rel.target
            << "\">\n      <data key=\"type\">" << xml_name(rel.type) << "</data>\n";
        write_data(out, rel_attributes, rel.properties);
        out << "    </edge>\n";
    }
    out << "  </graph>\n</graphml>\n";
}

}  // namespace islet
