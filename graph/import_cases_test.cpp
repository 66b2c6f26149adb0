// The folders of tests/import: files that are imported, and what must come of it.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "islet/dump.hpp"
#include "islet/import.hpp"

/// libraptor2 (2.0.15) does not free the terms of a Turtle statement whose end is wrong.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libraptor2.so\n";
}

namespace islet {

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

/// What an import says and makes, as one text: bad records, then the error, or else the dump.
std::string outcome(const fs::path& folder) {
    ImportOptions options;
    std::vector<ImportSource> sources;
    std::ostringstream out;
    const std::string prefix = folder.string() + "/";
    const auto say = [&](const Error& error) {
        out << "# " << replaced(error.place, prefix, "") << ": " << replaced(error.message, prefix, "");
        if (!error.hint.empty()) out << " (" << error.hint << ')';
        out << '\n';
    };
    std::ifstream settings(folder / "options");
    for (std::string line; std::getline(settings, line);) {
        if (line == "skip") {
            options.reject = [&](const RejectedRecord& record) {
                say(record.error);
                out << "#   " << record.text << '\n';
            };
        }
        if (line == "no-infer") options.infer_types = false;
        if (line.starts_with("delimiter ")) options.delimiter = line.back();
        if (line.starts_with("list-delimiter ")) options.list_delimiter = line.back();
        if (line.starts_with("source ")) {  // source NAME FILE
            const std::size_t blank = line.rfind(' ');
            sources.push_back({prefix + line.substr(blank + 1), line.substr(7, blank - 7)});
        }
    }
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
        if (name != "options" && name != "expected" && sources.size() < names.size()) {
            const bool named = std::any_of(sources.begin(), sources.end(), [&](const ImportSource& source) {
                return source.path == prefix + name;
            });
            if (!named) sources.push_back({prefix + name});
        }
    }
    const auto imported = import_graph(sources, options);
    if (!imported) {
        say(imported.error());
    } else {
        write_dump(imported->snapshot, out);
    }
    return out.str();
}

}  // namespace

TEST_CASE("import cases: what comes of the files in tests/import") {
    const fs::path root = fs::path(ISLET_SOURCE_DIR) / "tests" / "import";
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (entry.is_directory()) folders.push_back(entry.path());
    }
    REQUIRE(folders.size() > 20);
    std::sort(folders.begin(), folders.end());
    for (const fs::path& folder : folders) {
        INFO(folder.filename().string());
        const std::string got = outcome(folder);
        if (std::getenv("ISLET_UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
            std::ofstream(folder / "expected", std::ios::binary) << got;
        }
        CHECK(got == content(folder / "expected"));
    }
}

TEST_CASE("import cases: a dump of what was imported comes back with the same bytes") {
    const fs::path root = fs::path(ISLET_SOURCE_DIR) / "tests" / "import";
    const fs::path file = fs::temp_directory_path() / ("islet-dump-" + std::to_string(::getpid()) + ".jsonl");
    std::size_t compared = 0;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (!entry.is_directory()) continue;
        std::string expected = content(entry.path() / "expected");
        while (expected.starts_with('#')) expected.erase(0, expected.find('\n') + 1);
        if (expected.empty()) continue;
        std::ofstream(file, std::ios::binary) << expected;
        const std::vector<ImportSource> sources{{file.string()}};
        const auto restored = import_graph(sources);
        INFO(entry.path().filename().string());
        REQUIRE(restored.ok());
        std::ostringstream again;
        write_dump(restored->snapshot, again);
        CHECK(again.str() == expected);
        ++compared;
    }
    fs::remove(file);
    CHECK(compared > 10);
}

}  // namespace islet
