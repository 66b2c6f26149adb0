// `islet ask`, and the questions of the shell.
#include <fstream>
#include <iostream>

#include "commands.hpp"
#include "islet/question.hpp"

namespace islet::cli {

ExitCode ask_question(OpenBase& base, const std::string& question, bool json, const Streams& streams,
                      std::ostream& out, bool explain) {
    Session session = base.database.session();
    const Interrupts::Guard guard(streams.interrupts, [&] {
        session.cancel();
        streams.out.stop();
    });
    const Answer answer = islet::ask(base.knowledge, session, question);
    if (guard.interrupted()) {
        streams.out.resume();
        streams.err << "interrupted\n";
        return ExitCode::interrupted;
    }
    const AnswerForm form{false, explain};
    std::string text = json ? to_json(answer, form) : to_plain_text(answer, form);
    if (!text.ends_with('\n')) text += '\n';
    out << text << std::flush;
    const bool known = answer.status == AnswerStatus::answered || answer.status == AnswerStatus::not_stated;
    return known ? ExitCode::fine : ExitCode::failed;
}

namespace {

/// One question a line in, one JSON object a line out, in order; empty lines are left out.
ExitCode ask_batch(OpenBase& base, const AskArguments& arguments, const Streams& streams) {
    std::ifstream file;
    if (*arguments.batch != "-") {
        file.open(*arguments.batch);
        if (!file) {
            streams.err << "cannot read '" << *arguments.batch << "'\n";
            return ExitCode::cannot_open;
        }
    }
    std::istream& in = *arguments.batch == "-" ? std::cin : file;
    Session session = base.database.session();
    const Interrupts::Guard guard(streams.interrupts, [&] {
        session.cancel();
        streams.out.stop();
    });
    for (std::string line; std::getline(in, line) && !guard.interrupted();) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (line.ends_with('\r')) line.pop_back();
        streams.out << to_json(islet::ask(base.knowledge, session, line), {true, arguments.explain})
                    << std::flush;
    }
    if (!guard.interrupted()) return ExitCode::fine;
    streams.out.resume();
    streams.err << "interrupted\n";
    return ExitCode::interrupted;
}

}  // namespace

ExitCode ask(const AskArguments& arguments, const Streams& streams) {
    auto base = open_base(arguments.base);
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    if (const auto error = not_askable(*base)) {
        show(*error, {}, streams);
        return ExitCode::failed;
    }
    if (arguments.batch) return ask_batch(*base, arguments, streams);
    return ask_question(*base, arguments.question, arguments.json, streams, streams.out, arguments.explain);
}

}  // namespace islet::cli
