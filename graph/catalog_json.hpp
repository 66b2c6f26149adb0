// The catalog as the bytes that a file and its log hold.
#pragma once

#include <string>
#include <string_view>

#include "islet/catalog.hpp"

namespace islet {

/// One line of JSON. A declaration that is empty has no member.
std::string to_json(const Catalog& catalog);

/// Throws FormatError for what is no catalog of this version, also for a member it does not know: to lose a
/// declaration silently would be worse.
Catalog catalog_from_json(std::string_view json);

}  // namespace islet
