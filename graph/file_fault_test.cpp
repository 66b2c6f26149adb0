// Every write, sync, rename, removal and cut fails in turn, stops half-way, or is the last before the power
// goes: the file then holds exactly the commits that were reported as done.
#include "file_simulated_disk.hpp"
#include "file_store.hpp"
#include "file_workload.hpp"
#include "islet/error.hpp"

using namespace islet;
using namespace islet::test;

namespace {

using Fault = SimulatedDisk::Fault;

constexpr std::uint32_t rounds = 2;
constexpr std::uint32_t commits_in_a_round = 4;

/// What came of a play: the model of the commits that were done, and of those that may be.
struct Outcome {
    Workload done{21};
    std::optional<Workload> perhaps;
};

/// Opens, commits, closes with a checkpoint, and again. A commit that fails is tried once more.
Outcome play_on(const std::shared_ptr<SimulatedDisk>& disk, const std::string& path) {
    Outcome outcome;
    for (std::uint32_t round = 0; round < rounds && !disk->off(); ++round) {
        std::optional<Graph> graph;
        try {
            graph.emplace(std::make_unique<FileStore>(
                path, OpenOptions{.access = Access::read_write, .create = true}, disk));
        } catch (const Exception&) {
            continue;
        }
        if (outcome.perhaps && Workload::count_in(graph->snapshot()) == outcome.perhaps->played)
            outcome.done = *outcome.perhaps;
        outcome.perhaps.reset();
        for (std::uint32_t i = 0; i < commits_in_a_round; ++i) {
            for (int attempt = 0; attempt < 2; ++attempt) {
                Workload next = outcome.done;
                try {
                    Transaction transaction(*graph);
                    next.play(&transaction);
                    transaction.commit();
                    outcome.done = std::move(next);
                    outcome.perhaps.reset();
                    break;
                } catch (const Exception& exception) {
                    const bool unknown = exception.error().detail == "OutcomeUnknown" || disk->off();
                    if (unknown) outcome.perhaps = std::move(next);
                    // What readers see is what was done before.
                    CHECK(Workload::count_in(graph->snapshot()) == outcome.done.played);
                    if (unknown) break;
                }
            }
        }
    }
    return outcome;
}

void check_outcome(const Outcome& outcome, const std::string& path) {
    if (!std::filesystem::exists(path)) {
        REQUIRE(outcome.done.played == 0);
        return;
    }
    Graph graph = open_graph(path, {.access = Access::read_only, .verify = true});
    const std::uint32_t count = Workload::count_in(graph.snapshot());
    if (outcome.perhaps && count == outcome.perhaps->played) {
        check_same(outcome.perhaps->model, graph.snapshot());
    } else {
        REQUIRE(count == outcome.done.played);
        check_same(outcome.done.model, graph.snapshot());
    }
    for (const FileFault& fault : check_file(path).faults) FAIL_CHECK(fault.where << ": " << fault.what);
}

std::uint64_t steps_without_faults() {
    const ScratchFolder folder;
    const auto disk = std::make_shared<SimulatedDisk>();
    const Outcome outcome = play_on(disk, folder / "graph.islet");
    REQUIRE(outcome.done.played == rounds * commits_in_a_round);
    check_outcome(outcome, folder / "graph.islet");
    return disk->steps();
}

/// The file goes on to be written to, whatever became of it.
void check_goes_on(const Outcome& outcome, const std::string& path) {
    Graph graph = open_graph(path, {.access = Access::read_write, .create = true});
    Workload workload =
        Workload::count_in(graph.snapshot()) == outcome.done.played ? outcome.done : *outcome.perhaps;
    play(workload, graph, 2);
    check_same(workload.model, open_graph(path, {.access = Access::read_only}).snapshot());
}

}  // namespace

TEST_CASE("file: a step that fails or is cut short loses nothing, and leaves no trace") {
    const std::uint64_t steps = steps_without_faults();
    REQUIRE(steps > 40);
    std::mt19937 random(1);
    for (const Fault fault : {Fault::fail, Fault::cut}) {
        for (const std::uint64_t more : {0, 1, 1000}) {
            for (std::uint64_t step = 1; step <= steps; ++step) {
                INFO("fault " << static_cast<int>(fault) << " at step " << step << " and " << more
                              << " more");
                const ScratchFolder folder;
                const std::string path = folder / "graph.islet";
                const auto disk = std::make_shared<SimulatedDisk>();
                disk->plan(step, fault, more);
                const Outcome outcome = play_on(disk, path);
                check_outcome(outcome, path);
                // And after the power went some time later.
                const ScratchFolder medium;
                disk->write_medium_to(medium.path().string(), random, step % 2 == 0);
                check_outcome(outcome, medium / "graph.islet");
                if (more == 0) check_goes_on(outcome, path);
            }
        }
    }
}

TEST_CASE("file: what was acknowledged survives a loss of power at any step") {
    const std::uint64_t steps = steps_without_faults();
    std::mt19937 random(2);
    for (std::uint64_t step = 1; step <= steps; ++step) {
        const ScratchFolder folder;
        const std::string path = folder / "graph.islet";
        const auto disk = std::make_shared<SimulatedDisk>();
        disk->plan(step, Fault::power_off);
        const Outcome outcome = play_on(disk, path);
        REQUIRE(disk->off());
        for (int i = 0; i < 5; ++i) {
            INFO("power off at step " << step << ", medium " << i);
            const ScratchFolder medium;
            disk->write_medium_to(medium.path().string(), random, i == 0);
            check_outcome(outcome, medium / "graph.islet");
            check_goes_on(outcome, medium / "graph.islet");
        }
    }
}
