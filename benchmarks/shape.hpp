// A made-up graph of Hetionet's shape: its node kinds and relationship types with
// the published counts (Himmelstein et al., eLife 2017, doi:10.7554/eLife.26726),
// degrees skewed as in the real one. The same seed gives the same graph.
#pragma once

#include <cstdint>

#include "islet/graph.hpp"

namespace islet::benchmarks {

/// `scale` multiplies nodes and relationships alike: 1 gives 47,031 nodes and 2,250,197 relationships.
Snapshot hetionet_shape(double scale, std::uint64_t seed = 1);

}  // namespace islet::benchmarks
