// islet-cypher-test: runs `.test` files, or rewrites what they expect.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "run_case.hpp"
#include "test_file.hpp"

namespace {

namespace fs = std::filesystem;
using namespace islet::cypher_test;

std::vector<fs::path> test_files(const std::vector<fs::path>& given) {
    std::vector<fs::path> files;
    for (const fs::path& path : given) {
        if (!fs::is_directory(path)) {
            files.push_back(path);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(path)) {
            if (entry.path().extension() == ".test") files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

void update(const TestFile& file, const std::string& filter) {
    std::vector<std::vector<Section>> fresh;
    for (const Case& test : file.cases()) {
        const bool chosen = test.name.find(filter) != std::string::npos;
        fresh.push_back(chosen && !check(test).empty() ? observe(test) : test.expectations);
    }
    const std::string text = file.with(fresh);
    std::ofstream out(file.path(), std::ios::trunc);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.path().string());
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<fs::path> paths;
    std::string filter;
    bool rewrite = false;
    CLI::App app("Runs queries and compares what they give", "islet-cypher-test");
    app.add_option("files", paths, "`.test` files, or folders of them")->required()->check(CLI::ExistingPath);
    app.add_option("--filter", filter, "Only cases whose name holds this text");
    app.add_flag("--update", rewrite,
                 "Write what the engine gives into the files; read the difference before a commit");
    CLI11_PARSE(app, argc, argv);
    try {
        std::size_t passed = 0;
        std::size_t failed = 0;
        for (const fs::path& path : test_files(paths)) {
            const TestFile file(path);
            if (rewrite) {
                update(file, filter);
                continue;
            }
            for (const Case& test : file.cases()) {
                if (test.name.find(filter) == std::string::npos) continue;
                const std::vector<std::string> wrong = check(test);
                ++(wrong.empty() ? passed : failed);
                for (const std::string& reason : wrong) {
                    std::printf("FAILED %s:%zu: %s\n%s\n%s\n\n", path.c_str(), test.line + 1,
                                test.name.c_str(), test.query.c_str(), reason.c_str());
                }
            }
        }
        if (!rewrite) std::printf("%zu passed, %zu failed\n", passed, failed);
        return failed == 0 && (rewrite || passed > 0) ? 0 : 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "islet-cypher-test: %s\n", error.what());
        return 2;
    }
}
