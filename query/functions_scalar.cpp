// Functions of any value: null handling, types, identifiers, the clock.
#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"
#include "random_bits.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

Value coalesce(FunctionContext& /*context*/, Arguments arguments) {
    for (const Value& argument : arguments) {
        if (!argument.is_null()) return argument;
    }
    return {};
}

Value null_if(FunctionContext& /*context*/, Arguments arguments) {
    return equals(arguments[0], arguments[1]).value_or(false) ? Value() : arguments[0];
}

Value exists(FunctionContext& /*context*/, Arguments arguments) {
    return !arguments[0].is_null();
}

Value is_empty(FunctionContext& /*context*/, Arguments arguments) {
    switch (arguments[0].kind()) {
        case Kind::string:
            return arguments[0].as_string().empty();
        case Kind::list:
            return arguments[0].as_list().empty();
        default:
            return arguments[0].as_map().empty();
    }
}

/// Where a kind stands among the members of a union type.
std::size_t rank(Kind kind) {
    constexpr std::array ranks = {Kind::null,         Kind::boolean,  Kind::string,
                                  Kind::integer,      Kind::floating, Kind::date,
                                  Kind::local_time,   Kind::time,     Kind::local_date_time,
                                  Kind::date_time,    Kind::duration, Kind::node,
                                  Kind::relationship, Kind::map,      Kind::list,
                                  Kind::path};
    return static_cast<std::size_t>(std::find(ranks.begin(), ranks.end(), kind) - ranks.begin());
}

std::string list_type_text(const List& list);

/// The type of a value that is not null, without NOT NULL.
std::string bare_type(const Value& value) {
    if (value.kind() == Kind::list) return list_type_text(value.as_list());
    return std::string(kind_name(value.kind()));
}

std::string list_type_text(const List& list) {
    std::vector<std::pair<std::size_t, std::string>> members;
    bool nullable = false;
    for (const Value& element : list) {
        if (element.is_null()) {
            nullable = true;
            continue;
        }
        std::pair member(rank(element.kind()), bare_type(element));
        const auto at = std::lower_bound(members.begin(), members.end(), member);
        if (at == members.end() || *at != member) members.insert(at, std::move(member));
    }
    if (members.empty()) return nullable ? "LIST<NULL>" : "LIST<NOTHING>";
    std::string text = "LIST<";
    for (const auto& member : members) {
        if (text.back() != '<') text += " | ";
        text += member.second;
        if (!nullable) text += " NOT NULL";
    }
    return text + '>';
}

Value value_type(FunctionContext& /*context*/, Arguments arguments) {
    return arguments[0].is_null() ? std::string("NULL") : bare_type(arguments[0]) + " NOT NULL";
}

Value timestamp(FunctionContext& /*context*/, Arguments /*arguments*/) {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::int64_t{std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

Value random_uuid(FunctionContext& context, Arguments /*arguments*/) {
    constexpr std::string_view digits = "0123456789abcdef";
    // Version 4, variant 10 (RFC 9562).
    const std::uint64_t high = (next_random(context.random_state) & ~0xF000ULL) | 0x4000ULL;
    const std::uint64_t low = (next_random(context.random_state) & ~(3ULL << 62U)) | (1ULL << 63U);
    std::string text;
    text.reserve(36);
    for (unsigned i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
        const std::uint64_t half = i < 16 ? high : low;
        text += digits[(half >> (60U - 4U * (i % 16U))) & 0xFU];
    }
    return text;
}

}  // namespace

std::vector<Function> scalar_functions() {
    return {
        {.name = "coalesce",
         .parameters = {any_type},
         .required = 1,
         .takes_null = true,
         .variadic = true,
         .apply = coalesce,
         .signature = "coalesce(value, …)"},
        {.name = "nullIf",
         .parameters = {any_type, any_type},
         .required = 2,
         .takes_null = true,
         .apply = null_if,
         .signature = "nullIf(value, other)"},
        {.name = "exists",
         .parameters = {any_type},
         .required = 1,
         .result = boolean_type,
         .takes_null = true,
         .apply = exists,
         .signature = "exists(property)"},
        {.name = "isEmpty",
         .parameters = {string_type | list_type | map_type},
         .required = 1,
         .result = boolean_type,
         .apply = is_empty,
         .signature = "isEmpty(text, list or map)"},
        {.name = "valueType",
         .parameters = {any_type},
         .required = 1,
         .result = string_type,
         .takes_null = true,
         .apply = value_type,
         .signature = "valueType(value)"},
        {.name = "timestamp",
         .parameters = {},
         .required = 0,
         .result = integer_type,
         .pure = false,
         .apply = timestamp,
         .signature = "timestamp()"},
        {.name = "randomUUID",
         .parameters = {},
         .required = 0,
         .result = string_type,
         .pure = false,
         .apply = random_uuid,
         .signature = "randomUUID()"},
    };
}

}  // namespace islet::query
