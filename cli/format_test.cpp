// Every kind of value in every format, compared by bytes with tests/golden/.
// `ISLET_UPDATE_GOLDEN=1 ctest -R golden` writes the files anew.
#include "format.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>

#include "text_width.hpp"

using namespace islet;
using namespace islet::cli;

namespace {

void check_golden(const std::string& name, const std::string& written) {
    const std::string path = std::string(ISLET_SOURCE_DIR) + "/cli/tests/golden/" + name;
    if (std::getenv("ISLET_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << written;
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    const std::string expected{std::istreambuf_iterator<char>(file), {}};
    INFO(name);
    CHECK(written == expected);
}

Rows every_kind() {
    GraphBuilder builder;
    const LabelId labels[] = {builder.label("Treatment"), builder.label("Drug")};
    const NodeId drug = builder.add_node(labels);
    const NodeId target = builder.add_node();
    builder.set_property(drug, builder.key("name"), "everolimus");
    builder.set_property(drug, builder.key("brand_names"), List{"Afinitor"});
    const std::size_t rel = builder.add_relationship(drug, builder.type("HAS_TARGET"), target);
    builder.set_relationship_property(rel, builder.key("lines"), "115");

    Rows rows{{"kind", "value"}, {}, builder.finish()};
    const auto add = [&](std::string_view kind, Value value) {
        rows.values.emplace_back(kind);
        rows.values.push_back(std::move(value));
    };
    add("null", nullptr);
    add("boolean", true);
    add("integer", std::numeric_limits<std::int64_t>::max());
    add("smallest integer", std::numeric_limits<std::int64_t>::min());
    add("float", 0.1);
    add("whole float", 1.0);
    add("large float", 1e300);
    add("NaN", std::nan(""));
    add("infinity", -std::numeric_limits<double>::infinity());
    add("positive infinity", std::numeric_limits<double>::infinity());
    add("negative zero", -0.0);
    add("smallest float", std::numeric_limits<double>::denorm_min());
    add("beyond 2^53", std::int64_t{9007199254740993});
    add("string", "plain");
    add("empty string", "");
    add("number as string", "1");
    add("quotes", R"(say "so", or 'so' \ done)");
    add("line breaks", "one\ntwo\r\tthree");
    add("markup", "a | b *c* _d_ <e> & `f`");
    add("wide", "胰岛 👩‍🔬 e\u0301");
    add("control", "\x1b[31m");
    add("date", *parse_date("2024-02-29"));
    add("local time", *parse_local_time("12:31:14.645"));
    add("time", *parse_time("12:31:14+01:00"));
    add("local date and time", *parse_local_date_time("2024-02-29T12:31"));
    add("date and time", *parse_date_time("2024-02-29T12:31:14Z"));
    add("duration", *parse_duration("P1Y2M3DT4H5.5S"));
    add("zone with a name", *parse_date_time("2024-07-01T12:31:14+02:00[Europe/Berlin]"));
    add("year before 0", *parse_date("-0044-03-15"));
    add("negative duration", *parse_duration("-P1M-2DT-3.25S"));
    add("no duration", *parse_duration("PT0S"));
    add("empty list", List{});
    add("empty map", Map{});
    add("map with odd keys", Map{{"a key", List{Map{{"`", nullptr}}}}, {"\"", "'"}});
    add("dates in a list", List{*parse_date("2024-02-29"), std::nan("")});
    add("list", List{1, "two", nullptr, List{3.0}});
    add("map", Map{{"b", 1}, {"a", "x"}});
    add("node", drug);
    add("bare node", target);
    add("relationship", RelId{0});
    add("path", Path{{drug, target}, {RelId{0}}});
    add("path backwards", Path{{target, drug}, {RelId{0}}});
    add("path of one node", Path{{drug}, {}});
    add("elements in containers", Map{{"n", List{drug, RelId{0}}}, {"p", Path{{target}, {}}}});
    return rows;
}

std::string written(Format format, const Rows& rows, const Layout& layout = {}) {
    std::ostringstream out;
    write_rows(format, rows, layout, out);
    return out.str();
}

Rows two_columns() {
    return {{"name", "n"},
            {Value("everolimus"), Value(12), Value("a rather long name of a drug"), Value()},
            Snapshot()};
}

}  // namespace

TEST_CASE("golden: every kind of value in every format") {
    const Rows rows = every_kind();
    for (const std::string_view name : format_names()) {
        check_golden("kinds." + std::string(name), written(*find_format(name), rows));
    }
    check_golden("kinds.boxes", written(Format::table, rows, {true, false, 60}));
}

TEST_CASE("tables are plain text in a pipe and boxes on a terminal") {
    CHECK(written(Format::table, two_columns()) ==
          "| name                         |    n |\n"
          "|------------------------------|------|\n"
          "| everolimus                   |   12 |\n"
          "| a rather long name of a drug | null |\n");
    CHECK(written(Format::table, two_columns(), {true, false, 0}) ==
          "┌──────────────────────────────┬──────┐\n"
          "│ name                         │    n │\n"
          "├──────────────────────────────┼──────┤\n"
          "│ everolimus                   │   12 │\n"
          "│ a rather long name of a drug │ null │\n"
          "└──────────────────────────────┴──────┘\n");
}

TEST_CASE("tables fit the terminal, whatever stands in them") {
    for (const Rows& rows : {two_columns(), every_kind()}) {
        for (const std::size_t width : {24U, 30U, 33U, 60U, 80U}) {
            std::istringstream lines(written(Format::table, rows, {true, false, width}));
            std::string line;
            std::size_t first = 0;
            while (std::getline(lines, line)) {
                INFO(line);
                CHECK(width_of(line) <= width);
                if (first == 0) first = width_of(line);
                CHECK(width_of(line) == first);
            }
        }
    }
}

TEST_CASE("a cell that is too wide goes on in further lines, or is cut where that was asked for") {
    CHECK(written(Format::table, two_columns(), {true, false, 24}) ==
          "┌───────────────┬──────┐\n"
          "│ name          │    n │\n"
          "├───────────────┼──────┤\n"
          "│ everolimus    │   12 │\n"
          "├───────────────┼──────┤\n"
          "│ a rather long │ null │\n"
          "│ name of a     │      │\n"
          "│ drug          │      │\n"
          "└───────────────┴──────┘\n");
    CHECK(written(Format::table, two_columns(), {true, false, 24, false}) ==
          "┌───────────────┬──────┐\n"
          "│ name          │    n │\n"
          "├───────────────┼──────┤\n"
          "│ everolimus    │   12 │\n"
          "│ a rather lon… │ null │\n"
          "└───────────────┴──────┘\n");
}

TEST_CASE("a table that would be unreadable is vertical, where that may be") {
    Rows rows{{"a", "b", "c", "d"}, {}, Snapshot()};
    for (int i = 0; i < 4; ++i) rows.values.emplace_back("some text of three or four lines");
    const auto vertical = [&](std::size_t width, bool may) {
        return written(Format::table, rows, {true, false, width, true, may}).starts_with("── row 1");
    };
    CHECK_FALSE(vertical(140, true));
    CHECK_FALSE(vertical(80, true));
    CHECK(vertical(30, true));  // columns narrower than any word
    CHECK(vertical(37, true));  // rows too high
    CHECK_FALSE(vertical(30, false));
    CHECK_FALSE(vertical(0, true));
}

TEST_CASE("colour is where it was asked for only") {
    for (const std::string_view name : format_names()) {
        const Format format = *find_format(name);
        CHECK(written(format, two_columns()).find('\x1b') == std::string::npos);
        const bool coloured =
            written(format, two_columns(), {true, true, 0}).find('\x1b') != std::string::npos;
        CHECK(coloured == (format == Format::table || format == Format::vertical));
    }
}

TEST_CASE("no rows still have a header where the format has one") {
    const Rows none{{"a", "b"}, {}, Snapshot()};
    CHECK(written(Format::csv, none) == "a,b\r\n");
    CHECK(written(Format::tsv, none) == "a\tb\n");
    CHECK(written(Format::json, none) == "[]\n");
    CHECK(written(Format::jsonl, none).empty());
    CHECK(written(Format::table, none) == "| a | b |\n|---|---|\n");
    CHECK(written(Format::markdown, none) == "| a | b |\n| --- | --- |\n");
}

TEST_CASE("a statement that returns nothing writes nothing") {
    for (const std::string_view name : format_names()) CHECK(written(*find_format(name), Rows{}).empty());
}
