#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace islet::cli {

namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

constexpr std::size_t default_width = 80;

std::string_view code_of(Paint paint) {
    switch (paint) {
        case Paint::none:
            return {};
        case Paint::error:
            return "1;31";
        case Paint::warning:
            return "1;33";
        case Paint::header:
            return "1";
        case Paint::dim:
            return "2";
        case Paint::accent:
        case Paint::number:
            return "36";
        case Paint::boolean:
            return "35";
        case Paint::temporal:
            return "33";
        case Paint::element:
            return "34";
        case Paint::string:
            return "32";
        case Paint::keyword:
            return "1;34";
    }
    return {};
}

}  // namespace

Terminal terminal_of(int descriptor, bool allow_colour) {
    Terminal terminal;
    terminal.is_terminal = ::isatty(descriptor) != 0;
    if (!terminal.is_terminal) return terminal;
    terminal.moves = environment("TERM") != "dumb" && !environment("TERM").empty();
    terminal.colour = allow_colour && environment("NO_COLOR").empty() && terminal.moves;
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        terminal.width = size.ws_col;
        terminal.height = size.ws_row;
    } else {
        const long columns = std::strtol(std::string(environment("COLUMNS")).c_str(), nullptr, 10);
        terminal.width = columns > 0 ? static_cast<std::size_t>(columns) : default_width;
    }
    return terminal;
}

std::string painted(std::string_view text, Paint paint, bool colour) {
    const std::string_view code = code_of(paint);
    if (!colour || text.empty() || code.empty()) return std::string(text);
    std::string result = "\x1b[";
    result += code;
    result += 'm';
    result += text;
    return result + "\x1b[0m";
}

std::string painted_message(std::string_view rendered, bool colour) {
    const std::size_t colon = rendered.find(':');
    if (!colour || colon == std::string_view::npos) return std::string(rendered);
    const Paint paint = rendered.starts_with("warning") ? Paint::warning : Paint::error;
    return painted(rendered.substr(0, colon + 1), paint, true) + std::string(rendered.substr(colon + 1));
}

}  // namespace islet::cli
