// `islet ask`, and the questions of the shell.
#include <ostream>

#include "commands.hpp"
#include "islet/question.hpp"

namespace islet::cli {

ExitCode ask_question(OpenBase& base, const std::string& question, bool json, const Streams& streams,
                      std::ostream& out) {
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
    std::string text = json ? to_json(answer) : to_plain_text(answer);
    if (!text.ends_with('\n')) text += '\n';
    out << text << std::flush;
    const bool known = answer.status == AnswerStatus::answered || answer.status == AnswerStatus::not_stated;
    return known ? ExitCode::fine : ExitCode::failed;
}

ExitCode ask(const AskArguments& arguments, const Streams& streams) {
    auto base = open_base(arguments.base);
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    return ask_question(*base, arguments.question, arguments.json, streams, streams.out);
}

}  // namespace islet::cli
