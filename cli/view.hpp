// The nodes and relationships of a result as a picture, a page or a file of another format.
#pragma once

#include <string>

#include "format.hpp"
#include "graph_files.hpp"
#include "islet/error.hpp"

namespace islet::cli {

/// The nodes, relationships and paths of a result. Where it holds none: the nodes that its texts name, and
/// what joins these.
Subgraph subgraph_of_result(const Rows& rows);

/// Writes the result's subgraph to `options.output`, in the format that its name ends with; where it is
/// empty, as a page to a new folder among the temporary ones. Gives the path.
Expected<std::string> write_view(const Rows& rows, FileOptions options);

}  // namespace islet::cli
