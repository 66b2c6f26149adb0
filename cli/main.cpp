// Takes the process's streams and signals in hand, then runs what the command
// line asks for.
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "commands.hpp"

namespace islet::cli {

namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

ExitCode run(const std::vector<std::string>& arguments, Output& out, std::ostream& err,
             Interrupts& interrupts) {
    const auto parsed = parse_arguments(arguments, out, err);
    if (const auto* code = std::get_if<ExitCode>(&parsed)) return *code;
    const auto& [command, allow_colour] = std::get<Invocation>(parsed);
    const Streams streams{out, err, terminal_of(STDOUT_FILENO, allow_colour),
                          terminal_of(STDERR_FILENO, allow_colour), interrupts};
    return std::visit(Overloaded{
                          [&](const ShellArguments& given) { return shell(given, streams); },
                          [&](const AskArguments& given) { return ask(given, streams); },
                          [&](const QueryArguments& given) { return query(given, streams); },
                          [&](const ExportArguments& given) { return export_graph(given, streams); },
                          [&](const CheckArguments& given) { return check(given, streams); },
                          [&](const CiteArguments& given) { return cite(given, streams); },
                          [&](const CapsuleRunArguments& given) { return capsule_run(given, streams); },
                          [&](const CapsuleVerifyArguments& given) { return capsule_verify(given, streams); },
                          [&](const FileCheckArguments& given) { return check_graph(given, streams); },
                          [&](const CompactArguments& given) { return compact(given, streams); },
                          [&](const ImportArguments& given) { return import_files(given, streams); },
                          [&](const DumpArguments& given) { return dump(given, streams); },
                      },
                      command);
}

/// The exit code, once everything is written: output that could not be is a failure, save where
/// its reader had enough.
ExitCode finished(ExitCode code, Output& out, std::ostream& err) {
    out.flush();
    if (out.broken()) return ExitCode::fine;
    if (const std::string why = out.failure(); !why.empty()) {
        err << "error: cannot write to standard output: " << why << '\n';
        return ExitCode::failed;
    }
    return code;
}

}  // namespace

}  // namespace islet::cli

int main(int argc, char** argv) {
    using namespace islet::cli;
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file at its limit of size is an error like a full disk
    // The editor reads characters as the locale says; a locale without UTF-8 would break them.
    if (std::setlocale(LC_CTYPE, "") == nullptr || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
    Output out(STDOUT_FILENO);
    try {
        Interrupts interrupts;
        const ExitCode code = run({argv + 1, argv + argc}, out, std::cerr, interrupts);
        return static_cast<int>(finished(code, out, std::cerr));
    } catch (const std::exception& failure) {
        std::cerr << "error: " << failure.what() << '\n';
        return static_cast<int>(ExitCode::failed);
    }
}
