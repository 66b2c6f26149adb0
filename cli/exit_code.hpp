// What the shell that started Islet is told.
#pragma once

namespace islet::cli {

enum class ExitCode : int {
    fine = 0,
    failed = 1,       ///< the query failed, or the question could not be answered
    usage = 2,        ///< the command line is wrong
    cannot_open = 3,  ///< a file or knowledge base cannot be opened
    timeout = 124,
    interrupted = 130,
};

}  // namespace islet::cli
