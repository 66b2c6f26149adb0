// GEXF 1.2, the version that Gephi and NetworkX both read.
#include <ostream>

#include "export_xml.hpp"

namespace islet {

namespace {

using exporting::xml_name;
using exporting::xml_text;
using exporting::XmlAttribute;

void declare(std::ostream& out, std::string_view domain, std::string_view own,
             const std::vector<XmlAttribute>& attributes) {
    out << "    <attributes class=\"" << domain << "\">\n      <attribute id=\"" << own << "\" title=\""
        << own << "\" type=\"string\"/>\n";
    for (const XmlAttribute& attribute : attributes) {
        out << "      <attribute id=\"" << attribute.id << "\" title=\"" << xml_name(attribute.name)
            << "\" type=\"" << exporting::xml_type(attribute) << "\"/>";
        out << (attribute.json ? "<!-- JSON text -->\n" : "\n");
    }
    out << "    </attributes>\n";
}

void write_values(std::ostream& out, const std::vector<XmlAttribute>& attributes,
                  const std::vector<exporting::Property>& properties) {
    for (const XmlAttribute& attribute : attributes) {
        const Value* value = exporting::find(properties, attribute.key);
        if (value == nullptr) continue;
        out << "          <attvalue for=\"" << attribute.id << "\" value=\""
            << xml_text(exporting::xml_data(attribute, *value)) << "\"/>\n";
    }
}

/// A label for people: what XML cannot hold is left out of it, since the property holds it as JSON text.
std::string shown(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r') result += c;
    }
    return exporting::beyond_xml(result) ? std::string() : xml_text(result);
}

}  // namespace

void write_gexf(const Subgraph& subgraph, std::ostream& out) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    const auto node_attributes = exporting::xml_attributes(graph.nodes, 'v', {"label", "labels"});
    const auto rel_attributes =
        exporting::xml_attributes(graph.relationships, 'e', {"id", "label", "type", "weight"});
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
           "  <graph mode=\"static\" defaultedgetype=\"directed\">\n";
    declare(out, "node", "labels", node_attributes);
    declare(out, "edge", "type", rel_attributes);
    out << "    <nodes>\n";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        out << "      <node id=\"n" << i << "\" label=\"" << shown(exporting::title(graph.nodes[i]))
            << "\">\n        <attvalues>\n          <attvalue for=\"labels\" value=\""
            << xml_name(exporting::label_text(graph.nodes[i].labels)) << "\"/>\n";
        write_values(out, node_attributes, graph.nodes[i].properties);
        out << "        </attvalues>\n      </node>\n";
    }
    out << "    </nodes>\n    <edges>\n";
    for (std::size_t i = 0; i < graph.relationships.size(); ++i) {
        const auto& rel = graph.relationships[i];
        out << "      <edge id=\"e" << i << "\" source=\"n" << rel.source << "\" target=\"n" << rel.target
            << "\" label=\"" << xml_name(rel.type)
            << "\">\n        <attvalues>\n          <attvalue for=\"type\" value=\"" << xml_name(rel.type)
            << "\"/>\n";
        write_values(out, rel_attributes, rel.properties);
        out << "        </attvalues>\n      </edge>\n";
    }
    out << "    </edges>\n  </graph>\n</gexf>\n";
}

}  // namespace islet
