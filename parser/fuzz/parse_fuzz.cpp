// libFuzzer target: no text may crash the parser, and what is parsed must survive printing and parsing again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "islet/parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace ast = islet::ast;
    std::string_view const text(reinterpret_cast<const char*>(data), size);
    std::size_t end = 0;
    for (auto const& statement : islet::parser::split(text).statements) {
        if (statement.offset < end || statement.offset + statement.text.size() > size) __builtin_trap();
        end = statement.offset + statement.text.size();
    }
    auto const parsed = islet::parser::parse(text);
    if (auto const* error = std::get_if<islet::parser::SyntaxError>(&parsed)) {
        if (error->span.begin > error->span.end || error->span.end > size || error->message.empty())
            __builtin_trap();
        return 0;
    }
    std::string const printed = ast::to_text(std::get<ast::Ast>(parsed));
    auto const again = islet::parser::parse(printed);
    if (!std::holds_alternative<ast::Ast>(again)) __builtin_trap();
    if (ast::to_text(std::get<ast::Ast>(again)) != printed) __builtin_trap();
    return 0;
}
