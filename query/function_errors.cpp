#include "function_errors.hpp"

#include <utility>

#include "code_points.hpp"

namespace islet::query {

void raise(std::string_view code, std::string_view kind, std::string_view detail, std::string message,
           std::string hint) {
    Error error;
    error.code = code;
    error.kind = kind;
    error.phase = "runtime";
    error.detail = detail;
    error.message = std::move(message);
    error.hint = std::move(hint);
    throw Exception(std::move(error));
}

std::string excerpt(std::string_view text) {
    constexpr std::size_t shown = 60;
    const std::size_t end = offset_of(text, shown);
    return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

void raise_argument(std::string_view function, std::string_view takes, const Value& got) {
    std::string message(function);
    message.append("() takes ").append(takes).append(", got ").append(kind_name(got.kind()));
    raise(status::invalid_type, "TypeError", "InvalidArgumentValue", std::move(message));
}

void raise_operands(std::string_view symbol, std::initializer_list<Kind> kinds) {
    std::string message("`");
    message.append(symbol).append("` cannot be applied to ");
    bool first = true;
    for (const Kind kind : kinds) {
        if (!first) message.append(" and ");
        message.append(kind_name(kind));
        first = false;
    }
    raise(status::invalid_type, "TypeError", "InvalidArgumentType", std::move(message));
}

void raise_overflow(std::string_view what) {
    std::string message(what);
    message.append(" is outside the range of INTEGER, which has 64 bits");
    raise(status::out_of_range, "ArithmeticError", "IntegerOverflow", std::move(message),
          "use toFloat() on an operand where a rounded result will do");
}

void raise_negative(std::string_view function, std::string_view parameter, std::int64_t got) {
    std::string message(function);
    message.append("() takes no negative ").append(parameter).append(", got ").append(std::to_string(got));
    raise(status::negative_argument, "ArgumentError", "NegativeIntegerArgument", std::move(message));
}

void raise_deleted(Kind kind, std::string_view what) {
    std::string message(kind == Kind::node ? "the node" : "the relationship");
    message.append(" was deleted before ").append(what).append(" was read");
    raise(status::referent_deleted, "EntityNotFound", "DeletedEntityAccess", std::move(message),
          "read what is needed before DELETE and pass it on with WITH");
}

void check_list_size(std::string_view what, std::size_t elements) {
    if (elements <= max_list_elements) return;
    std::string message(what);
    message.append(" would make a list of ").append(std::to_string(elements)).append(" elements; at most ");
    message.append(std::to_string(max_list_elements)).append(" are allowed");
    raise(status::list_too_long, "ArgumentError", "NumberOutOfRange", std::move(message));
}

void check_text_size(std::string_view what, std::size_t bytes) {
    if (bytes <= max_text_bytes) return;
    std::string message(what);
    message.append(" would make a text of ").append(std::to_string(bytes)).append(" bytes; at most ");
    message.append(std::to_string(max_text_bytes)).append(" are allowed");
    raise(status::text_too_long, "ArgumentError", "NumberOutOfRange", std::move(message));
}

}  // namespace islet::query
