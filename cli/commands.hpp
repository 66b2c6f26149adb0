// The subcommands. Each returns the exit code and says on the streams what there is to say.
#pragma once

#include <string>

#include "arguments.hpp"
#include "open.hpp"
#include "runner.hpp"

namespace islet::cli {

ExitCode ask(const AskArguments& arguments, const Streams& streams);
ExitCode query(const QueryArguments& arguments, const Streams& streams);
ExitCode export_graph(const ExportArguments& arguments, const Streams& streams);
ExitCode cite(const CiteArguments& arguments, const Streams& streams);
ExitCode capsule_run(const CapsuleRunArguments& arguments, const Streams& streams);
ExitCode capsule_verify(const CapsuleVerifyArguments& arguments, const Streams& streams);
ExitCode check(const CheckArguments& arguments, const Streams& streams);
ExitCode check_graph(const FileCheckArguments& arguments, const Streams& streams);
ExitCode compact(const CompactArguments& arguments, const Streams& streams);
ExitCode import_files(const ImportArguments& arguments, const Streams& streams);
ExitCode dump(const DumpArguments& arguments, const Streams& streams);
ExitCode shell(const ShellArguments& arguments, const Streams& streams);

/// Asks one question of an open base and writes the answer to `out`. `explain`: with how each word was
/// understood.
ExitCode ask_question(OpenBase& base, const std::string& question, bool json, const Streams& streams,
                      std::ostream& out, bool explain = false);

}  // namespace islet::cli
