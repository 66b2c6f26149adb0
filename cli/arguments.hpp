// The command line as values. Nothing here opens or runs anything.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "exit_code.hpp"
#include "format.hpp"
#include "islet/database.hpp"
#include "islet/export.hpp"
#include "islet/import.hpp"
#include "islet/references.hpp"

namespace islet::cli {

/// `islet [BASE]`
struct ShellArguments {
    std::optional<std::string> base;  ///< a folder or file; none: the built-in knowledge base
    std::optional<Format> format;
    std::string import_folder{};  ///< of LOAD CSV; empty: none
    Parameters parameters;
    Limits limits;
    bool read_only = false;
    bool create = false;  ///< an empty graph where there is no file
    bool bail = true;     ///< lines of a pipe: stop at the first that fails
    std::optional<std::string> parameter_file = {};
};

/// `islet ask QUESTION`, or `islet ask --batch FILE`
struct AskArguments {
    std::optional<std::string> base;
    bool json = false;
    std::string question;
    bool explain = false;                   ///< say how each word was understood
    std::optional<std::string> batch = {};  ///< a file with a question a line; `-`: standard input
};

/// `islet query CYPHER`
struct QueryArguments {
    std::optional<std::string> base;
    std::optional<std::string> script_file;  ///< `-`: standard input
    std::string text;                        ///< of the command line; empty if a script is named
    Parameters parameters;
    Format format = Format::table;
    Limits limits;
    bool read_only = false;
    bool create = false;          ///< an empty graph where there is no file
    std::string import_folder{};  ///< of LOAD CSV; empty: none
    bool bail = true;             ///< stop at the first statement that fails
    std::optional<std::string> parameter_file = {};
};

/// `islet export -o OUT`: of the whole graph, a query's or a neighbourhood.
struct ExportArguments {
    std::optional<std::string> base;
    std::string output;  ///< `-`: standard output
    GraphFormat format = GraphFormat::json;
    std::optional<std::string> query;
    Parameters parameters;
    std::optional<std::string> around;
    std::size_t hops = 1;
    std::optional<std::string> title;     ///< of an HTML page
    std::optional<std::string> iri_base;  ///< what the IRIs of RDF begin with
};

/// `islet kb check [DIR]`
struct CheckArguments {
    std::optional<std::string> folder;
};

/// `islet cite QUESTION`, or `islet cite --query CYPHER`: the sources of an answer.
struct CiteArguments {
    std::optional<std::string> base;
    std::string question;
    std::optional<std::string> query;
    Parameters parameters;
    ReferenceFormat format = ReferenceFormat::text;
};

/// `islet capsule run`: of a question or a query, the other is empty.
struct CapsuleRunArguments {
    std::optional<std::string> base;
    std::string question;
    std::string query;
    Parameters parameters;
    std::string output;  ///< `-`: standard output
};

/// `islet capsule verify FILE`
struct CapsuleVerifyArguments {
    std::optional<std::string> base;
    std::string file;  ///< `-`: standard input
};

/// `islet check FILE`
struct FileCheckArguments {
    std::string path;  ///< a graph's file, or a knowledge-base folder
};

/// `islet compact FILE`
struct CompactArguments {
    std::string path;
};

/// `islet import SOURCE… -o FILE`, also `islet restore`
struct ImportArguments {
    std::vector<ImportSource> sources;
    std::string output;
    bool replace = false;  ///< a file that is there
    char delimiter = 0;
    char list_delimiter = ';';
    bool infer_types = true;
    unsigned threads = 0;
    std::optional<std::string> bad_records;  ///< where bad records are set aside
    bool script = false;                     ///< the one source is a script of openCypher
};

enum class DumpFormat : std::uint8_t { jsonl, cypher };

/// `islet dump`
struct DumpArguments {
    std::optional<std::string> base;
    std::string output;  ///< `-`: standard output
    DumpFormat format = DumpFormat::jsonl;
};

struct Invocation {
    std::variant<ShellArguments, AskArguments, QueryArguments, ExportArguments, CheckArguments,
                 FileCheckArguments, CompactArguments, CiteArguments, CapsuleRunArguments,
                 CapsuleVerifyArguments, ImportArguments, DumpArguments>
        command;
    bool allow_colour = true;
};

/// As --format has it.
std::string_view name_of(GraphFormat format);
/// The format that a file's name ends with.
std::optional<GraphFormat> graph_format_of_name(const std::string& path);

/// What the command line asks for; or, when it is wrong or only asks for help or the version, the
/// exit code, with everything said on `out` or `err`.
std::variant<Invocation, ExitCode> parse_arguments(const std::vector<std::string>& arguments,
                                                   std::ostream& out, std::ostream& err);

}  // namespace islet::cli
