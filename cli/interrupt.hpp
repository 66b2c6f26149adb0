// Ctrl-C. A thread of its own waits for SIGINT, so that what it leads to is not
// bound by what a signal handler may do.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <mutex>
#include <thread>

namespace islet::cli {

/// Takes over SIGINT for the process; made once, before any other thread. While a Guard lives,
/// SIGINT calls its action; otherwise it ends the process with exit code 130, unless the
/// process is a shell, which does not die of it.
class Interrupts {
 public:
    enum class WhenIdle { exit, ignore };

    Interrupts();
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

    void set_when_idle(WhenIdle what) { when_idle_ = what; }

    /// Calls `action` on SIGINT, from another thread, as long as it lives. One at a time.
    class Guard {
     public:
        Guard(Interrupts& interrupts, std::function<void()> action);
        ~Guard();
        Guard(const Guard&) = delete;
        Guard& operator=(const Guard&) = delete;

        /// Whether SIGINT came.
        [[nodiscard]] bool interrupted() const noexcept { return interrupts_.seen_; }

     private:
        Interrupts& interrupts_;
    };

 private:
    void wait();

    std::mutex mutex_;
    std::function<void()> action_;
    std::atomic<WhenIdle> when_idle_ = WhenIdle::exit;
    std::atomic<bool> seen_ = false;
    std::atomic<bool> ending_ = false;
    sigset_t signals_{};
    std::thread thread_;
};

}  // namespace islet::cli
