// Finding nodes by a property without looking at all of them. What an index holds
// is derived from the base when it is first asked for, and kept with the base; what
// was written since is looked at apart.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "islet/catalog.hpp"
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

/// The same of relationships of a type. REQUIRES: a declared index; nothing is asked of a part of a text
bool seek(const Snapshot& snapshot, TypeId type, KeyId key, const Probe& probe, std::vector<RelId>& out);

/// What several properties are to be equal to.
using KeyValues = std::vector<std::pair<KeyId, Value>>;

/// Appends, ascending and each once, every node with the label (relationship of the type) of which all keys
/// have these values, and perhaps some of which one has. REQUIRES: declared indexes with the keys
void seek_all(const Snapshot& snapshot, LabelId label, const KeyValues& wanted, std::vector<NodeId>& out);
void seek_all(const Snapshot& snapshot, TypeId type, const KeyValues& wanted, std::vector<RelId>& out);

/// An index that a catalog declares, or that comes with a constraint.
struct DeclaredIndex {
    const std::string* name = nullptr;
    const std::vector<std::string>* keys = nullptr;
    bool unique = false;  ///< no two have the same values of all keys
};
/// Those that answer such probes for nodes with a label, or relationships of a type. They point into the
/// catalog.
std::vector<DeclaredIndex> declared_indexes(const Catalog& catalog, Owner owner, std::string_view label,
                                            Probe::Kind kind);

/// The nodes whose words are nearest to those of `text`, best first, then by id. A score is above 0, and 1
/// where every word of `text` stands in the node's properties as it was written.
std::vector<std::pair<NodeId, double>> search_words(const Snapshot& snapshot, const IndexDefinition& index,
                                                    std::string_view text);

}  // namespace islet
