// What a first answer takes: islet_open FILE QUERY opens the graph's file, runs the query and prints the
// milliseconds from the one to the other's rows, and how many rows there are.

#include <chrono>
#include <iostream>

#include "islet/database.hpp"

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: islet_open FILE QUERY\n";
        return 2;
    }
    const auto start = std::chrono::steady_clock::now();
    auto database = islet::Database::open(argv[1], {.access = islet::Access::read_only});
    if (!database) {
        std::cerr << database.error().message << '\n';
        return 1;
    }
    islet::Session session = database->session();
    const auto rows = session.run(argv[2]);
    const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
    if (!rows) {
        std::cerr << rows.error().message << '\n';
        return 1;
    }
    std::cout << spent.count() << ' ' << rows->size() << '\n';
}
