// Turtle (RDF 1.1). A relationship is a triple; one with properties is said again as an
// rdf:Statement that bears them.
#include <algorithm>
#include <ostream>

#include "export_rdf.hpp"

namespace islet {

namespace {

using exporting::RdfName;

class Turtle {
 public:
    Turtle(const exporting::CanonicalGraph& graph, std::string_view base, std::ostream& out)
        : graph_(graph), names_(exporting::rdf_names(graph)), base_(base), out_(out) {}

    void write() {
        for (const std::string_view space : exporting::rdf_spaces) {
            out_ << "@prefix " << space << ": <" << base_ << space << ":> .\n";
        }
        out_ << "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
                "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
                "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
        std::size_t rel = 0;  // relationships are ordered by source
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) write_node(i, rel);
        for (std::size_t i = 0; i < graph_.relationships.size(); ++i) {
            if (names_.statements[i]) write_statement(i);
        }
    }

 private:
    void write_node(std::size_t i, std::size_t& rel) {
        const exporting::CanonicalNode& node = graph_.nodes[i];
        out_ << '\n' << iri(names_.nodes[i]) << " a ";
        if (node.labels.empty()) out_ << "rdfs:Resource";
        for (const std::string_view& label : node.labels) {
            out_ << (&label == node.labels.data() ? "" : ", ") << iri(exporting::rdf_label(label));
        }
        write_properties(node.properties);
        const exporting::CanonicalRelationship* before = nullptr;
        for (; rel < graph_.relationships.size() && graph_.relationships[rel].source == i; ++rel) {
            const auto& r = graph_.relationships[rel];
            if (before != nullptr && before->type == r.type && before->target == r.target) continue;
            if (before != nullptr && before->type == r.type) {
                out_ << ", ";
            } else {
                out_ << " ;\n    " << iri(exporting::rdf_type(r.type)) << ' ';
            }
            out_ << iri(names_.nodes[r.target]);
            before = &r;
        }
        out_ << " .\n";
    }

    void write_statement(std::size_t i) {
        const exporting::CanonicalRelationship& rel = graph_.relationships[i];
        out_ << '\n'
             << iri({"statement", std::to_string(i)}) << " a rdf:Statement ;\n    rdf:subject "
             << iri(names_.nodes[rel.source]) << " ; rdf:predicate " << iri(exporting::rdf_type(rel.type))
             << " ; rdf:object " << iri(names_.nodes[rel.target]);
        write_properties(rel.properties);
        out_ << " .\n";
    }

    void write_properties(const std::vector<exporting::Property>& properties) {
        for (const auto& [key, value] : properties) {
            out_ << " ;\n    " << iri(exporting::rdf_key(key)) << ' ' << object(value);
        }
    }

    /// `node:everolimus`, or the whole IRI where Turtle has no such short name.
    [[nodiscard]] std::string iri(const RdfName& name) const {
        const bool short_name = !name.local.empty() && name.local.front() != '-' &&
                                std::all_of(name.local.begin(), name.local.end(), [](char c) {
                                    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                                           (c >= '0' && c <= '9') || c == '_' || c == '-';
                                });
        if (short_name) return std::string(name.space) + ":" + name.local;
        return "<" + std::string(base_) + std::string(name.space) + ":" + name.local + ">";
    }

    [[nodiscard]] std::string object(const Value& value) const {
        if (value.kind() == Kind::list) {
            std::string text = "(";
            for (const Value& item : value.as_list()) text += ' ' + object(item);
            return text + " )";
        }
        const exporting::RdfLiteral literal = exporting::rdf_literal(value);
        if (literal.datatype == "boolean" || literal.datatype == "integer") return literal.text;
        const std::string quoted = string_literal(literal.text);
        if (literal.datatype.empty()) return quoted;
        return quoted + "^^" + (literal.standard ? "xsd:" : "value:") + std::string(literal.datatype);
    }

    static std::string string_literal(std::string_view text) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        std::string result = "\"";
        for (const char c : text) {
            const auto code = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') {
                result += '\\';
                result += c;
            } else if (c == '\n') {
                result += "\\n";
            } else if (c == '\r') {
                result += "\\r";
            } else if (c == '\t') {
                result += "\\t";
            } else if (code < 0x20 || code == 0x7F) {
                result += "\\u00";
                result += digits[code >> 4U];
                result += digits[code & 15U];
            } else {
                result += c;
            }
        }
        return result + '"';
    }

    const exporting::CanonicalGraph& graph_;
    exporting::RdfNames names_;
    std::string_view base_;
    std::ostream& out_;
};

}  // namespace

void write_turtle(const Subgraph& subgraph, std::ostream& out, std::string_view base) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    Turtle(graph, base, out).write();
}

}  // namespace islet
