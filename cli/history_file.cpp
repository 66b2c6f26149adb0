#include "history_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string_view>

namespace islet::cli {

namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

std::string escaped(std::string_view input) {
    std::string line;
    for (const char c : input) {
        if (c == '\\') {
            line += "\\\\";
        } else if (c == '\n') {
            line += "\\n";
        } else {
            line += c;
        }
    }
    return line + '\n';
}

std::string unescaped(std::string_view line) {
    std::string input;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size()) {
            ++i;
            input += line[i] == 'n' ? '\n' : line[i];
        } else {
            input += line[i];
        }
    }
    return input;
}

}  // namespace

std::vector<std::string> HistoryFile::load(std::size_t most) const {
    std::vector<std::string> inputs;
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) {
        if (!line.empty()) inputs.push_back(unescaped(line));
    }
    if (inputs.size() <= most) return inputs;
    const bool far_beyond = inputs.size() > 2 * most;
    inputs.erase(inputs.begin(), inputs.end() - static_cast<std::ptrdiff_t>(most));
    if (far_beyond) replace(inputs);
    return inputs;
}

void HistoryFile::replace(const std::vector<std::string>& inputs) const {
    const std::filesystem::path aside = path_.string() + "." + std::to_string(::getpid());
    std::error_code ignored;
    {
        std::ofstream file(aside, std::ios::trunc);
        std::filesystem::permissions(
            aside, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
        for (const std::string& input : inputs) file << escaped(input);
        if (!file.flush()) {
            std::filesystem::remove(aside, ignored);
            return;
        }
    }
    std::filesystem::rename(aside, path_, ignored);
}

void HistoryFile::add(const std::string& input) const {
    std::error_code ignored;
    if (path_.has_parent_path() && std::filesystem::create_directories(path_.parent_path(), ignored)) {
        std::filesystem::permissions(path_.parent_path(), std::filesystem::perms::owner_all, ignored);
    }
    const int file = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    const std::string line = escaped(input);
    // One write, so that lines of several shells do not mix.
    [[maybe_unused]] const ssize_t written = ::write(file, line.data(), line.size());
    ::close(file);
}

std::optional<std::filesystem::path> history_path() {
    if (!environment("ISLET_NO_HISTORY").empty()) return std::nullopt;
    if (const auto state = environment("XDG_STATE_HOME"); state.starts_with('/')) {
        return std::filesystem::path(state) / "islet" / "history";
    }
    if (const auto home = environment("HOME"); home.starts_with('/')) {
        return std::filesystem::path(home) / ".local" / "state" / "islet" / "history";
    }
    return std::nullopt;
}

}  // namespace islet::cli
