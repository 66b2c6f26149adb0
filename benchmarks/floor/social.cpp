// LSQB's nine queries.

#include "graph.hpp"

namespace islet::benchmarks::floor {

void add_social(Queries&) {}

}  // namespace islet::benchmarks::floor
