#include "islet/text.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>

using namespace islet;

TEST_CASE("floats read back the same and look like floats") {
    const std::vector<std::pair<double, std::string>> table = {{1.0, "1.0"},
                                                               {-0.0, "-0.0"},
                                                               {0.1, "0.1"},
                                                               {-11.2943, "-11.2943"},
                                                               {1e6, "1000000.0"},
                                                               {1e10, "1.0E10"},
                                                               {1.5e-7, "1.5E-7"},
                                                               {0.001, "0.001"},
                                                               {1e7, "1.0E7"},
                                                               {1e308, "1.0E308"},
                                                               {-1e-305, "-1.0E-305"},
                                                               {999.99, "999.99"},
                                                               {1.0 / 3, "0.3333333333333333"}};
    for (const auto& [value, text] : table) CHECK(float_text(value) == text);
    CHECK(float_text(std::numeric_limits<double>::quiet_NaN()) == "NaN");
    CHECK(float_text(std::numeric_limits<double>::infinity()) == "Infinity");
    CHECK(float_text(-std::numeric_limits<double>::infinity()) == "-Infinity");
    std::mt19937_64 random(3);
    for (int i = 0; i < 5000; ++i) {
        const std::uint64_t bits = random();
        double value = 0;
        static_assert(sizeof value == sizeof bits);
        std::memcpy(&value, &bits, sizeof value);
        if (value - value != 0) continue;  // NaN, infinity
        CHECK(std::strtod(float_text(value).c_str(), nullptr) == value);
    }
}

TEST_CASE("values as openCypher writes them") {
    GraphBuilder builder;
    const std::vector<LabelId> labels = {builder.label("Zebra"), builder.label("Ant"),
                                         builder.label("two words")};
    const NodeId a = builder.add_node(labels);
    const NodeId b = builder.add_node();
    const NodeId c = builder.add_node(std::vector{labels[1]});
    builder.set_property(a, builder.key("z"), 1);
    builder.set_property(a, builder.key("a"), "it's\n");
    builder.set_property(b, builder.key("2nd"), List{1.0, true});
    const std::size_t first = builder.add_relationship(a, builder.type("T"), b);
    builder.add_relationship(c, builder.type("of type"), b);
    builder.set_relationship_property(first, builder.key("k"), 1);
    const Snapshot graph = builder.finish();

    CHECK(to_text(nullptr, graph) == "null");
    CHECK(to_text(true, graph) == "true");
    CHECK(to_text(-7, graph) == "-7");
    CHECK(to_text(2.0, graph) == "2.0");
    CHECK(to_text("a\\b'c\t\x01", graph) == R"('a\\b\'c\t\u0001')");
    CHECK(to_text(List{1, "x", List{}, nullptr}, graph) == "[1, 'x', [], null]");
    CHECK(to_text(Map{{"b", 1}, {"a", Map{}}, {"x y", 2}}, graph) == "{a: {}, b: 1, `x y`: 2}");
    CHECK(to_text(a, graph) == R"((:Ant:Zebra:`two words` {a: 'it\'s\n', z: 1}))");
    CHECK(to_text(b, graph) == "({`2nd`: [1.0, true]})");
    CHECK(to_text(RelId{0}, graph) == "[:T {k: 1}]");
    CHECK(to_text(Path{{a}, {}}, graph) == to_text(a, graph).insert(0, "<") + ">");
    CHECK(to_text(Path{{c, b, a}, {RelId{1}, RelId{0}}}, graph) ==
          "<(:Ant)-[:`of type`]->({`2nd`: [1.0, true]})<-[:T {k: 1}]-" + to_text(a, graph) + ">");
    CHECK(to_display("it's", graph) == "it's");
    CHECK(to_display(List{"it's"}, graph) == R"(['it\'s'])");
}
