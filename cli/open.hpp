// What the commands work on.
#pragma once

#include <optional>
#include <string>

#include "islet/database.hpp"
#include "islet/error.hpp"
#include "islet/knowledge.hpp"

namespace islet::cli {

/// A database on the graph of a knowledge base or of a graph's file.
struct OpenBase {
    KnowledgeBase knowledge;  ///< of a graph's file: one that knows nothing
    Database database;
    std::string name;      ///< for people: "the built-in knowledge base" or the path
    bool is_file = false;  ///< a graph's file, in which what is written stays
};

/// Opens a knowledge-base folder or a graph's file, or the built-in knowledge base when there is no path.
/// `options` are for files; by default one is locked with the first statement that writes.
Expected<OpenBase> open_base(const std::optional<std::string>& path,
                             const OpenOptions& options = {.access = Access::on_demand});

/// Why a question cannot be asked of it; no value when it can.
std::optional<Error> not_askable(const OpenBase& base);

/// Why a path can be no knowledge base; no value when it may be one.
std::optional<Error> not_openable(const std::string& path);

}  // namespace islet::cli
