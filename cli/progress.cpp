#include "progress.hpp"

#include "text_width.hpp"

namespace islet::cli {

namespace {

constexpr std::chrono::milliseconds patience{1000};
constexpr std::chrono::milliseconds between{250};

}  // namespace

Progress::Progress(std::ostream& err, const Terminal& terminal, std::string what)
    : err_(err), what_(std::move(what)), width_(terminal.width) {
    if (terminal.is_terminal && terminal.moves) thread_ = std::thread([this] { show(); });
}

Progress::~Progress() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Progress::show() {
    const auto begun = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, patience, [this] { return ended_; })) return;
    std::size_t shown = 0;
    do {
        const auto seconds =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begun)
                .count();
        const std::string text = cut_to("… " + what_ + ", " + std::to_string(seconds) + " s; Ctrl-C cancels",
                                        std::max<std::size_t>(width_, 8) - 1);
        shown = std::max(shown, width_of(text));
        err_ << '\r' << text << std::string(shown - width_of(text), ' ') << std::flush;
    } while (!changed_.wait_for(lock, between, [this] { return ended_; }));
    err_ << '\r' << std::string(shown, ' ') << '\r' << std::flush;
}

}  // namespace islet::cli
