// The reference page as a test. In it,
//
// - a block ```cypher graph``` makes the graph of the examples that follow;
// - a block ```cypher``` is an example; what follows must be what it gives: a table (values as openCypher
//   writes them, rows in any order unless the query orders them), or a block ```text``` with the error, or
//   with the warnings, or with the words "no rows";
// - a table whose first column is called `function` has in its last two columns an expression and its value;
//   all functions of the engine stand in such tables;
// - between `<!-- features -->` and `<!-- end -->` stands the table of what the feature files test.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace islet::language {

struct Checked {
    std::string text;  ///< the page with what the engine gives
    std::vector<std::string> problems;
    std::size_t examples = 0;
};

Checked check(std::string_view page, const std::filesystem::path& features);

}  // namespace islet::language
