// Made-up graphs of the shape of well-known ones. The same seed gives the same graph.
#pragma once

#include <cstdint>

#include "plain_graph.hpp"

namespace islet::benchmarks {

/// Hetionet's node kinds and relationship types with the published counts (Himmelstein et al., eLife 2017,
/// doi:10.7554/eLife.26726), degrees skewed as in the real one, no pair of nodes twice in a type.
/// `scale` multiplies nodes and relationships alike: 1 gives 47,031 nodes and 2,250,197 relationships.
PlainGraph hetionet_shape(double scale, std::uint64_t seed = 1);

/// The social network that LSQB's queries ask (Mhedhbi et al., GRADES-NDA 2021, doi:10.1145/3461837.3464516):
/// its labels and types, and at scale 1 about the sizes of its scale factor 0.1.
PlainGraph social_shape(double scale, std::uint64_t seed = 1);

}  // namespace islet::benchmarks
