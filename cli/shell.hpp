// The shell: lines in, results out, from a terminal or a pipe.
#pragma once

#include <cstddef>
#include <fstream>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "shell_input.hpp"

namespace islet::cli {

class Shell {
 public:
    Shell(OpenBase& base, const Streams& streams, Format format, bool interactive);

    /// Reads lines from the terminal until `:quit` or the end of input.
    ExitCode interact();
    /// Runs the lines of a stream in order; stops at the first that fails.
    ExitCode batch(std::istream& in);

    /// One of the commands that begin with `:` (or `.`).
    struct Command {
        std::string_view name;
        std::string_view arguments;
        std::string_view help;
        ExitCode (Shell::*run)(std::string_view argument);
    };
    static std::span<const Command> commands();

 private:
    ExitCode execute(const Input& input);
    ExitCode execute_command(std::string_view text);
    ExitCode run_query(std::string_view text);
    ExitCode complain(const std::string& message, ExitCode code = ExitCode::failed);
    /// A table for people, made here rather than by a query.
    void write_info(const Rows& rows);
    [[nodiscard]] std::ostream& out();

    ExitCode help(std::string_view argument);
    ExitCode schema(std::string_view argument);
    ExitCode params(std::string_view argument);
    ExitCode param(std::string_view argument);
    ExitCode mode(std::string_view argument);
    ExitCode timer(std::string_view argument);
    ExitCode explain(std::string_view argument);
    ExitCode profile(std::string_view argument);
    ExitCode read(std::string_view argument);
    ExitCode output(std::string_view argument);
    ExitCode quit(std::string_view argument);

    OpenBase& base_;
    Streams streams_;
    Session session_;
    RunSettings settings_;
    std::unique_ptr<std::ofstream> file_;  ///< of :output
    bool interactive_;
    bool ended_ = false;
    std::size_t depth_ = 0;  ///< of :read
};

}  // namespace islet::cli
