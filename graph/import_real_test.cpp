// Real graphs of ISLET_SHARED: imported, dumped, restored and dumped again.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "islet/dump.hpp"
#include "islet/import.hpp"

namespace islet {

namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

fs::path data_folder() {
    const char* shared = std::getenv("ISLET_SHARED");  // NOLINT(concurrency-mt-unsafe)
    return (shared == nullptr ? fs::path(ISLET_SOURCE_DIR) / ".." / "shared" : fs::path(shared)) / "data";
}

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Imports a folder of tables and checks that its dump comes back as it was.
Snapshot import_and_restore(const fs::path& folder) {
    const std::vector<ImportSource> tables{{folder.string()}};
    const auto imported = import_graph(tables);
    REQUIRE(imported.ok());
    const fs::path first =
        fs::temp_directory_path() / ("islet-real-" + std::to_string(::getpid()) + "-1.jsonl");
    const fs::path second =
        fs::temp_directory_path() / ("islet-real-" + std::to_string(::getpid()) + "-2.jsonl");
    {
        std::ofstream out(first, std::ios::binary);
        write_dump(imported->snapshot, out);
    }
    const std::vector<ImportSource> dump{{first.string()}};
    const auto restored = import_graph(dump);
    REQUIRE(restored.ok());
    CHECK(restored->snapshot.node_count() == imported->snapshot.node_count());
    CHECK(restored->snapshot.rel_count() == imported->snapshot.rel_count());
    {
        std::ofstream out(second, std::ios::binary);
        write_dump(restored->snapshot, out);
    }
    const bool same = content(first) == content(second);
    fs::remove(first);
    fs::remove(second);
    CHECK(same);
    return imported->snapshot;
}

bool present(const fs::path& folder) {
    if (fs::is_directory(folder)) return true;
    std::cerr << "skipped: there is no " << folder << " (set ISLET_SHARED)\n";
    return false;
}

}  // namespace

TEST_CASE("real: Hetionet comes back from its dump with the same bytes") {
    const fs::path folder = data_folder() / "hetionet";
    if (!present(folder)) return;
    if (sanitized) {
        std::cerr << "skipped under sanitizers: the graph is large\n";
        return;
    }
    const Snapshot snapshot = import_and_restore(folder);
    CHECK(snapshot.node_count() == 47031);
    CHECK(snapshot.rel_count() == 1538742);
    CHECK(snapshot.count(*snapshot.find_label("Gene")) == 20945);
    CHECK(snapshot.count(*snapshot.find_label("Disease")) == 137);
    CHECK(snapshot.count(*snapshot.find_type("EXPRESSES_AeG")) == 370827);
    CHECK(snapshot.count(*snapshot.find_type("PALLIATES_CpD")) == 390);
    CHECK(snapshot.rel_column(*snapshot.find_key("affinity_nM"))->kind == Kind::floating);
}

TEST_CASE("real: a small social network and a deep hierarchy come back from their dumps") {
    if (!present(data_folder())) return;
    const Snapshot network = import_and_restore(data_folder() / "lsqb_example" / "csv");
    CHECK(network.node_count() == 28);
    CHECK(network.rel_count() == 72);
    const Snapshot hierarchy = import_and_restore(data_folder() / "ontology_mesh");
    CHECK(hierarchy.node_count() == 27471);
    CHECK(hierarchy.rel_count() == 56341);
    CHECK(hierarchy.count(*hierarchy.find_type("BROADER")) == 56224);
}

}  // namespace islet
