// A graph as the files of a format.
#pragma once

#include <string>
#include <vector>

#include "islet/export.hpp"
#include "islet/kgx.hpp"

namespace islet::cli {

/// One of the files that an export makes.
struct File {
    std::string path;  ///< `-`: standard output
    std::string content;
};

/// What formats ask for beyond the graph.
struct FileOptions {
    GraphFormat format = GraphFormat::json;
    std::string output;  ///< a path, of a folder for formats of two files, or `-`
    PageOptions page;
    KgxMapping kgx;
    std::string iri_base;  ///< empty: rdf_base
};

/// Throws Exception for what cannot be written, also where a picture needs Graphviz and it is not there.
std::vector<File> graph_files(const Subgraph& graph, const FileOptions& options);

/// Lets Graphviz draw; `kind` is `svg` or `png`. Throws Exception (CannotDraw) with its complaint.
std::string drawn(const Subgraph& graph, const std::string& kind);

}  // namespace islet::cli
