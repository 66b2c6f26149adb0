#include "evidence_arguments.hpp"

#include "literal.hpp"

namespace islet::cli {

namespace {

void add_base(CLI::App& app, EvidenceOptions& options) {
    app.add_option("--db", options.base, "Knowledge base (default: the built-in one)")->type_name("PATH");
    app.add_flag("--no-color", options.no_colour, "No colours, also on a terminal");
}

void add_parameters(CLI::App& app, EvidenceOptions& options) {
    app.add_option("-P,--param", options.parameters, "Value of $name: an openCypher literal, or else a text")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
}

std::optional<std::string> given(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Parameters parameters(const EvidenceOptions& options) {
    Parameters result;
    for (const std::string& text : options.parameters) {
        const auto assignment = split_assignment(text);
        if (!assignment) throw CLI::ValidationError("-P takes name=value, not '" + text + "'");
        result[assignment->first] = literal_or_text(assignment->second);
    }
    return result;
}

/// Exactly one of a question and a query is to be given.
void require_one(const std::string& question, const std::string& query, const std::string& how) {
    if (question.empty() && query.empty()) throw CLI::ValidationError("give " + how);
    if (!question.empty() && !query.empty()) throw CLI::ValidationError("give " + how + ", not both");
}

CiteArguments cite_arguments(const EvidenceOptions& options) {
    CiteArguments result{given(options.base), {}, given(options.query), parameters(options), {}};
    for (const std::string& word : options.words) {
        result.question += (result.question.empty() ? "" : " ") + word;
    }
    require_one(result.question, options.query, "a question or --query");
    if (options.format == "bibtex") result.format = ReferenceFormat::bibtex;
    if (options.format == "csl-json") result.format = ReferenceFormat::csl_json;
    return result;
}

}  // namespace

void declare(CLI::App& top, EvidenceOptions& options) {
    options.cite = top.add_subcommand("cite", "List the sources of an answer or of a query's rows");
    add_base(*options.cite, options);
    options.cite->add_option("QUESTION", options.words, "The question; need not be one word");
    options.cite->add_option("--query", options.query, "The sources of what this query returns")
        ->type_name("CYPHER");
    add_parameters(*options.cite, options);
    options.cite->add_option("--format", options.format, "text, bibtex or csl-json")
        ->check(CLI::IsMember({"text", "bibtex", "csl-json"}));

    options.capsule =
        top.add_subcommand("capsule", "Keep an answer with all it takes to check it, or check one");
    options.capsule->require_subcommand(1);
    options.run = options.capsule->add_subcommand("run", "Ask or query, and write a capsule");
    add_base(*options.run, options);
    options.run->add_option("--question", options.question, "A question in plain English")
        ->type_name("QUESTION");
    options.run->add_option("--query", options.query, "A query that reads")->type_name("CYPHER");
    add_parameters(*options.run, options);
    options.run->add_option("-o,--output", options.output, "File; `-` is standard output (default)")
        ->type_name("FILE");
    options.verify = options.capsule->add_subcommand("verify", "Run a capsule again and say what changed");
    add_base(*options.verify, options);
    options.verify->add_option("FILE", options.file, "The capsule; `-` is standard input")->required();
}

std::optional<EvidenceArguments> evidence_arguments(const EvidenceOptions& options) {
    if (options.cite->parsed()) return cite_arguments(options);
    if (options.run->parsed()) {
        require_one(options.question, options.query, "--question or --query");
        return CapsuleRunArguments{given(options.base), options.question, options.query, parameters(options),
                                   options.output};
    }
    if (options.verify->parsed()) return CapsuleVerifyArguments{given(options.base), options.file};
    return std::nullopt;
}

}  // namespace islet::cli
