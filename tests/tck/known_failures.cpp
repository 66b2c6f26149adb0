#include "known_failures.hpp"

#include <fstream>
#include <stdexcept>
#include <string_view>

#include "gherkin.hpp"

namespace islet::tck {
namespace {
constexpr std::string_view separator = "  # ";
}

KnownFailures read_known_failures(const std::filesystem::path& file) {
    KnownFailures known;
    std::ifstream in(file);
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        const std::string_view text = trim(line);
        if (text.empty() || text.starts_with('#')) continue;
        const std::size_t split = text.rfind(separator);
        if (split == std::string_view::npos) {
            throw std::runtime_error(file.string() + ":" + std::to_string(number) +
                                     ": a known failure is `path: scenario  # reason`");
        }
        known.emplace(trim(text.substr(0, split)), trim(text.substr(split + separator.size())));
    }
    return known;
}

void write_known_failures(const std::filesystem::path& file, const KnownFailures& known) {
    std::string text;
    {
        std::ifstream in(file);
        std::string line;
        while (std::getline(in, line) && line.starts_with('#')) text += line + "\n";
    }
    for (const auto& [id, reason] : known) text += id + std::string(separator) + reason + "\n";
    std::ofstream out(file, std::ios::trunc);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace islet::tck
