// Files that are never half written.
#pragma once

#include <optional>
#include <string>

namespace islet::cli {

/// Writes aside and renames; makes the folder where there is none. Says why it failed.
std::optional<std::string> save(const std::string& path, const std::string& content);

}  // namespace islet::cli
