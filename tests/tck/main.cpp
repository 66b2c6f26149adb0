// islet-tck: runs a folder of feature files and says how many scenarios pass.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gherkin.hpp"
#include "isolate.hpp"
#include "known_failures.hpp"

namespace islet::tck {
namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path folder;
    std::string filter;
    fs::path known;
    bool update_known = false;
    bool verbose = false;
    bool in_process = false;
    double timeout = 10;
    std::size_t shown = 20;
};

struct Tally {
    std::size_t passed = 0;
    std::size_t failed = 0;  // and not known to
    std::size_t known = 0;
};

// The folder that holds `graphs/`: this one or the nearest above it, so that a part of a TCK can be run.
fs::path root_of(const fs::path& folder) {
    for (fs::path at = folder;; at = at.parent_path()) {
        if (fs::is_directory(at / "graphs")) return at;
        if (at == at.parent_path()) return folder;
    }
}

std::vector<fs::path> feature_files(const fs::path& folder) {
    if (fs::is_regular_file(folder)) return {folder};
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() == ".feature") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

class Reporter {
 public:
    Reporter(const Options& options, KnownFailures known) : options_(options), known_(std::move(known)) {}

    void failure(const std::string& id, const std::string& reason) {
        ++tally_.failed;
        if (options_.verbose || tally_.failed <= options_.shown) {
            std::printf("FAILED %s\n  %s\n\n", id.c_str(), reason.c_str());
        } else if (tally_.failed == options_.shown + 1) {
            std::printf("… further failures are not shown; --show N or --verbose shows them\n\n");
        }
    }

    void verdict(const Scenario& scenario, const Verdict& verdict) {
        const std::string id = scenario.id();
        const auto known = known_.find(id);
        seen_.insert({id, verdict.passed});
        if (!verdict.passed) failing_[id] = first_line(verdict.reason);
        if (verdict.passed && known != known_.end() && !options_.update_known) {
            failure(id, "passes now, remove it from " + options_.known.string());
        } else if (verdict.passed) {
            ++tally_.passed;
            if (options_.verbose) std::printf("passed %s\n", id.c_str());
        } else if (known != known_.end()) {
            ++tally_.known;
            if (options_.verbose) std::printf("known  %s: %s\n", id.c_str(), verdict.reason.c_str());
        } else {
            failure(id, verdict.reason);
        }
    }

    // What the list names and the folder lacks; only a whole run can tell.
    void refuse_unknown_entries() {
        for (const auto& [id, reason] : known_) {
            if (!seen_.contains(id))
                failure(id, "no such scenario, remove it from " + options_.known.string());
        }
    }

    // The list with what passed or is gone taken out and new failures put in.
    [[nodiscard]] KnownFailures updated() const {
        KnownFailures list;
        for (const auto& [id, reason] : known_) {
            const auto seen = seen_.find(id);
            const bool not_run = seen == seen_.end() && !options_.filter.empty();
            if (not_run || (seen != seen_.end() && !seen->second)) list.emplace(id, reason);
        }
        list.insert(failing_.begin(), failing_.end());  // keeps the reasons that stand there
        return list;
    }

    [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
    const Options& options_;
    KnownFailures known_;
    std::map<std::string, bool> seen_;  // id to whether it passed
    KnownFailures failing_;
    Tally tally_;
};

int run(const Options& options) {
    const fs::path folder = fs::absolute(options.folder).lexically_normal();
    if (!fs::exists(folder)) throw std::runtime_error("there is no folder " + folder.string());
    const fs::path root = root_of(folder);
    Reporter reporter(options, options.known.empty() ? KnownFailures{} : read_known_failures(options.known));

    std::vector<Scenario> scenarios;
    for (const fs::path& file : feature_files(folder)) {
        const std::string path = file.lexically_relative(root).generic_string();
        std::ifstream in(file);
        std::ostringstream text;
        text << in.rdbuf();
        try {
            for (Scenario& scenario : read_feature(text.str(), path)) {
                if (scenario.id().find(options.filter) != std::string::npos)
                    scenarios.push_back(std::move(scenario));
            }
        } catch (const GherkinError& error) {
            reporter.failure(path, error.what());
        }
    }
    const RunOptions how{root / "graphs",
                         std::chrono::milliseconds(static_cast<long>(options.timeout * 1000))};
    if (scenarios.empty()) throw std::runtime_error("no scenario in " + folder.string() + " fits");
    const auto run = [&how](const Scenario& scenario) { return run_scenario(scenario, how); };
    const auto report = [&reporter](const Scenario& scenario, const Verdict& verdict) {
        reporter.verdict(scenario, verdict);
    };
    if (options.in_process) {
        for (const Scenario& scenario : scenarios) report(scenario, run(scenario));
    } else {
        // A scenario holds a few queries, each bounded; three times that is a hang.
        run_isolated(scenarios, run, how.timeout * 3, report);
    }
    if (options.update_known) {
        const KnownFailures list = reporter.updated();
        write_known_failures(options.known, list);
        std::printf("%s lists %zu known failures\n", options.known.c_str(), list.size());
    } else if (options.filter.empty() && folder == root) {
        reporter.refuse_unknown_entries();
    }
    const Tally& tally = reporter.tally();
    if (tally.known > 0)
        std::printf("%zu known failures, listed in %s\n", tally.known, options.known.c_str());
    std::printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
    return tally.failed == 0 || options.update_known ? 0 : 1;
}

}  // namespace
}  // namespace islet::tck

int main(int argc, char** argv) {
    islet::tck::Options options;
    CLI::App app("Runs openCypher TCK scenarios", "islet-tck");
    app.add_option("folder", options.folder, "Folder of feature files, or one file")->required();
    app.add_option("--filter", options.filter, "Only scenarios whose `path: name` holds this text");
    app.add_option("--known", options.known, "List of the scenarios that are known to fail");
    app.add_flag("--update-known", options.update_known, "Rewrite that list")->needs("--known");
    app.add_flag("--verbose", options.verbose, "Say each scenario, show every failure");
    app.add_flag("--in-process", options.in_process, "Run in this process, for a debugger");
    app.add_option("--timeout", options.timeout, "Seconds a query may take")->check(CLI::PositiveNumber);
    app.add_option("--show", options.shown, "How many failures to show in full");
    CLI11_PARSE(app, argc, argv);
    try {
        return islet::tck::run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "islet-tck: %s\n", error.what());
        return 2;
    }
}
