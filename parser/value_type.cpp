#include "value_type.hpp"

#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "ast_builder.hpp"
#include "scanner.hpp"
#include "syntax_failure.hpp"

namespace islet::parser {

namespace {

using Kind = ast::ValueType::Kind;

struct Named {
    std::array<std::string_view, 4> words;  ///< empty at the end
    Kind kind;
};

// A longer name stands before one that it begins with.
constexpr std::array names = {
    Named{{"BOOLEAN"}, Kind::boolean},
    Named{{"BOOL"}, Kind::boolean},
    Named{{"STRING"}, Kind::string},
    Named{{"VARCHAR"}, Kind::string},
    Named{{"SIGNED", "INTEGER"}, Kind::integer},
    Named{{"INTEGER"}, Kind::integer},
    Named{{"INTEGER64"}, Kind::integer},
    Named{{"INT64"}, Kind::integer},
    Named{{"INT"}, Kind::integer},
    Named{{"FLOAT64"}, Kind::floating},
    Named{{"FLOAT"}, Kind::floating},
    Named{{"DATE"}, Kind::date},
    Named{{"LOCAL", "TIME"}, Kind::local_time},
    Named{{"LOCAL", "DATETIME"}, Kind::local_date_time},
    Named{{"ZONED", "TIME"}, Kind::zoned_time},
    Named{{"ZONED", "DATETIME"}, Kind::zoned_date_time},
    Named{{"TIME", "WITHOUT", "TIME", "ZONE"}, Kind::local_time},
    Named{{"TIME", "WITHOUT", "TIMEZONE"}, Kind::local_time},
    Named{{"TIME", "WITH", "TIME", "ZONE"}, Kind::zoned_time},
    Named{{"TIME", "WITH", "TIMEZONE"}, Kind::zoned_time},
    Named{{"TIMESTAMP", "WITHOUT", "TIME", "ZONE"}, Kind::local_date_time},
    Named{{"TIMESTAMP", "WITHOUT", "TIMEZONE"}, Kind::local_date_time},
    Named{{"TIMESTAMP", "WITH", "TIME", "ZONE"}, Kind::zoned_date_time},
    Named{{"TIMESTAMP", "WITH", "TIMEZONE"}, Kind::zoned_date_time},
    Named{{"DURATION"}, Kind::duration},
    Named{{"POINT"}, Kind::point},
    Named{{"NODE"}, Kind::node},
    Named{{"VERTEX"}, Kind::node},
    Named{{"ANY", "NODE"}, Kind::node},
    Named{{"ANY", "VERTEX"}, Kind::node},
    Named{{"RELATIONSHIP"}, Kind::relationship},
    Named{{"EDGE"}, Kind::relationship},
    Named{{"ANY", "RELATIONSHIP"}, Kind::relationship},
    Named{{"ANY", "EDGE"}, Kind::relationship},
    Named{{"MAP"}, Kind::map},
    Named{{"ANY", "MAP"}, Kind::map},
    Named{{"LIST"}, Kind::list},
    Named{{"ARRAY"}, Kind::list},
    Named{{"PATH"}, Kind::path},
    Named{{"PROPERTY", "VALUE"}, Kind::property_value},
    Named{{"ANY", "PROPERTY", "VALUE"}, Kind::property_value},
    Named{{"ANY", "VALUE"}, Kind::any},
    Named{{"ANY"}, Kind::any},
    Named{{"NOTHING"}, Kind::nothing},
    Named{{"NULL"}, Kind::null},
};

bool words(char const*& first, char const* last, Named const& name) {
    char const* at = first;
    for (std::string_view const word : name.words) {
        if (word.empty()) break;
        if (at != first) scan::skip_blank(at, last);
        if (!scan::keyword(at, last, word)) return false;
    }
    first = at;
    return true;
}

std::optional<Kind> simple(char const*& first, char const* last) {
    for (Named const& name : names) {
        if (words(first, last, name)) return name.kind;
    }
    return std::nullopt;
}

// A character behind blanks.
bool symbol(char const*& first, char const* last, char wanted) {
    char const* at = first;
    scan::skip_blank(at, last);
    if (at == last || *at != wanted) return false;
    first = at + 1;
    return true;
}

bool not_null(char const*& first, char const* last) {
    if (symbol(first, last, '!')) return true;
    return words(first, last, {{"NOT", "NULL"}, Kind::null}) || [&] {
        char const* at = first;
        if (!scan::skip_blank(at, last) || !words(at, last, {{"NOT", "NULL"}, Kind::null})) return false;
        first = at;
        return true;
    }();
}

std::vector<ast::ValueType> alternatives(char const*& first, char const* last, int depth);

void close(char const*& first, char const* last) {
    if (symbol(first, last, '>')) return;
    scan::skip_blank(first, last);
    throw SyntaxFailure("UnexpectedSyntax", "expected `|` or `>` to close the types of the elements",
                        "write for example `LIST<INTEGER>`", first, first == last ? first : first + 1);
}

ast::ValueType one(char const*& first, char const* last, int depth) {
    scan::skip_blank(first, last);
    char const* const begin = first;
    auto const kind = simple(first, last);
    if (!kind || depth > AstBuilder::max_depth) {
        char const* end = scan::word_end(begin, last);
        if (end == begin && begin != last) ++end;
        throw SyntaxFailure(
            "UnexpectedSyntax", "expected the name of a type",
            "types are BOOLEAN, STRING, INTEGER, FLOAT, DATE, LOCAL TIME, ZONED TIME, LOCAL "
            "DATETIME, ZONED DATETIME, DURATION, NODE, RELATIONSHIP, PATH, MAP, LIST<…>, ANY, "
            "NOTHING and NULL",
            begin, end);
    }
    ast::ValueType type{*kind, false, {}};
    if (type.kind == Kind::list && symbol(first, last, '<')) {
        type.element = alternatives(first, last, depth + 1);
        close(first, last);
    }
    type.not_null = not_null(first, last);
    // `INTEGER LIST` is `LIST<INTEGER>`.
    while (true) {
        char const* at = first;
        scan::skip_blank(at, last);
        if (!scan::keyword(at, last, "LIST") && !scan::keyword(at, last, "ARRAY")) return type;
        first = at;
        std::vector<ast::ValueType> element;
        element.push_back(std::move(type));
        type = {Kind::list, false, std::move(element)};
        type.not_null = not_null(first, last);
    }
}

std::vector<ast::ValueType> alternatives(char const*& first, char const* last, int depth) {
    std::vector<ast::ValueType> types;
    do {
        char const* at = first;
        scan::skip_blank(at, last);
        // `ANY<A | B>` is the union written out.
        bool const any = words(at, last, {{"ANY", "VALUE"}, Kind::any}) || scan::keyword(at, last, "ANY");
        if (any && symbol(at, last, '<')) {
            first = at;
            auto inner = alternatives(first, last, depth + 1);
            close(first, last);
            for (ast::ValueType& type : inner) types.push_back(std::move(type));
        } else {
            types.push_back(one(first, last, depth));
        }
        char const* bar = first;
        scan::skip_blank(bar, last);
        if (bar == last || *bar != '|' || (last - bar > 1 && bar[1] == '|')) return types;
        // In `[x IN xs WHERE x :: INTEGER | x]` the bar belongs to the comprehension.
        char const* next = bar + 1;
        scan::skip_blank(next, last);
        if (!at_value_type(next, last)) return types;
        first = bar + 1;
    } while (true);
}

}  // namespace

bool at_value_type(char const*& first, char const* last) {
    return simple(first, last).has_value();
}

std::vector<ast::ValueType> value_types(char const*& first, char const* last) {
    return alternatives(first, last, 0);
}

}  // namespace islet::parser

namespace islet::ast {

namespace {

std::string_view type_name(ValueType::Kind kind) {
    switch (kind) {
        case ValueType::Kind::nothing:
            return "NOTHING";
        case ValueType::Kind::null:
            return "NULL";
        case ValueType::Kind::boolean:
            return "BOOLEAN";
        case ValueType::Kind::string:
            return "STRING";
        case ValueType::Kind::integer:
            return "INTEGER";
        case ValueType::Kind::floating:
            return "FLOAT";
        case ValueType::Kind::date:
            return "DATE";
        case ValueType::Kind::local_time:
            return "LOCAL TIME";
        case ValueType::Kind::zoned_time:
            return "ZONED TIME";
        case ValueType::Kind::local_date_time:
            return "LOCAL DATETIME";
        case ValueType::Kind::zoned_date_time:
            return "ZONED DATETIME";
        case ValueType::Kind::duration:
            return "DURATION";
        case ValueType::Kind::point:
            return "POINT";
        case ValueType::Kind::node:
            return "NODE";
        case ValueType::Kind::relationship:
            return "RELATIONSHIP";
        case ValueType::Kind::map:
            return "MAP";
        case ValueType::Kind::list:
            return "LIST";
        case ValueType::Kind::path:
            return "PATH";
        case ValueType::Kind::property_value:
            return "PROPERTY VALUE";
        case ValueType::Kind::any:
            return "ANY";
    }
    return {};
}

}  // namespace

std::string to_text(const std::vector<ValueType>& types) {
    std::string text;
    for (const ValueType& type : types) {
        if (!text.empty()) text += " | ";
        text += type_name(type.kind);
        if (!type.element.empty()) text += "<" + to_text(type.element) + ">";
        if (type.not_null) text += " NOT NULL";
    }
    return text;
}

}  // namespace islet::ast
