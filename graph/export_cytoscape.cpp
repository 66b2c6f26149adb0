// Cytoscape.js JSON: `cytoscape({elements: data.elements})`. Properties stand in an
// object of their own, so that none is taken for a `parent` or a `source`; labels and
// types are classes too, for style sheets: `node.Drug`, `edge.HAS_TARGET`.
#include <ostream>

#include "export_canonical.hpp"

namespace islet {

namespace {

/// A JSON array of texts.
std::string array(const std::vector<std::string_view>& texts) {
    std::string result = "[";
    for (const std::string_view text : texts) {
        if (result.size() > 1) result += ',';
        result += json_text(text);
    }
    return result + "]";
}

}  // namespace

void write_cytoscape(const Subgraph& subgraph, std::ostream& out) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    out << "{\"elements\":{\"nodes\":[";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const auto& node = graph.nodes[i];
        const std::string labels = array(node.labels);
        out << (i == 0 ? "\n" : ",\n") << "{\"data\":{\"id\":\"n" << i
            << "\",\"label\":" << json_text(exporting::title(node)) << ",\"labels\":" << labels
            << ",\"properties\":" << exporting::json_object(node.properties) << "},\"classes\":" << labels
            << '}';
    }
    out << "\n],\"edges\":[";
    for (std::size_t i = 0; i < graph.relationships.size(); ++i) {
        const auto& rel = graph.relationships[i];
        out << (i == 0 ? "\n" : ",\n") << "{\"data\":{\"id\":\"e" << i << "\",\"source\":\"n" << rel.source
            << "\",\"target\":\"n" << rel.target << "\",\"type\":" << json_text(rel.type)
            << ",\"properties\":" << exporting::json_object(rel.properties)
            << "},\"classes\":" << array({rel.type}) << '}';
    }
    out << "\n]}}\n";
}

}  // namespace islet
