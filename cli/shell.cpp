#include "shell.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "line_editor.hpp"
#include "pager.hpp"
#include "parameter_file.hpp"
#include "schema_overview.hpp"

namespace islet::cli {

Shell::Shell(OpenBase& base, const Streams& streams, const ShellArguments& arguments, bool interactive)
    : base_(base),
      streams_(streams),
      session_(base.database.session()),
      limits_(arguments.limits),
      bail_(arguments.bail),
      interactive_(interactive) {
    settings_.format = arguments.format.value_or(Format::table);
    settings_.parameters = arguments.parameters;
    settings_.read_only = arguments.read_only;
    settings_.timer = interactive;
    if (interactive) settings_.pager = pager_command();
    session_.set_limits(limits_);
}

CompletionSources Shell::completion_sources() {
    CompletionSources sources;
    sources.snapshot = [this] { return base_.database.snapshot(); };
    sources.parameters = [this] {
        std::vector<std::string> names;
        for (const auto& [name, value] : settings_.parameters) names.push_back(name);
        return names;
    };
    sources.procedures = [this]() -> const query::ProcedureRegistry& { return base_.database.procedures(); };
    for (const Setting& setting : settings()) sources.settings.emplace_back(setting.name);
    return sources;
}

/// What is loaded, and three things to try: a question that the base gives as an example, a query on
/// what the graph holds, a command.
void Shell::greet() {
    const Snapshot snapshot = base_.database.snapshot();
    const bool colour = streams_.err_terminal.colour;
    const std::string& title = base_.knowledge.schema().title;
    streams_.err << painted("Islet " ISLET_VERSION, Paint::header, colour) << ", " << base_.name << '\n'
                 << (title.empty() ? "" : title + ": ") << snapshot.node_count() << " nodes, "
                 << snapshot.rel_count() << " relationships, " << base_.knowledge.documents().size()
                 << " documents\n";
    std::vector<std::pair<std::string, std::string>> tries;
    if (!base_.knowledge.examples().empty()) {
        tries.emplace_back(base_.knowledge.examples().front(), "a question");
    }
    if (const auto query = example_query(snapshot)) tries.emplace_back(*query, "openCypher, up to a `;`");
    tries.emplace_back(":schema", "what is in it; :help tells more");
    std::size_t widest = 0;
    for (const auto& [text, what] : tries) widest = std::max(widest, text.size());
    streams_.err << "Try\n";
    for (const auto& [text, what] : tries) {
        streams_.err << "  " << painted(text, Paint::accent, colour)
                     << std::string(widest - text.size() + 2, ' ') << painted(what, Paint::dim, colour)
                     << '\n';
    }
}

std::string Shell::prompt(bool pending) const {
    const bool open = session_.in_transaction();
    if (pending) return open ? "    ...> " : "   ...> ";
    return open ? "islet*> " : "islet> ";
}

ExitCode Shell::interact() {
    std::vector<CommandWords> words;
    for (const Command& command : commands()) words.push_back({std::string(command.name), command.argument});
    const Completer completer(base_.knowledge, std::move(words), completion_sources());
    InputReader reader;
    auto path = history_path();
    LineEditor editor(path ? std::optional(HistoryFile(std::move(*path))) : std::nullopt,
                      [&](std::string_view before) { return completer.complete(reader.buffer(), before); });
    editor_ = &editor;
    greet();
    while (!ended_ && !streams_.out.broken()) {
        streams_.err.flush();
        streams_.out.flush();
        const auto [outcome, line] = editor.read(prompt(reader.pending()));
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
        // They change with the window.
        const Terminal now = terminal_of(STDOUT_FILENO, true);
        streams_.out_terminal.width = now.width;
        streams_.out_terminal.height = now.height;
        streams_.err_terminal.width = terminal_of(STDERR_FILENO, true).width;
        for (const Input& input : inputs) {
            if (execute(input) != ExitCode::fine || ended_) break;
        }
    }
    editor_ = nullptr;
    end_transaction(ExitCode::fine);
    return ExitCode::fine;
}

ExitCode Shell::batch(std::istream& in) {
    InputReader reader;
    std::string line;
    ExitCode first_failure = ExitCode::fine;
    const auto run = [&](const Input& input) {
        const ExitCode code = execute(input);
        if (first_failure == ExitCode::fine) first_failure = code;
        return code == ExitCode::fine || (!bail_ && code != ExitCode::interrupted);
    };
    while (!ended_ && !streams_.out.broken() && std::getline(in, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        for (const Input& input : reader.feed(line)) {
            if (!run(input) || ended_) return first_failure;
        }
    }
    if (ended_) return first_failure;
    if (const auto last = reader.finish()) run(*last);
    return first_failure;
}

ExitCode Shell::run_all(std::istream& in) {
    return end_transaction(batch(in));
}

ExitCode Shell::execute(const Input& input) {
    wrote_ = false;
    switch (input.kind) {
        case InputKind::query:
            return after_output(run_query(input.text));
        case InputKind::command:
            return after_output(execute_command(input.text));
        case InputKind::question:
            return after_output(run_question(input.text));
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
    std::string proposed;  // what it may be the beginning of, or a misspelling
    for (const std::string_view command : names) {
        if (!name.empty() && command.starts_with(name))
            proposed += (proposed.empty() ? ":" : ", :") + std::string(command);
    }
    if (proposed.empty() && name == "exit") proposed = ":quit";
    const auto near = nearest(name, names);
    if (proposed.empty() && near) proposed = ":" + *near;
    return complain("there is no command :" + std::string(name) +
                    (proposed.empty() ? "; :help lists them" : "; did you mean " + proposed + "?"));
}

ExitCode Shell::run_query(std::string_view text) {
    const std::string query(trimmed(text));
    // On a screen the frames of tables keep them apart.
    RunSettings settings = run_settings();
    bool& has_rows = once_ ? once_->has_rows : output_ ? output_->has_rows : screen_has_rows_;
    settings.separate = has_rows && !on_terminal();
    std::optional<Result> result;
    const bool in_transaction = session_.in_transaction();
    const ExitCode code = run_statement(session_, query, settings, streams_, out(), &result);
    if (in_transaction && !session_.in_transaction()) {
        streams_.err << "The transaction has ended with that; nothing of it stays.\n";
    }
    last_query_ = query;
    if (result) {
        has_rows = has_rows || !result->columns().empty();
        last_result_ = std::move(result);
        last_answer_.reset();
    }
    return code;
}

ExitCode Shell::run_question(const std::string& text) {
    const RunSettings settings = run_settings();
    const bool json = settings.format == Format::json || settings.format == Format::jsonl;
    std::optional<Answer> answer;
    const ExitCode code =
        ask_question(base_.knowledge, session_, text, {json, false, settings}, streams_, out(), &answer);
    if (answer) {
        if (!answer->query.empty()) last_query_ = answer->query;
        last_answer_ = std::move(answer);
        last_result_.reset();
    }
    return code;
}

std::optional<Rows> Shell::last_rows() const {
    if (last_result_) return rows_of(*last_result_);
    if (!last_answer_) return std::nullopt;
    // Of an answer: its strongest part.
    Rows rows{{}, {}, base_.database.snapshot()};
    for (const AnswerTier& tier : last_answer_->answers) {
        if (tier.rows.empty()) continue;
        rows.columns = tier.columns;
        for (const AnswerRow& row : tier.rows) {
            rows.values.insert(rows.values.end(), row.values.begin(), row.values.end());
        }
        break;
    }
    return rows;
}

ExitCode Shell::complain(const std::string& message, ExitCode code) {
    streams_.err << painted_message("error: " + message + "\n", streams_.err_terminal.colour) << std::flush;
    return code;
}

ExitCode Shell::complain(const Error& error) {
    show(error, {}, streams_);
    return exit_code_of(error);
}

std::ostream& Shell::out() {
    wrote_ = true;
    if (once_) return *once_->stream;
    if (output_) return *output_->stream;
    return streams_.out;
}

bool Shell::on_terminal() const {
    return !once_ && !output_ && streams_.out_terminal.is_terminal;
}

RunSettings Shell::run_settings() const {
    RunSettings settings = settings_;
    const std::optional<File>& file = once_ ? once_ : output_;
    if (file && file->format) settings.format = *file->format;
    return settings;
}

ExitCode Shell::after_output(ExitCode code) {
    const std::optional<File>& file = once_ ? once_ : output_;
    const bool failed = wrote_ && file && !file->stream->flush();
    const std::string path = failed ? file->path : std::string();
    if (wrote_ && code == ExitCode::fine) once_.reset();  // what failed leaves it for the next
    return failed ? complain("cannot write to '" + path + "'", ExitCode::cannot_open) : code;
}

void Shell::write_info(const Rows& rows) {
    const RunSettings settings = run_settings();
    std::ostream& to = out();
    const Layout layout = layout_for(settings, streams_, to);
    write_paged(settings, streams_, to,
                [&](std::ostream& paged) { write_rows(settings.format, rows, layout, paged); });
}

void Shell::write_text(const std::string& text) {
    write_paged(run_settings(), streams_, out(), [&](std::ostream& paged) { paged << text; });
}

ExitCode shell(const ShellArguments& given, const Streams& streams) {
    ShellArguments arguments = given;
    if (const auto code = add_parameter_file(arguments.parameter_file, arguments.parameters, streams))
        return *code;
    auto base = open_base(arguments.base, {.access = Access::on_demand, .create = arguments.create});
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    base->database.set_import_folder(arguments.import_folder);
    const bool interactive = ::isatty(STDIN_FILENO) != 0;
    if (interactive) streams.interrupts.set_when_idle(Interrupts::WhenIdle::ignore);
    Shell shell(*base, streams, arguments, interactive);
    return interactive ? shell.interact() : shell.run_all(std::cin);
}

}  // namespace islet::cli
