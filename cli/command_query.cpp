// `islet query`: one or more statements.
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "commands.hpp"
#include "islet/parser.hpp"
#include "parameter_file.hpp"
#include "shell_input.hpp"

namespace islet::cli {

namespace {

std::optional<std::string> read_all(std::istream& in) {
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) return std::nullopt;
    return text;
}

/// The text to run: of the command line, a file or standard input. Otherwise says why not.
std::variant<std::string, ExitCode> script_of(const QueryArguments& arguments, const Streams& streams) {
    if (!arguments.text.empty()) return arguments.text;
    if (!arguments.script_file && ::isatty(STDIN_FILENO) != 0) {
        streams.err << "error: give a query, -f SCRIPT, or a script on standard input\n"
                       "Run with --help for more information.\n";
        return ExitCode::usage;
    }
    std::optional<std::string> text;
    if (!arguments.script_file || *arguments.script_file == "-") {
        text = read_all(std::cin);
    } else {
        std::ifstream file(*arguments.script_file, std::ios::binary);
        if (file) text = read_all(file);
    }
    if (!text) {
        streams.err << "error: cannot read '" << arguments.script_file.value_or("-") << "'\n";
        return ExitCode::cannot_open;
    }
    return *text;
}

/// The statement with as many line feeds and blanks in front as make its errors' lines
/// and columns those of the script.
std::string in_place(std::string_view script, const parser::Statement& statement) {
    const std::string_view before = script.substr(0, statement.offset);
    const std::size_t line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    std::string text(static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')), '\n');
    for (const char c : before.substr(line_begin)) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (!continues) text += ' ';
    }
    return text + std::string(statement.text);
}

}  // namespace

ExitCode query(const QueryArguments& arguments, const Streams& streams) {
    const auto script = script_of(arguments, streams);
    if (const auto* code = std::get_if<ExitCode>(&script)) return *code;
    const auto& text = std::get<std::string>(script);

    RunSettings settings;
    settings.parameters = arguments.parameters;
    if (const auto code = add_parameter_file(arguments.parameter_file, settings.parameters, streams))
        return *code;

    auto base = open_base(
        arguments.base,
        {.access = arguments.read_only ? Access::read_only : Access::on_demand, .create = arguments.create});
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    base->database.set_import_folder(arguments.import_folder);
    Session session = base->database.session();
    session.set_limits(arguments.limits);
    settings.format = arguments.format;
    settings.read_only = arguments.read_only;
    settings.timer = streams.out_terminal.is_terminal && streams.err_terminal.is_terminal;

    bool first = true;
    ExitCode first_failure = ExitCode::fine;
    for (const parser::Statement& statement : parser::split(text).statements) {
        if (trimmed(statement.text).empty()) continue;
        first = false;
        std::optional<Result> result;
        const ExitCode code =
            run_statement(session, in_place(text, statement), settings, streams, streams.out, &result);
        settings.separate = settings.separate || (result && !result->columns().empty());
        if (first_failure == ExitCode::fine) first_failure = code;
        const bool goes_on = code == ExitCode::fine || (!arguments.bail && code != ExitCode::interrupted);
        if (!goes_on || streams.out.broken()) return first_failure;
    }
    if (first && !arguments.script_file) {  // a script may hold nothing but comments
        streams.err << "error: there is no statement to run\n";
        return ExitCode::usage;
    }
    return first_failure;
}

}  // namespace islet::cli
