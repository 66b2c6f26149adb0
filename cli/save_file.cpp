#include "save_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace islet::cli {

std::optional<std::string> save(const std::string& path_text, const std::string& content) {
    std::error_code failure;
    const std::filesystem::path path(path_text);
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failure);
    // What is no plain file (a pipe, a device) cannot be replaced.
    const bool aside =
        !std::filesystem::exists(path, failure) || std::filesystem::is_regular_file(path, failure);
    const std::string target = aside ? path_text + ".part" : path_text;
    std::ofstream out(target, std::ios::binary | std::ios::trunc);
    out << content;
    out.close();
    if (!out) {
        const std::string why = std::generic_category().message(errno);
        if (aside) std::filesystem::remove(target, failure);
        return why;
    }
    if (!aside) return std::nullopt;
    std::filesystem::rename(target, path, failure);
    return failure ? std::optional(failure.message()) : std::nullopt;
}

}  // namespace islet::cli
