#include "side_effects.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

namespace islet::tck {

SideEffects side_effects(const Snapshot& before, const Snapshot& after) {
    const WriteCounts counts = difference(before, after);
    SideEffects effects{{"+nodes", counts.nodes_created},
                        {"-nodes", counts.nodes_deleted},
                        {"+relationships", counts.relationships_created},
                        {"-relationships", counts.relationships_deleted},
                        {"+labels", counts.labels_added},
                        {"-labels", counts.labels_removed},
                        {"+properties", counts.properties_set},
                        {"-properties", counts.properties_removed}};
    std::erase_if(effects, [](const auto& effect) { return effect.second == 0; });
    return effects;
}

SideEffects read_side_effects(const std::vector<Cells>& table) {
    constexpr std::array<std::string_view, 4> kinds{"nodes", "relationships", "labels", "properties"};
    SideEffects effects;
    for (const Cells& row : table) {
        std::int64_t count = 0;
        const bool sized = row.size() == 2 && row[0].size() > 1 && (row[0][0] == '+' || row[0][0] == '-') &&
                           std::find(kinds.begin(), kinds.end(), row[0].substr(1)) != kinds.end();
        if (!sized ||
            std::from_chars(row[1].data(), row[1].data() + row[1].size(), count).ec != std::errc()) {
            throw std::runtime_error("a side effect is a row such as `| +nodes | 1 |`");
        }
        if (count != 0) effects[row[0]] = count;
    }
    return effects;
}

std::string to_text(const SideEffects& effects) {
    std::string text;
    for (const auto& [what, count] : effects) {
        text += (text.empty() ? "" : ", ") + what + " " + std::to_string(count);
    }
    return text.empty() ? "none" : text;
}

}  // namespace islet::tck
