// A graph as maps and sets, slow and obviously right: what the store is compared with.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "islet/graph.hpp"
#include "islet/text.hpp"

namespace islet::test {

using Random = std::mt19937;

inline std::uint32_t below(Random& random, std::size_t bound) {
    return std::uniform_int_distribution<std::uint32_t>(0, static_cast<std::uint32_t>(bound - 1))(random);
}

/// A value that a property can hold; often of the kind that `key` suggests, so that columns are typed.
inline Value storable_value(Random& random, std::uint32_t key) {
    switch (below(random, 8) == 0 ? below(random, 5) : key % 5) {
        case 0:
            return static_cast<std::int64_t>(below(random, 1000)) - 500;
        case 1:
            return below(random, 100) / 8.0;
        case 2:
            return "text " + std::to_string(below(random, 50));
        case 3:
            return below(random, 2) == 0;
        default:
            return List{static_cast<int>(below(random, 9)), "x", List{true}};
    }
}

struct Model {
    struct Node {
        std::set<std::string> labels;
        std::map<std::string, Value> properties;
    };
    struct Relationship {
        std::uint32_t source;
        std::uint32_t target;
        std::string type;
        std::map<std::string, Value> properties;
    };
    std::map<std::uint32_t, Node> nodes;
    std::map<std::uint32_t, Relationship> relationships;  ///< by an id of the model's own

    [[nodiscard]] bool connected(std::uint32_t node) const {
        return std::any_of(relationships.begin(), relationships.end(), [node](const auto& entry) {
            return entry.second.source == node || entry.second.target == node;
        });
    }
};

template <class Id>
std::map<std::string, Value> named_properties(const Snapshot& snapshot, Id id) {
    std::map<std::string, Value> named;
    KeyId last = KeyId::none;
    for (const auto& [key, value] : snapshot.properties(id)) {
        CHECK((last == KeyId::none || last < key));
        last = key;
        CHECK_FALSE(value.is_null());
        CHECK(snapshot.property(id, key) == value);
        named.emplace(snapshot.name(key), value);
    }
    return named;
}

inline std::string text_of(const std::map<std::string, Value>& properties) {
    Map map;
    for (const auto& [key, value] : properties) map.set(key, value);
    return to_text(map, Snapshot());
}

inline std::vector<NodeId> scan_all(const Snapshot& snapshot, LabelId label, std::size_t step) {
    std::vector<NodeId> all;
    for (NodeId from{0}; from != NodeId::none;) {
        const std::size_t before = all.size();
        from = snapshot.scan(label, from, step, all);
        CHECK(all.size() - before <= step);
    }
    return all;
}

inline void check_nodes(const Model& model, const Snapshot& snapshot, std::size_t step) {
    REQUIRE(snapshot.node_count() == model.nodes.size());
    std::vector<NodeId> expected;
    std::map<std::string, std::vector<NodeId>> by_label;
    for (const auto& [id, node] : model.nodes) {
        expected.push_back(NodeId{id});
        REQUIRE(snapshot.contains(NodeId{id}));
        for (const std::string& label : node.labels) by_label[label].push_back(NodeId{id});
        std::set<std::string> labels;
        for (const LabelId label : snapshot.labels(NodeId{id})) {
            CHECK(snapshot.has_label(NodeId{id}, label));
            labels.emplace(snapshot.name(label));
        }
        REQUIRE(labels == node.labels);
        REQUIRE(named_properties(snapshot, NodeId{id}) == node.properties);
    }
    REQUIRE(scan_all(snapshot, LabelId::none, step) == expected);
    for (std::uint32_t i = 0; i < snapshot.label_count(); ++i) {
        const auto& with_label = by_label[std::string(snapshot.name(LabelId{i}))];
        REQUIRE(scan_all(snapshot, LabelId{i}, step) == with_label);
        REQUIRE(snapshot.count(LabelId{i}) == with_label.size());
        CHECK(snapshot.find_label(snapshot.name(LabelId{i})) == LabelId{i});
    }
}

/// One relationship as text, without its id.
inline std::string describe(std::uint32_t source, std::string_view type, std::uint32_t target,
                            const std::map<std::string, Value>& properties) {
    return std::to_string(source) + ' ' + std::string(type) + ' ' + std::to_string(target) + ' ' +
           text_of(properties);
}

inline void check_relationships(const Model& model, const Snapshot& snapshot) {
    REQUIRE(snapshot.rel_count() == model.relationships.size());
    std::vector<std::string> expected;
    std::map<std::string, std::uint64_t> of_type;
    for (const auto& [id, rel] : model.relationships) {
        expected.push_back(describe(rel.source, rel.type, rel.target, rel.properties));
        ++of_type[rel.type];
    }
    std::sort(expected.begin(), expected.end());

    std::vector<std::string> found;
    for (std::uint32_t type = 0; type < snapshot.type_count(); ++type) {
        REQUIRE(snapshot.count(TypeId{type}) == of_type[std::string(snapshot.name(TypeId{type}))]);
        std::set<std::tuple<NodeId, NodeId, RelId>> forward;
        std::set<std::tuple<NodeId, NodeId, RelId>> backward;
        for (std::uint32_t node = 0; node < snapshot.node_bound(); ++node) {
            for (const Direction direction : {Direction::out, Direction::in}) {
                const Adjacent list = snapshot.neighbours(NodeId{node}, TypeId{type}, direction);
                for (std::size_t i = 0; i < list.size(); ++i) {
                    if (i > 0) {
                        REQUIRE(std::pair(list.nodes[i - 1], list.rel(i - 1)) <
                                std::pair(list.nodes[i], list.rel(i)));
                    }
                    if (direction == Direction::in) {
                        backward.emplace(list.nodes[i], NodeId{node}, list.rel(i));
                        continue;
                    }
                    forward.emplace(NodeId{node}, list.nodes[i], list.rel(i));
                    REQUIRE(snapshot.contains(list.rel(i)));
                    const Ends ends = snapshot.ends(list.rel(i));
                    REQUIRE(ends.source == NodeId{node});
                    REQUIRE(ends.target == list.nodes[i]);
                    REQUIRE(ends.type == TypeId{type});
                    found.push_back(describe(node, snapshot.name(ends.type),
                                             static_cast<std::uint32_t>(ends.target),
                                             named_properties(snapshot, list.rel(i))));
                }
            }
        }
        REQUIRE(forward == backward);
    }
    std::sort(found.begin(), found.end());
    REQUIRE(found == expected);
    std::uint64_t there = 0;
    for (std::uint32_t rel = 0; rel < snapshot.rel_bound(); ++rel)
        there += snapshot.contains(RelId{rel}) ? 1U : 0U;
    CHECK(there == model.relationships.size());
}

inline void check_stats(const Model& model, const Snapshot& snapshot) {
    const GraphStats& stats = snapshot.stats();
    CHECK(stats.nodes == model.nodes.size());
    CHECK(stats.relationships == model.relationships.size());
    REQUIRE(stats.types.size() == snapshot.type_count());
    for (std::uint32_t i = 0; i < snapshot.type_count(); ++i) {
        std::set<std::uint32_t> sources;
        std::set<std::uint32_t> targets;
        std::map<std::string, std::uint64_t> from;
        std::map<std::string, std::uint64_t> to;
        for (const auto& [id, rel] : model.relationships) {
            if (rel.type != snapshot.name(TypeId{i})) continue;
            sources.insert(rel.source);
            targets.insert(rel.target);
            for (const std::string& label : model.nodes.at(rel.source).labels) ++from[label];
            for (const std::string& label : model.nodes.at(rel.target).labels) ++to[label];
        }
        CHECK(stats.types[i].sources == sources.size());
        CHECK(stats.types[i].targets == targets.size());
        for (std::uint32_t label = 0; label < snapshot.label_count(); ++label) {
            const std::string name(snapshot.name(LabelId{label}));
            CHECK(stats.types[i].from_label.at(label) == from[name]);
            CHECK(stats.types[i].to_label.at(label) == to[name]);
        }
    }
}

inline void check_same(const Model& model, const Snapshot& snapshot, std::size_t step = 7) {
    check_nodes(model, snapshot, step);
    check_relationships(model, snapshot);
}

}  // namespace islet::test
