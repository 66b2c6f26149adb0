// GraphML. Boost.Graph's write_graphml is not used: it writes every attribute for
// every node, so that "has no such property" is lost, and it lets through the
// control characters that XML forbids.
#include <algorithm>
#include <cmath>
#include <ostream>
#include <set>

#include "export_columns.hpp"
#include "islet/error.hpp"

namespace islet {

namespace {

using exporting::Column;

/// Whether XML 1.0 has no way to hold the text: control characters, U+FFFE and U+FFFF.
bool beyond_xml(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return true;
        if (text.compare(i, 3, "\xEF\xBF\xBE") == 0 || text.compare(i, 3, "\xEF\xBF\xBF") == 0) return true;
    }
    return false;
}

std::string xml_text(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\r':
                result += "&#13;";
                break;
            case '\n':
                result += "&#10;";
                break;
            case '\t':
                result += "&#9;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string xml_name(std::string_view name) {
    if (beyond_xml(name)) {
        throw Exception(Error{"22000",
                              "ArgumentError",
                              "runtime",
                              "NotExportable",
                              "XML cannot hold the control character in the name " + json_text(name),
                              {},
                              "export to JSON instead",
                              {}});
    }
    return xml_text(name);
}

/// JSON text in which nothing is beyond XML: JSON escapes control characters by itself.
std::string json_for_xml(const Value& value) {
    const Snapshot none;  // no property holds a node
    std::string text = json_text(value, none);
    for (std::size_t at = 0; (at = text.find("\xEF\xBF", at)) != std::string::npos; ++at) {
        if (text.compare(at, 3, "\xEF\xBF\xBE") == 0) text.replace(at, 3, "\\ufffe");
        if (text.compare(at, 3, "\xEF\xBF\xBF") == 0) text.replace(at, 3, "\\uffff");
    }
    return text;
}

/// A column and how GraphML declares it. `json`: the values stand as JSON text.
struct Attribute : Column {
    std::string id;    ///< of the <key>, e.g. "v3"
    std::string name;  ///< the property's key, unless that name is taken by `labels` or `type`
    bool json = false;
};

/// `reserved` is the attribute that says the labels or the type. A property of that name gets
/// underscores behind it until the name is free.
template <class Things>
std::vector<Attribute> attributes(const Things& things, char prefix, std::string_view reserved) {
    std::vector<Attribute> result;
    std::set<std::string, std::less<>> names{std::string(reserved)};
    for (const Column& column : exporting::columns_of(things)) {
        if (column.key != reserved) names.insert(std::string(column.key));
        result.push_back({column, prefix + std::to_string(result.size()), std::string(column.key),
                          column.kind == Kind::null || column.kind == Kind::list});
    }
    for (Attribute& attribute : result) {
        if (attribute.key == reserved) {
            while (names.contains(attribute.name)) attribute.name += '_';
        }
        if (attribute.kind != Kind::string) continue;
        for (const auto& thing : things) {
            const Value* value = exporting::find(thing.properties, attribute.key);
            if (value != nullptr && beyond_xml(value->as_string())) attribute.json = true;
        }
    }
    return result;
}

std::string_view type_name(const Attribute& attribute) {
    if (attribute.json) return "string";
    switch (attribute.kind) {
        case Kind::boolean:
            return "boolean";
        case Kind::integer:
            return "long";
        case Kind::floating:
            return "double";
        default:
            return "string";
    }
}

std::string data_text(const Attribute& attribute, const Value& value) {
    if (attribute.json) return json_for_xml(value);
    if (value.kind() == Kind::string) return std::string(value.as_string());
    if (value.kind() == Kind::floating) {  // as XML Schema spells them
        if (std::isnan(value.as_double())) return "NaN";
        if (std::isinf(value.as_double())) return value.as_double() > 0 ? "INF" : "-INF";
    }
    if (is_temporal(value.kind())) return temporal_text(value);
    const Snapshot none;
    return json_text(value, none);
}

void write_keys(std::ostream& out, std::string_view domain, const std::vector<Attribute>& attributes) {
    for (const Attribute& attribute : attributes) {
        out << "  <key id=\"" << attribute.id << "\" for=\"" << domain << "\" attr.name=\""
            << xml_name(attribute.name) << "\" attr.type=\"" << type_name(attribute) << '"';
        if (attribute.json) {
            out << ">\n    <desc>JSON text</desc>\n  </key>\n";
        } else {
            out << "/>\n";
        }
    }
}

void write_data(std::ostream& out, const std::vector<Attribute>& attributes,
                const std::vector<exporting::Property>& properties) {
    for (const Attribute& attribute : attributes) {
        const Value* value = exporting::find(properties, attribute.key);
        if (value == nullptr) continue;
        out << "      <data key=\"" << attribute.id << "\">" << xml_text(data_text(attribute, *value))
            << "</data>\n";
    }
}

}  // namespace

void write_graphml(const Subgraph& subgraph, std::ostream& out) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    const auto node_attributes = attributes(graph.nodes, 'v', "labels");
    const auto rel_attributes = attributes(graph.relationships, 'e', "type");
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
