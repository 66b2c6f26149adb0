#include "islet/dump.hpp"

#include <ostream>

#include "export_canonical.hpp"
#include "import_json_value.hpp"
#include "import_source.hpp"
#include "islet/catalog.hpp"
#include "islet/export.hpp"

namespace islet {

namespace {

using importing::append_json;
using importing::append_json_string;

void append_properties(std::string& line, const std::vector<exporting::Property>& properties) {
    line += ",\"properties\":{";
    bool first = true;
    for (const auto& [key, value] : properties) {
        if (!first) line += ',';
        first = false;
        append_json_string(line, key);
        line += ':';
        append_json(line, value);
    }
    line += "}}\n";
}

constexpr std::string_view catalog_comment = "// islet catalog ";

}  // namespace

void write_dump_script(const Snapshot& snapshot, std::ostream& out) {
    if (snapshot.catalog() != Catalog()) out << catalog_comment << to_json(snapshot.catalog()) << '\n';
    write_cypher(whole_graph(snapshot), out);
}

std::optional<Catalog> catalog_of_script(std::string_view script) {
    if (!script.starts_with(catalog_comment)) return std::nullopt;
    script.remove_prefix(catalog_comment.size());
    try {
        return catalog_from_json(script.substr(0, script.find('\n')));
    } catch (const std::exception& failure) {
        importing::fail("BadRecord", failure.what(), "line 1");
    }
}

void write_dump(const Snapshot& snapshot, std::ostream& out) {
    const exporting::CanonicalGraph graph = exporting::canonical(whole_graph(snapshot));
    std::string line = R"({"type":"graph","format":"islet","version":1,"catalog":)";
    line += to_json(snapshot.catalog());
    line += "}\n";
    out << line;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        line = R"({"type":"node","id":")" + std::to_string(i) + R"(","labels":[)";
        bool first = true;
        for (const std::string_view label : graph.nodes[i].labels) {
            if (!first) line += ',';
            first = false;
            append_json_string(line, label);
        }
        line += ']';
        append_properties(line, graph.nodes[i].properties);
        out << line;
    }
    for (const exporting::CanonicalRelationship& rel : graph.relationships) {
        line = R"({"type":"relationship","label":)";
        append_json_string(line, rel.type);
        line +=
            R"(,"start":")" + std::to_string(rel.source) + R"(","end":")" + std::to_string(rel.target) + '"';
        append_properties(line, rel.properties);
        out << line;
    }
}

}  // namespace islet
