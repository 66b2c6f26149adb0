#include "islet/index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "islet/graph.hpp"

using namespace islet;

namespace {

Value random_value(std::mt19937& random) {
    switch (random() % 8) {
        case 0:
            return {};
        case 1:
            return Value(static_cast<double>(random() % 40) / 2);
        case 2:
            return Value(random() % 2 == 0);
        case 3:
        case 4:
            return Value(std::string(1, static_cast<char>('a' + random() % 6)) +
                         std::to_string(random() % 30));
        default:
            return Value(static_cast<std::int64_t>(random() % 20));
    }
}

std::vector<NodeId> labelled(const Snapshot& snapshot, LabelId label) {
    std::vector<NodeId> nodes;
    snapshot.scan(label, NodeId{0}, SIZE_MAX, nodes);
    return nodes;
}

/// Whether a value must be among the answers to a probe.
bool answers(const Value& value, const Probe& probe) {
    switch (probe.kind) {
        case Probe::Kind::equal:
            return equals(value, probe.value).value_or(false);
        case Probe::Kind::range:
            return (!probe.least || compare(value, *probe.least).value_or(-1) >= 0) &&
                   (!probe.most || compare(value, *probe.most).value_or(1) <= 0);
        case Probe::Kind::prefix:
            return value.kind() == Kind::string && value.as_string().starts_with(probe.value.as_string());
        case Probe::Kind::contains:
            return value.kind() == Kind::string &&
                   value.as_string().find(probe.value.as_string()) != std::string_view::npos;
    }
    return false;
}

void check_probes(const Snapshot& snapshot, LabelId label, KeyId key, std::mt19937& random) {
    const std::vector<NodeId> all = labelled(snapshot, label);
    for (int round = 0; round < 60; ++round) {
        Probe probe{static_cast<Probe::Kind>(random() % 4)};
        probe.value = random_value(random);
        if (probe.kind == Probe::Kind::range) {
            if (random() % 3 != 0) probe.least = random_value(random);
            if (random() % 3 != 0) probe.most = random_value(random);
            if (probe.least && probe.least->is_null()) probe.least.reset();
            if (probe.most && probe.most->is_null()) probe.most.reset();
        }
        if (probe.kind == Probe::Kind::contains) probe.value = Value("1" + std::to_string(random() % 10));
        std::vector<NodeId> found;
        if (!seek(snapshot, label, key, probe, found)) {
            CHECK(found.empty());
            continue;
        }
        CHECK(std::is_sorted(found.begin(), found.end()));
        CHECK(std::adjacent_find(found.begin(), found.end()) == found.end());
        for (const NodeId node : found) REQUIRE(snapshot.has_label(node, label));
        for (const NodeId node : all) {
            if (!answers(snapshot.property(node, key), probe)) continue;
            REQUIRE(std::binary_search(found.begin(), found.end(), node));
        }
    }
}

}  // namespace

TEST_CASE("an index misses nothing, whatever was written since the base") {
    for (const bool declared : {false, true}) {
        std::mt19937 random(declared ? 7 : 11);
        GraphBuilder builder;
        const LabelId label = builder.label("L");
        const LabelId other = builder.label("M");
        const KeyId key = builder.key("k");
        for (int i = 0; i < 300; ++i) {
            const NodeId node = random() % 4 == 0 ? builder.add_node({{other}}) : builder.add_node({{label}});
            builder.set_property(node, key, random_value(random));
        }
        Catalog catalog;
        if (declared) {
            catalog.indexes = {{"r", IndexDefinition::Kind::range, Owner::node, {"L"}, {"k"}},
                               {"t", IndexDefinition::Kind::text, Owner::node, {"L"}, {"k"}}};
        }
        builder.set_catalog(catalog);
        Graph graph(builder.finish());
        check_probes(graph.snapshot(), label, key, random);
        for (int round = 0; round < 20; ++round) {
            Transaction transaction(graph);
            for (int write = 0; write < 8; ++write) {
                const NodeId node{static_cast<std::uint32_t>(random() % transaction.view().node_bound())};
                switch (random() % 5) {
                    case 0: {
                        const NodeId made = transaction.create_node();
                        transaction.add_label(made, label);
                        transaction.set_property(made, key, random_value(random));
                        break;
                    }
                    case 1:
                        transaction.remove_node(node);
                        break;
                    case 2:
                        if (transaction.view().contains(node)) transaction.add_label(node, label);
                        break;
                    case 3:
                        if (transaction.view().contains(node)) transaction.remove_label(node, label);
                        break;
                    default:
                        if (transaction.view().contains(node))
                            transaction.set_property(node, key, random_value(random));
                }
            }
            check_probes(transaction.view(), label, key, random);
            transaction.commit();
            check_probes(graph.snapshot(), label, key, random);
        }
    }
}

TEST_CASE("an index declared over a delta knows what the delta holds") {
    Graph graph;
    Transaction transaction(graph);
    const LabelId label = transaction.label("L");
    const KeyId key = transaction.key("k");
    for (int i = 0; i < 100; ++i) {
        const NodeId node = transaction.create_node();
        transaction.add_label(node, label);
        transaction.set_property(node, key, Value(i % 10));
    }
    Catalog catalog;
    catalog.indexes = {{"r", IndexDefinition::Kind::range, Owner::node, {"L"}, {"k"}}};
    transaction.set_catalog(catalog);
    std::vector<NodeId> found;
    REQUIRE(seek(transaction.view(), label, key, {Probe::Kind::equal, Value(3)}, found));
    CHECK(found.size() == 10);
    transaction.commit();
    found.clear();
    REQUIRE(seek(graph.snapshot(), label, key, {Probe::Kind::equal, Value(3)}, found));
    CHECK(found.size() == 10);
}

TEST_CASE("words are found as they are, misspelt and by their beginning") {
    GraphBuilder builder;
    const LabelId drug = builder.label("Drug");
    const KeyId name = builder.key("name");
    for (const char* text : {"everolimus", "Sunitinib malate", "belzutifan", "lanreotide", "octreotide"}) {
        const NodeId node = builder.add_node({{drug}});
        builder.set_property(node, name, Value(text));
    }
    Graph graph(builder.finish());
    const IndexDefinition index{"names", IndexDefinition::Kind::fulltext, Owner::node, {"Drug"}, {"name"}};
    const auto best = [&](std::string_view text) {
        const auto found = search_words(graph.snapshot(), index, text);
        return found.empty() ? -1 : static_cast<int>(found.front().first);
    };
    CHECK(best("sunitinib") == 1);
    CHECK(best("MALATE") == 1);
    CHECK(best("sunitinb") == 1);
    CHECK(best("everolimsu") == 0);
    CHECK(best("belzut") == 2);
    CHECK(best("lanreotid") == 3);
    CHECK(best("aspirin") == -1);
    CHECK(best("") == -1);
    CHECK(search_words(graph.snapshot(), index, "sunitinib malate").front().second == 1.0);

    Transaction transaction(graph);
    transaction.set_property(NodeId{1}, name, Value("pazopanib"));
    const NodeId made = transaction.create_node();
    transaction.add_label(made, drug);
    transaction.set_property(made, name, Value("cabozantinib"));
    transaction.commit();
    CHECK(best("sunitinib") != 1);
    CHECK(best("pazopanb") == 1);
    CHECK(best("cabozantinib") == 5);
}

TEST_CASE("index: who asks once is answered by the column, as by an index") {
    std::mt19937 random(8);
    GraphBuilder builder;
    const LabelId labels[] = {builder.label("Drug"), builder.label("Gene")};
    const char* const keys[] = {"whole", "part", "text", "rare"};
    for (std::uint32_t i = 0; i < 3'000; ++i) {
        const NodeId node = builder.add_node(std::span(&labels[random() % 2], 1));
        builder.set_property(node, builder.key("whole"), static_cast<std::int64_t>(random() % 700));
        if (random() % 3 != 0)
            builder.set_property(node, builder.key("part"), static_cast<double>(random() % 50) / 2);
        if (i > 100) builder.set_property(node, builder.key("text"), "t" + std::to_string(random() % 40));
        if (i % 30 == 7)
            builder.set_property(node, builder.key("rare"), static_cast<std::int64_t>(random() % 9));
    }
    Graph graph(builder.finish());
    for (const bool written : {false, true}) {
        const Snapshot snapshot = graph.snapshot();
        std::size_t answered = 0;
        for (const char* name : keys) {
            const KeyId key = *snapshot.find_key(name);
            for (const Value& value : {Value(3), Value(2.5), Value("t7"), Value("none"), Value(999'999)}) {
                std::vector<NodeId> found;
                Probe probe{Probe::Kind::equal, value};
                probe.once = true;
                if (!seek(snapshot, *snapshot.find_label("Drug"), key, probe, found)) continue;
                ++answered;
                std::vector<NodeId> expected;
                for (const NodeId node : labelled(snapshot, *snapshot.find_label("Drug")))
                    if (equals(snapshot.property(node, key), value).value_or(false)) expected.push_back(node);
                INFO(name << (written ? ", written to" : ""));
                CHECK(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
                if (!written) CHECK(found == expected);
            }
        }
        CHECK(answered > 8);
        Transaction transaction(graph);
        for (std::uint32_t i = 0; i < 40; ++i)
            transaction.set_property(NodeId{i * 50}, transaction.key("whole"), Value(3));
        transaction.commit();
    }
}
