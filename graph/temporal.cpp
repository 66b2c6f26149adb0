// The calendar and the arithmetic of temporal values.
#include "islet/temporal.hpp"

#include <algorithm>
#include <chrono>

#include "wide_integer.hpp"

namespace islet {

namespace {

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) {
    const std::int64_t rest = a % b;
    return rest < 0 ? rest + b : rest;
}

bool valid_year(std::int64_t year) {
    return year >= -greatest_year && year <= greatest_year;
}

// The two conversions are those of the chrono-compatible algorithms behind Hinnant's date library, in
// 64 bits: the library's own year has 16.
constexpr std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = floor_div(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

constexpr std::int64_t least_day = days_from_civil(-greatest_year, 1, 1);
constexpr std::int64_t greatest_day = days_from_civil(greatest_year, 12, 31);

std::optional<std::int64_t> sum(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
    return result;
}

std::optional<Date> plus_months(Date date, std::int64_t months) {
    const YearMonthDay civil = year_month_day(date);
    const auto total = sum(civil.year * 12 + civil.month - 1, months);
    if (!total) return std::nullopt;
    const std::int64_t year = floor_div(*total, 12);
    const std::int64_t month = floor_mod(*total, 12) + 1;
    if (!valid_year(year)) return std::nullopt;
    return date_of(YearMonthDay{year, month, std::min(civil.day, days_of_month(year, month))});
}

std::optional<LocalDateTime> plus_months_and_days(const LocalDateTime& local, const Duration& duration) {
    const auto by_months = plus_months(local.date, duration.months);
    if (!by_months) return std::nullopt;
    const auto by_days = plus_days(*by_months, duration.days);
    if (!by_days) return std::nullopt;
    return LocalDateTime{*by_days, local.time};
}

std::int64_t moment(const Time& time) {
    return time.local.nanosecond - time.offset * nanoseconds_per_second;
}

/// A duration's length in nanoseconds, a month of 2,629,746 seconds.
WideInteger length(const Duration& d) {
    const WideInteger seconds =
        WideInteger{d.months} * 2'629'746 + WideInteger{d.days} * seconds_per_day + d.seconds;
    return seconds * nanoseconds_per_second + d.nanoseconds;
}

}  // namespace

std::strong_ordering operator<=>(const Time& a, const Time& b) {
    if (const auto by_moment = moment(a) <=> moment(b); by_moment != 0) return by_moment;
    return a.offset <=> b.offset;
}

std::strong_ordering operator<=>(const ZonedDateTime& a, const ZonedDateTime& b) {
    if (const auto by_moment = instant_of(a) <=> instant_of(b); by_moment != 0) return by_moment;
    if (const auto by_offset = a.offset <=> b.offset; by_offset != 0) return by_offset;
    const std::string_view zone_a = a.zone == nullptr ? std::string_view() : name(*a.zone);
    const std::string_view zone_b = b.zone == nullptr ? std::string_view() : name(*b.zone);
    return zone_a <=> zone_b;
}

std::strong_ordering order(const Duration& a, const Duration& b) {
    const WideInteger length_a = length(a);
    const WideInteger length_b = length(b);
    if (length_a != length_b)
        return length_a < length_b ? std::strong_ordering::less : std::strong_ordering::greater;
    if (const auto by_months = a.months <=> b.months; by_months != 0) return by_months;
    return a.days <=> b.days;
}

bool is_leap(std::int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::int64_t days_of_month(std::int64_t year, std::int64_t month) {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::int64_t weeks_of_year(std::int64_t year) {
    // 28 December is always in the last week.
    const std::int64_t day = days_from_civil(year, 12, 28);
    const std::int64_t weekday = floor_mod(day + 3, 7) + 1;
    return (day - days_from_civil(year, 1, 1) + 11 - weekday) / 7;
}

YearMonthDay year_month_day(Date date) {
    const std::int64_t day = date.day + 719'468;
    const std::int64_t era = floor_div(day, 146'097);
    const std::int64_t day_of_era = day - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted = (5 * day_of_year + 2) / 153;  // months from March
    const std::int64_t month = shifted + (shifted < 10 ? 3 : -9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted + 2) / 5 + 1};
}

std::int64_t ordinal_day(Date date) {
    return date.day - days_from_civil(year_month_day(date).year, 1, 1) + 1;
}

WeekDate week_date(Date date) {
    const std::int64_t day = floor_mod(date.day + 3, 7) + 1;  // 1970-01-01 was a Thursday
    // A week belongs to the year that holds its Thursday.
    const Date thursday{date.day + 4 - day};
    return {year_month_day(thursday).year, (ordinal_day(thursday) - 1) / 7 + 1, day};
}

Date quarter_begin(std::int64_t year, std::int64_t quarter) {
    return {days_from_civil(year, 3 * quarter - 2, 1)};
}

std::optional<Date> date_of(const YearMonthDay& civil) {
    if (!valid_year(civil.year) || civil.month < 1 || civil.month > 12 || civil.day < 1) return std::nullopt;
    if (civil.day > days_of_month(civil.year, civil.month)) return std::nullopt;
    return Date{days_from_civil(civil.year, civil.month, civil.day)};
}

std::optional<Date> date_of(const WeekDate& week) {
    if (!valid_year(week.year) || week.week < 1 || week.day < 1 || week.day > 7) return std::nullopt;
    if (week.week > weeks_of_year(week.year)) return std::nullopt;
    // 4 January is always in week 1.
    const std::int64_t fourth = days_from_civil(week.year, 1, 4);
    const std::int64_t monday = fourth - floor_mod(fourth + 3, 7);
    return plus_days(Date{monday}, (week.week - 1) * 7 + week.day - 1);
}

std::optional<Date> date_of_ordinal(std::int64_t year, std::int64_t day) {
    if (!valid_year(year) || day < 1 || day > (is_leap(year) ? 366 : 365)) return std::nullopt;
    return Date{days_from_civil(year, 1, 1) + day - 1};
}

std::optional<Date> plus_days(Date date, std::int64_t days) {
    const auto day = sum(date.day, days);
    if (!day || *day < least_day || *day > greatest_day) return std::nullopt;
    return Date{*day};
}

Instant current_instant() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
    return {floor_div(nanoseconds, nanoseconds_per_second),
            static_cast<std::int32_t>(floor_mod(nanoseconds, nanoseconds_per_second))};
}

std::optional<LocalDateTime> local_of(std::int64_t second, std::int32_t nanosecond) {
    const auto date = plus_days(Date{0}, floor_div(second, seconds_per_day));
    if (!date) return std::nullopt;
    return LocalDateTime{*date, {floor_mod(second, seconds_per_day) * nanoseconds_per_second + nanosecond}};
}

std::int64_t seconds_of(const LocalDateTime& local) {
    return local.date.day * seconds_per_day + local.time.nanosecond / nanoseconds_per_second;
}

Instant instant_of(const ZonedDateTime& value) {
    return {seconds_of(value.local) - value.offset,
            static_cast<std::int32_t>(value.local.time.nanosecond % nanoseconds_per_second)};
}

std::optional<Date> plus(Date date, const Duration& duration) {
    const auto by_months = plus_months(date, duration.months);
    if (!by_months) return std::nullopt;
    // Whole days in the seconds, towards zero: so a date minus a duration is the date plus its negation.
    std::int64_t seconds = duration.seconds;
    if (seconds < 0 && duration.nanoseconds > 0) ++seconds;
    const auto days = sum(duration.days, seconds / seconds_per_day);
    return days ? plus_days(*by_months, *days) : std::nullopt;
}

LocalTime plus(LocalTime time, const Duration& duration) {
    const std::int64_t seconds = floor_mod(duration.seconds, seconds_per_day);
    const std::int64_t added = seconds * nanoseconds_per_second + duration.nanoseconds;
    return {(time.nanosecond + added) % nanoseconds_per_day};
}

Time plus(const Time& time, const Duration& duration) {
    return {plus(time.local, duration), time.offset};
}

std::optional<LocalDateTime> plus(const LocalDateTime& local, const Duration& duration) {
    const auto dated = plus_months_and_days(local, duration);
    if (!dated) return std::nullopt;
    const std::int64_t nanosecond = dated->time.nanosecond % nanoseconds_per_second + duration.nanoseconds;
    const auto seconds = sum(seconds_of(*dated) + nanosecond / nanoseconds_per_second, duration.seconds);
    if (!seconds) return std::nullopt;
    return local_of(*seconds, static_cast<std::int32_t>(nanosecond % nanoseconds_per_second));
}

std::optional<ZonedDateTime> plus(const ZonedDateTime& value, const Duration& duration) {
    // Months and days are counted on the calendar of the zone, seconds on the line of time.
    ZonedDateTime dated = value;
    if (duration.months != 0 || duration.days != 0) {
        const auto local = plus_months_and_days(value.local, duration);
        if (!local) return std::nullopt;
        const auto zoned = value.zone == nullptr ? ZonedDateTime{*local, value.offset, nullptr}
                                                 : in_zone(*local, *value.zone, value.offset);
        if (!zoned) return std::nullopt;
        dated = *zoned;
    }
    const Instant instant = instant_of(dated);
    const std::int64_t nanosecond = std::int64_t{instant.nanosecond} + duration.nanoseconds;
    const auto seconds = sum(instant.second + nanosecond / nanoseconds_per_second, duration.seconds);
    if (!seconds) return std::nullopt;
    return in_zone(Instant{*seconds, static_cast<std::int32_t>(nanosecond % nanoseconds_per_second)},
                   value.zone, value.offset);
}

std::optional<Duration> plus(const Duration& a, const Duration& b) {
    const auto months = sum(a.months, b.months);
    const auto days = sum(a.days, b.days);
    const std::int64_t nanoseconds = std::int64_t{a.nanoseconds} + b.nanoseconds;
    const WideInteger seconds = WideInteger{a.seconds} + b.seconds + nanoseconds / nanoseconds_per_second;
    const auto narrow = narrowed(seconds);
    if (!months || !days || !narrow) return std::nullopt;
    return Duration{*months, *days, *narrow, static_cast<std::int32_t>(nanoseconds % nanoseconds_per_second)};
}

std::optional<Duration> negated(const Duration& duration) {
    const auto months = narrowed(-WideInteger{duration.months});
    const auto days = narrowed(-WideInteger{duration.days});
    const bool fraction = duration.nanoseconds != 0;
    const auto seconds = narrowed(-WideInteger{duration.seconds} - (fraction ? 1 : 0));
    if (!months || !days || !seconds) return std::nullopt;
    return Duration{*months, *days, *seconds,
                    fraction ? static_cast<std::int32_t>(nanoseconds_per_second - duration.nanoseconds) : 0};
}

}  // namespace islet
