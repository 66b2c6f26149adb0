#include "islet/error.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace islet;

namespace {

Error at(SourceSpan span, std::string hint = {}) {
    return {.code = "42N62",
            .kind = "SyntaxError",
            .phase = "compile time",
            .detail = "UndefinedVariable",
            .message = "variable `d` is not defined",
            .span = span,
            .hint = std::move(hint),
            .place = {}};
}

const std::string head = "error 42N62: variable `d` is not defined\n";

/// Optimal string alignment, the whole table.
std::size_t naive_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min(
                {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[a.size()][b.size()];
}

}  // namespace

TEST_CASE("an error shows its line with a caret under the character") {
    CHECK(render(at({1, 23, 1}, "did you mean `x`?"), "MATCH (x:Drug) RETURN d.name") ==
          head +
              "  1 | MATCH (x:Drug) RETURN d.name\n"
              "    |                       ^ did you mean `x`?\n");
}

TEST_CASE("carets stand right whatever the line holds") {
    struct Row {
        std::string source;
        SourceSpan span;
        std::string shown;
    };
    const std::vector<Row> table = {
        {"one\ntwo\nthree", {2, 1, 3}, "  2 | two\n    | ^^^\n"},
        {"one\r\ntwo\r\n", {1, 3, 1}, "  1 | one\n    |   ^\n"},
        {"RETURN", {1, 7, 0}, "  1 | RETURN\n    |       ^\n"},        // at the end
        {"a\n", {2, 1, 0}, "  2 | \n    | ^\n"},                       // on the empty last line
        {"\tx", {1, 2, 1}, "  1 |     x\n    |     ^\n"},              // tab
        {"ab\tx", {1, 4, 1}, "  1 | ab  x\n    |     ^\n"},            // to the next stop
        {"'é' x", {1, 5, 1}, "  1 | 'é' x\n    |     ^\n"},            // two bytes
        {"'薬' x", {1, 5, 1}, "  1 | '薬' x\n    |      ^\n"},         // two columns
        {"薬薬 x", {1, 1, 6}, "  1 | 薬薬 x\n    | ^^^^\n"},           // wide span
        {"e\xCC\x81 x", {1, 4, 1}, "  1 | e\xCC\x81 x\n    |   ^\n"},  // combining mark
        {"a\xFF"
         "b x",
         {1, 5, 1},
         "  1 | a\xEF\xBF\xBD"
         "b x\n    |     ^\n"},                                                  // broken byte
        {"a\x1B[2J x", {1, 7, 1}, "  1 | a\xEF\xBF\xBD[2J x\n    |       ^\n"},  // no escape gets out
        {"abc", {1, 2, 99}, "  1 | abc\n    |  ^^\n"},                           // span beyond the line
        {"abc", {1, 99, 1}, "  1 | abc\n    |    ^\n"},                          // column beyond the line
        {std::string(11, '\n') + "xy", {12, 2, 1}, "  12 | xy\n     |  ^\n"}};
    for (const Row& row : table) {
        CAPTURE(row.source);
        CHECK(render(at(row.span), row.source) == head + row.shown);
    }
}

TEST_CASE("long lines are cut around the span") {
    std::string line;
    for (int i = 0; i < 100; ++i) line += "word" + std::to_string(i) + ' ';
    const auto check = [&](std::size_t begin, bool cut_left, bool cut_right) {
        const SourceSpan span = locate(line, begin, begin + 6);
        const std::string shown = render(at(span), line).substr(head.size());
        const std::string first = shown.substr(0, shown.find('\n'));
        const std::string second = shown.substr(shown.find('\n') + 1);
        CHECK(first.size() < 120);
        CHECK((first.find("| …") != std::string::npos) == cut_left);
        CHECK((first.substr(first.size() - 3) == "…") == cut_right);
        // The ellipsis is three bytes and one column.
        const std::size_t caret = second.find('^') + (cut_left ? 2 : 0);
        CHECK(first.substr(caret, 6) == line.substr(begin, 6));
        CHECK(second.substr(second.find('^')) == "^^^^^^\n");
    };
    check(0, false, true);
    check(line.find("word50"), true, true);
    check(line.find("word99"), true, false);
}

TEST_CASE("an error without a place in the text says what it knows") {
    Error error = at({1, 1, 1}, "look again");
    CHECK(render(error, "") == head + "  look again\n");
    CHECK(render(at({7, 1, 1}), "one line") == head);
    error.span.reset();
    error.place = "drugs.json#/3/name";
    CHECK(render(error, "text") == head + "  in drugs.json#/3/name\n  look again\n");
    error.code.clear();
    error.hint.clear();
    error.place.clear();
    CHECK(render(error, "text") == "error: variable `d` is not defined\n");
}

TEST_CASE("byte ranges become lines and columns") {
    const std::string text = "ab\r\n'é' c\n\nd";
    const auto offset = [&](const char* what) { return text.find(what); };
    CHECK(locate(text, 0, 2) == SourceSpan{1, 1, 2});
    CHECK(locate(text, offset("b"), text.size()) == SourceSpan{1, 2, 1});  // ends with its line
    CHECK(locate(text, offset("c"), offset("c") + 1) == SourceSpan{2, 5, 1});
    CHECK(locate(text, offset("'"), offset("c")) == SourceSpan{2, 1, 5});
    CHECK(locate(text, offset("d"), offset("d") + 1) == SourceSpan{4, 1, 1});
    CHECK(locate(text, text.size(), text.size()) == SourceSpan{4, 2, 0});
    CHECK(locate(text, 1000, 2000) == SourceSpan{4, 2, 0});
    CHECK(locate("", 0, 0) == SourceSpan{1, 1, 0});
}

TEST_CASE("edit distance equals the full table within the limit") {
    CHECK(edit_distance("Durg", "drug", 3) == 1);
    CHECK(edit_distance("ca", "abc", 3) == 3);
    CHECK(edit_distance("", "", 0) == 0);
    CHECK(edit_distance("", "abc", 5) == 3);
    CHECK(edit_distance("abc", "xyz", 1) == 2);
    std::mt19937 random(1);
    const auto word = [&random] {
        std::string made(random() % 9, ' ');
        for (char& c : made) c = static_cast<char>('a' + random() % 3);
        return made;
    };
    for (int i = 0; i < 20000; ++i) {
        const std::string a = word();
        const std::string b = word();
        const std::size_t limit = random() % 6;
        CAPTURE(a, b, limit);
        REQUIRE(edit_distance(a, b, limit) == std::min(naive_distance(a, b), limit + 1));
    }
}

TEST_CASE("the nearest name is offered only when it is near") {
    const std::vector<std::string> names = {"name", "names", "dosage", "Drug"};
    CHECK(nearest("nmae", names) == "name");
    CHECK(nearest("drug", names) == "Drug");
    CHECK(nearest("dossage", names) == "dosage");
    CHECK_FALSE(nearest("target", names).has_value());
}
