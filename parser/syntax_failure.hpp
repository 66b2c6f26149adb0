// What the grammar throws when it has seen enough; parse() turns it into a SyntaxError.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace islet::parser {

/// A piece of the query, as messages show it.
inline std::string quoted(std::string_view piece) {
    std::string text;
    text.reserve(piece.size() + 2);
    text += '`';
    text += piece;
    text += '`';
    return text;
}
/// The piece between two places of the text.
inline std::string quoted(char const* begin, char const* end) {
    return quoted({begin, static_cast<std::size_t>(end - begin)});
}

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
