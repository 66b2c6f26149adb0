// JSON-LD 1.1: the same triples as export_turtle.cpp writes.
#include <ostream>

#include "export_rdf.hpp"

namespace islet {

namespace {

using exporting::RdfName;

std::string iri(const RdfName& name) {
    return json_text(std::string(name.space) + ":" + name.local);
}

std::string reference(const RdfName& name) {
    return "{\"@id\":" + iri(name) + "}";
}

std::string object(const Value& value) {
    if (value.kind() == Kind::list) {
        std::string text = "{\"@list\":[";
        for (const Value& item : value.as_list()) {
            if (&item != value.as_list().data()) text += ',';
            text += object(item);
        }
        return text + "]}";
    }
    const exporting::RdfLiteral literal = exporting::rdf_literal(value);
    if (literal.datatype.empty()) return json_text(literal.text);
    if (literal.datatype == "boolean") return literal.text;
    // A JSON number means xsd:integer or xsd:double by its value, and beyond 2^53 readers round it.
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    if (value.kind() == Kind::integer && value.as_int() <= exact && value.as_int() >= -exact) {
        return literal.text;
    }
    return "{\"@value\":" + json_text(literal.text) + ",\"@type\":\"" +
           (literal.standard ? "xsd:" : "value:") + std::string(literal.datatype) + "\"}";
}

void write_properties(const std::vector<exporting::Property>& properties, std::ostream& out) {
    for (const auto& [key, value] : properties) {
        out << ',' << iri(exporting::rdf_key(key)) << ':' << object(value);
    }
}

}  // namespace

void write_jsonld(const Subgraph& subgraph, std::ostream& out, std::string_view base) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    const exporting::RdfNames names = exporting::rdf_names(graph);
    out << "{\"@context\":{\"@version\":1.1";
    for (const std::string_view space : exporting::rdf_spaces) {
        out << ",\n\"" << space << "\":" << json_text(std::string(base) + std::string(space) + ":");
    }
    out << ",\n\"rdf\":\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
           ",\n\"rdfs\":\"http://www.w3.org/2000/01/rdf-schema#\""
           ",\n\"xsd\":\"http://www.w3.org/2001/XMLSchema#\"},\n\"@graph\":[";
    std::size_t rel = 0;  // relationships are ordered by source, then type
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const exporting::CanonicalNode& node = graph.nodes[i];
        out << (i == 0 ? "\n" : ",\n") << "{\"@id\":" << iri(names.nodes[i]) << ",\"@type\":[";
        if (node.labels.empty()) out << "\"rdfs:Resource\"";
        for (const std::string_view& label : node.labels) {
            out << (&label == node.labels.data() ? "" : ",") << iri(exporting::rdf_label(label));
        }
        out << ']';
        write_properties(node.properties, out);
        const exporting::CanonicalRelationship* before = nullptr;
        for (; rel < graph.relationships.size() && graph.relationships[rel].source == i; ++rel) {
            const auto& r = graph.relationships[rel];
            const bool same_type = before != nullptr && before->type == r.type;
            if (same_type && before->target == r.target) continue;
            if (same_type) {
                out << ',';
            } else {
                out << (before == nullptr ? "," : "],") << iri(exporting::rdf_type(r.type)) << ":[";
            }
            out << reference(names.nodes[r.target]);
            before = &r;
        }
        out << (before == nullptr ? "}" : "]}");
    }
    for (std::size_t i = 0; i < graph.relationships.size(); ++i) {
        if (!names.statements[i]) continue;
        const exporting::CanonicalRelationship& r = graph.relationships[i];
        out << ",\n{\"@id\":\"statement:" << i
            << "\",\"@type\":\"rdf:Statement\",\"rdf:subject\":" << reference(names.nodes[r.source])
            << ",\"rdf:predicate\":" << reference(exporting::rdf_type(r.type))
            << ",\"rdf:object\":" << reference(names.nodes[r.target]);
        write_properties(r.properties, out);
        out << '}';
    }
    out << "\n]}\n";
}

}  // namespace islet
