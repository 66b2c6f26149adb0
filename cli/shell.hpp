// The shell: lines in, results out, from a terminal or a pipe.
#pragma once

#include <cstddef>
#include <fstream>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "completion.hpp"
#include "shell_input.hpp"

namespace islet::cli {

class Shell {
 public:
    Shell(OpenBase& base, const Streams& streams, const ShellArguments& arguments, bool interactive);

    /// Reads lines from the terminal until `:quit` or the end of input.
    ExitCode interact();
    /// Runs the lines of a stream in order; stops at the first that fails, or, told not to, gives the
    /// exit code of the first that failed. A transaction that is open at the end is a failure.
    ExitCode run_all(std::istream& in);

    /// One of the commands that begin with `:` (or `.`).
    struct Command {
        std::string_view name;
        std::string_view arguments;  ///< as help shows them
        std::string_view help;       ///< one line
        Argument argument;           ///< what Tab completes
        ExitCode (Shell::*run)(std::string_view argument);
    };
    static std::span<const Command> commands();

    /// One of what `:set` changes.
    struct Setting {
        std::string_view name;
        std::string_view help;
        std::string (*show)(const Shell&);
        /// False if the text is no value of it.
        bool (*change)(Shell&, std::string_view);
    };
    static std::span<const Setting> settings();

 private:
    ExitCode batch(std::istream& in);
    ExitCode execute(const Input& input);
    ExitCode execute_command(std::string_view text);
    ExitCode run_query(std::string_view text);
    /// At the end of the input: a transaction that is open then is lost, and that is said.
    ExitCode end_transaction(ExitCode code);
    ExitCode run_question(const std::string& text);
    ExitCode complain(const std::string& message, ExitCode code = ExitCode::failed);
    /// What went wrong in the library, without a query to point into.
    ExitCode complain(const Error& error);
    /// A table for people, made here rather than by a query.
    void write_info(const Rows& rows);
    /// A text for people, through the pager if it is long.
    void write_text(const std::string& text);
    void greet();
    [[nodiscard]] CompletionSources completion_sources();
    [[nodiscard]] std::string prompt(bool pending) const;

    // Where results go: the screen, or a file that :output or :once named.
    struct File {
        std::unique_ptr<std::ofstream> stream;
        std::string path;
        std::optional<Format> format;  ///< as the file's name ends
        bool has_rows = false;         ///< so that what comes next must be set apart
    };
    [[nodiscard]] std::ostream& out();
    [[nodiscard]] bool on_terminal() const;
    [[nodiscard]] RunSettings run_settings() const;
    ExitCode open_file(std::string_view path, std::optional<File>& file);
    /// Says if writing to a file failed, and ends what :once began.
    ExitCode after_output(ExitCode code);

    /// What the last query or question gave, as rows; no value if there was none.
    [[nodiscard]] std::optional<Rows> last_rows() const;

    ExitCode help(std::string_view argument);
    ExitCode functions(std::string_view argument);
    ExitCode history(std::string_view argument);
    ExitCode schema(std::string_view argument);
    ExitCode source(std::string_view argument);
    ExitCode view(std::string_view argument);
    ExitCode plot(std::string_view argument);
    ExitCode params(std::string_view argument);
    ExitCode param(std::string_view argument);
    ExitCode mode(std::string_view argument);
    ExitCode timer(std::string_view argument);
    ExitCode set(std::string_view argument);
    ExitCode output(std::string_view argument);
    ExitCode once(std::string_view argument);
    ExitCode explain(std::string_view argument);
    ExitCode profile(std::string_view argument);
    ExitCode cite(std::string_view argument);
    ExitCode read(std::string_view argument);
    ExitCode begin(std::string_view argument);
    ExitCode commit(std::string_view argument);
    ExitCode rollback(std::string_view argument);
    ExitCode quit(std::string_view argument);
    ExitCode run_prefixed(std::string_view prefix, std::string_view argument);

    OpenBase& base_;
    Streams streams_;
    Session session_;
    RunSettings settings_;
    Limits limits_;
    bool bail_ = true;
    std::optional<File> output_;  ///< of :output
    std::optional<File> once_;    ///< of :once; goes before
    bool screen_has_rows_ = false;
    bool wrote_ = false;  ///< whether the input that runs gave something out
    std::string last_query_;
    std::optional<Result> last_result_;  ///< of the last query; or
    std::optional<Answer> last_answer_;  ///< of the last question
    LineEditor* editor_ = nullptr;       ///< of an interactive shell
    bool interactive_;
    bool ended_ = false;
    std::size_t depth_ = 0;  ///< of :read
};

}  // namespace islet::cli
