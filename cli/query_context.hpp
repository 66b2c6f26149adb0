// Where in a query the cursor stands: what may come there, told from the text before it
// alone. A guess for Tab, not a parser: the query is not finished yet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace islet::cli {

struct QueryContext {
    enum class Expects {
        anything,   ///< keywords, functions, variables
        label,      ///< behind a `:` in round brackets
        type,       ///< behind a `:` in square ones
        key,        ///< behind the `.` of a variable, or first in the `{` of a pattern
        value,      ///< in a string that is compared with a property
        parameter,  ///< behind a `$`
        procedure,  ///< behind CALL
        output,     ///< behind YIELD: a column of `procedure`
        nothing,    ///< in a comment, in a string of which nothing is known
    };
    Expects expects = Expects::anything;
    std::string word;       ///< begun before the cursor; may be empty
    std::string label;      ///< of the node that the key or value belongs to, as far as the text says
    std::string type;       ///< of the relationship, likewise
    std::string key;        ///< that the value is of
    std::string procedure;  ///< that YIELD belongs to
    std::string qualifier;  ///< what stands before the `.`: a variable or a namespace
    std::string call;       ///< the function whose arguments begin here
    char quote = '\0';      ///< that begins the word, if one does
    std::vector<std::string> variables;
};

QueryContext query_context(std::string_view before_cursor);

/// The keywords of the language, in capitals, sorted.
const std::vector<std::string>& keywords();

}  // namespace islet::cli
