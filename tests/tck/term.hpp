// Values in the notation of the TCK's tables: what a scenario expects and what
// the engine returned, brought to one form that can be compared.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "islet/graph.hpp"
#include "islet/value.hpp"

namespace islet::tck {

struct Term;

/// By key, ascending, each key once.
using Entries = std::vector<std::pair<std::string, Term>>;

struct Float {
    double value = 0;
    friend bool operator==(Float a, Float b) {
        return a.value == b.value || (std::isnan(a.value) && std::isnan(b.value));
    }
};

struct MapTerm {
    Entries entries;
    friend bool operator==(const MapTerm&, const MapTerm&);
};

struct NodeTerm {
    std::vector<std::string> labels;  ///< ascending
    Entries properties;
    friend bool operator==(const NodeTerm&, const NodeTerm&);
};

struct RelationshipTerm {
    std::string type;
    Entries properties;
    friend bool operator==(const RelationshipTerm&, const RelationshipTerm&);
};

struct PathStep {
    RelationshipTerm relationship;
    bool forward = true;  ///< walked from its source to its target
    NodeTerm node;        ///< where it leads
    friend bool operator==(const PathStep&, const PathStep&) = default;
};

struct PathTerm {
    NodeTerm start;
    std::vector<PathStep> steps;
    friend bool operator==(const PathTerm&, const PathTerm&) = default;
};

/// One value. An integer never equals a float; NaN equals NaN. Nodes and relationships are
/// told apart by what they hold, not by identity, as the tables do.
struct Term {
    std::variant<std::monostate, bool, std::int64_t, Float, std::string, std::vector<Term>, MapTerm, NodeTerm,
                 RelationshipTerm, PathTerm>
        held;
    friend bool operator==(const Term& a, const Term& b) { return a.held == b.held; }
};

/// Reads e.g. `[1, 2.0, (:A {k: 'v'}), null]`. Throws std::runtime_error.
Term parse_term(std::string_view text);

/// A value of the engine. Kinds that the notation lacks (temporal ones) become their text.
Term term_of(const Value& value, const Snapshot& snapshot);

/// For parameters and the rows of procedures. Throws std::runtime_error for nodes, relationships, paths.
Value value_of(const Term& term);

/// In the table's notation; equal terms give equal texts.
std::string to_text(const Term& term);

/// Sorts every list inside, for comparing without regard to the order of elements.
void sort_lists(Term& term);

}  // namespace islet::tck
