#include "shell.hpp"

#include <unistd.h>

#include <iostream>

#include "completion.hpp"
#include "line_editor.hpp"

namespace islet::cli {

Shell::Shell(OpenBase& base, const Streams& streams, Format format, bool interactive)
    : base_(base), streams_(streams), session_(base.database.session()), interactive_(interactive) {
    settings_.format = format;
    settings_.timer = interactive;
}

ExitCode Shell::interact() {
    std::vector<std::string> names;
    for (const Command& command : commands()) names.emplace_back(command.name);
    const Completer completer(base_.knowledge, std::move(names));
    InputReader reader;
    LineEditor editor(history_file(),
                      [&](std::string_view before) { return completer.complete(reader.buffer(), before); });

    streams_.err << "Islet " << ISLET_VERSION << " on " << base_.name << ": "
                 << base_.knowledge.snapshot().node_count() << " nodes, "
                 << base_.knowledge.snapshot().rel_count()
                 << " relationships.\nAsk in English, or in openCypher up to a `;`. :help tells more.\n";
    while (!ended_ && !streams_.out.broken()) {
        streams_.err.flush();
        streams_.out.flush();
        const auto [outcome, line] = editor.read(reader.pending() ? "   ...> " : "islet> ");
        if (outcome == LineEditor::Outcome::cancelled) {
            reader.clear();
            continue;
        }
        if (outcome == LineEditor::Outcome::end) {
            streams_.err << '\n';
            if (!reader.pending()) break;
            reader.clear();
            continue;
        }
        const std::string begun = reader.buffer();
        const std::vector<Input> inputs = reader.feed(line);
        if (!reader.pending() && !trimmed(line).empty()) {
            std::string whole = begun + line;
            // On one line it is easier to change, unless a comment would swallow what follows.
            if (whole.find("//") == std::string::npos) std::replace(whole.begin(), whole.end(), '\n', ' ');
            editor.remember(whole);
        }
        streams_.out_terminal.width = terminal_of(STDOUT_FILENO, true).width;  // it changes with the window
        for (const Input& input : inputs) {
            if (execute(input) != ExitCode::fine || ended_) break;
        }
    }
    return ExitCode::fine;
}

ExitCode Shell::batch(std::istream& in) {
    InputReader reader;
    std::string line;
    while (!ended_ && !streams_.out.broken() && std::getline(in, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        for (const Input& input : reader.feed(line)) {
            if (const ExitCode code = execute(input); code != ExitCode::fine) return code;
            if (ended_) return ExitCode::fine;
        }
    }
    if (ended_) return ExitCode::fine;
    const auto last = reader.finish();
    return last ? execute(*last) : ExitCode::fine;
}

ExitCode Shell::execute(const Input& input) {
    switch (input.kind) {
        case InputKind::query:
            return run_query(input.text);
        case InputKind::command:
            return execute_command(input.text);
        case InputKind::question: {
            const bool json = settings_.format == Format::json || settings_.format == Format::jsonl;
            const ExitCode code = ask_question(base_, input.text, json, streams_, out());
            out().flush();
            return code;
        }
    }
    return ExitCode::failed;
}

ExitCode Shell::execute_command(std::string_view text) {
    const std::size_t space = std::min(text.find_first_of(" \t"), text.size());
    const std::string_view name = text.substr(0, space);
    std::string_view argument = trimmed(text.substr(space));
    while (argument.ends_with(';')) argument = trimmed(argument.substr(0, argument.size() - 1));
    std::vector<std::string_view> names;
    for (const Command& command : commands()) {
        if (command.name == name) return (this->*command.run)(argument);
        names.push_back(command.name);
    }
    const auto near = nearest(name, names);
    return complain("there is no command :" + std::string(name) +
                    (near ? "; did you mean :" + *near + "?" : "; :help lists them"));
}

ExitCode Shell::run_query(std::string_view text) {
    const ExitCode code = run_statement(session_, text, settings_, streams_, out());
    if (file_ && !*file_) return complain("writing to the output file failed");
    return code;
}

ExitCode Shell::complain(const std::string& message, ExitCode code) {
    streams_.err << painted_message("error: " + message + "\n", streams_.err_terminal.colour) << std::flush;
    return code;
}

std::ostream& Shell::out() {
    return file_ ? static_cast<std::ostream&>(*file_) : streams_.out;
}

void Shell::write_info(const Rows& rows) {
    write_rows(settings_.format, rows, file_ ? Layout{} : layout_for(streams_.out_terminal), out());
    out().flush();
}

ExitCode shell(const ShellArguments& arguments, const Streams& streams) {
    auto base = open_base(arguments.base);
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    base->database.set_import_folder(arguments.import_folder);
    const bool interactive = ::isatty(STDIN_FILENO) != 0;
    if (interactive) streams.interrupts.set_when_idle(Interrupts::WhenIdle::ignore);
    Shell shell(*base, streams, arguments.format.value_or(Format::table), interactive);
    return interactive ? shell.interact() : shell.batch(std::cin);
}

}  // namespace islet::cli
