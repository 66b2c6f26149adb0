#include "text_width.hpp"

#include <catch2/catch.hpp>

using namespace islet::cli;

TEST_CASE("width counts terminal columns") {
    CHECK(width_of("") == 0);
    CHECK(width_of("plain") == 5);
    CHECK(width_of("ünïcödé") == 7);
    CHECK(width_of("e\u0301te\u0301") == 3);  // combining marks
    CHECK(width_of("胰岛") == 4);
    CHECK(width_of("👩‍🔬") == 2);  // three code points, one picture
    CHECK(width_of("🇩🇪") == 2);
}

TEST_CASE("cutting keeps characters and their marks whole") {
    CHECK(cut_to("plain", 5) == "plain");
    CHECK(cut_to("plain", 4) == "pla…");
    CHECK(cut_to("plain", 1) == "…");
    CHECK(cut_to("胰岛素", 5) == "胰岛…");
    CHECK(cut_to("胰岛素", 4) == "胰…");  // the second would leave no room for the ellipsis
    CHECK(cut_to("ae\u0301b", 2) == "a…");
    CHECK(cut_to("ae\u0301b", 3) == "ae\u0301b");
    CHECK(cut_to("👩‍🔬👩‍🔬", 3) == "👩‍🔬…");
}

TEST_CASE("a cell shows no control characters") {
    CHECK(one_line("two\nlines\tand \x1b[31mred\x07") == "two\\nlines\\tand \\x1b[31mred\\x07");
    CHECK(one_line("bad \xFF byte") == "bad \uFFFD byte");
    CHECK(one_line("next line \u0085") == "next line \\x85");
}
