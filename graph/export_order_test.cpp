// The same graph gives the same bytes, in whatever order it was built.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>
#include <sstream>

#include "islet/export.hpp"
#include "islet/kgx.hpp"

using namespace islet;

namespace {

struct PlainNode {
    std::vector<std::string> labels;
    std::vector<std::pair<std::string, Value>> properties;
};
struct PlainRelationship {
    std::size_t source;
    std::size_t target;
    std::string type;
    std::vector<std::pair<std::string, Value>> properties;
};
struct PlainGraph {
    std::vector<PlainNode> nodes;
    std::vector<PlainRelationship> relationships;
};

/// Builds the graph with its nodes, relationships, labels and keys in an order of its own.
Snapshot build(const PlainGraph& graph, std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto shuffled = [&](std::size_t count) {
        std::vector<std::size_t> order(count);
        std::iota(order.begin(), order.end(), std::size_t{0});
        if (seed != 0) std::shuffle(order.begin(), order.end(), random);
        return order;
    };
    GraphBuilder builder;
    std::vector<NodeId> ids(graph.nodes.size());
    for (const std::size_t i : shuffled(graph.nodes.size())) {
        std::vector<LabelId> labels;
        for (const std::size_t l : shuffled(graph.nodes[i].labels.size())) {
            labels.push_back(builder.label(graph.nodes[i].labels[l]));
        }
        ids[i] = builder.add_node(labels);
        for (const std::size_t p : shuffled(graph.nodes[i].properties.size())) {
            const auto& [key, value] = graph.nodes[i].properties[p];
            builder.set_property(ids[i], builder.key(key), value);
        }
    }
    for (const std::size_t i : shuffled(graph.relationships.size())) {
        const PlainRelationship& rel = graph.relationships[i];
        const std::size_t at =
            builder.add_relationship(ids[rel.source], builder.type(rel.type), ids[rel.target]);
        for (const std::size_t p : shuffled(rel.properties.size())) {
            builder.set_relationship_property(at, builder.key(rel.properties[p].first),
                                              rel.properties[p].second);
        }
    }
    return builder.finish();
}

std::string everything(const Subgraph& graph) {
    std::ostringstream out;
    write_json(graph, out);
    std::ostringstream relationships;
    write_csv(graph, out, relationships);
    out << relationships.str();
    write_graphml(graph, out);
    write_dot(graph, out);
    write_cypher(graph, out);
    out << digest(graph);
    write_gexf(graph, out);
    write_cytoscape(graph, out);
    write_turtle(graph, out);
    write_jsonld(graph, out);
    write_html(graph, {}, out);
    KgxMapping mapping;
    mapping.reified = {{"A", "R", "S"}};
    mapping.id_property = "name";
    std::ostringstream edges;
    write_kgx_tsv(graph, mapping, out, edges);
    write_kgx_jsonl(graph, mapping, out, edges);
    out << edges.str();
    return out.str();
}

std::string everything(const PlainGraph& graph, std::uint32_t seed) {
    return everything(whole_graph(build(graph, seed)));
}

/// Nodes of few kinds, so that many can be told apart only by their neighbours.
PlainGraph random_graph(std::uint32_t seed, std::size_t nodes, std::size_t relationships) {
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    PlainGraph graph;
    const std::vector<Value> values{Value("a"), Value("b"),        Value(1),
                                    Value(1.0), Value(List{1, 2}), Value(true)};
    for (std::size_t i = 0; i < nodes; ++i) {
        PlainNode node;
        if (below(2) == 0) node.labels.push_back("A");
        if (below(3) == 0) node.labels.push_back("B");
        if (below(4) == 0) node.properties.emplace_back("name", values[below(values.size())]);
        if (below(4) == 0) node.properties.emplace_back("weight", values[below(values.size())]);
        graph.nodes.push_back(node);
    }
    for (std::size_t i = 0; i < relationships; ++i) {
        PlainRelationship rel{below(nodes), below(nodes), below(2) == 0 ? "R" : "S", {}};
        if (below(3) == 0) rel.properties.emplace_back("since", values[below(values.size())]);
        graph.relationships.push_back(rel);
    }
    return graph;
}

}  // namespace

TEST_CASE("a random graph exports alike in every order of building") {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        const PlainGraph graph = random_graph(seed, 40, 15 + 5 * seed);
        const std::string first = everything(graph, 0);
        for (std::uint32_t order = 1; order <= 5; ++order) {
            INFO("graph " << seed << ", order " << order);
            REQUIRE(everything(graph, order) == first);
        }
    }
}

TEST_CASE("nodes without any property are ordered by their neighbourhood") {
    // A path of ten: each half mirrors the other but for the direction of the arrows.
    PlainGraph path{std::vector<PlainNode>(10), {}};
    for (std::size_t i = 0; i + 1 < 10; ++i) path.relationships.push_back({i, i + 1, "NEXT", {}});
    // Four equal stars and two equal cycles: only symmetric nodes are left to choose between.
    PlainGraph symmetric{std::vector<PlainNode>(30), {}};
    for (std::size_t star = 0; star < 4; ++star) {
        for (std::size_t leaf = 1; leaf < 5; ++leaf)
            symmetric.relationships.push_back({5 * star, 5 * star + leaf, "R", {}});
    }
    for (std::size_t i = 20; i < 25; ++i)
        symmetric.relationships.push_back({i, i == 24 ? 20 : i + 1, "R", {}});
    for (std::size_t i = 25; i < 30; ++i)
        symmetric.relationships.push_back({i, i == 29 ? 25 : i + 1, "R", {}});
    for (const PlainGraph& graph : {path, symmetric}) {
        const std::string first = everything(graph, 0);
        for (std::uint32_t order = 1; order <= 20; ++order) REQUIRE(everything(graph, order) == first);
    }
}

TEST_CASE("graphs that differ anywhere export differently") {
    const PlainGraph graph = random_graph(7, 20, 40);
    PlainGraph turned = graph;
    std::swap(turned.relationships[3].source, turned.relationships[3].target);
    PlainGraph retyped = graph;
    retyped.relationships[3].type = "T";
    PlainGraph integer = graph;
    integer.nodes[0].properties = {{"x", Value(1)}};
    PlainGraph floating = graph;
    floating.nodes[0].properties = {{"x", Value(1.0)}};
    REQUIRE(graph.relationships[3].source != graph.relationships[3].target);
    CHECK(everything(graph, 0) != everything(turned, 0));
    CHECK(everything(graph, 0) != everything(retyped, 0));
    CHECK(everything(integer, 0) != everything(floating, 0));
    CHECK(digest(whole_graph(build(integer, 0))) != digest(whole_graph(build(floating, 0))));
    CHECK(digest(whole_graph(build(graph, 0))) != digest(whole_graph(build(turned, 0))));
    CHECK(digest(whole_graph(Snapshot())) != digest(whole_graph(build(integer, 0))));
}

TEST_CASE("an anonymous graph of many equal parts is ordered in good time") {
    PlainGraph graph{std::vector<PlainNode>(20000), {}};
    for (std::size_t i = 0; i + 1 < 20000; i += 2) graph.relationships.push_back({i, i + 1, "R", {}});
    std::ostringstream first;
    write_json(whole_graph(build(graph, 0)), first);
    std::ostringstream second;
    write_json(whole_graph(build(graph, 1)), second);
    CHECK(first.str() == second.str());
}

TEST_CASE("a neighbourhood holds what is within so many hops, and what joins it") {
    // 0 -> 1 -> 2 -> 3 -> 4, and 3 -> 1
    PlainGraph chain{std::vector<PlainNode>(5), {}};
    for (std::size_t i = 0; i < 4; ++i) chain.relationships.push_back({i, i + 1, "R", {}});
    chain.relationships.push_back({3, 1, "S", {}});
    const Snapshot snapshot = build(chain, 0);
    const auto around = [&](std::uint32_t centre, std::size_t hops) {
        const NodeId id{centre};
        const Subgraph graph = neighbourhood(snapshot, std::span(&id, 1), hops);
        return std::pair(graph.nodes.size(), graph.relationships.size());
    };
    CHECK(around(0, 0) == std::pair<std::size_t, std::size_t>(1, 0));
    CHECK(around(0, 1) == std::pair<std::size_t, std::size_t>(2, 1));
    CHECK(around(0, 2) == std::pair<std::size_t, std::size_t>(4, 4));
    CHECK(around(4, 1) == std::pair<std::size_t, std::size_t>(2, 1));
    CHECK(around(4, 9) == std::pair<std::size_t, std::size_t>(5, 5));
}

TEST_CASE("a query's values give their nodes, relationships and paths, each once") {
    PlainGraph chain{std::vector<PlainNode>(5), {}};
    for (std::size_t i = 0; i < 4; ++i) chain.relationships.push_back({i, i + 1, "R", {}});
    const Snapshot snapshot = build(chain, 0);
    const std::vector<Value> values{
        Value(NodeId{4}), Value(RelId{0}), Value(1), Value(),
        Value(List{Value(NodeId{4}), Value(Map{{"p", Value(Path{{NodeId{1}, NodeId{2}}, {RelId{1}}})}})})};
    const Subgraph graph = subgraph_of(snapshot, values);
    CHECK(graph.nodes == std::vector<NodeId>{NodeId{0}, NodeId{1}, NodeId{2}, NodeId{4}});
    CHECK(graph.relationships == std::vector<RelId>{RelId{0}, RelId{1}});
}
