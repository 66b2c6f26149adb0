// Random statements that write, each with the graph that must come of it. The naive model of a write is a
// change of two vectors. Written are only things whose outcome does not depend on the order of rows.
#pragma once

#include <string>

#include "generate.hpp"
#include "islet/graph.hpp"

namespace islet::oracle {

struct Change {
    std::string text;
    bool fails = false;  ///< then `after` is the graph as it was
    Graph after;
};

/// What it creates has uids above those of `before`.
Change random_change(Random& random, const Graph& before);

/// A statement that writes and then fails.
Change failing_change(Random& random, const Graph& before);

/// As islet::difference counts it: by entities, by (owner, key, value), by the labels that any node has.
WriteCounts expected_difference(const Graph& before, const Graph& after);

/// The whole of a graph in one order, for comparison: of the oracle's and of the engine's.
std::string graph_text(const Graph& graph);
std::string graph_text(const Snapshot& snapshot);

}  // namespace islet::oracle
