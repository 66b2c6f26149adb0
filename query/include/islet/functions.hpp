// What functions there are: for completion, references and help.
#pragma once

#include <string_view>
#include <vector>

namespace islet {

/// A built-in function. Its texts live as long as the program.
struct FunctionDescription {
    std::string_view name;       ///< as documented: "toUpper", "duration.between"
    std::string_view signature;  ///< "substring(text, start[, length])"
    bool aggregate = false;      ///< of the rows of a group: count, collect, …
};

/// All built-in functions, sorted by name without regard to case. Thread-safe.
std::vector<FunctionDescription> functions();

}  // namespace islet
