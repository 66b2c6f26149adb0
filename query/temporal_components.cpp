// The components of temporal values, read like properties.
#include <string>
#include <vector>

#include "function_errors.hpp"
#include "temporal_parts.hpp"
#include "temporal_values.hpp"

namespace islet::query {
namespace {

template <class Subject>
struct Component {
    std::string_view name;
    Value (*read)(const Subject&);
};

// REQUIRE: the part that they are about
constexpr Component<TemporalParts> date_components[] = {
    {"year", [](const TemporalParts& p) -> Value { return year_month_day(*p.date).year; }},
    {"quarter", [](const TemporalParts& p) -> Value { return (year_month_day(*p.date).month + 2) / 3; }},
    {"month", [](const TemporalParts& p) -> Value { return year_month_day(*p.date).month; }},
    {"weekYear", [](const TemporalParts& p) -> Value { return week_date(*p.date).year; }},
    {"week", [](const TemporalParts& p) -> Value { return week_date(*p.date).week; }},
    {"day", [](const TemporalParts& p) -> Value { return year_month_day(*p.date).day; }},
    {"ordinalDay", [](const TemporalParts& p) -> Value { return ordinal_day(*p.date); }},
    {"weekDay", [](const TemporalParts& p) -> Value { return week_date(*p.date).day; }},
    {"dayOfWeek", [](const TemporalParts& p) -> Value { return week_date(*p.date).day; }},
    {"dayOfQuarter",
     [](const TemporalParts& p) -> Value {
         const YearMonthDay civil = year_month_day(*p.date);
         return p.date->day - quarter_begin(civil.year, (civil.month + 2) / 3).day + 1;
     }},
};

std::int64_t second_of(const TemporalParts& p) {
    return p.time->nanosecond / nanoseconds_per_second;
}
std::int64_t fraction_of(const TemporalParts& p) {
    return p.time->nanosecond % nanoseconds_per_second;
}

constexpr Component<TemporalParts> time_components[] = {
    {"hour", [](const TemporalParts& p) -> Value { return second_of(p) / 3600; }},
    {"minute", [](const TemporalParts& p) -> Value { return second_of(p) / 60 % 60; }},
    {"second", [](const TemporalParts& p) -> Value { return second_of(p) % 60; }},
    {"millisecond", [](const TemporalParts& p) -> Value { return fraction_of(p) / 1'000'000; }},
    {"microsecond", [](const TemporalParts& p) -> Value { return fraction_of(p) / 1000; }},
    {"nanosecond", [](const TemporalParts& p) -> Value { return fraction_of(p); }},
};

constexpr Component<TemporalParts> zone_components[] = {
    {"timezone",
     [](const TemporalParts& p) -> Value {
         return p.zone == nullptr ? Value(offset_text(p.offset)) : Value(name(*p.zone));
     }},
    {"offset", [](const TemporalParts& p) -> Value { return offset_text(p.offset); }},
    {"offsetMinutes", [](const TemporalParts& p) -> Value { return std::int64_t{p.offset / 60}; }},
    {"offsetSeconds", [](const TemporalParts& p) -> Value { return std::int64_t{p.offset}; }},
};

Instant moment_of(const TemporalParts& p) {
    return instant_of(ZonedDateTime{{*p.date, *p.time}, p.offset, nullptr});
}

constexpr Component<TemporalParts> moment_components[] = {
    {"epochSeconds", [](const TemporalParts& p) -> Value { return moment_of(p).second; }},
    {"epochMillis",
     [](const TemporalParts& p) -> Value {
         const Instant moment = moment_of(p);
         // A billion years have few enough milliseconds.
         return moment.second * 1000 + moment.nanosecond / 1'000'000;
     }},
};

/// The duration's seconds in a smaller unit.
Value in_parts(const Duration& d, std::int64_t per_second) {
    std::int64_t count = 0;
    const std::int64_t fraction = d.nanoseconds / (nanoseconds_per_second / per_second);
    if (__builtin_mul_overflow(d.seconds, per_second, &count) ||
        __builtin_add_overflow(count, fraction, &count)) {
        raise_overflow("the duration " + to_text(d) + " in this unit");
    }
    return count;
}

constexpr Component<Duration> duration_components[] = {
    {"years", [](const Duration& d) -> Value { return d.months / 12; }},
    {"quarters", [](const Duration& d) -> Value { return d.months / 3; }},
    {"months", [](const Duration& d) -> Value { return d.months; }},
    {"weeks", [](const Duration& d) -> Value { return d.days / 7; }},
    {"days", [](const Duration& d) -> Value { return d.days; }},
    {"hours", [](const Duration& d) -> Value { return d.seconds / 3600; }},
    {"minutes", [](const Duration& d) -> Value { return d.seconds / 60; }},
    {"seconds", [](const Duration& d) -> Value { return d.seconds; }},
    {"milliseconds", [](const Duration& d) { return in_parts(d, 1000); }},
    {"microseconds", [](const Duration& d) { return in_parts(d, 1'000'000); }},
    {"nanoseconds", [](const Duration& d) { return in_parts(d, nanoseconds_per_second); }},
    {"quartersOfYear", [](const Duration& d) -> Value { return d.months / 3 % 4; }},
    {"monthsOfQuarter", [](const Duration& d) -> Value { return d.months % 3; }},
    {"monthsOfYear", [](const Duration& d) -> Value { return d.months % 12; }},
    {"daysOfWeek", [](const Duration& d) -> Value { return d.days % 7; }},
    {"minutesOfHour", [](const Duration& d) -> Value { return d.seconds / 60 % 60; }},
    {"secondsOfMinute", [](const Duration& d) -> Value { return d.seconds % 60; }},
    {"millisecondsOfSecond",
     [](const Duration& d) -> Value { return std::int64_t{d.nanoseconds / 1'000'000}; }},
    {"microsecondsOfSecond", [](const Duration& d) -> Value { return std::int64_t{d.nanoseconds / 1000}; }},
    {"nanosecondsOfSecond", [](const Duration& d) -> Value { return std::int64_t{d.nanoseconds}; }},
};

/// Looks a component up in one table after the other.
template <class Subject>
class Lookup {
 public:
    Lookup(const Subject& subject, std::string_view key) : subject_(subject), key_(key) {}

    template <std::size_t Size>
    bool in(const Component<Subject> (&table)[Size]) {
        for (const Component<Subject>& component : table) {
            names_.push_back(component.name);
            if (component.name != key_) continue;
            value_ = component.read(subject_);
            return true;
        }
        return false;
    }
    [[nodiscard]] Value value() const { return value_; }
    [[noreturn]] void refuse(Kind kind) const {
        const auto near = nearest(key_, names_);
        raise_temporal("a " + std::string(kind_name(kind)) + " has no component `" + excerpt(key_) + "`",
                       near ? "did you mean `" + *near + "`?" : std::string());
    }

 private:
    const Subject& subject_;
    std::string_view key_;
    std::vector<std::string_view> names_;
    Value value_;
};

}  // namespace

Value temporal_component(const Value& subject, std::string_view key) {
    const Kind kind = subject.kind();
    if (kind == Kind::duration) {
        Lookup lookup(subject.as_duration(), key);
        if (!lookup.in(duration_components)) lookup.refuse(kind);
        return lookup.value();
    }
    const TemporalParts parts = parts_of(subject);
    Lookup lookup(parts, key);
    const bool found = (parts.date && lookup.in(date_components)) ||
                       (parts.time && lookup.in(time_components)) ||
                       (parts.zoned && lookup.in(zone_components)) ||
                       (kind == Kind::date_time && lookup.in(moment_components));
    if (!found) lookup.refuse(kind);
    return lookup.value();
}

}  // namespace islet::query
