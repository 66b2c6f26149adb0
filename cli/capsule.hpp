// A capsule: what was asked, of which knowledge base, with which engine, and what came out, so
// that it can be run again and compared. One JSON file; docs/export.md describes it.
#pragma once

#include <string>
#include <vector>

#include "islet/error.hpp"
#include "islet/references.hpp"
#include "open.hpp"

namespace islet::cli {

struct Capsule {
    // What is asked: one of the two.
    std::string question;
    std::string query;
    Parameters parameters;  ///< of the query

    std::string engine;  ///< version
    std::string base_name;
    std::string base_version;
    std::string base_digest;

    std::string status;  ///< `answered`, …; of a query empty
    /// Of a query one list; of a question the columns of each tier, its name first.
    std::vector<std::vector<std::string>> columns;
    /// Cells as openCypher writes them, nodes and relationships without their ids; of a question the tier
    /// first. Sorted, unless the query gave them an order.
    std::vector<std::vector<std::string>> rows;
    std::vector<Reference> citations;
};

/// Asks or runs what `asked` holds and fills in all the rest.
Expected<Capsule> run_capsule(const Capsule& asked, const OpenBase& base, Session& session);

/// Ends with a newline.
std::string to_json(const Capsule& capsule);

/// Reads a capsule. The error names what is wrong with the text.
Expected<Capsule> read_capsule(const std::string& json);

/// The digest of rows, columns and status.
std::string result_digest(const Capsule& capsule);

/// How `now` differs from `then`: a line each, the most important first; empty if it does not.
std::vector<std::string> differences(const Capsule& then, const Capsule& now);

}  // namespace islet::cli
