#include "view.hpp"

#include <stdlib.h>

#include <filesystem>
#include <set>

#include "arguments.hpp"
#include "save_file.hpp"

namespace islet::cli {

namespace {

Error failed(std::string message, std::string hint = {}) {
    return Error{"22000", "ArgumentError", "runtime", "CannotView", std::move(message),
                 {},      std::move(hint), {}};
}

void add_texts(const Value& value, std::set<std::string, std::less<>>& texts) {
    if (value.kind() == Kind::string) texts.emplace(value.as_string());
    if (value.kind() == Kind::list) {
        for (const Value& element : value.as_list()) add_texts(element, texts);
    }
    if (value.kind() == Kind::map) {
        for (const auto& [key, member] : value.as_map().entries()) add_texts(member, texts);
    }
}

/// A new folder of the user's own among the temporary ones.
Expected<std::filesystem::path> temporary_folder() {
    std::error_code failure;
    const auto folder = std::filesystem::temp_directory_path(failure);
    std::string path = ((failure ? "/tmp" : folder) / "islet-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) return failed("cannot write to " + folder.string());
    return std::filesystem::path(path);
}

}  // namespace

Subgraph subgraph_of_result(const Rows& rows) {
    Subgraph graph = subgraph_of(rows.snapshot, rows.values);
    const auto key = rows.snapshot.find_key("name");
    if (!graph.nodes.empty() || !key) return graph;
    std::set<std::string, std::less<>> texts;
    for (const Value& value : rows.values) add_texts(value, texts);
    std::vector<NodeId> named;
    for (std::uint32_t i = 0; i < rows.snapshot.node_bound(); ++i) {
        if (!rows.snapshot.contains(NodeId{i})) continue;
        const Value name = rows.snapshot.property(NodeId{i}, *key);
        if (name.kind() == Kind::string && texts.contains(name.as_string())) named.push_back(NodeId{i});
    }
    return neighbourhood(rows.snapshot, named, 0);
}

Expected<std::string> write_view(const Rows& rows, FileOptions options) {
    const Subgraph graph = subgraph_of_result(rows);
    if (graph.nodes.empty()) {
        return failed("the last result holds no nodes and names none",
                      "return nodes, relationships or paths, as in MATCH p = (a)-[r]->(b) RETURN p");
    }
    if (options.output.empty()) {
        const auto folder = temporary_folder();
        if (!folder) return folder.error();
        options.output = (*folder / "view.html").string();
    }
    const auto format = graph_format_of_name(options.output);
    if (!format)
        return failed("the name '" + options.output + "' tells no format",
                      "end it in .html, .svg, .png or .json");
    options.format = *format;
    try {
        for (const File& file : graph_files(graph, options)) {
            if (const auto why = save(file.path, file.content))
                return failed("cannot write '" + file.path + "': " + *why);
        }
    } catch (const Exception& failure) {
        return failure.error();
    }
    return options.output;
}

}  // namespace islet::cli
