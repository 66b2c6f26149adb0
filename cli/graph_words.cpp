#include "graph_words.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <set>

namespace islet::cli {

namespace {

constexpr std::chrono::milliseconds patience{150};
constexpr std::size_t batch = 512;
constexpr std::size_t most_values = 200;
/// What some thousand nodes of a label do not have under any key, few will look for.
constexpr std::size_t enough_nodes = 4096;

/// Calls `visit` with nodes of a label until it says false or time is up.
template <class Visit>
void for_nodes(const Snapshot& snapshot, LabelId label, Visit visit) {
    const auto end = std::chrono::steady_clock::now() + patience;
    std::vector<NodeId> nodes;
    for (NodeId from{0}; from != NodeId::none && std::chrono::steady_clock::now() < end;) {
        nodes.clear();
        from = snapshot.scan(label, from, batch, nodes);
        for (const NodeId node : nodes) {
            if (!visit(node)) return;
        }
    }
}

template <class Id>
std::vector<std::string> names(const Snapshot& snapshot, std::uint32_t count) {
    std::vector<std::string> all;
    for (std::uint32_t i = 0; i < count; ++i) all.emplace_back(snapshot.name(Id{i}));
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<std::string> names_of(const Snapshot& snapshot, const std::set<KeyId>& keys) {
    std::vector<std::string> all;
    for (const KeyId key : keys) all.emplace_back(snapshot.name(key));
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

bool begins_alike(std::string_view word, std::string_view beginning) {
    return word.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), word.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::vector<std::string> GraphWords::labels() const {
    return names<LabelId>(snapshot_, snapshot_.label_count());
}

std::vector<std::string> GraphWords::types() const {
    return names<TypeId>(snapshot_, snapshot_.type_count());
}

std::vector<std::string> GraphWords::all_keys() const {
    return names<KeyId>(snapshot_, snapshot_.key_count());
}

std::vector<std::string> GraphWords::keys_of_label(std::string_view label) const {
    const auto id = snapshot_.find_label(label);
    if (!id) return all_keys();
    std::set<KeyId> keys;
    std::size_t seen = 0;
    for_nodes(snapshot_, *id, [&](NodeId node) {
        for (const auto& [key, value] : snapshot_.properties(node)) keys.insert(key);
        return ++seen < enough_nodes;
    });
    return names_of(snapshot_, keys);
}

std::vector<std::string> GraphWords::keys_of_type(std::string_view type) const {
    const auto id = snapshot_.find_type(type);
    if (!id) return all_keys();
    std::set<KeyId> keys;
    std::size_t seen = 0;
    for_nodes(snapshot_, LabelId::none, [&](NodeId node) {
        const Adjacent adjacent = snapshot_.neighbours(node, *id, Direction::out);
        for (std::size_t i = 0; i < adjacent.size() && seen < enough_nodes; ++i, ++seen) {
            for (const auto& [key, value] : snapshot_.properties(adjacent.rel(i))) keys.insert(key);
        }
        return seen < enough_nodes;
    });
    return names_of(snapshot_, keys);
}

std::vector<std::string> GraphWords::values(std::string_view label, std::string_view key,
                                            std::string_view beginning) const {
    const auto key_id = snapshot_.find_key(key);
    if (!key_id) return {};
    std::set<std::string> found;
    const auto take = [&](const Value& value) {
        if (value.kind() != Kind::string || !begins_alike(value.as_string(), beginning)) return;
        found.emplace(value.as_string());
    };
    for_nodes(snapshot_, snapshot_.find_label(label).value_or(LabelId::none), [&](NodeId node) {
        const Value value = snapshot_.property(node, *key_id);
        if (value.kind() == Kind::list) {
            for (const Value& element : value.as_list()) take(element);
        } else {
            take(value);
        }
        return found.size() < most_values;
    });
    return {found.begin(), found.end()};
}

}  // namespace islet::cli
