// openCypher text to syntax tree.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "islet/ast.hpp"

namespace islet::parser {

/// Why a text is no openCypher. `detail` is the TCK's word: UnexpectedSyntax, InvalidNumberLiteral,
/// IntegerOverflow, FloatingPointOverflow, InvalidUnicodeLiteral, InvalidUnicodeCharacter,
/// InvalidRelationshipPattern, ….
struct SyntaxError {
    std::string detail;
    std::string message;  ///< e.g. "expected `)` to close the node pattern, found `-`"
    std::string hint;     ///< may be empty
    ast::Span span;       ///< the offending token; empty at the end of the text
};

using Parsed = std::variant<ast::Ast, SyntaxError>;

/// Parses one statement, with or without a closing `;`. Thread-safe; `text` must be UTF-8 and
/// may be of any length; nesting deeper than 256 is refused with an error.
Parsed parse(std::string_view text);

/// A statement of a script and where it begins.
struct Statement {
    std::string_view text;  ///< without the closing `;`
    std::size_t offset = 0;
};

/// Cuts a script at its `;`, which count only outside of strings, quoted names and comments.
/// The last statement may lack one: `complete` then is false.
struct Script {
    std::vector<Statement> statements;
    bool complete = true;
};
Script split(std::string_view script);

}  // namespace islet::parser
