// What the commands work on.
#pragma once

#include <optional>
#include <string>

#include "islet/database.hpp"
#include "islet/error.hpp"
#include "islet/knowledge.hpp"

namespace islet::cli {

/// A knowledge base and a database on its graph.
struct OpenBase {
    KnowledgeBase knowledge;
    Database database;
    std::string name;  ///< for people: "the built-in knowledge base" or the path
};

/// Opens a knowledge-base folder, or the built-in one when there is no path.
Expected<OpenBase> open_base(const std::optional<std::string>& path);

/// Why a path can be no knowledge base; no value when it may be one.
std::optional<Error> not_openable(const std::string& path);

}  // namespace islet::cli
