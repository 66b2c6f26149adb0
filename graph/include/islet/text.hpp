// Values as text, as openCypher writes them.
#pragma once

#include <string>

#include "islet/graph.hpp"
#include "islet/value.hpp"

namespace islet {

/// `'text'`, `1`, `1.0`, `[1, 2]`, `{a: 1}`, `(:Label {key: 'v'})`, `[:TYPE {…}]`,
/// `<(:A)-[:T]->(:B)>`: labels and keys in order of name, strings in single quotes with `\`
/// escapes, floats so that they read back the same. Two equal values give the same text.
std::string to_text(const Value& value, const Snapshot& snapshot);

/// As to_text, but a string at the top stands bare: for tables.
std::string to_display(const Value& value, const Snapshot& snapshot);

/// A float as openCypher prints it: `1.0`, `0.1`, `1.0E10`, `NaN`, `Infinity`.
std::string float_text(double value);

}  // namespace islet
