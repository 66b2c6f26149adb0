// Threads that read and write one graph in memory. Meant for the preset `tsan` as much as for what it checks
// itself.
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "islet/graph.hpp"

using namespace islet;

TEST_CASE("readers see whole transactions while a writer commits") {
    Graph graph;
    constexpr int rounds = 400;
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0;
    std::atomic<int> reads = 0;
    // Each transaction adds two linked nodes of one value: every state holds pairs only.
    const auto reader = [&] {
        while (!done.load()) {
            const Snapshot snapshot = graph.snapshot();
            const auto key = snapshot.find_key("value");
            const auto type = snapshot.find_type("PAIR");
            std::vector<NodeId> nodes;
            snapshot.scan(LabelId::none, NodeId{0}, SIZE_MAX, nodes);
            if (nodes.size() % 2 != 0 || nodes.size() != snapshot.rel_count() * 2) ++torn;
            for (const NodeId node : nodes) {
                for (const NodeId other : snapshot.neighbours(node, *type, Direction::out).nodes) {
                    if (!(snapshot.property(node, *key) == snapshot.property(other, *key))) ++torn;
                }
            }
            if (snapshot.stats().nodes % 2 != 0) ++torn;
            ++reads;
        }
    };
    std::thread first(reader);
    std::thread second(reader);
    const auto writer = [&] {
        for (int i = 0; i < rounds; ++i) {
            Transaction t(graph);
            const NodeId a = t.create_node();
            const NodeId b = t.create_node();
            t.set_property(a, t.key("value"), i);
            t.create_relationship(a, t.type("PAIR"), b);
            t.set_property(b, t.key("value"), i);
            if (i % 5 != 0) t.commit();
        }
    };
    std::thread third(writer);
    std::thread fourth(writer);
    third.join();
    fourth.join();
    while (reads.load() < 2) std::this_thread::yield();
    done = true;
    first.join();
    second.join();
    CHECK(torn.load() == 0);
    CHECK(graph.snapshot().node_count() == 2 * 2 * rounds * 4 / 5);
}
