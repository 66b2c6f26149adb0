// The nodes and relationships of a result as a picture.
#pragma once

#include <string>

#include "format.hpp"
#include "islet/error.hpp"
#include "islet/export.hpp"

namespace islet::cli {

/// The nodes, relationships and paths of a result. Where it holds none: the nodes that its texts name, and
/// what joins these.
Subgraph subgraph_of_result(const Rows& rows);

/// Writes the result's subgraph to `path`, in the format that its name ends with (a picture through
/// Graphviz's `dot`, or one of the graph formats); an empty path: a new picture among the temporary
/// files. Gives the path.
Expected<std::string> write_view(const Rows& rows, std::string path);

}  // namespace islet::cli
