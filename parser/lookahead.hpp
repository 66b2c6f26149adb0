// Where the first token does not tell what follows, these look further without building anything,
// so that the grammar never goes back over an action that it has run.
#pragma once

#include <cstdint>

namespace islet::parser::look {

/// Whether a path pattern stands at the `(` under `first`, rather than an expression in parentheses.
/// Decided by what follows the closing parenthesis: `(a)-->(b)` and `(a)-[x]-(b)` are patterns, `(a) - (b)`
/// is none.
bool at_pattern(char const* first, char const* last);

/// What the `[` under `first` opens.
enum class ListForm : std::uint8_t { literal, comprehension, pattern_comprehension };
ListForm list_form(char const* first, char const* last);

/// What an operand that begins with the name under `first` is.
enum class WordForm : std::uint8_t {
    none,  ///< no name, or a reserved word
    null,
    boolean,
    case_expression,
    quantifier,      ///< `all(x IN …`
    reduce,          ///< `reduce(a = …`
    trim,            ///< `trim(BOTH x FROM y)`
    count_star,      ///< `count(*)`
    function,        ///< `f(`, `ns.f(`
    shortest_path,   ///< `shortestPath(`, `allShortestPaths(`
    subquery,        ///< `EXISTS {`, `COUNT {`, `COLLECT {`
    map_projection,  ///< `n {`
    variable
};
WordForm word_form(char const* first, char const* last);

/// Whether the `(` under `first` opens a path, `((a)-->(b))` or `(p = (a)-->(b))`, rather than a node.
bool at_path_parenthesis(char const* first, char const* last);

/// Whether a pattern stands behind the `{` of a subquery, rather than clauses.
bool at_path(char const* first, char const* last);

}  // namespace islet::parser::look
