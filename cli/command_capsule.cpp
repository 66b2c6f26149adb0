// `islet capsule run|verify`.
#include <fstream>
#include <iostream>
#include <iterator>
#include <ostream>

#include "capsule.hpp"
#include "commands.hpp"
#include "save_file.hpp"

namespace islet::cli {

namespace {

/// Runs what a capsule asks. Says on the error stream why it cannot.
std::variant<Capsule, ExitCode> run(const Capsule& asked, const std::optional<std::string>& path,
                                    const Streams& streams) {
    auto base = open_base(path);
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    Session session = base->database.session();
    const Interrupts::Guard guard(streams.interrupts, [&] { session.cancel(); });
    auto capsule = run_capsule(asked, *base, session);
    if (guard.interrupted()) {
        streams.err << "interrupted\n";
        return ExitCode::interrupted;
    }
    if (!capsule) {
        show(capsule.error(), asked.query, streams);
        return exit_code_of(capsule.error());
    }
    return std::move(*capsule);
}

}  // namespace

ExitCode capsule_run(const CapsuleRunArguments& arguments, const Streams& streams) {
    Capsule asked;
    asked.question = arguments.question;
    asked.query = arguments.query;
    asked.parameters = arguments.parameters;
    const auto capsule = run(asked, arguments.base, streams);
    if (const auto* code = std::get_if<ExitCode>(&capsule)) return *code;
    const std::string text = to_json(std::get<Capsule>(capsule));
    if (arguments.output == "-") {
        streams.out << text << std::flush;
    } else if (const auto why = save(arguments.output, text)) {
        streams.err << "error: cannot write '" << arguments.output << "': " << *why << '\n';
        return ExitCode::cannot_open;
    }
    const std::string& status = std::get<Capsule>(capsule).status;
    if (status.empty() || status == "answered" || status == "not_stated") return ExitCode::fine;
    streams.err << "note: the question was not answered (" << status << "); the capsule says so\n";
    return ExitCode::failed;
}

ExitCode capsule_verify(const CapsuleVerifyArguments& arguments, const Streams& streams) {
    std::string text;
    if (arguments.file == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream file(arguments.file, std::ios::binary);
        text.assign(std::istreambuf_iterator<char>(file), {});
        if (!file || file.bad()) {
            streams.err << "error: cannot read '" << arguments.file << "'\n";
            return ExitCode::cannot_open;
        }
    }
    const auto then = read_capsule(text);
    if (!then) {
        show(then.error(), {}, streams);
        return ExitCode::failed;
    }
    const auto now = run(*then, arguments.base, streams);
    if (const auto* code = std::get_if<ExitCode>(&now)) return *code;
    const Capsule& again = std::get<Capsule>(now);
    if (then->engine != again.engine) {
        streams.err << "note: it was made by islet " << then->engine << ", this is " << again.engine << '\n';
    }
    const auto changes = differences(*then, again);
    for (const std::string& change : changes) streams.out << change << '\n';
    if (changes.empty()) {
        streams.out << "the same: " << again.rows.size() << (again.rows.size() == 1 ? " row, " : " rows, ")
                    << again.citations.size()
                    << (again.citations.size() == 1 ? " citation, " : " citations, ") << result_digest(again)
                    << '\n';
    } else if (result_digest(*then) == result_digest(again) && then->citations == again.citations) {
        streams.out << "the result and its citations are the same\n";
    }
    streams.out << std::flush;
    return changes.empty() ? ExitCode::fine : ExitCode::failed;
}

}  // namespace islet::cli
