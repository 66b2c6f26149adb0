// A process that writes is killed at random instants: every commit that it reported is there, and at most the
// one it was at besides.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "file_workload.hpp"
#include "islet/error.hpp"

using namespace islet;
using namespace islet::test;

namespace {

constexpr unsigned seed = 77;

/// Times to kill: a few seconds' worth, or what the environment says.
std::uint32_t kills() {
    const char* wanted = std::getenv("ISLET_CRASHES");
    return wanted != nullptr ? static_cast<std::uint32_t>(std::atoi(wanted)) : 60;
}

/// Commits for ever, and tells of each commit on `report`. Opens the file anew now and then, which takes the
/// log into the file.
[[noreturn]] void write_for_ever(const std::string& path, int report) {
    try {
        Workload workload(seed);
        for (std::uint32_t round = 0;; ++round) {
            Graph graph = open_graph(path, {.access = Access::read_write, .create = true});
            workload.play_model_to(Workload::count_in(graph.snapshot()));
            for (std::uint32_t i = 0; i < 1 + round % 7; ++i) {
                play(workload, graph, 1);
                if (::write(report, &workload.played, sizeof workload.played) < 0) ::_exit(1);
            }
        }
    } catch (...) {
        ::_exit(2);
    }
}

/// Kills the writer after a while. Returns the last commit that it reported, or `before` if there was none.
std::uint32_t write_and_kill(const std::string& path, std::chrono::microseconds after, std::uint32_t before) {
    int ends[2] = {-1, -1};
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(ends[0]);
        write_for_ever(path, ends[1]);
    }
    ::close(ends[1]);
    std::this_thread::sleep_for(after);
    REQUIRE(::kill(child, SIGKILL) == 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));  // it did not end by itself
    std::uint32_t last = before;
    for (std::uint32_t number = 0; ::read(ends[0], &number, sizeof number) == sizeof number;) last = number;
    ::close(ends[0]);
    return last;
}

}  // namespace

TEST_CASE("file: what a killed writer reported is there") {
    const ScratchFolder folder;
    const std::string path = folder / "graph.islet";
    std::mt19937 random(std::random_device{}());
    Workload workload(seed);
    std::uint32_t reported = 0;
    for (std::uint32_t i = 0; i < kills(); ++i) {
        // The later the file is opened, the more there is to do before the first commit.
        const std::chrono::microseconds after(1000 + random() % 60'000);
        reported = write_and_kill(path, after, reported);
        if (!std::filesystem::exists(path)) {
            REQUIRE(reported == 0);
            continue;
        }
        const Graph graph = open_graph(path, {.access = Access::read_only, .verify = true});
        const std::uint32_t found = Workload::count_in(graph.snapshot());
        INFO("kill " << i << " after " << after.count() << " us");
        REQUIRE((found == reported || found == reported + 1));
        workload.play_model_to(found);
        check_same(workload.model, graph.snapshot());
        for (const FileFault& fault : check_file(path).faults) FAIL(fault.where << ": " << fault.what);
        reported = found;
    }
}
