#include "islet/boost_graph.hpp"

#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/range/iterator_range.hpp>
#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <set>

using namespace islet;

BOOST_CONCEPT_ASSERT((boost::concepts::VertexListGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::concepts::EdgeListGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::concepts::IncidenceGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::concepts::BidirectionalGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::concepts::AdjacencyGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::concepts::VertexListGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::concepts::EdgeListGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::concepts::IncidenceGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::concepts::AdjacencyGraphConcept<Undirected>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<WeightMap, ViewEdge>));
BOOST_CONCEPT_ASSERT(
    (boost::concepts::ReadablePropertyGraphConcept<GraphView, std::uint32_t, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT(
    (boost::concepts::ReadablePropertyGraphConcept<GraphView, ViewEdge, boost::edge_index_t>));

namespace {

/// What a view should show, as a plain list, and naive answers about it.
struct Naive {
    struct Edge {
        std::uint32_t source;
        std::uint32_t target;
        std::uint32_t rel;
        double weight;
        bool operator<(const Edge& other) const { return rel < other.rel; }
    };
    std::vector<NodeId> nodes;
    std::vector<Edge> edges;

    Naive(const Snapshot& snapshot, const ViewFilter& filter, KeyId weight) {
        for (std::uint32_t id = 0; id < snapshot.node_bound(); ++id) {
            if (!snapshot.contains(NodeId{id})) continue;
            bool shown = filter.labels.empty();
            for (const LabelId label : filter.labels) shown = shown || snapshot.has_label(NodeId{id}, label);
            if (shown) nodes.push_back(NodeId{id});
        }
        const auto vertex = [this](NodeId node) {
            const auto at = std::find(nodes.begin(), nodes.end(), node);
            return at == nodes.end() ? UINT32_MAX : static_cast<std::uint32_t>(at - nodes.begin());
        };
        for (std::uint32_t id = 0; id < snapshot.rel_bound(); ++id) {
            if (!snapshot.contains(RelId{id})) continue;
            const Ends ends = snapshot.ends(RelId{id});
            const auto& types = filter.types;
            if (!types.empty() && std::find(types.begin(), types.end(), ends.type) == types.end()) continue;
            const std::uint32_t from = vertex(ends.source);
            const std::uint32_t to = vertex(ends.target);
            const Value held = snapshot.property(RelId{id}, weight);
            if (from != UINT32_MAX && to != UINT32_MAX) {
                edges.push_back({from, to, id, held.is_number() ? held.number() : 1.0});
            }
        }
    }

    /// Least cost from every vertex to every other; infinity where there is no way.
    [[nodiscard]] std::vector<std::vector<double>> distances(bool both_ways, bool weighted) const {
        const double far = std::numeric_limits<double>::infinity();
        std::vector<std::vector<double>> d(nodes.size(), std::vector<double>(nodes.size(), far));
        for (std::size_t i = 0; i < nodes.size(); ++i) d[i][i] = 0;
        for (const Edge& edge : edges) {
            const double cost = weighted ? edge.weight : 1;
            d[edge.source][edge.target] = std::min(d[edge.source][edge.target], cost);
            if (both_ways) d[edge.target][edge.source] = std::min(d[edge.target][edge.source], cost);
        }
        for (std::size_t k = 0; k < nodes.size(); ++k) {
            for (std::size_t i = 0; i < nodes.size(); ++i) {
                for (std::size_t j = 0; j < nodes.size(); ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
            }
        }
        return d;
    }
};

struct Case {
    std::string name;
    Snapshot snapshot;
    ViewFilter filter;
    KeyId weight;
};

/// Random graphs: of the base alone, with a delta, with deleted nodes; all of it, and filtered.
std::vector<Case> cases() {
    std::vector<Case> made;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&random](std::uint32_t bound) {
            return static_cast<std::uint32_t>(random() % bound);
        };
        GraphBuilder builder;
        const std::vector<LabelId> labels = {builder.label("A"), builder.label("B")};
        const std::vector<TypeId> types = {builder.type("S"), builder.type("T"), builder.type("U")};
        const KeyId weight = builder.key("weight");
        const std::uint32_t nodes = 40;
        for (std::uint32_t i = 0; i < nodes; ++i) {
            std::vector<LabelId> of;
            if (below(3) != 0) of.push_back(labels[0]);
            if (below(4) == 0) of.push_back(labels[1]);
            builder.add_node(of);
        }
        for (std::uint32_t i = 0; i < 20 + seed * 15; ++i) {
            const auto rel =
                builder.add_relationship(NodeId{below(nodes)}, types[below(3)], NodeId{below(nodes)});
            if (below(5) != 0) builder.set_relationship_property(rel, weight, static_cast<int>(below(9)) + 1);
        }
        Graph graph(builder.finish());
        const ViewFilter by_type{{}, {types[2], types[0]}};
        const ViewFilter by_both{{labels[0], labels[1]}, {types[0], types[1]}};
        made.push_back({"base", graph.snapshot(), {}, weight});
        made.push_back({"types", graph.snapshot(), by_type, weight});
        made.push_back({"labels and types", graph.snapshot(), by_both, weight});
        Transaction t(graph);
        for (std::uint32_t i = 0; i < 10; ++i) {
            const NodeId node = t.create_node();
            if (i % 2 == 0) t.add_label(node, labels[0]);
            t.set_property(t.create_relationship(NodeId{below(nodes)}, types[below(3)], node), weight, 0.5);
            t.create_relationship(node, types[below(3)], NodeId{below(nodes)});
        }
        t.commit();
        made.push_back({"delta", graph.snapshot(), {}, weight});
        made.push_back({"delta, labels and types", graph.snapshot(), by_both, weight});
        Transaction u(graph);
        for (const NodeId gone : {NodeId{3}, NodeId{17}}) {
            for (std::uint32_t id = 0; id < u.view().rel_bound(); ++id) {
                const Ends ends = u.view().ends(RelId{id});
                if (ends.source == gone || ends.target == gone) u.remove_relationship(RelId{id});
            }
            u.remove_node(gone);
        }
        u.commit();
        made.push_back({"deleted nodes", graph.snapshot(), {}, weight});
    }
    made.push_back({"empty", Snapshot(), {}, KeyId{0}});
    return made;
}

using EdgeSet = std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;

template <class Range>
EdgeSet edge_set(const Range& range) {
    EdgeSet found;
    for (auto at = range.first; at != range.second; ++at) {
        const ViewEdge edge = *at;
        REQUIRE(found.emplace(edge.source, edge.target, static_cast<std::uint32_t>(edge.rel)).second);
    }
    return found;
}

}  // namespace

TEST_CASE("a view shows each vertex and edge once, from every side") {
    for (const Case& c : cases()) {
        CAPTURE(c.name);
        const GraphView view(c.snapshot, c.filter);
        const Naive naive(c.snapshot, c.filter, c.weight);
        REQUIRE(num_vertices(view) == naive.nodes.size());
        REQUIRE(num_edges(view) == naive.edges.size());
        for (std::uint32_t v = 0; v < num_vertices(view); ++v) {
            CHECK(view.node(v) == naive.nodes[v]);
            CHECK(view.vertex(naive.nodes[v]) == v);
        }
        CHECK_FALSE(view.vertex(NodeId{c.snapshot.node_bound()}).has_value());
        EdgeSet all;
        std::vector<EdgeSet> out(naive.nodes.size());
        std::vector<EdgeSet> in(naive.nodes.size());
        for (const auto& edge : naive.edges) {
            all.emplace(edge.source, edge.target, edge.rel);
            out[edge.source].emplace(edge.source, edge.target, edge.rel);
            in[edge.target].emplace(edge.source, edge.target, edge.rel);
            const ViewEdge found{edge.source, edge.target, RelId{edge.rel}};
            CHECK(get(view.weights(c.weight), found) == edge.weight);
            CHECK(get(boost::edge_index, view, found) == edge.rel);
        }
        CHECK(edge_set(edges(view)) == all);
        const Undirected undirected(view);
        for (const auto v : boost::make_iterator_range(vertices(view))) {
            CHECK(edge_set(out_edges(v, view)) == out[v]);
            CHECK(edge_set(in_edges(v, view)) == in[v]);
            CHECK(out_degree(v, view) == out[v].size());
            CHECK(in_degree(v, view) == in[v].size());
            CHECK(degree(v, view) == out[v].size() + in[v].size());
            std::multiset<std::uint32_t> expected;
            for (const auto& edge : out[v]) expected.insert(std::get<1>(edge));
            const auto [a, b] = adjacent_vertices(v, view);
            CHECK(std::multiset<std::uint32_t>(a, b) == expected);
            // Both ways, each edge is told as seen from v.
            for (const auto& edge : in[v]) expected.insert(std::get<0>(edge));
            const auto [c1, c2] = adjacent_vertices(v, undirected);
            CHECK(std::multiset<std::uint32_t>(c1, c2) == expected);
            CHECK(out_degree(v, undirected) == expected.size());
            for (const ViewEdge edge : boost::make_iterator_range(out_edges(v, undirected)))
                CHECK(edge.source == v);
        }
    }
}

TEST_CASE("breadth-first search finds the least number of steps") {
    for (const Case& c : cases()) {
        CAPTURE(c.name);
        const GraphView view(c.snapshot, c.filter);
        if (num_vertices(view) == 0) continue;
        const auto expected = Naive(c.snapshot, c.filter, c.weight).distances(false, false);
        std::vector<int> steps(num_vertices(view), -1);
        steps[0] = 0;
        const auto visitor =
            boost::make_bfs_visitor(boost::record_distances(steps.data(), boost::on_tree_edge()));
        boost::breadth_first_search(view, 0, boost::visitor(visitor));
        for (std::size_t v = 0; v < steps.size(); ++v) {
            CHECK(steps[v] == (std::isinf(expected[0][v]) ? -1 : static_cast<int>(expected[0][v])));
        }
    }
}

TEST_CASE("components of the view walked both ways are who can reach whom") {
    for (const Case& c : cases()) {
        CAPTURE(c.name);
        const GraphView view(c.snapshot, c.filter);
        const auto reach = Naive(c.snapshot, c.filter, c.weight).distances(true, false);
        std::vector<std::uint32_t> component(num_vertices(view));
        const auto count = boost::connected_components(Undirected(view), component.data());
        CHECK(count == std::set<std::uint32_t>(component.begin(), component.end()).size());
        for (std::size_t i = 0; i < component.size(); ++i) {
            for (std::size_t j = 0; j < component.size(); ++j) {
                REQUIRE((component[i] == component[j]) == !std::isinf(reach[i][j]));
            }
        }
    }
}

TEST_CASE("strong components are who can reach each other") {
    for (const Case& c : cases()) {
        CAPTURE(c.name);
        const GraphView view(c.snapshot, c.filter);
        const auto reach = Naive(c.snapshot, c.filter, c.weight).distances(false, false);
        std::vector<std::uint32_t> component(num_vertices(view));
        boost::strong_components(view, component.data());
        for (std::size_t i = 0; i < component.size(); ++i) {
            for (std::size_t j = 0; j < component.size(); ++j) {
                const bool mutual = !std::isinf(reach[i][j]) && !std::isinf(reach[j][i]);
                REQUIRE((component[i] == component[j]) == mutual);
            }
        }
    }
}

TEST_CASE("Dijkstra's paths cost what the table says") {
    for (const Case& c : cases()) {
        CAPTURE(c.name);
        const GraphView view(c.snapshot, c.filter);
        if (num_vertices(view) == 0) continue;
        const auto expected = Naive(c.snapshot, c.filter, c.weight).distances(false, true);
        for (std::uint32_t start = 0; start < num_vertices(view); start += 7) {
            std::vector<double> cost(num_vertices(view));
            std::vector<std::uint32_t> before(num_vertices(view));
            boost::dijkstra_shortest_paths(view, start,
                                           boost::weight_map(view.weights(c.weight))
                                               .distance_map(boost::make_iterator_property_map(
                                                   cost.begin(), get(boost::vertex_index, view)))
                                               .predecessor_map(boost::make_iterator_property_map(
                                                   before.begin(), get(boost::vertex_index, view)))
                                               .distance_inf(std::numeric_limits<double>::infinity()));
            CHECK(cost == expected[start]);
        }
    }
}
