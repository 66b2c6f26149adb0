#include "gherkin.hpp"

#include <catch2/catch.hpp>

using islet::tck::Cells;
using islet::tck::GherkinError;
using islet::tck::read_feature;
using islet::tck::Scenario;
using islet::tck::split_cells;

TEST_CASE("cells of a table line are trimmed and unescaped") {
    CHECK(split_cells("| a | b c |") == Cells{"a", "b c"});
    CHECK(split_cells(R"(| x \| y | \\ | 'a\nb' | \' |)") == Cells{"x | y", "\\", "'a\nb'", "\\'"});
    CHECK(split_cells("|  | '' |") == Cells{"", "''"});
    CHECK(split_cells("|").empty());
}

TEST_CASE("a feature file becomes scenarios") {
    const auto scenarios = read_feature(R"(# a comment
@whole
Feature: Name
  Words about it,
  on two lines.

  Background:
    Given any graph

  @first @second
  Scenario: [1] One
    # between steps
    When executing query:
      """
      MATCH (n)
        RETURN n
      // # not a comment of ours
      """
    Then the result should be, in any order:
      | n |
      # between rows
      | 1 |
    And no side effects

  Scenario: [2] Two
    Then the result should be empty
)",
                                        "a/b.feature");
    REQUIRE(scenarios.size() == 2);
    const Scenario& one = scenarios[0];
    CHECK(one.id() == "a/b.feature: [1] One");
    CHECK(one.tags == std::vector<std::string>{"@whole", "@first", "@second"});
    REQUIRE(one.steps.size() == 4);
    CHECK(one.steps[0].text == "any graph");
    CHECK(one.steps[1].docstring == "MATCH (n)\n  RETURN n\n// # not a comment of ours");
    CHECK(one.steps[2].table == std::vector<Cells>{{"n"}, {"1"}});
    CHECK(one.steps[3].text == "no side effects");
    CHECK(one.steps[3].line == 23);
    CHECK(scenarios[1].tags == std::vector<std::string>{"@whole"});
    CHECK(scenarios[1].steps.size() == 2);
}

TEST_CASE("an outline is filled in once for each row of all its examples") {
    const auto scenarios = read_feature(R"(Feature: F
  Scenario Outline: add <a>
    When executing query:
      """
      RETURN <a> + <b> AS x, '<c>' AS y
      """
    Then the result should be, in any order:
      | x   |
      | <r> |
    And a <kind> should be raised

    Examples:
      | a | b | r | kind |
      | 1 | 2 | 3 | A    |
    @slow
    Examples: more
      | a | b | r | kind |
      | 3 | 4 | 7 | B    |

  Scenario: after
    Given any graph
)",
                                        "f");
    REQUIRE(scenarios.size() == 3);
    CHECK(scenarios[0].id() == "f: add <a> [outline row 1]");
    CHECK(scenarios[0].steps[0].docstring == "RETURN 1 + 2 AS x, '<c>' AS y");
    CHECK(scenarios[1].id() == "f: add <a> [outline row 2]");
    CHECK(scenarios[1].tags == std::vector<std::string>{"@slow"});
    CHECK(scenarios[1].steps[1].table == std::vector<Cells>{{"x"}, {"7"}});
    CHECK(scenarios[1].steps[2].text == "a B should be raised");
    CHECK(scenarios[2].id() == "f: after");
}

TEST_CASE("a broken feature file is refused with its line") {
    const auto message = [](const char* text) -> std::string {
        try {
            read_feature(text, "f");
            return "";
        } catch (const GherkinError& error) {
            return error.what();
        }
    };
    CHECK(message("Feature: F\n  Scenario: s\n    Given x\n      \"\"\"\n  open") ==
          "f:4: the docstring is never closed");
    CHECK(message("Feature: F\n  Scenario: s\n    Given x\n      | a | b |\n      | 1 |") ==
          "f:5: the row has 1 cells where the first has 2");
    CHECK(message("Feature: F\n  Scenario Outline: s\n    Given <x>\n") ==
          "f:2: the outline has no Examples");
    CHECK(message("Feature: F\n  Scenario: empty\n  Scenario: s\n    Given x\n") ==
          "f:2: the scenario has no steps");
    CHECK(message("Feature: F\n  Scenario: s\n    Given x\n  Nonsense\n") ==
          "f:4: expected a scenario, found: Nonsense");
}
