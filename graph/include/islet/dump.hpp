// Whole graphs as text that loses nothing: every kind of value, labels, and what the graph says about itself.
// Canonical: a graph that was restored from a dump gives the same bytes when it is dumped.
#pragma once

#include <iosfwd>

#include "islet/graph.hpp"

namespace islet {

/// One JSON object a line: the graph with its catalog, then nodes, then relationships, as import_graph() reads
/// them (format jsonl). docs/import.md describes them.
void write_dump(const Snapshot& snapshot, std::ostream& out);

}  // namespace islet
