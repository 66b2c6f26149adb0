// Commands and questions; what a query goes on with: completion_query.cpp.
#include "completion.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "completion_words.hpp"
#include "format.hpp"
#include "islet/completion.hpp"
#include "shell_input.hpp"

namespace islet::cli {

namespace {

/// Names may have several words: the longest end of the line that begins a name wins.
Completions matching_names(const std::vector<std::string>& names, std::string_view before) {
    constexpr std::size_t most_words = 4;
    Completions best;
    std::size_t begin = before.size();
    for (std::size_t words = 0; words < most_words && begin > 0; ++words) {
        begin = before.rfind(' ', begin - 1);
        const std::string_view beginning = before.substr(begin == std::string_view::npos ? 0 : begin + 1);
        if (!beginning.empty()) {
            if (Completions found = matching(names, beginning); !found.words.empty()) best = std::move(found);
        }
        if (begin == std::string_view::npos) break;
    }
    return best;
}

/// The files whose path begins so.
Completions matching_files(std::string_view beginning) {
    const std::filesystem::path begun{std::string(beginning)};
    const std::filesystem::path folder = begun.has_parent_path() ? begun.parent_path() : ".";
    std::vector<std::string> paths;
    std::error_code failure;
    for (std::filesystem::directory_iterator at(folder, failure), end; !failure && at != end;
         at.increment(failure)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with('.') && !begun.filename().string().starts_with('.')) continue;
        std::error_code ignored;
        const auto path = begun.has_parent_path() ? begun.parent_path() / name : std::filesystem::path(name);
        paths.push_back(path.string() + (at->is_directory(ignored) ? "/" : ""));
    }
    return matching(paths, beginning);
}

}  // namespace

Completions matching(const std::vector<std::string>& words, std::string_view beginning) {
    Completions found{beginning.size(), {}, " ", {}};
    for (const std::string& word : words) {
        if (begins_alike(word, beginning)) found.words.push_back(word);
    }
    std::sort(found.words.begin(), found.words.end());
    found.words.erase(std::unique(found.words.begin(), found.words.end()), found.words.end());
    if (found.words.size() == 1 && found.words.front().ends_with('/')) found.after.clear();
    return found;
}

Completer::Completer(const KnowledgeBase& base, std::vector<CommandWords> commands, CompletionSources sources)
    : base_(base), commands_(std::move(commands)), sources_(std::move(sources)), functions_(functions()) {
    for (const Entity& entity : base.entities()) {
        names_.push_back(entity.name);
        names_.insert(names_.end(), entity.synonyms.begin(), entity.synonyms.end());
        names_.insert(names_.end(), entity.brand_names.begin(), entity.brand_names.end());
    }
}

Completions Completer::complete(std::string_view pending, std::string_view before) const {
    const bool begun = !trimmed(pending).empty();
    const std::string_view line = trimmed(before);
    if (!begun && (line.starts_with(':') || line.starts_with('.'))) {
        return command(before.substr(before.find(line.front())));
    }
    if (begun || begins_like_query(before)) return query(std::string(pending) + std::string(before));
    // The first word may yet become either, and CALL is a query's only once a procedure stands behind it.
    if (line.find(' ') == std::string_view::npos ||
        (line.size() > 4 && begins_alike(line.substr(0, 5), "CALL "))) {
        Completions found = query(before);
        return found.words.empty() ? question(before) : found;
    }
    return question(before);
}

Completions Completer::command(std::string_view line) const {
    const std::size_t space = line.find_first_of(" \t");
    if (space == std::string_view::npos) {
        std::vector<std::string> names;
        for (const CommandWords& known : commands_) names.push_back(known.name);
        return matching(names, line.substr(1));
    }
    const std::string_view name = line.substr(1, space - 1);
    const auto known = std::find_if(commands_.begin(), commands_.end(),
                                    [&](const CommandWords& c) { return c.name == name; });
    if (known == commands_.end()) return {};
    std::string_view text = line.substr(space);
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    return argument(known->argument, line, text);
}

Completions Completer::argument(Argument kind, std::string_view line, std::string_view text) const {
    const GraphWords words(sources_.snapshot());
    switch (kind) {
        case Argument::none:
        case Argument::text:
            return {};
        case Argument::query:
            // A question may stand there as well.
            return trimmed(text).find(' ') == std::string_view::npos || begins_like_query(text)
                       ? query(text)
                       : question(text);
        case Argument::file:
            return matching_files(text);
        case Argument::format: {
            const auto formats = format_names();
            return matching({formats.begin(), formats.end()}, text);
        }
        case Argument::on_off:
            return matching({"on", "off"}, text);
        case Argument::command: {
            std::vector<std::string> names;
            for (const CommandWords& known : commands_) names.push_back(known.name);
            return matching(names, text.starts_with(':') ? text.substr(1) : text);
        }
        case Argument::parameter:
            return matching(sources_.parameters(), text.starts_with('$') ? text.substr(1) : text);
        case Argument::name: {
            auto names = words.labels();
            const auto types = words.types();
            names.insert(names.end(), types.begin(), types.end());
            return matching(names, text);
        }
        case Argument::document: {
            std::vector<std::string> names;
            for (const Document& document : base_.documents()) names.push_back(document.name);
            return matching(names, text);
        }
        case Argument::setting:
            if (text.find(' ') != std::string_view::npos) {
                return matching({"on", "off"}, line.substr(line.rfind(' ') + 1));
            }
            return matching(sources_.settings, text);
    }
    return {};
}

Completions Completer::question(std::string_view before) const {
    QuestionCompletions next = complete_question(base_, before);
    if (next.words.empty()) return matching_names(names_, before);
    return {next.replaced, std::move(next.words), " ", {}};
}

}  // namespace islet::cli
