// Reading lines from a terminal: editing, history, completion. Libedit inside.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history_file.hpp"

namespace islet::cli {

/// What can stand in the place of the last `replaces` bytes before the cursor.
struct Completions {
    std::size_t replaces = 0;
    std::vector<std::string> words;
    std::string after = " ";  ///< what follows a word that is the only one
    std::string note;         ///< told when there are no words, e.g. what a function takes
};

/// Used by one thread.
class LineEditor {
 public:
    using Complete = std::function<Completions(std::string_view before_cursor)>;

    /// `file`: read now and added to with every input; none: history of this run alone.
    LineEditor(std::optional<HistoryFile> file, Complete complete);
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

    /// Remembers an input for the arrow keys and Ctrl-R; one that comes twice in a row, once.
    void remember(const std::string& input);
    /// What is remembered, oldest first.
    [[nodiscard]] const std::vector<std::string>& remembered() const;

    struct State;

 private:
    std::unique_ptr<State> state_;
};

}  // namespace islet::cli
