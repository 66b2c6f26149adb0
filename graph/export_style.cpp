#include "export_style.hpp"

#include <algorithm>
#include <map>

namespace islet::exporting {

namespace {

constexpr std::string_view palette[] = {"#4269d0", "#e8a614", "#f2605a", "#3fa796", "#a463f2", "#3ca951",
                                        "#e86fa4", "#7d9fe8", "#9c6b4e", "#1f8fb3", "#b3a12b", "#6f4fa8",
                                        "#d9772e", "#5f8f3f", "#c0498f", "#54b8d6", "#b34d4d", "#6b74b8",
                                        "#7fae7a", "#b88f5f", "#2f7f6f", "#d18bd9", "#8a9a2e", "#c96f5f"};
constexpr std::string_view without_label = "#9498a0";

}  // namespace

Style style_of(const CanonicalGraph& graph) {
    std::map<std::string_view, std::size_t> nodes_with;
    for (const CanonicalNode& node : graph.nodes) {
        for (const std::string_view label : node.labels) ++nodes_with[label];
    }
    const auto rarest = [&](const CanonicalNode& node) {
        std::string_view best;
        for (const std::string_view label : node.labels) {
            if (best.empty() || nodes_with[label] < nodes_with[best]) best = label;
        }
        return best;
    };
    std::map<std::string_view, std::size_t> counts;
    for (const CanonicalNode& node : graph.nodes) ++counts[rarest(node)];

    Style style;
    for (const auto& [label, count] : counts) style.labels.push_back({label, {}, count});
    std::stable_sort(style.labels.begin(), style.labels.end(),
                     [](const LabelStyle& a, const LabelStyle& b) { return a.count > b.count; });
    std::map<std::string_view, std::size_t> place;
    std::size_t next = 0;
    for (std::size_t i = 0; i < style.labels.size(); ++i) {
        LabelStyle& entry = style.labels[i];
        entry.colour = entry.label.empty() ? without_label : palette[next++ % std::size(palette)];
        place[entry.label] = i;
    }
    style.of_node.reserve(graph.nodes.size());
    for (const CanonicalNode& node : graph.nodes) style.of_node.push_back(place[rarest(node)]);
    return style;
}

}  // namespace islet::exporting
