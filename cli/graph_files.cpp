#include "graph_files.hpp"

#include <array>
#include <filesystem>
#include <sstream>

namespace islet::cli {

namespace {

/// The two files of a format of tables: in a folder, or beside each other by the name's beginning.
std::array<std::string, 2> pair_paths(const std::string& output, const std::array<std::string, 2>& names,
                                      std::string_view between) {
    const std::filesystem::path path(output);
    if (output.ends_with('/') || std::filesystem::is_directory(path) || !path.has_extension()) {
        return {(path / names[0]).string(), (path / names[1]).string()};
    }
    const std::string stem = (path.parent_path() / path.stem()).string() + std::string(between);
    return {stem + names[0], stem + names[1]};
}

}  // namespace

std::vector<File> graph_files(const Subgraph& graph, const FileOptions& options) {
    std::ostringstream first;
    std::ostringstream second;
    const std::string base = options.iri_base.empty() ? std::string(rdf_base) : options.iri_base;
    const auto pair = [&](const std::array<std::string, 2>& names, std::string_view between,
                          std::string_view line_end) -> std::vector<File> {
        if (options.output == "-") return {{"-", first.str() + std::string(line_end) + second.str()}};
        const auto paths = pair_paths(options.output, names, between);
        return {{paths[0], first.str()}, {paths[1], second.str()}};
    };
    switch (options.format) {
        case GraphFormat::json:
            write_json(graph, first);
            break;
        case GraphFormat::csv:
            write_csv(graph, first, second);
            return pair({"nodes.csv", "relationships.csv"}, ".", "\r\n");
        case GraphFormat::graphml:
            write_graphml(graph, first);
            break;
        case GraphFormat::gexf:
            write_gexf(graph, first);
            break;
        case GraphFormat::dot:
            write_dot(graph, first);
            break;
        case GraphFormat::svg:
            first << drawn(graph, "svg");
            break;
        case GraphFormat::png:
            first << drawn(graph, "png");
            break;
        case GraphFormat::cytoscape:
            write_cytoscape(graph, first);
            break;
        case GraphFormat::turtle:
            write_turtle(graph, first, base);
            break;
        case GraphFormat::jsonld:
            write_jsonld(graph, first, base);
            break;
        case GraphFormat::kgx:
            write_kgx_tsv(graph, options.kgx, first, second);
            return pair({"nodes.tsv", "edges.tsv"}, "_", "\n");
        case GraphFormat::kgx_jsonl:
            write_kgx_jsonl(graph, options.kgx, first, second);
            return pair({"nodes.jsonl", "edges.jsonl"}, "_", "\n");
        case GraphFormat::cypher:
            write_cypher(graph, first);
            break;
        case GraphFormat::html:
            write_html(graph, options.page, first);
            break;
    }
    return {{options.output, first.str()}};
}

}  // namespace islet::cli
