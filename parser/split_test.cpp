#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "islet/parser.hpp"

namespace {

std::vector<std::string> pieces(std::string_view script) {
    std::vector<std::string> result;
    for (auto const& statement : islet::parser::split(script).statements) {
        CHECK(script.substr(statement.offset, statement.text.size()) == statement.text);
        result.emplace_back(statement.text);
    }
    return result;
}

using Pieces = std::vector<std::string>;

}  // namespace

TEST_CASE("a script is cut at its semicolons") {
    CHECK(pieces("RETURN 1; RETURN 2;") == Pieces{"RETURN 1", "RETURN 2"});
    CHECK(pieces("  RETURN 1 ;\n\nRETURN 2\n") == Pieces{"RETURN 1", "RETURN 2"});
    CHECK(pieces(";;RETURN 1;;").size() == 1);
    CHECK(pieces("").empty());
}

TEST_CASE("semicolons in strings, quoted names and comments do not count") {
    CHECK(pieces("RETURN ';'; RETURN \"a;\\\";b\"").size() == 2);
    CHECK(pieces("RETURN `a;``;b`; RETURN 2").size() == 2);
    CHECK(pieces("RETURN 1 // one; two\n; RETURN 2") == Pieces{"RETURN 1", "RETURN 2"});
    CHECK(pieces("RETURN /* ; */ 1; RETURN 2") == Pieces{"RETURN /* ; */ 1", "RETURN 2"});
    CHECK(pieces("RETURN 'it\\'s;'; RETURN 4 / 2;") == Pieces{"RETURN 'it\\'s;'", "RETURN 4 / 2"});
}

TEST_CASE("a script is complete when nothing waits for its semicolon") {
    CHECK(islet::parser::split("RETURN 1;").complete);
    CHECK(islet::parser::split("RETURN 1; // the end\n").complete);
    CHECK(islet::parser::split(" \n").complete);
    CHECK_FALSE(islet::parser::split("RETURN 1").complete);
    CHECK_FALSE(islet::parser::split("RETURN 1; RETURN ';").complete);
    CHECK_FALSE(islet::parser::split("RETURN 1; /* open ;").complete);
    CHECK_FALSE(islet::parser::split("RETURN `a;").complete);
}

TEST_CASE("a script that is no UTF-8 is still cut") {
    CHECK(pieces("RETURN '\xC3; '; RETURN \xE5\x90") == Pieces{"RETURN '\xC3; '", "RETURN \xE5\x90"});
    CHECK(pieces("RETURN größe.名前; RETURN 2") == Pieces{"RETURN größe.名前", "RETURN 2"});
}
