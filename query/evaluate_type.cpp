// `x IS :: INTEGER`: whether a value is of a type.

#include <algorithm>

#include "evaluate.hpp"

namespace islet::query {
namespace {

using Type = ast::ValueType::Kind;

bool is_of(const Value& value, const std::vector<ast::ValueType>& types);

/// Whether a value may be stored as a property.
bool is_property(const Value& value) {
    switch (value.kind()) {
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
        case Kind::map:
            return false;
        case Kind::list: {
            const List& list = value.as_list();
            return std::all_of(list.begin(), list.end(), [&](const Value& element) {
                return !element.is_null() && element.kind() != Kind::list && is_property(element) &&
                       element.kind() == list.front().kind();
            });
        }
        default:
            return true;
    }
}

bool is_of(const Value& value, const ast::ValueType& type) {
    if (value.is_null()) return !type.not_null && type.kind != Type::nothing;
    switch (type.kind) {
        case Type::nothing:
        case Type::null:
        case Type::point:  // there are no such values
            return false;
        case Type::any:
            return true;
        case Type::boolean:
            return value.kind() == Kind::boolean;
        case Type::string:
            return value.kind() == Kind::string;
        case Type::integer:
            return value.kind() == Kind::integer;
        case Type::floating:
            return value.kind() == Kind::floating;
        case Type::date:
            return value.kind() == Kind::date;
        case Type::local_time:
            return value.kind() == Kind::local_time;
        case Type::zoned_time:
            return value.kind() == Kind::time;
        case Type::local_date_time:
            return value.kind() == Kind::local_date_time;
        case Type::zoned_date_time:
            return value.kind() == Kind::date_time;
        case Type::duration:
            return value.kind() == Kind::duration;
        case Type::node:
            return value.kind() == Kind::node;
        case Type::relationship:
            return value.kind() == Kind::relationship;
        case Type::map:
            return value.kind() == Kind::map;
        case Type::path:
            return value.kind() == Kind::path;
        case Type::property_value:
            return is_property(value);
        case Type::list: {
            if (value.kind() != Kind::list) return false;
            const List& list = value.as_list();
            return type.element.empty() || std::all_of(list.begin(), list.end(), [&](const Value& element) {
                       return is_of(element, type.element);
                   });
        }
    }
    return false;
}

bool is_of(const Value& value, const std::vector<ast::ValueType>& types) {
    return std::any_of(types.begin(), types.end(),
                       [&](const ast::ValueType& type) { return is_of(value, type); });
}

}  // namespace

Column evaluate_type_test(const TypeTestOf& test, const Column& subject, std::size_t rows) {
    std::vector<std::uint8_t> out(rows);
    for (std::size_t row = 0; row < rows; ++row)
        out[row] = is_of(subject.at(row), test.types) != test.negated ? 1 : 0;
    return Column::booleans(std::move(out));
}

}  // namespace islet::query
