// Writes a made-up graph as CSV: islet_shape_csv hetionet|social SCALE FOLDER

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "shape.hpp"

int main(int argc, char** argv) try {
    const std::string_view shape = argc == 4 ? argv[1] : "";
    if (shape != "hetionet" && shape != "social") {
        std::cerr << "usage: islet_shape_csv hetionet|social SCALE FOLDER\n";
        return 2;
    }
    const double scale = std::strtod(argv[2], nullptr);
    write_csv(
        shape == "social" ? islet::benchmarks::social_shape(scale) : islet::benchmarks::hetionet_shape(scale),
        argv[3]);
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
