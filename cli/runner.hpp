// Runs statements and writes what they return: the part that `islet query` and
// the shell share.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "exit_code.hpp"
#include "format.hpp"
#include "interrupt.hpp"
#include "islet/database.hpp"
#include "output.hpp"
#include "terminal.hpp"

namespace islet::cli {

/// Where things go. Both outlive whoever holds this.
struct Streams {
    Output& out;        ///< data
    std::ostream& err;  ///< all else
    Terminal out_terminal;
    Terminal err_terminal;
    Interrupts& interrupts;
};

/// How a run is told to go; the shell's commands change it.
struct RunSettings {
    Format format = Format::table;
    Parameters parameters;
    bool read_only = false;
    bool timer = false;        ///< say rows and time, on the error stream
    bool wrap = true;          ///< long cells go on in further lines, else they are cut
    bool vertical_too = true;  ///< tables that would be unreadable are written as `vertical`
    bool progress = true;      ///< on a terminal, say how long a query has been running
    bool separate = false;     ///< an empty line before the rows, where the format needs it
    std::string pager;         ///< the program that shows long results on a terminal; empty: none
};

/// Runs one statement and writes its rows to `out` (of a plan: the plan); warnings, errors and times
/// go to the error stream. Ctrl-C cancels the query or stops the output. Where `kept` is given and the
/// statement did not fail, its result is left there.
ExitCode run_statement(Session& session, std::string_view text, const RunSettings& settings,
                       const Streams& streams, std::ostream& out, std::optional<Result>* kept = nullptr);

/// Calls `write` with a stream that leads to `out`: through the pager, where that is standard output on a
/// terminal and what is written is long. Ctrl-C ends the writing: then the exit code is `interrupted`.
ExitCode write_paged(const RunSettings& settings, const Streams& streams, std::ostream& out,
                     const std::function<void(std::ostream&)>& write);

/// Whether the statement, if it parses, has a clause that writes.
bool writes(std::string_view text);

/// How what goes to `out` is laid out: only standard output itself can be a terminal.
Layout layout_for(const RunSettings& settings, const Streams& streams, const std::ostream& out);

/// Shows an error with its line and caret.
void show(const Error& error, std::string_view text, const Streams& streams);

/// 124 for a timeout, 130 for a cancelled query, otherwise 1.
ExitCode exit_code_of(const Error& error);

}  // namespace islet::cli
