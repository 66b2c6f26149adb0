// Node-link JSON. Properties stand in an object of their own, so that none can
// be taken for the `id` of a node or the `source` of a link.
#include <map>
#include <ostream>

#include "export_canonical.hpp"

namespace islet {

void write_json(const Subgraph& subgraph, std::ostream& out) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    out << "{\"directed\":true,\"multigraph\":true,\"graph\":{},\"nodes\":[";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        out << (i == 0 ? "\n" : ",\n") << "{\"id\":\"n" << i << "\",\"labels\":[";
        bool first = true;
        for (const std::string_view label : graph.nodes[i].labels) {
            out << (first ? "" : ",") << json_text(label);
            first = false;
        }
        out << "],\"properties\":" << exporting::json_object(graph.nodes[i].properties) << '}';
    }
    out << "\n],\"links\":[";
    std::map<std::uint32_t, std::size_t> parallel;  // by target: how many of this source there were
    for (std::size_t i = 0; i < graph.relationships.size(); ++i) {
        const auto& rel = graph.relationships[i];
        if (i > 0 && graph.relationships[i - 1].source != rel.source) parallel.clear();
        const std::size_t key = parallel[rel.target]++;
        out << (i == 0 ? "\n" : ",\n") << "{\"source\":\"n" << rel.source << "\",\"target\":\"n" << rel.target
            << "\",\"key\":" << key << ",\"type\":" << json_text(rel.type)
            << ",\"properties\":" << exporting::json_object(rel.properties) << '}';
    }
    out << "\n]}\n";
}

}  // namespace islet
