// Two tables with the headers of Neo4j's importer: `:ID,:LABEL,name:string,…`
// and `:START_ID,:END_ID,:TYPE,…`. Absent is an empty field, the empty string `""`.
#include <algorithm>
#include <ostream>

#include "export_columns.hpp"
#include "islet/error.hpp"

namespace islet {

namespace {

using exporting::Column;
using exporting::Property;

constexpr std::string_view line_end = "\r\n";

/// A column and the element type of its lists when `;` can hold them all apart.
struct CsvColumn : Column {
    Kind element = Kind::null;
};

/// A list that the importer reads back: not empty, of one kind, and no `;` or nothing in a string.
Kind element_kind(const List& list) {
    if (list.empty()) return Kind::null;
    for (const Value& item : list) {
        if (item.kind() != list.front().kind()) return Kind::null;
        if (item.kind() == Kind::string &&
            (item.as_string().empty() || item.as_string().find(';') != std::string_view::npos)) {
            return Kind::null;
        }
    }
    return list.front().kind() == Kind::list ? Kind::null : list.front().kind();
}

template <class Things>
std::vector<CsvColumn> csv_columns(const Things& things) {
    std::vector<CsvColumn> result;
    for (const Column& column : exporting::columns_of(things)) result.push_back({column});
    for (CsvColumn& column : result) {
        if (column.kind != Kind::list) continue;
        bool first = true;
        for (const auto& thing : things) {
            const Value* value = exporting::find(thing.properties, column.key);
            if (value == nullptr) continue;
            const Kind kind = element_kind(value->as_list());
            if (!first && kind != column.element) column.element = Kind::null;
            if (first) column.element = kind;
            first = false;
            if (column.element == Kind::null) break;
        }
    }
    return result;
}

std::string_view type_name(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return "boolean";
        case Kind::integer:
            return "long";
        case Kind::floating:
            return "double";
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
        case Kind::duration:
            return "duration";
        default:
            return "string";
    }
}

std::string header(const CsvColumn& column) {
    std::string text(column.key);
    text += ':';
    if (column.kind == Kind::list && column.element != Kind::null) {
        return csv_field(text + std::string(type_name(column.element)) + "[]");
    }
    return csv_field(text + std::string(type_name(column.kind)));
}

/// A scalar bare, anything else as JSON text.
std::string bare(const Value& value) {
    if (value.kind() == Kind::string) return std::string(value.as_string());
    if (is_temporal(value.kind())) return temporal_text(value);
    const Snapshot none;  // no property holds a node
    std::string text = json_text(value, none);
    if (value.kind() == Kind::floating && text.front() == '"') text = text.substr(1, text.size() - 2);  // NaN
    return text;
}

std::string cell(const CsvColumn& column, const std::vector<Property>& properties) {
    const Value* value = exporting::find(properties, column.key);
    if (value == nullptr) return {};
    if (column.kind == Kind::null) {
        const Snapshot none;
        return csv_field(json_text(*value, none));
    }
    if (column.kind == Kind::string && value->as_string().empty()) return "\"\"";
    if (column.kind != Kind::list || column.element == Kind::null) return csv_field(bare(*value));
    std::string text;
    for (const Value& item : value->as_list()) {
        if (!text.empty()) text += ';';
        text += bare(item);
    }
    return csv_field(text);
}

}  // namespace

void write_csv(const Subgraph& subgraph, std::ostream& nodes, std::ostream& relationships) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);

    const auto node_columns = csv_columns(graph.nodes);
    nodes << ":ID,:LABEL";
    for (const CsvColumn& column : node_columns) nodes << ',' << header(column);
    nodes << line_end;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        std::string labels;
        for (const std::string_view label : graph.nodes[i].labels) {
            if (label.find(';') != std::string_view::npos) {
                throw Exception(Error{
                    "22000",
                    "ArgumentError",
                    "runtime",
                    "NotExportable",
                    "CSV separates labels by `;`, so it cannot hold the label `" + std::string(label) + "`",
                    {},
                    "export to JSON or GraphML instead",
                    {}});
            }
            if (!labels.empty()) labels += ';';
            labels += label;
        }
        nodes << 'n' << i << ',' << csv_field(labels);
        for (const CsvColumn& column : node_columns) nodes << ',' << cell(column, graph.nodes[i].properties);
        nodes << line_end;
    }

    const auto rel_columns = csv_columns(graph.relationships);
    relationships << ":START_ID,:END_ID,:TYPE";
    for (const CsvColumn& column : rel_columns) relationships << ',' << header(column);
    relationships << line_end;
    for (const auto& rel : graph.relationships) {
        relationships << 'n' << rel.source << ",n" << rel.target << ',' << csv_field(rel.type);
        for (const CsvColumn& column : rel_columns) relationships << ',' << cell(column, rel.properties);
        relationships << line_end;
    }
}

}  // namespace islet
