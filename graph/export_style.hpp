// The colours of pictures: each node has that of one of its labels.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "export_canonical.hpp"

namespace islet::exporting {

struct LabelStyle {
    std::string_view label;  ///< empty: of nodes without labels
    std::string colour;      ///< `#rrggbb`, readable on light and dark grounds
    std::size_t count = 0;   ///< of nodes that have the colour
};

/// `labels` are ordered by count, the most frequent first; `of_node` says the place in it.
struct Style {
    std::vector<LabelStyle> labels;
    std::vector<std::size_t> of_node;
};

/// A node's colour is that of its rarest label, which says most about it.
Style style_of(const CanonicalGraph& graph);

}  // namespace islet::exporting
