// What is known of the terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace islet::cli {

/// How to write for whoever reads a stream.
struct Terminal {
    bool is_terminal = false;
    bool colour = false;     ///< only ever on a terminal
    bool moves = false;      ///< a terminal on which a line can be written anew
    std::size_t width = 0;   ///< in columns; 0: unbounded
    std::size_t height = 0;  ///< in lines; 0: unbounded
};

/// Looks at the descriptor and at NO_COLOR, TERM and COLUMNS. `allow_colour` is false after --no-color.
Terminal terminal_of(int descriptor, bool allow_colour);

/// SGR codes around a text, when colours are on.
enum class Paint {
    none,
    error,
    warning,
    header,
    dim,
    accent,
    number,
    boolean,
    temporal,
    element,  ///< of a graph: node, relationship, path
    string,
    keyword,
};
std::string painted(std::string_view text, Paint paint, bool colour);

/// An error's or warning's rendering with its first word in colour.
std::string painted_message(std::string_view rendered, bool colour);

}  // namespace islet::cli
