// What the exporters write, the importers read: the graphs of tests/import through every format.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "islet/dump.hpp"
#include "islet/export.hpp"
#include "islet/import.hpp"

namespace islet {

namespace {

namespace fs = std::filesystem;

std::string dump_of(const Snapshot& snapshot) {
    std::ostringstream out;
    write_dump(snapshot, out);
    std::string text = out.str();
    text.erase(0, text.find('\n') + 1);  // the catalog stays behind
    return text;
}

/// A folder of its own for the files of one way.
class Way {
 public:
    Way() : folder_(fs::temp_directory_path() / ("islet-way-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~Way() { fs::remove_all(folder_); }
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;

    void write(const std::string& name, const std::string& content) {
        sources_.push_back({(folder_ / name).string()});
        std::ofstream(folder_ / name, std::ios::binary) << content;
    }
    [[nodiscard]] std::string back() const {
        const auto imported = import_graph(sources_);
        if (!imported) return render(imported.error(), "");
        return dump_of(imported->snapshot);
    }

 private:
    fs::path folder_;
    std::vector<ImportSource> sources_;
};

template <class Writer>
std::string written(Writer writer, const Subgraph& graph) {
    std::ostringstream out;
    writer(graph, out);
    return out.str();
}

/// Every graph that a folder of tests/import makes.
template <class Check>
std::size_t for_each_graph(Check check) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(ISLET_SOURCE_DIR) / "tests" / "import")) {
        if (!entry.is_directory()) continue;
        std::ifstream file(entry.path() / "expected", std::ios::binary);
        std::string expected{std::istreambuf_iterator<char>(file), {}};
        while (expected.starts_with('#')) expected.erase(0, expected.find('\n') + 1);
        if (expected.empty()) continue;
        Way way;
        way.write("dump.jsonl", expected);
        std::vector<ImportSource> sources;
        const fs::path path =
            fs::temp_directory_path() / ("islet-way-" + std::to_string(::getpid())) / "dump.jsonl";
        sources.push_back({path.string()});
        const auto graph = import_graph(sources);
        REQUIRE(graph.ok());
        INFO(entry.path().filename().string());
        check(graph->snapshot, dump_of(graph->snapshot));
        ++count;
    }
    return count;
}

/// Whether a dump has values that JSON and GraphML have no type for, or lists that CSV cannot write.
bool is_plain(const std::string& dump) {
    return dump.find("\"$") == std::string::npos && dump.find(":[]") == std::string::npos &&
           dump.find("[[") == std::string::npos && dump.find("\"list\":[1,") == std::string::npos;
}

}  // namespace

TEST_CASE("roundtrip: node-link JSON, GraphML and CSV bring plain values back") {
    std::size_t plain = 0;
    for_each_graph([&](const Snapshot& snapshot, const std::string& dump) {
        if (!is_plain(dump)) return;
        ++plain;
        const Subgraph graph = whole_graph(snapshot);
        {
            Way way;
            way.write("g.json",
                      written([](const Subgraph& g, std::ostream& out) { write_json(g, out); }, graph));
            CHECK(way.back() == dump);
        }
        {
            Way way;
            way.write("g.graphml",
                      written([](const Subgraph& g, std::ostream& out) { write_graphml(g, out); }, graph));
            CHECK(way.back() == dump);
        }
        std::ostringstream nodes;
        std::ostringstream relationships;
        write_csv(graph, nodes, relationships);
        Way way;
        way.write("nodes.csv", nodes.str());
        way.write("relationships.csv", relationships.str());
        CHECK(way.back() == dump);
    });
    CHECK(plain > 5);
}

TEST_CASE("roundtrip: Turtle brings everything back") {
    const std::size_t count = for_each_graph([](const Snapshot& snapshot, const std::string& dump) {
        Way way;
        way.write("g.ttl", written([](const Subgraph& g, std::ostream& out) { write_turtle(g, out); },
                                   whole_graph(snapshot)));
        CHECK(way.back() == dump);
    });
    CHECK(count > 10);
}

}  // namespace islet
