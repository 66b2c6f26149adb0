// One page of HTML that shows the graph: graph/page/ with the graph's data in it.
#include <ostream>

#include "embedded.hpp"
#include "export_style.hpp"

namespace islet {

namespace {

std::string_view file(std::string_view name) {
    for (const exporting::EmbeddedFile& embedded : exporting::embedded_page()) {
        if (embedded.name == name) return embedded.text;
    }
    return {};
}

/// JSON inside of a script element, which `</script` or `<!--` would end or hide.
std::string for_script(std::string json) {
    for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos;) json.replace(at, 1, "\\u003c");
    return json;
}

std::string html_text(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '&') {
            result += "&amp;";
        } else if (c == '<') {
            result += "&lt;";
        } else if (c != '\0') {
            result += c;
        }
    }
    return result;
}

/// Scripts have no integers beyond 2^53: they would show others instead, so that these are texts.
Value for_scripts(const Value& value) {
    constexpr std::int64_t greatest = std::int64_t{1} << 53;
    if (value.kind() == Kind::integer && (value.as_int() > greatest || value.as_int() < -greatest)) {
        return std::to_string(value.as_int());
    }
    if (value.kind() != Kind::list) return value;
    List items;
    for (const Value& item : value.as_list()) items.push_back(for_scripts(item));
    return items;
}

std::string object_of(std::vector<exporting::Property> properties) {
    for (auto& [key, value] : properties) value = for_scripts(value);
    return exporting::json_object(properties);
}

std::string data_of(const exporting::CanonicalGraph& graph, const PageOptions& options) {
    const exporting::Style style = exporting::style_of(graph);
    std::string text = "{\"evidence\":[";
    for (const std::string& key : options.evidence) {
        if (text.back() != '[') text += ',';
        text += json_text(key);
    }
    text += "],\"styles\":[";
    for (const exporting::LabelStyle& label : style.labels) {
        text += (text.back() == '[' ? "\n[" : ",\n[") +
                json_text(label.label.empty() ? "(no label)" : label.label) + ",\"" + label.colour + "\"," +
                std::to_string(label.count) + "]";
    }
    text += "\n],\"nodes\":[";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const exporting::CanonicalNode& node = graph.nodes[i];
        std::string title = exporting::title(node);
        const bool named = title != exporting::label_text(node.labels);
        if (!named) title = style.labels[style.of_node[i]].label;
        text += std::string(i == 0 ? "\n" : ",\n") +
                "{\"title\":" + json_text(title.empty() ? "n" + std::to_string(i) : title) +
                ",\"named\":" + (named ? "true" : "false") +
                ",\"style\":" + std::to_string(style.of_node[i]) + ",\"labels\":[";
        for (const std::string_view label : node.labels) {
            if (text.back() != '[') text += ',';
            text += json_text(label);
        }
        text += "],\"properties\":" + object_of(node.properties) + "}";
    }
    text += "\n],\"links\":[";
    for (const exporting::CanonicalRelationship& rel : graph.relationships) {
        text += (text.back() == '[' ? "\n[" : ",\n[") + std::to_string(rel.source) + ',' +
                std::to_string(rel.target) + ',' + json_text(rel.type) + ',' + object_of(rel.properties) +
                "]";
    }
    return for_script(text + "\n]}");
}

}  // namespace

void write_html(const Subgraph& subgraph, const PageOptions& options, std::ostream& out) {
    const exporting::CanonicalGraph graph = exporting::canonical(subgraph);
    std::string_view page = file("page.html");
    while (!page.empty()) {
        const std::size_t begin = page.find('@');
        const std::size_t end = begin == std::string_view::npos ? begin : page.find('@', begin + 1);
        if (end == std::string_view::npos) break;
        const std::string_view mark = page.substr(begin + 1, end - begin - 1);
        out << page.substr(0, begin);
        page.remove_prefix(end + 1);
        if (mark == "TITLE") {
            out << html_text(options.title);
        } else if (mark == "STYLE") {
            out << file("page.css");
        } else if (mark == "DATA") {
            out << data_of(graph, options);
        } else {
            for (const exporting::EmbeddedFile& embedded : exporting::embedded_page()) {
                if (embedded.name.ends_with(".js")) out << embedded.text;
            }
        }
    }
    out << page;
}

}  // namespace islet
