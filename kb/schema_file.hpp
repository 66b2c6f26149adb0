// schema.json → Schema, with the checks that a JSON Schema cannot make.
#pragma once

#include <vector>

#include "islet/schema.hpp"
#include "json_file.hpp"

namespace islet::kb {

/// Appends to `faults` every name that does not exist and every double one.
Schema read_schema(const JsonFile& file, std::vector<Error>& faults);

}  // namespace islet::kb
