// What Tab offers.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph_words.hpp"
#include "islet/functions.hpp"
#include "islet/knowledge.hpp"
#include "islet/procedure.hpp"
#include "line_editor.hpp"

namespace islet::cli {

/// What a command of the shell is told.
enum class Argument { none, query, file, format, on_off, command, parameter, name, document, setting, text };

struct CommandWords {
    std::string name;
    Argument argument = Argument::none;
};

/// What the words are taken from besides the knowledge base. Asked anew at each Tab, for a session
/// changes them.
struct CompletionSources {
    std::function<Snapshot()> snapshot;
    std::function<std::vector<std::string>()> parameters;
    std::function<const query::ProcedureRegistry&()> procedures;
    std::vector<std::string> settings;
};

/// Knows the words of one knowledge base and of the shell on it.
class Completer {
 public:
    Completer(const KnowledgeBase& base, std::vector<CommandWords> commands, CompletionSources sources);

    /// `pending`: the lines of the query so far; `before`: the line up to the cursor.
    [[nodiscard]] Completions complete(std::string_view pending, std::string_view before) const;

 private:
    [[nodiscard]] Completions command(std::string_view line) const;
    [[nodiscard]] Completions argument(Argument kind, std::string_view line, std::string_view text) const;
    [[nodiscard]] Completions query(std::string_view text) const;
    [[nodiscard]] Completions question(std::string_view before) const;
    [[nodiscard]] Completions outputs_of(std::string_view procedure, std::string_view beginning) const;
    [[nodiscard]] Completions anything(const struct QueryContext& context) const;

    KnowledgeBase base_;
    std::vector<CommandWords> commands_;
    CompletionSources sources_;
    std::vector<FunctionDescription> functions_;
    std::vector<std::string> names_;  ///< of entities, as questions use them
};

}  // namespace islet::cli
