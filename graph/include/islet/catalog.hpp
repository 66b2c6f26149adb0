// What a graph says about itself beyond its content: kept with it, published with it.
#pragma once

#include <string>
#include <vector>

namespace islet {

/// The declarations of a graph. A value; part of a Snapshot, changed by a Transaction as a whole.
struct Catalog {
    /// Keys of the properties that name a statement's source. What has the first of them is a statement;
    /// the others qualify the source (section, lines, date). Empty: the graph has no statements.
    std::vector<std::string> evidence;

    friend bool operator==(const Catalog&, const Catalog&) = default;
};

}  // namespace islet
