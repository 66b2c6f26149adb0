#include "interrupt.hpp"

#include <pthread.h>
#include <unistd.h>

#include <utility>

#include "exit_code.hpp"

namespace islet::cli {

Interrupts::Interrupts() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this] { wait(); });
}

Interrupts::~Interrupts() {
    ending_ = true;
    pthread_kill(thread_.native_handle(), SIGINT);
    thread_.join();
}

void Interrupts::wait() {
    int signal = 0;
    while (sigwait(&signals_, &signal) == 0 && !ending_) {
        const std::lock_guard lock(mutex_);
        if (action_) {
            seen_ = true;
            action_();
        } else if (when_idle_ == WhenIdle::exit) {
            ::_exit(static_cast<int>(ExitCode::interrupted));
        }
    }
}

Interrupts::Guard::Guard(Interrupts& interrupts, std::function<void()> action) : interrupts_(interrupts) {
    const std::lock_guard lock(interrupts_.mutex_);
    interrupts_.seen_ = false;
    interrupts_.action_ = std::move(action);
}

Interrupts::Guard::~Guard() {
    const std::lock_guard lock(interrupts_.mutex_);
    interrupts_.action_ = nullptr;
}

}  // namespace islet::cli
