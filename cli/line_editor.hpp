// Reading lines from a terminal: editing, history, completion. Libedit inside.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace islet::cli {

/// What can stand in the place of the last `replaces` bytes before the cursor.
struct Completions {
    std::size_t replaces = 0;
    std::vector<std::string> words;
};

/// Used by one thread.
class LineEditor {
 public:
    using Complete = std::function<Completions(std::string_view before_cursor)>;

    /// `history_file`: read now and written with every added line; none: history of this run alone.
    LineEditor(std::optional<std::filesystem::path> history_file, Complete complete);
    ~LineEditor();
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;

    enum class Outcome { line, cancelled, end };
    struct Read {
        Outcome outcome;
        std::string line;  ///< without its line feed
    };
    /// Shows the prompt and waits. Ctrl-C cancels the line, Ctrl-D on an empty one ends.
    Read read(const std::string& prompt);

    /// Remembers an input for the arrow keys and Ctrl-R.
    void remember(const std::string& input);

    struct State;

 private:
    std::unique_ptr<State> state_;
};

/// $XDG_STATE_HOME/islet/history or ~/.local/state/islet/history; none when ISLET_NO_HISTORY is set
/// or there is no home.
std::optional<std::filesystem::path> history_file();

}  // namespace islet::cli
