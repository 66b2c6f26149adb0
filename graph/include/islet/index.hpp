// Finding nodes by a property without looking at all of them. What an index holds
// is derived from the base when it is first asked for, and kept with the base; what
// was written since is looked at apart.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "islet/graph.hpp"

namespace islet {

/// What is asked of a property.
struct Probe {
    enum class Kind : std::uint8_t { equal, range, prefix, contains } kind = Kind::equal;
    Value value{};                 ///< of equal; a string of prefix and contains
    std::optional<Value> least{};  ///< of range: values of one kind, both bounds count as within
    std::optional<Value> most{};
    /// Of equal: nobody is about to ask again, so that going through the column's values, which takes no
    /// more than its first reading, does for the first times in place of an index.
    bool once = false;
};

/// Appends to `out`, ascending and each once, every node with the label whose property can answer the probe,
/// and perhaps some whose does not: those that the delta or a bound leaves in doubt. Answers false, and
/// leaves `out` alone, where looking at all nodes of the label is no worse. Thread-safe.
bool seek(const Snapshot& snapshot, LabelId label, KeyId key, const Probe& probe, std::vector<NodeId>& out);

/// Whether the catalog declares an index, or a constraint that comes with one, that answers such probes.
/// Its name, or nullptr.
const std::string* declared_index(const Catalog& catalog, std::string_view label, std::string_view key,
                                  Probe::Kind kind);

/// The nodes whose words are nearest to those of `text`, best first, then by id. A score is above 0, and 1
/// where every word of `text` stands in the node's properties as it was written.
std::vector<std::pair<NodeId, double>> search_words(const Snapshot& snapshot, const IndexDefinition& index,
                                                    std::string_view text);

}  // namespace islet
