#include "transfer_arguments.hpp"

#include <algorithm>
#include <filesystem>

#include "islet/error.hpp"

namespace islet::cli {

namespace {

std::optional<std::string> given(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

/// The formats of an import, or those of a dump alone.
std::vector<std::string_view> known_formats(bool dumps) {
    if (dumps) return {"jsonl", "cypher"};
    const auto names = import_format_names();
    std::vector<std::string_view> known(names.begin(), names.end());
    known.push_back("cypher");
    return known;
}

std::string listed(const std::vector<std::string_view>& names) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

void require_known(const std::string& format, bool dumps) {
    const auto known = known_formats(dumps);
    if (std::find(known.begin(), known.end(), format) != known.end()) return;
    const auto near = nearest(format, known);
    throw CLI::ValidationError("unknown format '" + format + "': " +
                               (near ? "did you mean '" + *near + "'?" : "there are " + listed(known)));
}

/// What `import` and `restore` have in common.
void add_target(CLI::App& app, TransferOptions& options) {
    app.add_option("-o,--output", options.output, "The new graph file")->type_name("FILE.islet")->required();
    app.add_flag("--replace", options.replace, "Put it in the place of a file that is there");
    app.add_option("--skip-bad", options.bad_records,
                   "Set records that cannot be read aside in this file, and go on")
        ->type_name("FILE");
    app.add_flag("--no-color", options.no_colour, "No colours, also on a terminal");
}

char character(const std::string& text, const std::string& option) {
    if (text == "\\t" || text == "tab") return '\t';
    if (text.size() != 1) {
        throw CLI::ValidationError(option + " takes one character (or `tab`), not '" + text + "'");
    }
    return text.front();
}

/// `NAME=FILE`, unless that is a file itself.
ImportSource source_of(const std::string& text) {
    const std::size_t equals = text.find('=');
    const bool named = equals != std::string::npos && equals != 0 && !std::filesystem::exists(text) &&
                       text.find('/') > equals;
    if (!named) return {text};
    return {text.substr(equals + 1), text.substr(0, equals)};
}

bool is_script(const std::string& path) {
    return path.ends_with(".cypher") || path.ends_with(".cypher.gz");
}

ImportArguments import_arguments(const TransferOptions& options, bool restores) {
    ImportArguments result;
    result.output = options.output;
    result.replace = options.replace;
    result.bad_records = given(options.bad_records);
    if (!options.delimiter.empty()) result.delimiter = character(options.delimiter, "--delimiter");
    if (!options.list_delimiter.empty()) {
        result.list_delimiter = character(options.list_delimiter, "--list-delimiter");
    }
    result.infer_types = !options.no_inference;
    result.threads = options.threads;
    for (const std::string& text : options.sources) result.sources.push_back(source_of(text));
    if (!options.format.empty()) require_known(options.format, restores);
    result.script =
        options.format.empty() ? is_script(result.sources.front().path) : options.format == "cypher";
    if (result.script && result.sources.size() > 1) {
        throw CLI::ValidationError("a script of openCypher is imported by itself");
    }
    if (restores) result.sources.front().format = ImportFormat::jsonl;
    if (options.format.empty() || result.script) return result;
    const auto names = import_format_names();
    const auto at = std::find(names.begin(), names.end(), options.format);
    for (ImportSource& source : result.sources) {
        source.format = static_cast<ImportFormat>(at - names.begin() + 1);
    }
    return result;
}

DumpArguments dump_arguments(const TransferOptions& options) {
    DumpArguments result{given(options.base), options.output.empty() ? "-" : options.output,
                         DumpFormat::jsonl};
    if (!options.format.empty()) require_known(options.format, true);
    if (options.format.empty() ? is_script(result.output) : options.format == "cypher") {
        result.format = DumpFormat::cypher;
    }
    return result;
}

}  // namespace

void declare(CLI::App& top, TransferOptions& options) {
    options.import = top.add_subcommand("import", "Make a graph file of tables and other files");
    options.import
        ->add_option("SOURCE", options.sources,
                     "Files or folders of tables; NAME=FILE names the label or type of a table's rows")
        ->required();
    add_target(*options.import, options);
    options.import->add_option("--format", options.format,
                               listed(known_formats(false)) + " (default: as names and contents show)");
    options.import
        ->add_option("--delimiter", options.delimiter,
                     "Between a table's fields (default: as its header shows)")
        ->type_name("C");
    options.import->add_option("--list-delimiter", options.list_delimiter, "Within a field (default: `;`)")
        ->type_name("C");
    options.import->add_flag("--no-inference", options.no_inference,
                             "Columns without a declared type are strings");
    options.import->add_option("--threads", options.threads, "At most so many (default: as the machine has)")
        ->type_name("N");

    const std::string formats =
        listed(known_formats(true)) + " (default: as the file's name ends, else jsonl)";
    options.dump = top.add_subcommand("dump", "Write the whole graph as text that loses nothing");
    options.dump->add_option("--db", options.base, "Graph file or knowledge base (default: the built-in one)")
        ->type_name("PATH");
    options.dump->add_option("-o,--output", options.output, "File (default: standard output)")
        ->type_name("OUT");
    options.dump->add_option("--format", options.format, formats);
    options.dump->add_flag("--no-color", options.no_colour, "No colours, also on a terminal");

    options.restore = top.add_subcommand("restore", "Make a graph file of a dump");
    options.restore->add_option("DUMP", options.sources, "What `islet dump` wrote (`-`: standard input)")
        ->required()
        ->expected(1);
    add_target(*options.restore, options);
    options.restore->add_option("--format", options.format, formats);
}

std::optional<TransferArguments> transfer_arguments(const TransferOptions& options) {
    if (options.import->parsed()) return import_arguments(options, false);
    if (options.restore->parsed()) return import_arguments(options, true);
    if (options.dump->parsed()) return dump_arguments(options);
    return std::nullopt;
}

}  // namespace islet::cli
