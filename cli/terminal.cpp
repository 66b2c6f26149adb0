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

}  // namespace

Terminal terminal_of(int descriptor, bool allow_colour) {
    Terminal terminal;
    terminal.is_terminal = ::isatty(descriptor) != 0;
    if (!terminal.is_terminal) return terminal;
    terminal.colour = allow_colour && environment("NO_COLOR").empty() && environment("TERM") != "dumb" &&
                      !environment("TERM").empty();
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        terminal.width = size.ws_col;
    } else {
        const long columns = std::strtol(std::string(environment("COLUMNS")).c_str(), nullptr, 10);
        terminal.width = columns > 0 ? static_cast<std::size_t>(columns) : default_width;
    }
    return terminal;
}

std::string painted(std::string_view text, Paint paint, bool colour) {
    if (!colour || text.empty()) return std::string(text);
    std::string_view code;
    switch (paint) {
        case Paint::error:
            code = "1;31";
            break;
        case Paint::warning:
            code = "1;33";
            break;
        case Paint::header:
            code = "1";
            break;
        case Paint::dim:
            code = "2";
            break;
        case Paint::accent:
            code = "36";
            break;
    }
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
