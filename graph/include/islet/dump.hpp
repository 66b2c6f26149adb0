// Whole graphs as text that loses nothing: every kind of value, labels, and what the graph says about itself.
// Canonical: a graph that was restored from a dump gives the same bytes when it is dumped.
#pragma once

#include <iosfwd>
#include <optional>
#include <string_view>

#include "islet/catalog.hpp"
#include "islet/graph.hpp"

namespace islet {

/// One JSON object a line: the graph with its catalog, then nodes, then relationships, as import_graph()
/// reads them (format jsonl). docs/import.md describes them.
void write_dump(const Snapshot& snapshot, std::ostream& out);

/// A script of openCypher that makes the graph anew, for any engine that speaks it. What openCypher has no
/// words for, a catalog, stands in a comment on the first line.
void write_dump_script(const Snapshot& snapshot, std::ostream& out);
/// The catalog that a script's first line names; none if it names none. Throws Exception (BadRecord) for one
/// that this version does not know.
std::optional<Catalog> catalog_of_script(std::string_view script);

}  // namespace islet
