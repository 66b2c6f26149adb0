#include "side_effects.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string_view>
#include <tuple>

#include "term.hpp"

namespace islet::tck {
namespace {

using Property =
    std::tuple<char, std::uint32_t, std::string, std::string>;  // entity's kind and id, key, value

struct State {
    std::set<NodeId> nodes;
    std::set<RelId> relationships;
    std::set<std::string> labels;
    std::set<Property> properties;
};

State state_of(const Snapshot& snapshot) {
    State state;
    const auto add_properties = [&](char kind, auto id) {
        for (const auto& [key, value] : snapshot.properties(id)) {
            state.properties.emplace(kind, static_cast<std::uint32_t>(id), snapshot.name(key),
                                     to_text(term_of(value, snapshot)));
        }
    };
    for (std::uint32_t i = 0; i < snapshot.node_bound(); ++i) {
        const NodeId node{i};
        if (!snapshot.contains(node)) continue;
        state.nodes.insert(node);
        for (const LabelId label : snapshot.labels(node)) state.labels.emplace(snapshot.name(label));
        add_properties('n', node);
    }
    for (std::uint32_t i = 0; i < snapshot.rel_bound(); ++i) {
        const RelId rel{i};
        if (!snapshot.contains(rel)) continue;
        state.relationships.insert(rel);
        add_properties('r', rel);
    }
    return state;
}

template <class Set>
std::int64_t lost(const Set& before, const Set& after) {
    return std::count_if(before.begin(), before.end(),
                         [&](const auto& item) { return !after.contains(item); });
}

template <class Set>
void compare(SideEffects& effects, const std::string& what, const Set& before, const Set& after) {
    if (const std::int64_t count = lost(after, before)) effects["+" + what] = count;
    if (const std::int64_t count = lost(before, after)) effects["-" + what] = count;
}

}  // namespace

SideEffects side_effects(const Snapshot& before, const Snapshot& after) {
    SideEffects effects;
    if (before.same_state(after)) return effects;
    const State old_state = state_of(before);
    const State new_state = state_of(after);
    compare(effects, "nodes", old_state.nodes, new_state.nodes);
    compare(effects, "relationships", old_state.relationships, new_state.relationships);
    compare(effects, "labels", old_state.labels, new_state.labels);
    compare(effects, "properties", old_state.properties, new_state.properties);
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
