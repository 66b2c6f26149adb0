// What was typed, kept from one run to the next.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace islet::cli {

/// A file of inputs, one a line (line feeds in them as `\n`, `\` as `\\`), for its owner's eyes only. Shells
/// that run at the same time add to the same file and do not overwrite each other.
class HistoryFile {
 public:
    explicit HistoryFile(std::filesystem::path path) : path_(std::move(path)) {}

    /// The last `most` inputs, oldest first; shortens a file that has grown far beyond. A file that cannot
    /// be read has none.
    std::vector<std::string> load(std::size_t most) const;
    /// Adds one input; what fails is left out: a history is no reason to stop.
    void add(const std::string& input) const;

 private:
    void replace(const std::vector<std::string>& inputs) const;

    std::filesystem::path path_;
};

/// $XDG_STATE_HOME/islet/history or ~/.local/state/islet/history; none when ISLET_NO_HISTORY is set
/// or there is no home.
std::optional<std::filesystem::path> history_path();

}  // namespace islet::cli
