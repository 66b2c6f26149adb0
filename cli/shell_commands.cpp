// The commands of the shell: their list, and those that tell of the shell itself.
#include <algorithm>
#include <array>
#include <cctype>
#include <ostream>

#include "help_topics.hpp"
#include "highlight.hpp"
#include "islet/functions.hpp"
#include "line_editor.hpp"
#include "shell.hpp"
#include "text_width.hpp"

namespace islet::cli {

std::span<const Shell::Command> Shell::commands() {
    static constexpr std::array all{
        Command{"help", "[TOPIC]", "this list; of a command, topic or function: more", Argument::command,
                &Shell::help},
        Command{"schema", "[NAME]", "what the graph holds; of a label or type: properties and neighbours",
                Argument::name, &Shell::schema},
        Command{"source", "[NAME]", "what a document says, by section; without NAME: the documents",
                Argument::document, &Shell::source},
        Command{"functions", "[TEXT]", "the functions, or those whose name holds TEXT", Argument::text,
                &Shell::functions},
        Command{"explain", "[QUERY]", "the plan of a query (default: the last), without running it",
                Argument::query, &Shell::explain},
        Command{"profile", "[QUERY]", "the rows, and the plan with rows and time of each step",
                Argument::query, &Shell::profile},
        Command{"cite", "[QUERY]", "the rows with their sources (default: of the last query)",
                Argument::query, &Shell::cite},
        Command{"plot", "[LABEL VALUE] [FILE.svg]", "the last result as a bar chart", Argument::file,
                &Shell::plot},
        Command{"view", "[FILE]",
                "the last result's graph: a page to explore, or as FILE ends (.svg, .png, …)", Argument::file,
                &Shell::view},
        Command{"mode", "[FORMAT]", "format of results; without FORMAT, says which", Argument::format,
                &Shell::mode},
        Command{"output", "[FILE]", "results go to a file; without FILE, here again", Argument::file,
                &Shell::output},
        Command{"once", "FILE", "the next result goes to a file", Argument::file, &Shell::once},
        Command{"read", "FILE", "runs the lines of a file", Argument::file, &Shell::read},
        Command{"begin", "", "opens a transaction: what follows is kept together or not at all",
                Argument::none, &Shell::begin},
        Command{"commit", "", "keeps what the transaction wrote", Argument::none, &Shell::commit},
        Command{"rollback", "", "drops what the transaction wrote", Argument::none, &Shell::rollback},
        Command{"param", "NAME [VALUE]",
                "sets $NAME to an openCypher literal, or else a text; without VALUE, removes it",
                Argument::parameter, &Shell::param},
        Command{"params", "[FILE.json]", "the parameters; with FILE, takes them from a JSON object",
                Argument::file, &Shell::params},
        Command{"timer", "[on|off]", "rows and time after each query", Argument::on_off, &Shell::timer},
        Command{"set", "[NAME [VALUE]]", "how the shell behaves; alone, lists what can be set",
                Argument::setting, &Shell::set},
        Command{"history", "[TEXT]", "what was typed, or what of it holds TEXT", Argument::text,
                &Shell::history},
        Command{"quit", "", "ends; so does Ctrl-D", Argument::none, &Shell::quit},
    };
    return all;
}

namespace {

bool holds(std::string_view text, std::string_view part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); }) !=
           text.end();
}

std::string synopsis(const Shell::Command& command) {
    return ":" + std::string(command.name) + (command.arguments.empty() ? "" : " ") +
           std::string(command.arguments);
}

/// `:name ARGUMENTS  what it does`, wrapped behind a hanging indent where there is a width.
std::string command_line(const Shell::Command& command, std::size_t indent, std::size_t width) {
    std::string text = synopsis(command);
    if (text.size() + 2 > indent) text += '\n' + std::string(indent, ' ');
    text.resize(std::max(text.size(), indent), ' ');
    const std::size_t room = width > indent + 24 ? width - indent : 200;
    bool first = true;
    for (const std::string& line : wrapped(command.help, room)) {
        text += (first ? "" : std::string(indent, ' ')) + line + "\n";
        first = false;
    }
    return text;
}

}  // namespace

ExitCode Shell::help(std::string_view argument) {
    std::string_view wanted = argument;
    while (wanted.starts_with(':') || wanted.starts_with('.')) wanted.remove_prefix(1);
    if (wanted.ends_with("()")) wanted.remove_suffix(2);
    const std::size_t width = on_terminal() ? streams_.out_terminal.width : 0;
    if (wanted.empty()) {
        std::string text =
            "A line that begins like openCypher is a query; it runs at its `;`. One that begins with `:` is "
            "a\n"
            "command (`.` does as well). Anything else is a question in English.\n"
            "Tab completes, Ctrl-R searches the history, Ctrl-C drops the line or cancels the query.\n\n";
        for (const Command& command : commands()) text += command_line(command, 22, width);
        text += "\n:help NAME tells more of a command, a function, or one of:";
        for (const HelpTopic& topic : help_topics()) text += " " + std::string(topic.name);
        write_text(text + "\n");
        return ExitCode::fine;
    }
    std::vector<std::string> names;
    std::string text;
    for (const Command& command : commands()) {
        names.emplace_back(command.name);
        if (command.name == wanted) text = synopsis(command) + "\n  " + std::string(command.help) + "\n";
    }
    for (const HelpTopic& topic : help_topics()) {
        names.emplace_back(topic.name);
        if (topic.name == wanted) text += (text.empty() ? "" : "\n") + std::string(topic.text);
    }
    for (const FunctionDescription& function : islet::functions()) {
        names.emplace_back(function.name);
        if (function.name.size() != wanted.size() || !begins_alike(function.name, wanted)) continue;
        if (!text.empty()) text += '\n';
        text +=
            std::string(function.signature) + (function.aggregate ? "  (of the rows of a group)\n" : "\n");
    }
    if (text.empty()) {
        const auto near = nearest(wanted, names);
        return complain("there is no help on '" + std::string(wanted) + "'" +
                        (near ? "; did you mean '" + *near + "'?" : "; :help lists what there is"));
    }
    write_text(text);
    return ExitCode::fine;
}

ExitCode Shell::functions(std::string_view argument) {
    Rows rows{{"function", "kind"}, {}, base_.database.snapshot()};
    for (const FunctionDescription& function : islet::functions()) {
        if (!holds(function.name, argument)) continue;
        rows.values.insert(rows.values.end(),
                           {function.signature, function.aggregate ? "aggregate" : "scalar"});
    }
    for (const auto& [name, procedure] : base_.database.procedures().all()) {
        if (!holds(name, argument)) continue;
        std::string signature = name + "(";
        for (std::size_t i = 0; i < procedure.inputs.size(); ++i) {
            signature += (i == 0 ? "" : ", ") + procedure.inputs[i].name;
        }
        signature += ")";
        for (std::size_t i = 0; i < procedure.outputs.size(); ++i) {
            signature += (i == 0 ? " YIELD " : ", ") + procedure.outputs[i].name;
        }
        rows.values.insert(rows.values.end(), {Value(signature), "procedure"});
    }
    if (rows.values.empty()) return complain("no function's name holds '" + std::string(argument) + "'");
    write_info(rows);
    return ExitCode::fine;
}

ExitCode Shell::history(std::string_view argument) {
    if (editor_ == nullptr) return complain("there is no history where lines come from a file or a pipe");
    std::string text;
    const auto& inputs = editor_->remembered();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (!holds(inputs[i], argument)) continue;
        const bool colour = on_terminal() && streams_.out_terminal.colour && begins_like_query(inputs[i]);
        const std::string number = std::to_string(i + 1);
        text += std::string(5 - std::min<std::size_t>(number.size(), 5), ' ') + number + "  " +
                (colour ? painted_query(inputs[i]) : one_line(inputs[i])) + "\n";
    }
    write_text(text);
    return ExitCode::fine;
}

}  // namespace islet::cli
