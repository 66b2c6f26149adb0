#include "isolate.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace islet::tck {
namespace {

// A verdict on the pipe: one byte (1: passed), the reason's length, the reason.
struct Header {
    std::uint8_t passed;
    std::uint32_t length;
};

void write_all(int fd, const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t written = ::write(fd, at, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) ::_exit(3);  // the parent is gone
        at += written;
        size -= static_cast<std::size_t>(written);
    }
}

enum class ReadStatus { complete, ended, late };

ReadStatus read_all(int fd, void* data, std::size_t size, std::chrono::milliseconds patience) {
    char* at = static_cast<char*>(data);
    while (size > 0) {
        pollfd waiting{fd, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(patience.count()));
        if (ready == 0) return ReadStatus::late;
        if (ready < 0 && errno == EINTR) continue;
        const ssize_t count = ready < 0 ? -1 : ::read(fd, at, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return ReadStatus::ended;
        at += count;
        size -= static_cast<std::size_t>(count);
    }
    return ReadStatus::complete;
}

// The child that runs scenarios from one on.
class Worker {
 public:
    Worker(const std::vector<Scenario>& scenarios, std::size_t from, const RunFunction& run,
           std::chrono::milliseconds patience)
        : patience_(patience) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe for a worker");
        std::fflush(nullptr);  // or the child would print it again
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("no process for a worker");
        if (pid_ == 0) {
            ::close(ends[0]);
            for (std::size_t i = from; i < scenarios.size(); ++i) {
                const Verdict verdict = run(scenarios[i]);
                const Header header{static_cast<std::uint8_t>(verdict.passed),
                                    static_cast<std::uint32_t>(verdict.reason.size())};
                write_all(ends[1], &header, sizeof header);
                write_all(ends[1], verdict.reason.data(), verdict.reason.size());
            }
            std::exit(0);  // not _exit: a leak check runs at exit
        }
        ::close(ends[1]);
        fd_ = ends[0];
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker() {
        if (fd_ >= 0) ::close(fd_);
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            wait();
        }
    }

    // The next verdict, or how the child failed to give one; then it is over.
    Verdict next(bool& over) {
        Header header{};
        Verdict verdict;
        ReadStatus status = read_all(fd_, &header, sizeof header, patience_);
        if (status == ReadStatus::complete) {
            verdict.passed = header.passed != 0;
            verdict.reason.resize(header.length);
            status = read_all(fd_, verdict.reason.data(), header.length, patience_);
        }
        if (status == ReadStatus::complete) return verdict;
        over = true;
        if (status == ReadStatus::late) return {false, "hangs"};
        return {false, "crashes: " + end()};
    }

    // Waits for the child. How it ended, or nothing if well.
    std::string end() {
        const int status = wait();
        if (WIFSIGNALED(status)) return std::string("killed by ") + ::strsignal(WTERMSIG(status));
        return WEXITSTATUS(status) == 0 ? "" : "exit status " + std::to_string(WEXITSTATUS(status));
    }

 private:
    int wait() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return status;
    }

    std::chrono::milliseconds patience_;
    pid_t pid_ = -1;
    int fd_ = -1;
};

}  // namespace

void run_isolated(const std::vector<Scenario>& scenarios, const RunFunction& run,
                  std::chrono::milliseconds patience, const ReportFunction& report) {
    std::optional<Worker> worker;
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        if (!worker) worker.emplace(scenarios, i, run, patience);
        bool over = false;
        const Verdict verdict = worker->next(over);
        if (over) worker.reset();
        report(scenarios[i], verdict);
    }
    if (!worker) return;
    if (const std::string bad = worker->end(); !bad.empty()) {
        throw std::runtime_error("a worker ended badly after its last scenario: " + bad);
    }
}

}  // namespace islet::tck
