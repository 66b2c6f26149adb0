#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <ostream>

#include "evidence_arguments.hpp"
#include "help_examples.hpp"
#include "islet/error.hpp"
#include "literal.hpp"
#include "transfer_arguments.hpp"

namespace islet::cli {

namespace {

/// In the order of GraphFormat.
constexpr std::array<std::string_view, 14> graph_format_names{
    "json",      "csv",    "graphml", "gexf", "dot",       "svg",    "png",
    "cytoscape", "turtle", "jsonld",  "kgx",  "kgx-jsonl", "cypher", "html"};
static_assert(graph_format_names.size() == static_cast<std::size_t>(GraphFormat::html) + 1);

/// The format that the end of a file's name means, where that is not its name.
std::string format_of_extension(const std::string& extension) {
    static constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"gv", "dot"},     {"cql", "cypher"}, {"cyp", "cypher"},      {"cyjs", "cytoscape"},
        {"ttl", "turtle"}, {"tsv", "kgx"},    {"jsonl", "kgx-jsonl"}, {"htm", "html"}};
    for (const auto& [ending, format] : others) {
        if (extension == ending) return std::string(format);
    }
    return extension;
}
constexpr std::array<std::string_view, 11> subcommands{"ask",  "query",   "export", "check", "compact", "kb",
                                                       "cite", "capsule", "import", "dump",  "restore"};

/// Options as they are written, before they are checked.
struct Raw {
    bool no_colour = false;
    std::string base;
    std::string format;
    std::vector<std::string> words;
    std::string text;
    std::string script;
    std::vector<std::string> parameters;
    std::string timeout;
    std::string memory;
    bool read_only = false;
    bool create = false;
    std::string path;
    std::string import_folder;
    bool bail = true;
    std::string parameter_file;
    std::string output;
    std::string query;
    std::string around;
    std::size_t hops = 1;
    std::string title;
    std::string iri_base;
    std::string batch;
    bool explain = false;
};

std::optional<std::string> given(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

template <class Names>
std::string listed(const Names& names) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

template <class Names>
std::string unknown(std::string_view what, std::string_view name, const Names& names) {
    std::string message = "unknown " + std::string(what) + " '" + std::string(name) + "'";
    if (const auto near = nearest(name, names)) return message + ": did you mean '" + *near + "'?";
    return message + ": there are " + listed(names);
}

void add_base(CLI::App& app, Raw& raw) {
    app.add_option("--db", raw.base, "Graph file or knowledge-base folder (default: the built-in one)")
        ->type_name("PATH");
    app.add_flag("--no-color", raw.no_colour, "No colours, also on a terminal");
}

void add_parameters(CLI::App& app, Raw& raw) {
    app.add_option("-P,--param", raw.parameters, "Value of $name: an openCypher literal, or else a text")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
}

/// What `islet query` and the shell run statements with.
void add_run_options(CLI::App& app, Raw& raw) {
    add_parameters(app, raw);
    app.add_option("--params", raw.parameter_file, "Parameters from a JSON object in a file; -P goes before")
        ->type_name("FILE.json");
    app.add_option("--format", raw.format, "Format of results: " + listed(format_names()));
    app.add_option("--timeout", raw.timeout, "Give up after, e.g. 500ms, 30s, 2m")->type_name("TIME");
    app.add_option("--memory", raw.memory, "Bound of what a statement holds, e.g. 512M, 2G")
        ->type_name("SIZE");
    auto* read_only = app.add_flag("--read-only", raw.read_only, "Refuse statements that write");
    app.add_flag("--create", raw.create, "Make an empty graph file where there is none")->excludes(read_only);
    app.add_flag("--bail,!--no-bail", raw.bail, "Stop at the first statement that fails (default), or go on");
}

struct Apps {
    CLI::App top{"A knowledge graph that is asked in plain English and in openCypher, and cites its sources.",
                 "islet"};
    CLI::App* ask = nullptr;
    CLI::App* query = nullptr;
    CLI::App* export_graph = nullptr;
    CLI::App* kb = nullptr;
    CLI::App* check = nullptr;
    EvidenceOptions evidence;
    CLI::App* check_file = nullptr;
    CLI::App* compact = nullptr;
    TransferOptions transfer;
};

void declare(Apps& apps, Raw& raw) {
    apps.top.set_version_flag("--version", std::string("islet ") + ISLET_VERSION);
    apps.top.add_option(
        "BASE", raw.base,
        "Open the shell on this graph file or knowledge-base folder (default: the built-in one)");
    add_run_options(apps.top, raw);
    apps.top.add_flag("--no-color", raw.no_colour, "No colours, also on a terminal");

    apps.ask = apps.top.add_subcommand("ask", "Answer a question in plain English, with sources");
    add_base(*apps.ask, raw);
    apps.ask->add_option("--format", raw.format, "text or json");
    apps.ask->add_option("QUESTION", raw.words, "The question; need not be one word");
    apps.ask
        ->add_option("--batch", raw.batch,
                     "A file with a question a line (`-`: standard input); one JSON object a line")
        ->type_name("FILE");
    apps.ask->add_flag("--explain", raw.explain, "Say how each word was understood");

    apps.query = apps.top.add_subcommand("query", "Run openCypher");
    add_base(*apps.query, raw);
    apps.query->add_option("CYPHER", raw.text, "One or more statements (default: from standard input)");
    apps.query
        ->add_option("-f,--file", raw.script,
                     "Script of statements, each ended by `;`; `-` is standard input")
        ->type_name("SCRIPT");
    add_run_options(*apps.query, raw);
    for (CLI::App* app : {&apps.top, apps.query}) {
        app->add_option("--import-dir", raw.import_folder, "Folder that LOAD CSV may read from")
            ->type_name("FOLDER");
    }

    apps.export_graph =
        apps.top.add_subcommand("export", "Write the graph, or a part of it, for other tools");
    add_base(*apps.export_graph, raw);
    apps.export_graph
        ->add_option("-o,--output", raw.output, "File (csv, kgx: also a folder); `-` is standard output")
        ->type_name("OUT")
        ->required();
    apps.export_graph->add_option("--format", raw.format,
                                  listed(graph_format_names) + " (default: as the file's name ends)");
    auto* query =
        apps.export_graph->add_option("--query", raw.query, "What this query returns")->type_name("CYPHER");
    add_parameters(*apps.export_graph, raw);
    auto* around =
        apps.export_graph->add_option("--around", raw.around, "What surrounds the node of this name or id");
    around->type_name("NAME")->excludes(query);
    apps.export_graph->add_option("--hops", raw.hops, "How far around (default 1)")
        ->needs(around)
        ->type_name("N");
    apps.export_graph->add_option("--title", raw.title, "Title of an HTML page");
    apps.export_graph
        ->add_option("--iri-base", raw.iri_base,
                     "What IRIs begin with in Turtle and JSON-LD (default " + std::string(rdf_base) + ")")
        ->type_name("IRI");

    declare(apps.top, apps.evidence);
    apps.check_file = apps.top.add_subcommand("check", "Verify every checksum and invariant of a graph file");
    apps.compact = apps.top.add_subcommand("compact", "Take a graph file's log into it, and make it small");
    for (CLI::App* app : {apps.check_file, apps.compact}) {
        app->add_option("FILE", raw.path, "The graph file")->required();
        app->add_flag("--no-color", raw.no_colour, "No colours, also on a terminal");
    }
    declare(apps.top, apps.transfer);

    apps.kb = apps.top.add_subcommand("kb", "Work on knowledge bases");
    apps.kb->require_subcommand(1);
    apps.check = apps.kb->add_subcommand("check", "List every fault of a knowledge base");
    apps.check->add_option("DIR", raw.base, "Its folder (default: the built-in one)");
    apps.check->add_flag("--no-color", raw.no_colour, "No colours, also on a terminal");
    add_examples(apps.top);
}

/// A wrong command line, with what to tell.
struct UsageError {
    std::string message;
};

Format table_format(const Raw& raw) {
    if (raw.format.empty()) return Format::table;
    const auto format = find_format(raw.format);
    if (!format) throw UsageError{unknown("format", raw.format, format_names())};
    return *format;
}

Parameters parameters(const Raw& raw) {
    Parameters result;
    for (const std::string& text : raw.parameters) {
        const auto assignment = split_assignment(text);
        if (!assignment) throw UsageError{"-P takes name=value, not '" + text + "'"};
        result[assignment->first] = literal_or_text(assignment->second);
    }
    return result;
}

AskArguments ask_arguments(const Raw& raw) {
    AskArguments result{given(raw.base), raw.format == "json", {}, raw.explain, given(raw.batch)};
    if (!raw.format.empty() && raw.format != "json" && raw.format != "text") {
        throw UsageError{unknown("format", raw.format, std::array<std::string_view, 2>{"text", "json"})};
    }
    for (const std::string& word : raw.words) result.question += (result.question.empty() ? "" : " ") + word;
    if (raw.words.empty() == raw.batch.empty())
        throw UsageError{raw.batch.empty() ? "ask takes a question, or --batch FILE (QUESTION is required)"
                                           : "give either a question or --batch FILE, not both"};
    if (!raw.batch.empty() && raw.format == "text") throw UsageError{"--batch answers in JSON lines only"};
    return result;
}

Limits limits(const Raw& raw) {
    Limits result;
    if (!raw.timeout.empty()) {
        const auto timeout = duration(raw.timeout);
        if (!timeout)
            throw UsageError{"--timeout takes a time such as 500ms, 30s or 2m, not '" + raw.timeout + "'"};
        result.timeout = *timeout;
    }
    if (!raw.memory.empty()) {
        const auto memory = byte_size(raw.memory);
        if (!memory) throw UsageError{"--memory takes a size such as 512M or 2G, not '" + raw.memory + "'"};
        result.memory = *memory;
    }
    return result;
}

QueryArguments query_arguments(const Raw& raw) {
    if (!raw.text.empty() && !raw.script.empty()) {
        throw UsageError{"give either a query or -f SCRIPT, not both"};
    }
    QueryArguments result;
    result.base = given(raw.base);
    result.script_file = given(raw.script);
    result.text = raw.text;
    result.parameters = parameters(raw);
    result.format = table_format(raw);
    result.limits = limits(raw);
    result.read_only = raw.read_only;
    result.create = raw.create;
    result.import_folder = raw.import_folder;
    result.bail = raw.bail;
    result.parameter_file = given(raw.parameter_file);
    return result;
}

ShellArguments shell_arguments(const Raw& raw) {
    ShellArguments result;
    result.base = given(raw.base);
    if (!raw.format.empty()) result.format = table_format(raw);
    result.parameters = parameters(raw);
    result.limits = limits(raw);
    result.read_only = raw.read_only;
    result.create = raw.create;
    result.import_folder = raw.import_folder;
    result.bail = raw.bail;
    result.parameter_file = given(raw.parameter_file);
    return result;
}

ExportArguments export_arguments(const Raw& raw) {
    ExportArguments result{given(raw.base),  raw.output,       {},
                           given(raw.query), parameters(raw),  given(raw.around),
                           raw.hops,         given(raw.title), given(raw.iri_base)};
    std::string name = raw.format;
    if (name.empty()) {
        name = std::filesystem::path(raw.output).extension().string();
        if (!name.empty()) name.erase(0, 1);
        name = format_of_extension(name);
        if (raw.output.ends_with('/') || std::filesystem::is_directory(raw.output)) name = "csv";
    }
    if (name.empty()) {
        throw UsageError{"the name '" + raw.output + "' tells no format: add --format, one of " +
                         listed(graph_format_names)};
    }
    const auto at = std::find(graph_format_names.begin(), graph_format_names.end(), name);
    if (at == graph_format_names.end()) throw UsageError{unknown("graph format", name, graph_format_names)};
    result.format = static_cast<GraphFormat>(at - graph_format_names.begin());
    return result;
}

Invocation invocation(const Apps& apps, const Raw& raw) {
    const bool colour = !raw.no_colour && !apps.evidence.no_colour && !apps.transfer.no_colour;
    if (const auto evidence = evidence_arguments(apps.evidence)) {
        return std::visit([&](const auto& given) { return Invocation{given, colour}; }, *evidence);
    }
    if (const auto transfer = transfer_arguments(apps.transfer)) {
        return std::visit([&](const auto& given) { return Invocation{given, colour}; }, *transfer);
    }
    if (apps.ask->parsed()) return {ask_arguments(raw), colour};
    if (apps.query->parsed()) return {query_arguments(raw), colour};
    if (apps.export_graph->parsed()) return {export_arguments(raw), colour};
    if (apps.check_file->parsed()) return {FileCheckArguments{raw.path}, colour};
    if (apps.compact->parsed()) return {CompactArguments{raw.path}, colour};
    if (apps.check->parsed()) return {CheckArguments{given(raw.base)}, colour};
    return {shell_arguments(raw), colour};
}

/// A first word that names neither a subcommand nor anything that could be opened.
std::optional<std::string> misspelt_subcommand(const std::vector<std::string>& arguments) {
    if (arguments.empty()) return std::nullopt;
    const std::string& word = arguments.front();
    const bool path = word.starts_with('-') || word.find_first_of("./") != std::string::npos;
    if (path || word.empty() ||
        std::find(subcommands.begin(), subcommands.end(), word) != subcommands.end() ||
        std::filesystem::exists(word)) {
        return std::nullopt;
    }
    return unknown("subcommand", word, subcommands);
}

/// Of the first option that the command does not have.
std::optional<std::string> misspelt_option(const CLI::App& top, const std::vector<std::string>& arguments) {
    const CLI::App* app = &top;
    while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
    std::vector<std::string> names;
    for (const CLI::Option* option : app->get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    for (const std::string& argument : arguments) {
        const std::string name = argument.substr(0, argument.find('='));
        if (name == "--") break;
        if (!name.starts_with("--") || std::find(names.begin(), names.end(), name) != names.end()) continue;
        return unknown("option", name, names);
    }
    return std::nullopt;
}

}  // namespace

std::string_view name_of(GraphFormat format) {
    return graph_format_names[static_cast<std::size_t>(format)];
}

std::optional<GraphFormat> graph_format_of_name(const std::string& path) {
    const std::string extension = std::filesystem::path(path).extension().string();
    if (extension.empty()) return std::nullopt;
    const auto at = std::find(graph_format_names.begin(), graph_format_names.end(),
                              format_of_extension(extension.substr(1)));
    if (at == graph_format_names.end()) return std::nullopt;
    return static_cast<GraphFormat>(at - graph_format_names.begin());
}

std::variant<Invocation, ExitCode> parse_arguments(const std::vector<std::string>& words, std::ostream& out,
                                                   std::ostream& err) {
    const std::vector<std::string> arguments = help_as_option(words);
    Raw raw;
    Apps apps;
    const auto refused = [&](std::string_view message) {
        err << "error: " << message << "\nRun with --help for more information.\n";
        return ExitCode::usage;
    };
    try {
        declare(apps, raw);
        if (const auto message = misspelt_subcommand(arguments)) return refused(*message);
        apps.top.parse(
            std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 takes them reversed
        return invocation(apps, raw);
    } catch (const CLI::Success& asked) {  // --help, --version
        apps.top.exit(asked, out, err);
        return ExitCode::fine;
    } catch (const CLI::ExtrasError& error) {
        if (const auto message = misspelt_option(apps.top, arguments)) return refused(*message);
        return refused(std::string(error.what()) +
                       (apps.query->parsed() ? " (a query is one argument: quote it)" : ""));
    } catch (const CLI::ParseError& error) {
        return refused(error.what());
    } catch (const UsageError& error) {
        return refused(error.message);
    }
}

}  // namespace islet::cli
