// The arguments of `islet import`, `islet restore` and `islet dump`.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "arguments.hpp"

namespace islet::cli {

/// The subcommands as CLI11 has them, and the options as they are written. Lives as long as the parser.
struct TransferOptions {
    CLI::App* import = nullptr;
    CLI::App* restore = nullptr;
    CLI::App* dump = nullptr;
    bool no_colour = false;
    std::string base;
    std::string format;
    std::vector<std::string> sources;
    std::string output;
    std::string delimiter;
    std::string list_delimiter;
    std::string bad_records;
    bool replace = false;
    bool no_inference = false;
    unsigned threads = 0;
};

void declare(CLI::App& top, TransferOptions& options);

using TransferArguments = std::variant<ImportArguments, DumpArguments>;

/// What the command line asks for, if it names one of these subcommands. Throws CLI::ParseError.
std::optional<TransferArguments> transfer_arguments(const TransferOptions& options);

}  // namespace islet::cli
