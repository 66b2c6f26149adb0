// A script of openCypher that makes the graph anew. A small graph is one CREATE, as a
// person would write it. A larger one is statements of many rows each: nodes get a
// mark and a number, relationships find their ends in the list of marked nodes by
// number (no index, no scan per row), and the last statement takes the marks away.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <ostream>
#include <set>
#include <span>

#include "export_canonical.hpp"

namespace islet {

namespace {

using exporting::CanonicalGraph;
using exporting::CanonicalNode;
using exporting::CanonicalRelationship;
using exporting::Property;

constexpr std::size_t largest_create = 200;  ///< nodes and relationships of one CREATE
constexpr std::size_t nodes_per_statement = 1000;

std::string string_literal(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        switch (c) {
            case '\'':
                result += "\\'";
                break;
            case '\\':
                result += "\\\\";
                break;
            case '\n':
                result += "\\n";
                break;
            case '\r':
                result += "\\r";
                break;
            case '\t':
                result += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
                    constexpr std::string_view digits = "0123456789abcdef";
                    result += "\\u00";
                    result += digits[static_cast<unsigned char>(c) >> 4U];
                    result += digits[static_cast<unsigned char>(c) & 15U];
                } else {
                    result += c;
                }
        }
    }
    return result + '\'';
}

std::string float_literal(double value) {
    if (std::isnan(value)) return "0.0/0.0";
    if (std::isinf(value)) return value > 0 ? "1.0/0.0" : "-1.0/0.0";
    char buffer[32];
    std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    if (const auto plus = text.find("e+"); plus != std::string::npos) text.erase(plus + 1, 1);
    return text;
}

std::string_view constructor_of(Kind kind) {
    switch (kind) {
        case Kind::date:
            return "date";
        case Kind::local_time:
            return "localtime";
        case Kind::time:
            return "time";
        case Kind::local_date_time:
            return "localdatetime";
        case Kind::date_time:
            return "datetime";
        default:
            return "duration";
    }
}

/// `{key: value, …}`, with `first` in front; nothing if it would be empty.
std::string map_text(const std::vector<Property>& properties, std::string first = {}) {
    std::string text = std::move(first);
    for (const auto& [key, value] : properties) {
        if (!text.empty()) text += ", ";
        text += cypher_name(key) + ": " + cypher_text(value);
    }
    return text.empty() ? text : "{" + text + "}";
}

std::string labels_text(const std::vector<std::string_view>& labels) {
    std::string text;
    for (const std::string_view label : labels) text += ":" + cypher_name(label);
    return text;
}

void write_one_create(const CanonicalGraph& graph, std::ostream& out) {
    std::vector<bool> has_relationship(graph.nodes.size());
    for (const CanonicalRelationship& rel : graph.relationships) {
        has_relationship[rel.source] = true;
        has_relationship[rel.target] = true;
    }
    std::string_view before = "CREATE ";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        std::string inside =
            (has_relationship[i] ? "n" + std::to_string(i) : "") + labels_text(graph.nodes[i].labels);
        const std::string map = map_text(graph.nodes[i].properties);
        if (!inside.empty() && !map.empty()) inside += ' ';
        out << before << '(' << inside << map << ')';
        before = ",\n       ";
    }
    for (const CanonicalRelationship& rel : graph.relationships) {
        const std::string map = map_text(rel.properties);
        out << before << "(n" << rel.source << ")-[:" << cypher_name(rel.type) << (map.empty() ? "" : " ")
            << map << "]->(n" << rel.target << ')';
    }
    out << ";\n";
}

/// A name that no label and no key of the graph has.
std::string free_name(const CanonicalGraph& graph) {
    std::set<std::string_view> taken;
    for (const CanonicalNode& node : graph.nodes) {
        taken.insert(node.labels.begin(), node.labels.end());
        for (const auto& [key, value] : node.properties) taken.insert(key);
    }
    std::string name = "_import";
    while (taken.contains(name)) name += '_';
    return name;
}

void write_nodes(const CanonicalGraph& graph, const std::string& mark, std::ostream& out) {
    for (std::size_t begin = 0; begin < graph.nodes.size();) {
        const auto& labels = graph.nodes[begin].labels;
        out << "UNWIND [";
        std::size_t i = begin;
        for (; i < graph.nodes.size() && i - begin < nodes_per_statement && graph.nodes[i].labels == labels;
             ++i) {
            out << (i == begin ? "\n" : ",\n")
                << map_text(graph.nodes[i].properties, mark + ": " + std::to_string(i));
        }
        out << "\n] AS row\nCREATE (n:" << mark << labels_text(labels) << ") SET n = row;\n";
        begin = i;
    }
}

/// The rows of one statement, of one type.
void write_relationships(const CanonicalGraph& graph, std::span<const std::size_t> rels,
                         const std::string& mark, std::ostream& out) {
    const bool with_properties = std::any_of(rels.begin(), rels.end(), [&](std::size_t rel) {
        return !graph.relationships[rel].properties.empty();
    });
    out << "MATCH (n:" << mark << ") WITH n ORDER BY n." << mark << " WITH collect(n) AS nodes\nUNWIND [";
    bool first = true;
    for (const std::size_t at : rels) {
        const CanonicalRelationship& rel = graph.relationships[at];
        out << (first ? "\n" : ",\n") << '[' << rel.source << ", " << rel.target;
        if (with_properties) {
            const std::string map = map_text(rel.properties);
            out << ", " << (map.empty() ? "{}" : map);
        }
        out << ']';
        first = false;
    }
    out << "\n] AS row\nWITH nodes[row[0]] AS source, nodes[row[1]] AS target"
        << (with_properties ? ", row[2] AS properties" : "")
        << "\nCREATE (source)-[r:" << cypher_name(graph.relationships[rels.front()].type) << "]->(target)"
        << (with_properties ? " SET r = properties;\n" : ";\n");
}

void write_statements(const CanonicalGraph& graph, std::ostream& out) {
    const std::string mark = free_name(graph);
    write_nodes(graph, mark, out);

    std::vector<std::size_t> by_type(graph.relationships.size());
    for (std::size_t i = 0; i < by_type.size(); ++i) by_type[i] = i;
    std::stable_sort(by_type.begin(), by_type.end(), [&](std::size_t a, std::size_t b) {
        return graph.relationships[a].type < graph.relationships[b].type;
    });
    // Each statement sorts the nodes once: the more nodes, the more rows it should serve.
    const std::size_t rows = std::clamp<std::size_t>(graph.nodes.size() / 4, 1000, 50'000);
    for (std::size_t begin = 0; begin < by_type.size();) {
        std::size_t end = begin;
        while (end < by_type.size() && end - begin < rows &&
               graph.relationships[by_type[end]].type == graph.relationships[by_type[begin]].type) {
            ++end;
        }
        write_relationships(graph, std::span(by_type).subspan(begin, end - begin), mark, out);
        begin = end;
    }
    out << "MATCH (n:" << mark << ") REMOVE n:" << mark << ", n." << mark << ";\n";
}

}  // namespace

std::string cypher_name(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    const bool plain =
        !name.empty() && letter(name.front()) &&
        std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
    if (plain) return std::string(name);
    std::string quoted = "`";
    for (const char c : name) {
        if (c == '`') quoted += '`';
        quoted += c;
    }
    return quoted + '`';
}

std::string cypher_text(const Value& value) {
    switch (value.kind()) {
        case Kind::null:
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
            return "null";
        case Kind::boolean:
            return value.as_bool() ? "true" : "false";
        case Kind::integer:
            return std::to_string(value.as_int());
        case Kind::floating:
            return float_literal(value.as_double());
        case Kind::string:
            return string_literal(value.as_string());
        case Kind::list: {
            std::string text = "[";
            for (const Value& item : value.as_list()) {
                if (text.size() > 1) text += ", ";
                text += cypher_text(item);
            }
            return text + "]";
        }
        case Kind::map: {
            std::string text = "{";
            for (const auto& [key, item] : value.as_map().entries()) {
                if (text.size() > 1) text += ", ";
                text += cypher_name(key) + ": " + cypher_text(item);
            }
            return text + "}";
        }
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            return std::string(constructor_of(value.kind())) + "('" + temporal_text(value) + "')";
    }
    return "null";
}

void write_cypher(const Subgraph& subgraph, std::ostream& out) {
    const CanonicalGraph graph = exporting::canonical(subgraph);
    if (graph.nodes.empty()) return;
    if (graph.nodes.size() + graph.relationships.size() <= largest_create) {
        write_one_create(graph, out);
    } else {
        write_statements(graph, out);
    }
}

}  // namespace islet
