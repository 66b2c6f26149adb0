// Feature files: the part of Gherkin that the openCypher TCK is written in.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace islet::tck {

using Cells = std::vector<std::string>;

/// One line of a scenario with what hangs below it. `text` lacks the keyword (Given, When, …).
struct Step {
    std::string text;
    std::optional<std::string> docstring;
    std::vector<Cells> table;
    std::uint32_t line = 0;
};

/// A scenario ready to run: the background's steps come first, an outline's row is filled in.
struct Scenario {
    std::string path;               ///< of the feature file, as it was given
    std::string name;               ///< as written, an outline's `<name>`s unfilled
    std::uint32_t outline_row = 0;  ///< counts from 1 over all Examples; 0: not of an outline
    std::vector<std::string> tags;  ///< with their `@`; the feature's first
    std::vector<Step> steps;
    std::uint32_t line = 0;

    /// `path: name` or `path: name [outline row 3]`: names the scenario for good.
    [[nodiscard]] std::string id() const;
};

/// What is wrong with a feature file, and in which line.
class GherkinError : public std::runtime_error {
 public:
    GherkinError(const std::string& path, std::uint32_t line, const std::string& message)
        : std::runtime_error(path + ":" + std::to_string(line) + ": " + message) {}
};

/// The scenarios of a feature file, outlines expanded. Throws GherkinError.
std::vector<Scenario> read_feature(std::string_view text, const std::string& path);

/// The cells of a table line such as `| a | b\|c |`; `\|`, `\\` and `\n` are escapes.
Cells split_cells(std::string_view line);

std::string_view trim(std::string_view text);

}  // namespace islet::tck
