// date(), localtime(), time(), localdatetime(), datetime(): from text, from fields, from each other, from the
// clock and from counts of seconds.
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"
#include "temporal_parts.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

constexpr ZoneOrOffset utc{};

template <class T>
Value parsed(const std::optional<T>& value, Kind target, std::string_view text) {
    if (value) return *value;
    raise_temporal("'" + excerpt(text) + "' is no " + std::string(kind_name(target)) + " in ISO 8601");
}

Value from_text(Kind target, std::string_view text) {
    switch (target) {
        case Kind::date:
            return parsed(parse_date(text), target, text);
        case Kind::local_time:
            return parsed(parse_local_time(text), target, text);
        case Kind::time:
            return parsed(parse_time(text), target, text);
        case Kind::local_date_time:
            return parsed(parse_local_date_time(text), target, text);
        default:
            return parsed(parse_date_time(text), target, text);
    }
}

template <Kind target>
Value construct(FunctionContext& context, Arguments arguments) {
    if (arguments.empty()) return assemble(target, parts_of(context.begun, utc));
    const Value& from = arguments[0];
    if (from.kind() == Kind::string) return from_text(target, from.as_string());
    if (from.kind() != Kind::map) return assemble(target, parts_of(from));
    const auto parts = with_fields(target, from.as_map(), {}, context.begun);
    return parts ? assemble(target, *parts) : Value();
}

/// The clock when the statement began, which is when its transaction did.
template <Kind target>
Value at_begin(FunctionContext& context, Arguments arguments) {
    return assemble(target, parts_of(context.begun, arguments.empty() ? utc : zone_argument(arguments[0])));
}

template <Kind target>
Value at_call(FunctionContext& /*context*/, Arguments arguments) {
    return assemble(target,
                    parts_of(current_instant(), arguments.empty() ? utc : zone_argument(arguments[0])));
}

Value from_epoch(FunctionContext& /*context*/, Arguments arguments) {
    const std::int64_t nanosecond = arguments[1].as_int();
    if (nanosecond < 0 || nanosecond >= nanoseconds_per_second) {
        raise_temporal("nanoseconds lie within 0 and 999999999, got " + std::to_string(nanosecond));
    }
    const Instant instant{arguments[0].as_int(), static_cast<std::int32_t>(nanosecond)};
    return assemble(Kind::date_time, parts_of(instant, utc));
}

Value from_epoch_millis(FunctionContext& /*context*/, Arguments arguments) {
    const std::int64_t given = arguments[0].as_int();
    const std::int64_t rest = (given % 1000 + 1000) % 1000;
    const Instant instant{given / 1000 - (given % 1000 < 0 ? 1 : 0),
                          static_cast<std::int32_t>(rest * 1'000'000)};
    return assemble(Kind::date_time, parts_of(instant, utc));
}

/// The names and signatures of a kind's functions.
struct Names {
    std::string_view construct, construct_form;
    std::string_view transaction, transaction_form;
    std::string_view statement, statement_form;
    std::string_view realtime, realtime_form;
};

template <Kind target>
void add_kind(std::vector<Function>& table, const Names& names) {
    const TypeSet input = string_type | map_type | instant_type;
    const TypeSet result = type_bit(target);
    table.push_back({.name = names.construct,
                     .parameters = {input},
                     .result = result,
                     .apply = construct<target>,
                     .signature = names.construct_form});
    table.push_back({.name = names.transaction,
                     .parameters = {string_type},
                     .result = result,
                     .apply = at_begin<target>,
                     .signature = names.transaction_form});
    table.push_back({.name = names.statement,
                     .parameters = {string_type},
                     .result = result,
                     .apply = at_begin<target>,
                     .signature = names.statement_form});
    table.push_back({.name = names.realtime,
                     .parameters = {string_type},
                     .result = result,
                     .pure = false,
                     .apply = at_call<target>,
                     .signature = names.realtime_form});
}

}  // namespace

std::vector<Function> temporal_functions() {
    std::vector<Function> table;
    add_kind<Kind::date>(table, {"date", "date([text | fields | temporal])", "date.transaction",
                                 "date.transaction([timezone])", "date.statement",
                                 "date.statement([timezone])", "date.realtime", "date.realtime([timezone])"});
    add_kind<Kind::local_time>(
        table, {"localtime", "localtime([text | fields | temporal])", "localtime.transaction",
                "localtime.transaction([timezone])", "localtime.statement", "localtime.statement([timezone])",
                "localtime.realtime", "localtime.realtime([timezone])"});
    add_kind<Kind::time>(table, {"time", "time([text | fields | temporal])", "time.transaction",
                                 "time.transaction([timezone])", "time.statement",
                                 "time.statement([timezone])", "time.realtime", "time.realtime([timezone])"});
    add_kind<Kind::local_date_time>(
        table, {"localdatetime", "localdatetime([text | fields | temporal])", "localdatetime.transaction",
                "localdatetime.transaction([timezone])", "localdatetime.statement",
                "localdatetime.statement([timezone])", "localdatetime.realtime",
                "localdatetime.realtime([timezone])"});
    add_kind<Kind::date_time>(
        table, {"datetime", "datetime([text | fields | temporal])", "datetime.transaction",
                "datetime.transaction([timezone])", "datetime.statement", "datetime.statement([timezone])",
                "datetime.realtime", "datetime.realtime([timezone])"});
    table.push_back({.name = "datetime.fromEpoch",
                     .parameters = {integer_type, integer_type},
                     .required = 2,
                     .result = date_time_type,
                     .apply = from_epoch,
                     .signature = "datetime.fromEpoch(seconds, nanoseconds)"});
    table.push_back({.name = "datetime.fromEpochMillis",
                     .parameters = {integer_type},
                     .required = 1,
                     .result = date_time_type,
                     .apply = from_epoch_millis,
                     .signature = "datetime.fromEpochMillis(milliseconds)"});
    return table;
}

}  // namespace islet::query
