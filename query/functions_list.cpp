// Lists, and what strings share with them: size() and reverse().
#include <algorithm>
#include <string>

#include "code_points.hpp"
#include "function_errors.hpp"
#include "function_families.hpp"
#include "held_bytes.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

Value size(FunctionContext& /*context*/, Arguments arguments) {
    const std::size_t size = arguments[0].kind() == Kind::list ? arguments[0].as_list().size()
                                                               : count_code_points(arguments[0].as_string());
    return static_cast<std::int64_t>(size);
}

Value head(FunctionContext& /*context*/, Arguments arguments) {
    const List& list = arguments[0].as_list();
    return list.empty() ? Value() : list.front();
}

Value last(FunctionContext& /*context*/, Arguments arguments) {
    const List& list = arguments[0].as_list();
    return list.empty() ? Value() : list.back();
}

Value tail(FunctionContext& /*context*/, Arguments arguments) {
    const List& list = arguments[0].as_list();
    return list.empty() ? arguments[0] : Value(List(list.begin() + 1, list.end()));
}

Value reversed_text(std::string_view text) {
    std::string reversed;
    reversed.reserve(text.size());
    std::size_t end = text.size();
    while (end > 0) {
        const std::size_t begin = offset_from_end(text.substr(0, end), 1);
        reversed += text.substr(begin, end - begin);
        end = begin;
    }
    return reversed;
}

Value reverse(FunctionContext& /*context*/, Arguments arguments) {
    if (arguments[0].kind() == Kind::string) {
        const std::string_view text = arguments[0].as_string();
        return text.size() < 2 ? arguments[0] : reversed_text(text);
    }
    const List& list = arguments[0].as_list();
    return list.size() < 2 ? arguments[0] : Value(List(list.rbegin(), list.rend()));
}

std::int64_t bound(std::string_view name, const Value& value) {
    if (value.kind() == Kind::integer) return value.as_int();
    // openCypher calls this an ArgumentError, unlike the wrong types of other functions.
    raise(status::invalid_type, "ArgumentError", "InvalidArgumentType",
          "range() takes INTEGER as its " + std::string(name) + ", got " +
              std::string(kind_name(value.kind())));
}

Value range(FunctionContext& context, Arguments arguments) {
    const std::int64_t start = bound("start", arguments[0]);
    const std::int64_t end = bound("end", arguments[1]);
    const std::int64_t step = arguments.size() > 2 ? bound("step", arguments[2]) : 1;
    if (step == 0) {
        raise(status::out_of_range, "ArgumentError", "NumberOutOfRange", "range() takes no step of 0");
    }
    const Range numbers = *range_of(start, end, step);
    const auto what = [&] {
        return "range() from " + std::to_string(start) + " to " + std::to_string(end) +
               (step == 1 ? "" : " by " + std::to_string(step));
    };
    if (numbers.size > max_list_elements) {
        raise(status::list_too_long, "ArgumentError", "NumberOutOfRange",
              what() + " would have more than " + std::to_string(max_list_elements) + " elements");
    }
    if (numbers.size * sizeof(Value) > context.room) {
        raise("53200", "TransactionError", "MemoryLimit",
              what() + " would take " + size_text(numbers.size * sizeof(Value)) +
                  ", and the memory limit leaves " + size_text(context.room),
              "UNWIND it in parts, or raise the memory limit");
    }
    List list;
    list.reserve(static_cast<std::size_t>(numbers.size));
    for (std::uint64_t i = 0; i < numbers.size; ++i) list.emplace_back(numbers.at(i));
    return list;
}

}  // namespace

std::optional<Range> range_of(std::int64_t first, std::int64_t last, std::int64_t step) {
    if (step == 0) return std::nullopt;
    if (step > 0 ? first > last : first < last) return Range{first, step, 0};
    // Unsigned, where differences of 64-bit integers cannot overflow.
    const auto low = static_cast<std::uint64_t>(first);
    const auto high = static_cast<std::uint64_t>(last);
    const std::uint64_t distance = step > 0 ? high - low : low - high;
    const std::uint64_t stride =
        step > 0 ? static_cast<std::uint64_t>(step) : 0 - static_cast<std::uint64_t>(step);
    const std::uint64_t steps = distance / stride;
    return Range{first, step, steps == UINT64_MAX ? steps : steps + 1};
}

std::vector<Function> list_functions() {
    return {
        {.name = "size",
         .parameters = {string_type | list_type},
         .required = 1,
         .result = integer_type,
         .apply = size,
         .signature = "size(text or list)"},
        {.name = "head", .parameters = {list_type}, .required = 1, .apply = head, .signature = "head(list)"},
        {.name = "last", .parameters = {list_type}, .required = 1, .apply = last, .signature = "last(list)"},
        {.name = "tail",
         .parameters = {list_type},
         .required = 1,
         .result = list_type,
         .apply = tail,
         .signature = "tail(list)"},
        {.name = "reverse",
         .parameters = {string_type | list_type},
         .required = 1,
         .result = string_type | list_type,
         .apply = reverse,
         .signature = "reverse(text or list)"},
        {.name = "range",
         .parameters = {any_type, any_type, any_type},
         .required = 2,
         .result = list_type,
         .apply = range,
         .signature = "range(start, end[, step])"},
    };
}

}  // namespace islet::query
