// The subcommands. Each returns the exit code and says on the streams what there is to say.
#pragma once

#include <optional>
#include <string>

#include "arguments.hpp"
#include "islet/question.hpp"
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

/// How an answer is written.
struct AskSettings {
    bool json = false;
    bool explain = false;  ///< with how each word was understood
    RunSettings settings;  ///< of these, what concerns the terminal
};

/// Asks one question and writes the answer to `out`; leaves it in `kept`, where that is given. The session
/// must be one of a database on the knowledge base's graph.
ExitCode ask_question(const KnowledgeBase& knowledge, Session& session, const std::string& question,
                      const AskSettings& how, const Streams& streams, std::ostream& out,
                      std::optional<Answer>* kept = nullptr);

}  // namespace islet::cli
