// Islet as benchmarks/compare drives it: islet_engine FOLDER, then the protocol of protocol.hpp.

#include <array>
#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

#include "islet/database.hpp"
#include "islet/import.hpp"
#include "protocol.hpp"
#include "switches.hpp"

namespace {

islet::benchmarks::Rows rows_of(const islet::Result& result) {
    islet::benchmarks::Rows rows;
    for (const islet::Row& row : result) rows.emplace_back(row.begin(), row.end());
    return rows;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: islet_engine FOLDER\n";
        return 2;
    }
    const std::string folder = argv[1];
    const std::array<islet::ImportSource, 2> sources = {
        {{.path = folder + "/nodes.csv"}, {.path = folder + "/edges.csv"}}};
    islet::Expected<islet::Imported> graph = islet::import_graph(sources);
    if (!graph.ok()) throw std::runtime_error(graph.error().message);
    islet::Database db(std::move(graph).value().snapshot);
    islet::Session session = db.session();
    std::unordered_map<std::string, islet::Prepared> prepared;  // as the peers prepare theirs
    std::optional<islet::Result> last;

    islet::benchmarks::Engine engine;
    engine.run = [&](const islet::benchmarks::Request& request) {
        auto statement = prepared.find(request.text);
        if (statement == prepared.end()) {
            islet::Expected<islet::Prepared> fresh = session.prepare(request.text);
            if (!fresh.ok()) throw std::runtime_error(render(fresh.error(), request.text));
            statement = prepared.emplace(request.text, std::move(fresh).value()).first;
        }
        islet::Expected<islet::Result> result = session.run(statement->second, request.parameters);
        if (!result.ok()) throw std::runtime_error(render(result.error(), request.text));
        last.emplace(std::move(result).value());
    };
    engine.rows = [&] { return rows_of(*last); };
    engine.set_threads = [&](unsigned threads) { session.set_threads(threads); };
    engine.set_switch = [&](const std::string& name, bool on) {
        prepared.clear();
        return session.set_optimization(name, on);
    };
    for (const std::string_view name : islet::query::optimization_names()) engine.switches.emplace_back(name);
    serve(engine);
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
