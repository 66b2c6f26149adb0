// The reader against the TCK itself, where its folder is at hand.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "gherkin.hpp"
#include "procedures.hpp"
#include "side_effects.hpp"
#include "term.hpp"

namespace fs = std::filesystem;
using namespace islet::tck;

namespace {

fs::path tck_folder() {
    const char* const shared = std::getenv("ISLET_SHARED");
    return (shared != nullptr ? fs::path(shared) : fs::path(ISLET_SOURCE_DIR) / "../shared") / "tck";
}

// Reads everything a step holds; throws what the readers throw.
void read_all(const Step& step) {
    if (step.text.starts_with("the result should be") && !step.table.empty()) {
        for (std::size_t row = 1; row < step.table.size(); ++row) {
            for (const std::string& cell : step.table[row]) parse_term(cell);
        }
    }
    if (step.text == "parameters are:") {
        for (const Cells& row : step.table) parse_term(row.at(1));
    }
    if (step.text == "the side effects should be:") read_side_effects(step.table);
    constexpr std::string_view procedure = "there exists a procedure ";
    if (step.text.starts_with(procedure)) table_procedure(step.text.substr(procedure.size()), step.table);
}

}  // namespace

TEST_CASE("every feature file of the TCK is read, each value in it too") {
    const fs::path folder = tck_folder();
    if (!fs::is_directory(folder)) {
        std::cout << "skipped: there is no " << folder << "; set ISLET_SHARED\n";
        return;
    }
    std::size_t scenarios = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".feature") continue;
        std::ifstream in(entry.path());
        std::ostringstream text;
        text << in.rdbuf();
        for (const Scenario& scenario : read_feature(text.str(), entry.path().filename())) {
            ++scenarios;
            CAPTURE(scenario.id());
            for (const Step& step : scenario.steps) CHECK_NOTHROW(read_all(step));
        }
    }
    INFO(scenarios << " scenarios");
    CHECK(scenarios > 1000);
}
