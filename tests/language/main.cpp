// islet-language-test: checks the reference of the language, or writes into it what the engine gives.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "reference.hpp"

int main(int argc, char** argv) {
    std::filesystem::path page;
    std::filesystem::path features;
    bool rewrite = false;
    CLI::App app("Checks the reference of the language", "islet-language-test");
    app.add_option("page", page)->required()->check(CLI::ExistingFile);
    app.add_option("--features", features, "Folder of the feature files")
        ->required()
        ->check(CLI::ExistingDirectory);
    app.add_flag("--update", rewrite, "Write what the engine gives; read the difference before a commit");
    CLI11_PARSE(app, argc, argv);
    try {
        std::ifstream in(page);
        std::ostringstream text;
        text << in.rdbuf();
        const islet::language::Checked checked = islet::language::check(text.str(), features);
        if (rewrite) {
            std::ofstream out(page, std::ios::trunc);
            out << checked.text;
            if (!out.flush()) throw std::runtime_error("cannot write " + page.string());
        }
        for (const std::string& problem : checked.problems) std::fprintf(stderr, "%s\n", problem.c_str());
        std::printf("%zu examples, %zu problems\n", checked.examples, checked.problems.size());
        return checked.problems.empty() || rewrite ? 0 : 1;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "error: %s\n", failure.what());
        return 1;
    }
}
