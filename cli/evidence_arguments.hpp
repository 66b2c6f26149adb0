// The arguments of `islet cite` and `islet capsule`.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "arguments.hpp"

namespace islet::cli {

/// The subcommands as CLI11 has them, and the options as they are written. Lives as long as the parser.
struct EvidenceOptions {
    CLI::App* cite = nullptr;
    CLI::App* capsule = nullptr;
    CLI::App* run = nullptr;
    CLI::App* verify = nullptr;
    bool no_colour = false;
    std::string base;
    std::string format = "text";
    std::vector<std::string> words;
    std::string question;
    std::string query;
    std::vector<std::string> parameters;
    std::string output = "-";
    std::string file;
};

void declare(CLI::App& top, EvidenceOptions& options);

using EvidenceArguments = std::variant<CiteArguments, CapsuleRunArguments, CapsuleVerifyArguments>;

/// What the command line asks for, if it names one of these subcommands. Throws CLI::ParseError.
std::optional<EvidenceArguments> evidence_arguments(const EvidenceOptions& options);

}  // namespace islet::cli
