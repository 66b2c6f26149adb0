// Labels and types that are computed: `n:$(expr)`.
#pragma once

#include <string>
#include <vector>

#include "functions.hpp"

namespace islet::query {

/// The names that a text or a list of texts gives. Throws Exception (TypeError) for any other value, for null
/// and for an empty name.
std::vector<std::string> computed_names(const Value& value);

/// Of a node whether it has these labels, of a relationship whether this is its type: (entity, names); null
/// of null. `any`: whether it has one of them. Not in the table of functions: only patterns and label
/// predicates call it.
const Function& computed_label_test(bool any);

}  // namespace islet::query
