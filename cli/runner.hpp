// Runs statements and writes what they return: the part that `islet query` and
// the shell share.
#pragma once

#include <iosfwd>
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
    bool timer = false;  ///< say rows and time, on the error stream
};

/// Runs one statement and writes its rows to `out` (of a plan: the plan); warnings, errors and times
/// go to the error stream. Ctrl-C cancels the query or stops the output.
ExitCode run_statement(Session& session, std::string_view text, const RunSettings& settings,
                       const Streams& streams, std::ostream& out);

/// Whether the statement, if it parses, has a clause that writes.
bool writes(std::string_view text);

/// How tables are laid out on a terminal, or elsewhere.
Layout layout_for(const Terminal& terminal);

/// Shows an error with its line and caret.
void show(const Error& error, std::string_view text, const Streams& streams);

/// 124 for a timeout, 130 for a cancelled query, otherwise 1.
ExitCode exit_code_of(const Error& error);

}  // namespace islet::cli
