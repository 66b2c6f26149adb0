// Dates and times out of a map's fields.
#include <algorithm>
#include <array>
#include <string>

#include "function_errors.hpp"
#include "temporal_parts.hpp"

namespace islet::query {
namespace {

constexpr std::array date_fields = {"year",      "month",   "day",          "week",
                                    "dayOfWeek", "quarter", "dayOfQuarter", "ordinalDay"};
constexpr std::array time_fields = {"hour", "minute", "second", "millisecond", "microsecond", "nanosecond"};

class FieldReader {
 public:
    explicit FieldReader(const Map& fields) : fields_(fields) {}

    [[nodiscard]] bool has(std::string_view key) const { return fields_.find(key) != nullptr; }
    [[nodiscard]] bool has_any(const auto& keys) const {
        return std::any_of(keys.begin(), keys.end(), [this](std::string_view key) { return has(key); });
    }
    [[nodiscard]] const Value* find(std::string_view key) const { return fields_.find(key); }

    /// The field as a number within the limits, or else `missing`.
    [[nodiscard]] std::int64_t number(std::string_view key, std::int64_t missing, std::int64_t least,
                                      std::int64_t greatest) const {
        const Value* value = fields_.find(key);
        if (value == nullptr) return missing;
        if (value->kind() != Kind::integer) raise_argument(key, "INTEGER", *value);
        if (value->as_int() < least || value->as_int() > greatest) {
            raise_temporal("`" + std::string(key) + "` lies within " + std::to_string(least) + " and " +
                           std::to_string(greatest) + ", got " + std::to_string(value->as_int()));
        }
        return value->as_int();
    }
    /// Throws where a field is there and the next larger one is not.
    void needs(std::string_view key, std::string_view larger) const {
        if (!has(key) || has(larger)) return;
        raise_temporal("`" + std::string(key) + "` is given without `" + std::string(larger) + "`");
    }
    /// Throws where fields of two ways to name a day are there.
    void one_way(const auto& ways) const {
        std::string_view found;
        for (const auto& way : ways) {
            for (const std::string_view key : way) {
                if (key.empty() || !has(key)) continue;
                if (!found.empty() && std::find(way.begin(), way.end(), found) == way.end()) {
                    raise_temporal("`" + std::string(found) + "` and `" + std::string(key) +
                                   "` name a day in different ways");
                }
                found = key;
            }
        }
    }

 private:
    const Map& fields_;
};

/// A given day that does not exist is refused; one that came from the base ends with the month.
Date checked(const std::optional<Date>& date, const char* what) {
    if (!date) raise_temporal(std::string("there is no such ") + what);
    return *date;
}

Date by_week(const FieldReader& in, std::int64_t year, const std::optional<Date>& base) {
    const WeekDate before = base ? week_date(*base) : WeekDate{1970, 1, 1};
    if (!base) in.needs("dayOfWeek", "week");
    if (!in.has("year")) year = before.year;
    const std::int64_t kept = std::min(before.week, weeks_of_year(year));
    const std::int64_t week = in.number("week", kept, 1, 53);
    const std::int64_t day = in.number("dayOfWeek", before.day, 1, 7);
    return checked(date_of(WeekDate{year, week, day}), "week");
}

Date by_quarter(const FieldReader& in, std::int64_t year, const std::optional<Date>& base) {
    if (!base) in.needs("dayOfQuarter", "quarter");
    const auto length = [&](std::int64_t quarter) {
        std::int64_t days = 0;
        for (std::int64_t month = quarter * 3 - 2; month <= quarter * 3; ++month)
            days += days_of_month(year, month);
        return days;
    };
    std::int64_t kept_quarter = 1;
    std::int64_t kept_day = 1;
    if (base) {
        const YearMonthDay before = year_month_day(*base);
        kept_quarter = (before.month + 2) / 3;
        kept_day = base->day - quarter_begin(before.year, kept_quarter).day + 1;
    }
    const std::int64_t quarter = in.number("quarter", kept_quarter, 1, 4);
    const std::int64_t day =
        in.number("dayOfQuarter", std::min(kept_day, length(quarter)), 1, length(quarter));
    return checked(plus_days(quarter_begin(year, quarter), day - 1), "day");
}

Date by_month(const FieldReader& in, std::int64_t year, const std::optional<Date>& base) {
    const YearMonthDay before = base ? year_month_day(*base) : YearMonthDay{1970, 1, 1};
    if (!base) in.needs("day", "month");
    const std::int64_t month = in.number("month", before.month, 1, 12);
    const std::int64_t day = in.number("day", std::min(before.day, days_of_month(year, month)), 1, 31);
    return checked(date_of(YearMonthDay{year, month, day}), "day");
}

Date read_date(const FieldReader& in, const std::optional<Date>& base) {
    using Way = std::array<std::string_view, 2>;
    in.one_way(std::array<Way, 4>{
        {{"month", "day"}, {"week", "dayOfWeek"}, {"quarter", "dayOfQuarter"}, {"ordinalDay", ""}}});
    if (!base && !in.has("year")) raise_temporal("a date's fields begin with `year`");
    const std::int64_t kept = base ? year_month_day(*base).year : 0;
    const std::int64_t year = in.number("year", kept, -greatest_year, greatest_year);
    if (in.has("week") || in.has("dayOfWeek")) return by_week(in, year, base);
    if (in.has("quarter") || in.has("dayOfQuarter")) return by_quarter(in, year, base);
    if (in.has("ordinalDay")) {
        return checked(date_of_ordinal(year, in.number("ordinalDay", 1, 1, 366)), "day");
    }
    return by_month(in, year, base);
}

/// The fraction of a second: each finer field counts on top of the coarser ones.
std::int64_t read_fraction(const FieldReader& in) {
    const bool milli = in.has("millisecond");
    const bool micro = in.has("microsecond");
    const std::int64_t milliseconds = in.number("millisecond", 0, 0, 999);
    const std::int64_t microseconds = in.number("microsecond", 0, 0, milli ? 999 : 999'999);
    const std::int64_t most = micro ? 999 : milli ? 999'999 : 999'999'999;
    return milliseconds * 1'000'000 + microseconds * 1000 + in.number("nanosecond", 0, 0, most);
}

LocalTime read_time(const FieldReader& in, const std::optional<LocalTime>& base) {
    if (!base) {
        in.needs("minute", "hour");
        in.needs("second", "minute");
        for (const char* part : {"millisecond", "microsecond", "nanosecond"}) in.needs(part, "second");
    }
    const std::int64_t before = base ? base->nanosecond : 0;
    const std::int64_t seconds = before / nanoseconds_per_second;
    const std::int64_t hour = in.number("hour", seconds / 3600, 0, 23);
    const std::int64_t minute = in.number("minute", seconds / 60 % 60, 0, 59);
    const std::int64_t second = in.number("second", seconds % 60, 0, 59);
    const bool fraction = in.has("millisecond") || in.has("microsecond") || in.has("nanosecond");
    return {((hour * 60 + minute) * 60 + second) * nanoseconds_per_second +
            (fraction ? read_fraction(in) : before % nanoseconds_per_second)};
}

bool allowed(Kind target, std::string_view key) {
    if (key == "timezone") return has_zone(target);
    if (key == "datetime") return has_date(target) && has_time(target);
    if (key == "date" || std::find(date_fields.begin(), date_fields.end(), key) != date_fields.end()) {
        return has_date(target);
    }
    if (key == "time" || std::find(time_fields.begin(), time_fields.end(), key) != time_fields.end()) {
        return has_time(target);
    }
    return target == Kind::date_time && (key == "epochSeconds" || key == "epochMillis");
}

/// The value of `date`, `time` or `datetime`, which must have the parts that it is asked for.
std::optional<TemporalParts> read_source(const FieldReader& in, std::string_view key, bool date, bool time) {
    const Value* value = in.find(key);
    if (value == nullptr) return std::nullopt;
    const Kind kind = value->kind();
    if (!is_temporal_instant(kind) || (date && !has_date(kind)) || (time && !has_time(kind))) {
        raise_argument(key, date && time ? "a date and time" : date ? "a date" : "a time of day", *value);
    }
    return parts_of(*value);
}

void take_sources(const FieldReader& in, TemporalParts& parts) {
    const auto take_time = [&parts](const TemporalParts& source) {
        parts.time = source.time;
        parts.zoned = source.zoned;
        parts.zone = source.zone;
        parts.offset = source.offset;
    };
    if (const auto source = read_source(in, "datetime", true, true)) {
        if (in.has("date") || in.has("time"))
            raise_temporal("`datetime` leaves nothing to `date` and `time`");
        parts.date = source->date;
        take_time(*source);
    }
    if (const auto source = read_source(in, "date", true, false)) parts.date = source->date;
    if (const auto source = read_source(in, "time", false, true)) take_time(*source);
}

TemporalParts from_epoch(const FieldReader& in) {
    constexpr std::int64_t most = greatest_year * 366 * seconds_per_day;
    if (in.has("epochSeconds") == in.has("epochMillis") || in.has_any(date_fields) || in.has("date") ||
        in.has("time") || in.has("datetime") || in.has("hour") || in.has("minute") || in.has("second") ||
        in.has("millisecond") || in.has("microsecond")) {
        raise_temporal("`epochSeconds` or `epochMillis` stands alone, but for `nanosecond` and `timezone`");
    }
    const bool millis = in.has("epochMillis");
    const std::int64_t unit = millis ? 1000 : 1;
    const std::int64_t given = in.number(millis ? "epochMillis" : "epochSeconds", 0, -most, most);
    const std::int64_t rest = (given % unit + unit) % unit;
    const std::int64_t finer = in.number("nanosecond", 0, 0, millis ? 999'999 : 999'999'999);
    return parts_of(Instant{(given - rest) / unit, static_cast<std::int32_t>(rest * 1'000'000 + finer)}, {});
}

}  // namespace

std::optional<TemporalParts> with_fields(Kind target, const Map& fields, TemporalParts base, Instant now) {
    const FieldReader in(fields);
    // A zone alone says where it is now.
    if (!base.date && !base.time && fields.size() == 1 && in.has("timezone")) {
        if (in.find("timezone")->is_null()) return std::nullopt;
        return parts_of(now, zone_argument(*in.find("timezone")));
    }
    for (const auto& [key, value] : fields.entries()) {
        if (!allowed(target, key)) {
            raise_temporal(std::string(kind_name(target)) + " has no field `" + excerpt(key) + "`");
        }
        if (value.is_null()) return std::nullopt;
    }
    TemporalParts parts = base;
    if (in.has("epochSeconds") || in.has("epochMillis")) {
        parts = from_epoch(in);
    } else {
        take_sources(in, parts);
        if (has_date(target)) parts.date = read_date(in, parts.date);
        if (has_time(target) && (parts.time || in.has_any(time_fields)))
            parts.time = read_time(in, parts.time);
        if (!has_date(target) && !parts.time) raise_temporal("a time's fields begin with `hour`");
    }
    if (!in.has("timezone")) return parts;
    return moved_to(parts, zone_argument(*in.find("timezone")), now);
}

}  // namespace islet::query
