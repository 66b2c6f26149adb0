// Temporal values: dates, times of day, both together with or without a zone, and
// durations. The calendar is the proleptic Gregorian one, a day has 86,400 seconds.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace islet {

inline constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t nanoseconds_per_day = seconds_per_day * nanoseconds_per_second;
inline constexpr std::int64_t greatest_year = 999'999'999;  ///< and least, with a minus
inline constexpr std::int32_t greatest_offset = 18 * 3600;  ///< of a zone from UTC, in seconds

/// A day of the calendar. Its year lies within ±greatest_year.
struct Date {
    std::int64_t day = 0;  ///< since 1970-01-01
    friend auto operator<=>(const Date&, const Date&) = default;
};

/// A time of day, in no zone. Within [0, nanoseconds_per_day).
struct LocalTime {
    std::int64_t nanosecond = 0;  ///< since midnight
    friend auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

/// A time of day at an offset from UTC. Ordered by the moment, then by the offset.
struct Time {
    LocalTime local;
    std::int32_t offset = 0;  ///< seconds east of UTC, within ±greatest_offset
    friend bool operator==(const Time&, const Time&) = default;
    friend std::strong_ordering operator<=>(const Time& a, const Time& b);
};

/// A date and a time of day, in no zone.
struct LocalDateTime {
    Date date;
    LocalTime time;
    friend auto operator<=>(const LocalDateTime&, const LocalDateTime&) = default;
};

/// A moment: seconds since 1970-01-01T00:00Z and the nanoseconds on top, within [0, 1e9).
struct Instant {
    std::int64_t second = 0;
    std::int32_t nanosecond = 0;
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// A zone of the IANA database, e.g. Europe/Stockholm. One object per name, alive as long as the program.
class TimeZone;

/// A date and time in a zone or at a plain offset. `offset` is one that the zone has at `local`.
/// Ordered by the moment, then by the offset, then by the zone's name, none first.
struct ZonedDateTime {
    LocalDateTime local;
    std::int32_t offset = 0;
    const TimeZone* zone = nullptr;  ///< none: the offset is all
    friend bool operator==(const ZonedDateTime&, const ZonedDateTime&) = default;
    friend std::strong_ordering operator<=>(const ZonedDateTime& a, const ZonedDateTime& b);
};

/// An amount of time in months, days and seconds, which have no fixed ratio to each other.
/// `nanoseconds` lies within [0, 1e9), also where `seconds` is negative.
struct Duration {
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;
    friend bool operator==(const Duration&, const Duration&) = default;
};

/// A total order of durations: by length, a month as 30.436875 days; equal ones by months, then days.
std::strong_ordering order(const Duration& a, const Duration& b);

// The calendar.

struct YearMonthDay {
    std::int64_t year = 1970;
    std::int64_t month = 1;  ///< 1 to 12
    std::int64_t day = 1;
};

/// ISO 8601's week: Monday is day 1; week 1 holds the year's first Thursday.
struct WeekDate {
    std::int64_t year = 1970;
    std::int64_t week = 1;
    std::int64_t day = 1;
};

bool is_leap(std::int64_t year);
std::int64_t days_of_month(std::int64_t year, std::int64_t month);
std::int64_t weeks_of_year(std::int64_t year);
YearMonthDay year_month_day(Date date);
WeekDate week_date(Date date);
std::int64_t ordinal_day(Date date);  ///< of the year, from 1
/// First day of a quarter (1 to 4). REQUIRES: a year within ±greatest_year
Date quarter_begin(std::int64_t year, std::int64_t quarter);
/// No value where there is no such day, or its year is out of range.
std::optional<Date> date_of(const YearMonthDay& civil);
std::optional<Date> date_of(const WeekDate& week);
std::optional<Date> date_of_ordinal(std::int64_t year, std::int64_t day);
/// The date so many days later; no value out of range.
std::optional<Date> plus_days(Date date, std::int64_t days);

// Zones. IANA's database is read on first use, from the system; all of this may be called from several
// threads.

/// By its name, with regard to case; nullptr if there is none, or no database.
const TimeZone* find_time_zone(std::string_view name);
std::string_view name(const TimeZone& zone);
/// The zone's seconds east of UTC at a moment. The rules that hold last hold for ever.
std::int32_t offset_at(const TimeZone& zone, std::int64_t second);

/// Where a moment is in a zone, or at an offset where `zone` is nullptr. No value out of range.
std::optional<ZonedDateTime> in_zone(Instant instant, const TimeZone* zone, std::int32_t offset);
/// A local time in a zone: in a gap moved on by the gap's length; where a clock shows it twice, at
/// `preferred` if that is one of the two, else the first time.
std::optional<ZonedDateTime> in_zone(const LocalDateTime& local, const TimeZone& zone,
                                     std::optional<std::int32_t> preferred = std::nullopt);
Instant instant_of(const ZonedDateTime& value);
/// The system clock's moment.
Instant current_instant();
/// The local date and time of `second` + `nanosecond` counted as if it were UTC. No value out of range.
std::optional<LocalDateTime> local_of(std::int64_t second, std::int32_t nanosecond);
/// Seconds since 1970-01-01T00:00 of the same clock.
std::int64_t seconds_of(const LocalDateTime& local);

// Arithmetic: months first (a day past the month's end becomes its last), then days, then seconds. No
// value where the result is out of range. Dates count the whole days in the seconds and ignore the rest;
// times of day take only the seconds, around the clock.
std::optional<Date> plus(Date date, const Duration& duration);
LocalTime plus(LocalTime time, const Duration& duration);
Time plus(const Time& time, const Duration& duration);
std::optional<LocalDateTime> plus(const LocalDateTime& local, const Duration& duration);
std::optional<ZonedDateTime> plus(const ZonedDateTime& value, const Duration& duration);
std::optional<Duration> plus(const Duration& a, const Duration& b);
std::optional<Duration> negated(const Duration& duration);

/// A number of units of time: `whole` plus `fraction` times 10^-18, of which there are less than 10^18.
struct Amount {
    std::int64_t whole = 0;
    std::int64_t fraction = 0;
};
/// The number that the fewest digits of a float mean: 0.1 is a tenth. No value if it is not finite or too
/// large.
std::optional<Amount> amount_of(double value);

enum class DurationUnit : std::uint8_t {
    years,
    quarters,
    months,
    weeks,
    days,
    hours,
    minutes,
    seconds,
    milliseconds,
    microseconds,
    nanoseconds
};

/// Sums up amounts of units. A fraction of a month becomes days and seconds (30.436875 days to the month),
/// a fraction of a day seconds; what is less than a nanosecond is cut off.
class DurationBuilder {
 public:
    /// False, and the builder of no more use, where the sum is out of range.
    bool add(DurationUnit unit, Amount amount);
    /// No value where the duration is out of range.
    [[nodiscard]] std::optional<Duration> finish() const;

 private:
    Amount months_;
    Amount days_;
    Amount seconds_;
    Amount nanoseconds_;
};

/// Exact, with fractions as DurationBuilder has them. No value where the result is out of range or the
/// number not finite; REQUIRES: a divisor other than 0.
std::optional<Duration> multiplied(const Duration& duration, double factor);
std::optional<Duration> multiplied(const Duration& duration, std::int64_t factor);
std::optional<Duration> divided(const Duration& duration, double divisor);
std::optional<Duration> divided(const Duration& duration, std::int64_t divisor);

// Text, as ISO 8601 has it: `1984-10-11`, `12:31:14.645`, `12:31Z`,
// `1984-10-11T12:00+01:00[Europe/Stockholm]`, `P12Y5M14DT16H13M10S`. What is written reads back as the same
// value.
std::string to_text(Date value);
std::string to_text(LocalTime value);
std::string to_text(const Time& value);
std::string to_text(const LocalDateTime& value);
std::string to_text(const ZonedDateTime& value);
std::string to_text(const Duration& value);
std::string offset_text(std::int32_t offset);  ///< `Z`, `+01:00`, `+00:53:28`

// Reading: the basic and extended forms of calendar, week, quarter and ordinal dates, and of times; a
// part left out is the least. No value for any other text. A date and time may lack its time; a zoned
// one its zone, which then is UTC.
std::optional<Date> parse_date(std::string_view text);
std::optional<LocalTime> parse_local_time(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
std::optional<LocalDateTime> parse_local_date_time(std::string_view text);
std::optional<ZonedDateTime> parse_date_time(std::string_view text);
std::optional<Duration> parse_duration(std::string_view text);

/// What may stand for a zone: an offset (`zone` is nullptr) or a name.
struct ZoneOrOffset {
    const TimeZone* zone = nullptr;
    std::int32_t offset = 0;
};
/// `Z`, `+01:00`, `+0100`, `Europe/Stockholm`.
std::optional<ZoneOrOffset> parse_zone(std::string_view text);

}  // namespace islet
