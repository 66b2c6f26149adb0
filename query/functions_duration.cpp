// duration(), and the durations between two dates or times.
#include <algorithm>
#include <array>
#include <string>

#include "function_errors.hpp"
#include "function_families.hpp"
#include "temporal_parts.hpp"

namespace islet::query {
namespace {

using Arguments = std::span<const Value>;

constexpr std::array<std::pair<std::string_view, DurationUnit>, 11> units = {{
    {"years", DurationUnit::years},
    {"quarters", DurationUnit::quarters},
    {"months", DurationUnit::months},
    {"weeks", DurationUnit::weeks},
    {"days", DurationUnit::days},
    {"hours", DurationUnit::hours},
    {"minutes", DurationUnit::minutes},
    {"seconds", DurationUnit::seconds},
    {"milliseconds", DurationUnit::milliseconds},
    {"microseconds", DurationUnit::microseconds},
    {"nanoseconds", DurationUnit::nanoseconds},
}};

constexpr std::string_view what = "the duration";

Value from_fields(const Map& fields) {
    if (fields.empty()) raise_temporal("a duration needs a field", "for example {days: 1}");
    DurationBuilder builder;
    for (const auto& [key, value] : fields.entries()) {
        const auto* unit = std::find_if(units.begin(), units.end(),
                                        [&wanted = key](const auto& u) { return u.first == wanted; });
        if (unit == units.end()) {
            std::vector<std::string_view> names;
            for (const auto& known : units) names.push_back(known.first);
            const auto near = nearest(key, names);
            raise_temporal("DURATION has no field `" + excerpt(key) + "`",
                           near ? "did you mean `" + *near + "`?" : std::string());
        }
        if (value.is_null()) return {};
        if (!value.is_number()) raise_argument(key, "INTEGER or FLOAT", value);
        const auto amount =
            value.kind() == Kind::integer ? Amount{value.as_int(), 0} : amount_of(value.as_double());
        if (!builder.add(unit->second, in_range(amount, what))) raise_temporal_range(what);
    }
    return in_range(builder.finish(), what);
}

Value duration(FunctionContext& /*context*/, Arguments arguments) {
    const Value& from = arguments[0];
    if (from.kind() == Kind::map) return from_fields(from.as_map());
    if (from.kind() == Kind::duration) return from;
    const auto read = parse_duration(from.as_string());
    if (!read) raise_temporal("'" + excerpt(from.as_string()) + "' is no DURATION in ISO 8601");
    return *read;
}

/// Two values brought onto one line: a part that one of them lacks is that of the other, and a time that both
/// lack is midnight. Both are moments in the first one's zone; where neither has a zone, as if in UTC.
struct Interval {
    ZonedDateTime from;
    ZonedDateTime to;
    bool dated = false;  ///< both came with a date
};

Interval interval_of(Arguments arguments) {
    TemporalParts from = parts_of(arguments[0]);
    TemporalParts to = parts_of(arguments[1]);
    const bool dated = from.date && to.date;
    const Date date = from.date ? *from.date : to.date.value_or(Date{});
    if (!from.date) from.date = date;
    if (!to.date) to.date = date;
    const auto lend_zone = [](const TemporalParts& owner, TemporalParts& other) {
        if (!owner.zoned || other.zoned) return;
        other.zoned = true;
        other.zone = owner.zone;
        other.offset = owner.offset;
    };
    lend_zone(from, to);
    lend_zone(to, from);
    const ZonedDateTime begin = assemble(Kind::date_time, from).as_date_time();
    const ZonedDateTime end = assemble(Kind::date_time, to).as_date_time();
    return {begin, in_range(in_zone(instant_of(end), begin.zone, begin.offset), "the moment"), dated};
}

std::int64_t months_between(const LocalDateTime& from, const LocalDateTime& to) {
    const YearMonthDay a = year_month_day(from.date);
    const YearMonthDay b = year_month_day(to.date);
    const std::int64_t months = (b.year - a.year) * 12 + b.month - a.month;
    // The last one counts when its day and time are reached.
    const auto within = std::pair(b.day, to.time) <=> std::pair(a.day, from.time);
    if (months > 0 && within < 0) return months - 1;
    if (months < 0 && within > 0) return months + 1;
    return months;
}

std::int64_t days_between(const LocalDateTime& from, const LocalDateTime& to) {
    const std::int64_t days = to.date.day - from.date.day;
    if (days > 0 && to.time < from.time) return days - 1;
    if (days < 0 && to.time > from.time) return days + 1;
    return days;
}

Duration seconds_between(const ZonedDateTime& from, const ZonedDateTime& to) {
    const Instant a = instant_of(from);
    const Instant b = instant_of(to);
    const bool borrow = b.nanosecond < a.nanosecond;
    const std::int64_t nanoseconds =
        std::int64_t{b.nanosecond} - a.nanosecond + (borrow ? nanoseconds_per_second : 0);
    return {0, 0, b.second - a.second - (borrow ? 1 : 0), static_cast<std::int32_t>(nanoseconds)};
}

Value between(FunctionContext& /*context*/, Arguments arguments) {
    Interval interval = interval_of(arguments);
    Duration whole;
    if (interval.dated) {
        whole.months = months_between(interval.from.local, interval.to.local);
        interval.from = in_range(plus(interval.from, Duration{whole.months, 0, 0, 0}), what);
        whole.days = days_between(interval.from.local, interval.to.local);
        interval.from = in_range(plus(interval.from, Duration{0, whole.days, 0, 0}), what);
    }
    return in_range(plus(whole, seconds_between(interval.from, interval.to)), what);
}

Value in_months(FunctionContext& /*context*/, Arguments arguments) {
    const Interval interval = interval_of(arguments);
    return Duration{months_between(interval.from.local, interval.to.local), 0, 0, 0};
}

Value in_days(FunctionContext& /*context*/, Arguments arguments) {
    const Interval interval = interval_of(arguments);
    return Duration{0, days_between(interval.from.local, interval.to.local), 0, 0};
}

Value in_seconds(FunctionContext& /*context*/, Arguments arguments) {
    const Interval interval = interval_of(arguments);
    return seconds_between(interval.from, interval.to);
}

Function difference(std::string_view name, decltype(Function::apply) apply, std::string_view signature) {
    return {.name = name,
            .parameters = {instant_type, instant_type},
            .required = 2,
            .result = duration_type,
            .apply = apply,
            .signature = signature};
}

}  // namespace

std::vector<Function> duration_functions() {
    return {
        {.name = "duration",
         .parameters = {static_cast<TypeSet>(string_type | map_type | duration_type)},
         .required = 1,
         .result = duration_type,
         .apply = duration,
         .signature = "duration(text | fields)"},
        difference("duration.between", between, "duration.between(from, to)"),
        difference("duration.inMonths", in_months, "duration.inMonths(from, to)"),
        difference("duration.inDays", in_days, "duration.inDays(from, to)"),
        difference("duration.inSeconds", in_seconds, "duration.inSeconds(from, to)"),
    };
}

}  // namespace islet::query
