// Files as graphs: tables (CSV, TSV, with Neo4j's headers or plain ones), JSON lines, node-link JSON,
// GraphML, KGX and RDF become one graph. docs/import.md says what becomes what. Memory is bounded by the
// graph that results, not by the files.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "islet/error.hpp"
#include "islet/graph.hpp"

namespace islet {

enum class ImportFormat : std::uint8_t {
    automatic,  ///< by the file's name, and where that says nothing, by how it begins
    csv,        ///< tables: separator and header tell the rest (CSV, TSV, KGX TSV)
    jsonl,      ///< one node or relationship a line: a dump, KGX, or Neo4j's export
    json,       ///< node-link
    graphml,
    ntriples,
    turtle,
};

/// The names of the formats as people write them, in order of ImportFormat from `csv` on.
std::span<const std::string_view> import_format_names();

/// One file. A file may be gzipped, whatever its name.
struct ImportSource {
    std::string path;  ///< `-`: standard input
    /// The label of the nodes or type of the relationships of a table that has no column for it.
    std::string name = {};
    ImportFormat format = ImportFormat::automatic;
};

/// How far an import is.
struct ImportProgress {
    std::string_view path;  ///< the file that is read
    std::uint64_t bytes_read = 0;
    std::uint64_t bytes_total = 0;  ///< of all files, as they lie on disk
    std::uint64_t nodes = 0;
    std::uint64_t relationships = 0;
};

/// A record that could not be taken in. `error.place` is `file:line:column`, `error.span` has line and
/// column, for the record's first character at fault.
struct RejectedRecord {
    Error error;
    std::string_view path;
    std::string_view text;  ///< the record as it stands in the file, without its line end
};

struct ImportOptions {
    char delimiter = 0;         ///< of tables; 0: as the header shows
    char list_delimiter = ';';  ///< of lists and labels inside of a field
    /// Whether columns without a declared type get the narrowest type that holds all their values
    /// (integer, float, boolean, date, date and time); otherwise they are strings.
    bool infer_types = true;
    unsigned threads = 0;  ///< 0: as many as the machine has, at most 8
    /// Called now and then, by one thread at a time; answers whether to go on.
    std::function<bool(const ImportProgress&)> progress = {};
    /// Gets each bad record, which is then left out. Without it the first one ends the import.
    std::function<void(const RejectedRecord&)> reject = {};
};

/// What an import made.
struct Imported {
    Snapshot snapshot;
    std::uint64_t rejected = 0;
};

/// Reads all sources into one graph. Tables of nodes are read before tables of relationships, in whatever
/// order they come. A folder stands for the tables in it. Where no source has nodes, relationships make
/// them, with the property `id`; otherwise an end that is no node's id is an error of that record.
/// Errors: CannotOpen, BadRecord, BadHeader, NotCancelled… all of kind ImportError; `place` names the file.
Expected<Imported> import_graph(std::span<const ImportSource> sources, const ImportOptions& options = {});

}  // namespace islet
