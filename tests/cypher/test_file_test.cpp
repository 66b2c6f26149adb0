#include "test_file.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <stdexcept>

namespace fs = std::filesystem;
using namespace islet::cypher_test;

namespace {

// A file in a temporary folder, gone at the end of the test.
class Written {
 public:
    explicit Written(const std::string& text)
        : folder_(fs::temp_directory_path() / ("islet-cypher-test-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_ / "graphs");
        std::ofstream(folder_ / "graphs/pair.cypher") << "CREATE (), ()\n";
        std::ofstream(path()) << text;
    }
    Written(const Written&) = delete;
    Written& operator=(const Written&) = delete;
    ~Written() { fs::remove_all(folder_); }
    [[nodiscard]] fs::path path() const { return folder_ / "a.test"; }

 private:
    fs::path folder_;
};

constexpr const char* example = R"(# A comment.
graph:
  CREATE (:A {x: 1}),
         (:B)

case: first
parameters: {x: 1}
optimizations off: top_k, filter_pushdown
query:
  MATCH (n)

  RETURN n
rows:
  | n |
  | 1 |
warnings:
  some
    text

# Between cases.
graph: pair
case: second
query:
  RETURN 1
)";

}  // namespace

TEST_CASE("a test file is read into cases") {
    const Written file(example);
    const TestFile read(file.path());
    REQUIRE(read.cases().size() == 2);
    const Case& first = read.cases()[0];
    CHECK(first.name == "first");
    CHECK(first.line == 5);
    CHECK(first.graph == "CREATE (:A {x: 1}),\n       (:B)");
    CHECK(first.query == "MATCH (n)\n\nRETURN n");
    CHECK(first.parameters == "{x: 1}");
    CHECK(first.optimizations_off == std::vector<std::string>{"top_k", "filter_pushdown"});
    REQUIRE(first.expectations.size() == 2);
    CHECK(first.find("rows")->body == "| n |\n| 1 |");
    CHECK(first.find("warnings")->body == "some\n  text");
    CHECK(first.find("error") == nullptr);
    CHECK(read.cases()[1].graph == "CREATE (), ()\n");
    CHECK(read.cases()[1].expectations.empty());
}

TEST_CASE("new expectations replace the old ones and nothing else") {
    const Written file(example);
    const TestFile read(file.path());
    CHECK(read.with({read.cases()[0].expectations, {}}) == example);

    const std::string text = read.with({{{"error", "", "no", 0, 0}}, {{"rows", "", "| 1 |\n| 1 |", 0, 0}}});
    std::string expected = example;
    const std::size_t begin = expected.find("rows:");
    expected.replace(begin, expected.find("\n# Between") - begin, "error:\n  no\n");
    CHECK(text == expected + "rows:\n  | 1 |\n  | 1 |\n");
}

TEST_CASE("a file that does not follow the format is refused with its line") {
    const auto message = [](const char* text) -> std::string {
        const Written file(text);
        try {
            const TestFile read(file.path());
            return "";
        } catch (const std::runtime_error& error) {
            const std::string what = error.what();
            return what.substr(what.find("a.test"));
        }
    };
    CHECK(message("case: a\n") == "a.test:1: the case has no query");
    CHECK(message("query:\n  RETURN 1\n") == "a.test:1: `query` before the first case");
    CHECK(message("case: a\nquery:\n  RETURN 1\nrow:\n  | 1 |\n") == "a.test:4: there is no section `row`");
    CHECK(message("case: a\nquery:\n  X\nRETURN 1\n") ==
          "a.test:4: expected `key:` at the start of the line");
    CHECK(message("case: a\nquery:\n  X\ncase: a\nquery:\n  X\n") == "a.test:1: another case has this name");
}
