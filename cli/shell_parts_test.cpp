// What the shell is made of: its history file, charts, parameters from JSON, the overview of a graph.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "highlight.hpp"
#include "history_file.hpp"
#include "pager.hpp"
#include "parameter_file.hpp"
#include "plot.hpp"
#include "schema_overview.hpp"
#include "source_text.hpp"

using namespace islet;
using namespace islet::cli;

namespace {

std::filesystem::path temporary_path(const std::string& name) {
    return std::filesystem::temp_directory_path() / ("islet-test-" + std::to_string(::getpid()) + "-" + name);
}

Rows counts() {
    return {{"name", "n"}, {"a", 4, "bb", 2, "c", Value(), "d", std::nan("")}, Snapshot()};
}

}  // namespace

TEST_CASE("a history file keeps what was typed, whole") {
    const auto path = temporary_path("history");
    const HistoryFile file(path);
    CHECK(file.load(10).empty());
    const std::vector<std::string> inputs{"RETURN 1;", "two\nlines // and a comment\n;", "back\\slash \\n",
                                          "胰岛"};
    for (const std::string& input : inputs) file.add(input);
    CHECK(HistoryFile(path).load(10) == inputs);
    CHECK(HistoryFile(path).load(2) == std::vector<std::string>{inputs[2], inputs[3]});
    // Two shells at a time lose nothing of each other.
    const HistoryFile other(path);
    other.add("other");
    file.add("mine");
    CHECK(file.load(10).size() == 6);
    CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::others_read) ==
          std::filesystem::perms::none);
    // It is shortened when it has grown far beyond.
    CHECK(file.load(2) == std::vector<std::string>{"other", "mine"});
    CHECK(file.load(10).size() == 2);
    std::filesystem::remove(path);
}

TEST_CASE("parameters from JSON keep kinds and precision") {
    const auto read = parse_parameters(
        "p.json",
        R"({"i": 9007199254740993, "f": 1.0, "s": "x\u00e9", "n": null, "b": true, "l": [1, [2.5]], "m": {"a": {}}})");
    REQUIRE(read);
    CHECK(read->at("i") == Value(std::int64_t{9007199254740993}));
    CHECK(read->at("f") == Value(1.0));
    CHECK(read->at("s") == Value("xé"));
    CHECK(read->at("n").is_null());
    CHECK(read->at("b") == Value(true));
    CHECK(read->at("l") == Value(List{1, List{2.5}}));
    CHECK(read->at("m") == Value(Map{{"a", Map{}}}));
}

TEST_CASE("parameters that are no JSON object are refused with their place") {
    const auto message = [](const std::string& text) {
        const auto read = parse_parameters("p.json", text);
        return read ? std::string() : read.error().message;
    };
    CHECK(message("{\n  \"a\": 1,\n  oops\n}").find("p.json: line 3, column 3: ") == 0);
    CHECK(message("[1]").find("one JSON object") != std::string::npos);
    CHECK(message("").find("p.json: line 1") == 0);
    CHECK(message("{\"a\": 9223372036854775808}").find("beyond the integers") != std::string::npos);
    CHECK(!message("{\"a\": 1e400}").empty());
    CHECK(message("{\"a\": 1} x") != "");
    CHECK(message("{\"a\":" + std::string(2000, '[')).find("too deep") != std::string::npos);
    CHECK(message("{\"a\": \"\xff\"}") != "");
    CHECK(read_parameters("/nonexistent/p.json").error().detail == "CannotOpen");
}

TEST_CASE("a chart is of the first numbers over the first other column") {
    const auto chart = chart_of(counts(), "", "");
    REQUIRE(chart);
    CHECK(chart->bars.size() == 2);
    CHECK(chart->left_out == 2);
    const std::string text = chart_text(*chart, 30, false);
    CHECK(text.find("a     │████████████████████ 4\n") != std::string::npos);
    CHECK(text.find("bb    │██████████ 2\n") != std::string::npos);
    CHECK(text.find("2 of 4 rows have no number") != std::string::npos);
}

TEST_CASE("a chart of texts alone counts them; of negative numbers it has two sides") {
    const Rows texts{{"x"}, {"b", "a", "b"}, Snapshot()};
    const auto counted = chart_of(texts, "", "");
    REQUIRE(counted);
    CHECK(counted->bars[0].label == "b");
    CHECK(counted->bars[0].value == 2);
    const Rows signs{{"x", "y"}, {"up", 2, "down", -2, "none", 0}, Snapshot()};
    const std::string text = chart_text(*chart_of(signs, "", ""), 40, false);
    CHECK(text.find("██│ -2") != std::string::npos);
    CHECK(text.find("│██") != std::string::npos);
    CHECK(text.find(" │ 0\n") != std::string::npos);
    CHECK(chart_of(signs, "x", "x").error().message.find("no numbers") != std::string::npos);
    CHECK(chart_of(signs, "z", "y").error().message.find("no column `z`") != std::string::npos);
    CHECK_FALSE(chart_of(Rows{{"x"}, {}, Snapshot()}, "", ""));
}

TEST_CASE("a chart as SVG escapes what it shows") {
    const Rows rows{{"x", "y<z"}, {"a & <b>", 1.5}, Snapshot()};
    const std::string svg = chart_svg(*chart_of(rows, "", ""));
    CHECK(svg.starts_with("<svg xmlns="));
    CHECK(svg.find("a &amp; &lt;b&gt;") != std::string::npos);
    CHECK(svg.find("y&lt;z") != std::string::npos);
    CHECK(svg.find("<b>") == std::string::npos);
}

TEST_CASE("the overview finds which labels include which, and what leads where") {
    GraphBuilder builder;
    const LabelId treatment = builder.label("Treatment");
    const LabelId drug = builder.label("Drug");
    const LabelId effect = builder.label("Effect");
    const LabelId both[] = {treatment, drug};
    std::vector<NodeId> nodes;
    for (int i = 0; i < 3; ++i) {
        nodes.push_back(builder.add_node(i < 2 ? std::span<const LabelId>(both) : std::span(&treatment, 1)));
        builder.set_property(nodes.back(), builder.key("name"), "n");
    }
    const NodeId nausea = builder.add_node(std::span(&effect, 1));
    builder.set_property(nausea, builder.key("name"), "nausea");
    for (const NodeId node : nodes) builder.add_relationship(node, builder.type("CAUSES"), nausea);
    const Snapshot snapshot = builder.finish();

    const auto labels = label_overview(snapshot);
    REQUIRE(labels.size() == 3);
    CHECK(labels[0].label == treatment);
    CHECK(labels[0].within == LabelId::none);
    CHECK(labels[1].label == drug);
    CHECK(labels[1].within == treatment);
    const auto top = edge_overview(snapshot, NodeView::top);
    REQUIRE(top.size() == 1);
    CHECK(top[0].from == treatment);
    CHECK(top[0].relationships == 3);
    CHECK(edge_overview(snapshot, NodeView::closest).size() == 2);
    CHECK(schema_text(snapshot, false) ==
          "4 nodes, 3 relationships\n"
          "\n"
          "(:Treatment) 3  includes Drug 2\n"
          "  └──[:CAUSES]─▶ Effect 3\n"
          "\n"
          "(:Effect) 1\n");
    CHECK(schema_text_of(snapshot, "Drug", false)->find("└──[:CAUSES]─▶ Effect 2") != std::string::npos);
    CHECK(schema_text_of(snapshot, "CAUSES", false)->find("(:Drug)──▶(:Effect) 2") != std::string::npos);
    CHECK_FALSE(schema_text_of(snapshot, "None", false));
    CHECK(example_query(snapshot) == "MATCH (a:Drug)-[:CAUSES]->(b:Effect) RETURN a.name, b.name;");
    CHECK(schema_text(Snapshot(), false) == "0 nodes, 0 relationships\n");
}

TEST_CASE("a document's statements come by section and line, each once") {
    const KnowledgeBase base = KnowledgeBase::built_in().value();
    std::size_t all = 0;
    for (const Document& document : base.documents()) {
        CHECK(find_document(base, document.id) == &document);
        const auto said = said_by(base, base.snapshot(), document);
        all += said.size();
        for (std::size_t i = 1; i < said.size(); ++i) CHECK(said[i - 1].section <= said[i].section);
    }
    std::size_t counted = 0;
    for (const StatementCount& count : base.statement_counts()) {
        if (!count.source.empty()) counted += count.statements;
    }
    CHECK(all == counted);
    CHECK(find_document(base, "no such document") == nullptr);
}

TEST_CASE("colours leave the text as it is") {
    const std::string query = "MATCH (n:`odd 'name`) WHERE n.x = 'it\\'s' /* no */ RETURN 1 // end";
    const std::string coloured = painted_query(query);
    std::string bare;
    for (std::size_t i = 0; i < coloured.size(); ++i) {
        if (coloured[i] == '\x1b') {
            i = coloured.find('m', i);
        } else {
            bare += coloured[i];
        }
    }
    CHECK(bare == query);
    CHECK(coloured.find("\x1b[1;34mMATCH\x1b[0m") == 0);
    CHECK(coloured.find("\x1b[32m'it\\'s'\x1b[0m") != std::string::npos);
    CHECK(painted_query("/* open").find("/* open") != std::string::npos);
    CHECK(painted_query("'open").find("'open") != std::string::npos);
}
