// Graphs as bytes in memory, in the form of their files: for those who keep a graph elsewhere, e.g. in a
// program.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "islet/graph.hpp"

namespace islet {

/// The bytes of the file that save_graph() would write. The same graph gives the same bytes.
std::vector<std::byte> graph_image(const Snapshot& snapshot);

/// The graph of such bytes, which are used where they lie: at an address that 64 divides, and unchanged as
/// long as `owner` lives (empty: for ever). `trusted`: only what it takes to find the arrays is verified, as
/// fits bytes that are part of the program; otherwise all of it. Throws Exception: DamagedFile.
Snapshot graph_from_image(std::span<const std::byte> image, std::shared_ptr<const void> owner = {},
                          bool trusted = false);

}  // namespace islet
