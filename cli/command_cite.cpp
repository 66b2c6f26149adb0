// `islet cite`: the sources of an answer as a list of references.
#include <ostream>

#include "commands.hpp"
#include "islet/references.hpp"

namespace islet::cli {

namespace {

/// Runs a query so that its rows bring their sources with them; one that cannot be cited, or asks for that
/// itself, as it is. `text` becomes what was run.
Expected<Result> run_cited(Session& session, std::string& text, const Parameters& parameters) {
    const std::string cited = "CITE " + text;
    if (auto result = session.run(cited, parameters)) {
        text = cited;
        return result;
    }
    return session.run(text, parameters);
}

}  // namespace

ExitCode cite(const CiteArguments& arguments, const Streams& streams) {
    auto base = open_base(arguments.base);
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    Session session = base->database.session();
    const Interrupts::Guard guard(streams.interrupts, [&] { session.cancel(); });
    std::vector<Reference> found;
    bool known = true;
    if (arguments.query) {
        if (writes(*arguments.query)) {
            streams.err << "error: only a query that reads has sources\n";
            return ExitCode::failed;
        }
        std::string text = *arguments.query;
        const auto result = run_cited(session, text, arguments.parameters);
        if (!result) {
            show(result.error(), text, streams);
            return exit_code_of(result.error());
        }
        for (const Warning& warning : result->warnings()) {
            streams.err << painted_message(render(warning, text), streams.err_terminal.colour);
        }
        found = references(base->knowledge, *result);
    } else {
        const Answer answer = islet::ask(base->knowledge, session, arguments.question);
        if (guard.interrupted()) {
            streams.err << "interrupted\n";
            return ExitCode::interrupted;
        }
        if (!answer.message.empty()) streams.err << answer.message << '\n';
        known = answer.status == AnswerStatus::answered || answer.status == AnswerStatus::not_stated;
        found = references(base->knowledge, answer);
    }
    if (known && found.empty()) streams.err << "note: there is no source to cite\n";
    streams.out << to_text(found, arguments.format) << std::flush;
    return known ? ExitCode::fine : ExitCode::failed;
}

}  // namespace islet::cli
