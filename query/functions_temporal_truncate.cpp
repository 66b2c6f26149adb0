// date.truncate() and its kin: the begin of the unit that a value lies in.
#include <algorithm>
#include <array>
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"
#include "temporal_parts.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

enum class Unit : std::uint8_t {
    millennium,
    century,
    decade,
    year,
    week_year,
    quarter,
    month,
    week,
    day,
    hour,
    minute,
    second,
    millisecond,
    microsecond
};

constexpr std::array<std::pair<std::string_view, Unit>, 14> units = {{
    {"millennium", Unit::millennium},
    {"century", Unit::century},
    {"decade", Unit::decade},
    {"year", Unit::year},
    {"weekYear", Unit::week_year},
    {"quarter", Unit::quarter},
    {"month", Unit::month},
    {"week", Unit::week},
    {"day", Unit::day},
    {"hour", Unit::hour},
    {"minute", Unit::minute},
    {"second", Unit::second},
    {"millisecond", Unit::millisecond},
    {"microsecond", Unit::microsecond},
}};

std::string folded(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

Unit unit_of(std::string_view text) {
    const auto at = std::find_if(units.begin(), units.end(),
                                 [&](const auto& unit) { return folded(unit.first) == folded(text); });
    if (at == units.end()) {
        raise_temporal("there is no unit '" + excerpt(text) + "' to truncate to",
                       "units run from 'millennium' to 'microsecond'");
    }
    return at->second;
}

bool is_time_unit(Unit unit) {
    return unit > Unit::day;
}

Date truncated(Date date, Unit unit) {
    const YearMonthDay civil = year_month_day(date);
    const auto january = [](std::int64_t year) { return date_of(YearMonthDay{year, 1, 1}); };
    const auto years = [&](std::int64_t size) {
        return january(civil.year - ((civil.year % size) + size) % size);
    };
    std::optional<Date> begin;
    switch (unit) {
        case Unit::millennium:
            begin = years(1000);
            break;
        case Unit::century:
            begin = years(100);
            break;
        case Unit::decade:
            begin = years(10);
            break;
        case Unit::year:
            begin = january(civil.year);
            break;
        case Unit::week_year:
            begin = date_of(WeekDate{week_date(date).year, 1, 1});
            break;
        case Unit::quarter:
            begin = quarter_begin(civil.year, (civil.month + 2) / 3);
            break;
        case Unit::month:
            begin = date_of(YearMonthDay{civil.year, civil.month, 1});
            break;
        case Unit::week:
            begin = plus_days(date, 1 - week_date(date).day);
            break;
        default:
            return date;
    }
    return in_range(begin, "the truncated date");
}

std::int64_t nanoseconds_in(Unit unit) {
    switch (unit) {
        case Unit::hour:
            return 3600 * nanoseconds_per_second;
        case Unit::minute:
            return 60 * nanoseconds_per_second;
        case Unit::second:
            return nanoseconds_per_second;
        case Unit::millisecond:
            return 1'000'000;
        case Unit::microsecond:
            return 1000;
        default:
            return nanoseconds_per_day;
    }
}

/// Fields finer than the unit count on top of what truncating left, those of a fraction of a second among
/// them: they move from the map into the time.
Map take_finer_fractions(const Map& fields, Unit unit, LocalTime& time) {
    Map rest = fields;
    std::int64_t room = nanoseconds_in(unit);
    const auto take = [&](const char* key, std::int64_t size) {
        const Value* value = fields.find(key);
        if (value == nullptr || size >= nanoseconds_in(unit)) return;
        if (value->kind() != Kind::integer) raise_argument(key, "INTEGER", *value);
        if (value->as_int() < 0 || value->as_int() >= room / size) {
            raise_temporal("`" + std::string(key) + "` lies within 0 and " + std::to_string(room / size - 1) +
                           ", got " + std::to_string(value->as_int()));
        }
        time.nanosecond += value->as_int() * size;
        room = size;
        rest.erase(key);
    };
    if (unit == Unit::millisecond) take("microsecond", 1000);
    if (unit == Unit::millisecond || unit == Unit::microsecond) take("nanosecond", 1);
    return rest;
}

bool holds_null(const Map& fields) {
    return std::any_of(fields.entries().begin(), fields.entries().end(),
                       [](const auto& entry) { return entry.second.is_null(); });
}

template <Kind target>
Value truncate(FunctionContext& context, Arguments arguments) {
    const Unit unit = unit_of(arguments[0].as_string());
    TemporalParts parts = arguments.size() > 1 ? parts_of(arguments[1]) : parts_of(context.begun, {});
    if (has_date(target) && !parts.date) raise_argument("truncate", "a date", arguments[1]);
    if (!has_date(target) && !parts.time) raise_argument("truncate", "a time of day", arguments[1]);
    if (is_time_unit(unit) && (!has_time(target) || !parts.time)) {
        raise_temporal("a DATE is not made of " + excerpt(arguments[0].as_string()) + "s");
    }
    if (!has_date(target) && unit < Unit::day) {
        raise_temporal("a time of day is shorter than a " + excerpt(arguments[0].as_string()));
    }
    if (parts.date && !is_time_unit(unit)) parts.date = truncated(*parts.date, unit);
    LocalTime time = parts.time.value_or(LocalTime{});
    time.nanosecond -= time.nanosecond % nanoseconds_in(unit);
    parts.time = time;
    if (arguments.size() < 3) return assemble(target, parts);

    const Map& given = arguments[2].as_map();
    if (holds_null(given)) return {};
    Map fields = take_finer_fractions(given, unit, *parts.time);
    // A zone replaces the value's own and leaves the clock as it is: what was truncated stays so.
    if (const Value* zone = fields.find("timezone"); zone != nullptr && has_zone(target)) {
        parts.zoned = false;
        parts = moved_to(parts, zone_argument(*zone), context.begun);
        fields.erase("timezone");
    }
    const auto changed = with_fields(target, fields, parts, context.begun);
    return changed ? assemble(target, *changed) : Value();
}

template <Kind target>
Function truncation(std::string_view name, std::string_view signature) {
    return {.name = name,
            .parameters = {string_type, instant_type, map_type},
            .required = 1,
            .result = type_bit(target),
            .apply = truncate<target>,
            .signature = signature};
}

}  // namespace

std::vector<Function> truncation_functions() {
    return {
        truncation<Kind::date>("date.truncate", "date.truncate(unit[, temporal[, fields]])"),
        truncation<Kind::local_time>("localtime.truncate", "localtime.truncate(unit[, temporal[, fields]])"),
        truncation<Kind::time>("time.truncate", "time.truncate(unit[, temporal[, fields]])"),
        truncation<Kind::local_date_time>("localdatetime.truncate",
                                          "localdatetime.truncate(unit[, temporal[, fields]])"),
        truncation<Kind::date_time>("datetime.truncate", "datetime.truncate(unit[, temporal[, fields]])"),
    };
}

}  // namespace islet::query
