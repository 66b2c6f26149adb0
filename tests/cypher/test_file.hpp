// The `.test` files: queries with what they must give. README.md describes the format.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace islet::cypher_test {

/// `key: value` at the start of a line, and the indented lines below it without their indent.
/// Lines are counted from 0; the body is [first, last) without blank lines at its end.
struct Section {
    std::string key;
    std::string value;
    std::string body;
    std::size_t key_line = 0;
    std::size_t last_line = 0;
};

/// One query with its expectations.
struct Case {
    std::string name;
    std::size_t line = 0;
    std::string graph;  ///< the script that makes the graph; empty: no nodes
    std::string query;
    std::string parameters;  ///< a map in literal notation; empty: none
    std::vector<std::string> optimizations_off;
    std::vector<Section> expectations;  ///< rows, rows in order, error, plan, warnings, side effects

    [[nodiscard]] const Section* find(std::string_view key) const;
};

/// A file as it stands on disk, and the cases in it.
class TestFile {
 public:
    /// Throws std::runtime_error with the line for what does not follow the format.
    explicit TestFile(const std::filesystem::path& path);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const std::vector<Case>& cases() const { return cases_; }

    /// The file's text with new expectations: `updated[i]` replaces those of case i, in order.
    [[nodiscard]] std::string with(const std::vector<std::vector<Section>>& updated) const;

 private:
    void read_sections();
    void read_cases();
    [[noreturn]] void fail(std::size_t line, const std::string& message) const;

    std::filesystem::path path_;
    std::vector<std::string> lines_;
    std::vector<Section> sections_;
    std::vector<Case> cases_;
};

}  // namespace islet::cypher_test
