// The floor as benchmarks/compare drives it: islet_floor FOLDER, then the protocol of protocol.hpp. It
// knows its queries by their names.

#include <exception>
#include <iostream>
#include <stdexcept>

#include "graph.hpp"

int main(int argc, char** argv) try {
    namespace floor = islet::benchmarks::floor;
    if (argc != 2) {
        std::cerr << "usage: islet_floor FOLDER\n";
        return 2;
    }
    floor::Queries queries;
    floor::add_scans(queries);
    floor::add_hops(queries);
    floor::add_counts(queries);
    floor::add_cycles(queries);
    floor::add_paths(queries);
    floor::add_groups(queries);
    floor::add_social(queries);

    const floor::Graph graph(islet::benchmarks::read_csv(argv[1]));
    islet::benchmarks::Rows last;
    islet::benchmarks::Engine engine;
    engine.run = [&](const islet::benchmarks::Request& request) {
        const auto query = queries.find(request.name);
        if (query == queries.end()) throw std::runtime_error("no floor for " + request.name);
        last = query->second(graph, request.parameters);
    };
    engine.rows = [&] { return last; };
    engine.set_threads = [](unsigned) {};
    engine.set_switch = [](const std::string&, bool) { return false; };
    serve(engine);
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
