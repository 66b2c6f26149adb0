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

TEST_CASE("texts are wrapped at blanks, or where they must be") {
    using Lines = std::vector<std::string>;
    CHECK(wrapped("", 5) == Lines{""});
    CHECK(wrapped("abc", 5) == Lines{"abc"});
    CHECK(wrapped("ab cd ef", 5) == Lines{"ab cd", "ef"});
    CHECK(wrapped("ab cd ef", 6) == Lines{"ab cd", "ef"});
    CHECK(wrapped("abcdefg hi", 5) == Lines{"abcde", "fg hi"});
    CHECK(wrapped("a bcdefghij", 4) == Lines{"a", "bcde", "fghi", "j"});
    CHECK(wrapped("胰岛胰岛", 5) == Lines{"胰岛", "胰岛"});
    CHECK(wrapped("e\u0301e\u0301e\u0301", 2) == Lines{"e\u0301e\u0301", "e\u0301"});
    CHECK(wrapped("👩‍🔬👩‍🔬", 3) == Lines{"👩‍🔬", "👩‍🔬"});
    for (std::size_t width = 2; width < 20; ++width) {
        std::string joined;
        for (const std::string& line :
             wrapped("the quick brown fox, 胰岛 and anextraordinarilylongword", width)) {
            CHECK(width_of(line) <= width);
            joined += line;
        }
        std::erase(joined, ' ');
        CHECK(joined == "thequickbrownfox,胰岛andanextraordinarilylongword");
    }
}
