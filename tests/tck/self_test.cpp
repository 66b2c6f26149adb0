// The runner on scenarios about itself: which of them hold is known beforehand.
#include <unistd.h>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "isolate.hpp"
#include "known_failures.hpp"
#include "scenario_runner.hpp"

namespace fs = std::filesystem;
using namespace islet::tck;

namespace {

const fs::path self = fs::path(ISLET_SOURCE_DIR) / "tests/tck/self";

std::vector<Scenario> scenarios_of(const std::string& file) {
    std::ifstream in(self / file);
    std::ostringstream text;
    text << in.rdbuf();
    return read_feature(text.str(), file);
}

// A scenario named `what => reason` fails for the reason; any other passes.
void check_verdict(const Scenario& scenario, const Verdict& verdict) {
    CAPTURE(scenario.id(), verdict.reason);
    const std::size_t arrow = scenario.name.find(" => ");
    if (arrow == std::string::npos) {
        CHECK(verdict.passed);
        return;
    }
    CHECK_FALSE(verdict.passed);
    CHECK_THAT(verdict.reason, Catch::Contains(scenario.name.substr(arrow + 4)));
}

fs::path temporary(const std::string& name) {
    fs::path folder = fs::temp_directory_path() / ("islet-tck-self-test-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    return folder / name;
}

struct Outcome {
    int status = 0;
    std::string last_line;
    std::string all;
};

Outcome run_tool(const std::string& arguments) {
    const fs::path output = temporary("output.txt");
    const std::string command =
        std::string(ISLET_TCK_TOOL) + " " + arguments + " >" + output.string() + " 2>&1";
    Outcome outcome;
    outcome.status = WEXITSTATUS(std::system(command.c_str()));
    std::ifstream in(output);
    for (std::string line; std::getline(in, line);) {
        outcome.all += line + "\n";
        outcome.last_line = line;
    }
    return outcome;
}

}  // namespace

TEST_CASE("the verdicts on results and errors") {
    for (const Scenario& scenario : scenarios_of("verdicts.feature")) {
        check_verdict(scenario, run_scenario(scenario, {self / "graphs"}));
    }
}

TEST_CASE("the verdicts on graphs and side effects") {
    for (const Scenario& scenario : scenarios_of("graphs.feature")) {
        check_verdict(scenario, run_scenario(scenario, {self / "graphs"}));
    }
}

TEST_CASE("a process of its own gives the same verdicts, in order") {
    const std::vector<Scenario> scenarios = scenarios_of("verdicts.feature");
    std::vector<std::string> seen;
    const auto run = [](const Scenario& scenario) { return run_scenario(scenario, {self / "graphs"}); };
    run_isolated(scenarios, run, std::chrono::seconds(30),
                 [&](const Scenario& scenario, const Verdict& verdict) {
                     seen.push_back(scenario.id());
                     check_verdict(scenario, verdict);
                 });
    REQUIRE(seen.size() == scenarios.size());
    for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == scenarios[i].id());
}

TEST_CASE("a crash or a hang costs one scenario") {
    std::vector<Scenario> scenarios(4);
    scenarios[0].name = "fine";
    scenarios[1].name = "crashes";
    scenarios[2].name = "hangs";
    scenarios[3].name = "fine";
    const auto run = [](const Scenario& scenario) -> Verdict {
        if (scenario.name == "crashes") std::raise(SIGKILL);
        if (scenario.name == "hangs") std::this_thread::sleep_for(std::chrono::hours(1));
        return {true, ""};
    };
    std::vector<std::string> reasons;
    run_isolated(scenarios, run, std::chrono::milliseconds(500),
                 [&](const Scenario&, const Verdict& verdict) {
                     reasons.push_back(verdict.passed ? "fine" : verdict.reason);
                 });
    CHECK(reasons == std::vector<std::string>{"fine", "crashes: killed by Killed", "hangs", "fine"});
}

TEST_CASE("the list of known failures makes a run succeed, and shrinks") {
    std::size_t passing = 0;
    KnownFailures failing;
    for (const char* file : {"verdicts.feature", "graphs.feature"}) {
        for (const Scenario& scenario : scenarios_of(file)) {
            if (scenario.name.find(" => ") == std::string::npos) {
                ++passing;
            } else {
                failing.emplace(scenario.id(), "fails on purpose");
            }
        }
    }
    const std::string passed = std::to_string(passing) + " passed, ";
    const fs::path list = temporary("known.txt");
    const std::string run = self.string() + " --known " + list.string();

    SECTION("without a list every failure counts") {
        const Outcome outcome = run_tool(self.string());
        CHECK(outcome.status == 1);
        CHECK(outcome.last_line == passed + std::to_string(failing.size()) + " failed");
    }
    SECTION("with all of them listed none does") {
        write_known_failures(list, failing);
        const Outcome outcome = run_tool(run);
        CHECK(outcome.status == 0);
        CHECK(outcome.last_line == passed + "0 failed");
        CHECK_THAT(outcome.all, Catch::Contains(std::to_string(failing.size()) + " known failures"));
    }
    SECTION("an entry too few is a failure") {
        KnownFailures short_list = failing;
        short_list.erase(short_list.begin());
        write_known_failures(list, short_list);
        const Outcome outcome = run_tool(run);
        CHECK(outcome.status == 1);
        CHECK(outcome.last_line == passed + "1 failed");
    }
    SECTION("an entry that passes is a failure") {
        failing.emplace("verdicts.feature: no rows", "a mistake");
        write_known_failures(list, failing);
        const Outcome outcome = run_tool(run);
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.all, Catch::Contains("passes now, remove it"));
    }
    SECTION("an entry for a scenario that is gone is a failure") {
        failing.emplace("verdicts.feature: gone", "a mistake");
        write_known_failures(list, failing);
        const Outcome outcome = run_tool(run);
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.all, Catch::Contains("no such scenario, remove it"));
    }
    SECTION("the list can be rewritten, reasons kept") {
        write_known_failures(list,
                             {{failing.begin()->first, "kept"}, {"verdicts.feature: no rows", "a mistake"}});
        CHECK(run_tool(run + " --update-known").status == 0);
        const KnownFailures updated = read_known_failures(list);
        CHECK(updated.size() == failing.size());
        CHECK(updated.at(failing.begin()->first) == "kept");
        CHECK_FALSE(updated.contains("verdicts.feature: no rows"));
        CHECK(run_tool(run).status == 0);
    }
    fs::remove_all(list.parent_path());
}
