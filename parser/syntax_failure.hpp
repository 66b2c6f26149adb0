// What the grammar throws when it has seen enough; parse() turns it into a SyntaxError.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace islet::parser {

/// An error whose words are known where it is found. One that only says what was expected is
/// thrown by x3::expect and worded in syntax_error.cpp.
class SyntaxFailure : public std::exception {
 public:
    SyntaxFailure(std::string detail, std::string message, std::string hint, char const* begin,
                  char const* end)
        : detail(std::move(detail)),
          message(std::move(message)),
          hint(std::move(hint)),
          begin(begin),
          end(end) {}

    [[nodiscard]] char const* what() const noexcept override { return message.c_str(); }

    std::string detail;
    std::string message;
    std::string hint;
    char const* begin;  ///< into the parsed text
    char const* end;
};

}  // namespace islet::parser
