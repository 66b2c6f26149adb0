// What loading takes: islet_load FOLDER imports its nodes.csv and edges.csv and prints the milliseconds, and
// the bytes that the graph holds when all else was given back.

#include <malloc.h>

#include <array>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>

#include "islet/import.hpp"

namespace {

std::int64_t resident_bytes() {
    malloc_trim(0);
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6)) * 1024;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: islet_load FOLDER\n";
        return 2;
    }
    const std::string folder = argv[1];
    const std::array<islet::ImportSource, 2> sources = {
        {{.path = folder + "/nodes.csv"}, {.path = folder + "/edges.csv"}}};
    const std::int64_t before = resident_bytes();
    const auto start = std::chrono::steady_clock::now();
    const islet::Expected<islet::Imported> graph = islet::import_graph(sources);
    const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
    if (!graph.ok()) {
        std::cerr << graph.error().message << '\n';
        return 1;
    }
    const islet::Snapshot& snapshot = graph.value().snapshot;
    std::cout << spent.count() << ' ' << resident_bytes() - before << ' ' << snapshot.node_count() << ' '
              << snapshot.rel_count() << '\n';
}
