// What `islet SUBCOMMAND --help` and `islet help SUBCOMMAND` end with: examples to copy.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace islet::cli {

/// Gives each subcommand its examples. REQUIRES: all are declared.
void add_examples(CLI::App& top);

/// `help export` means `export --help`; other arguments stay as they are.
std::vector<std::string> help_as_option(std::vector<std::string> arguments);

}  // namespace islet::cli
