// Temporal functions, operators and components as tables.
#include <string>

#include "functions_test_support.hpp"

namespace islet::query {
namespace {

using test::check;
using test::outcome;
using test::run;

Value date(const char* text) {
    return *parse_date(text);
}
Value local_time(const char* text) {
    return *parse_local_time(text);
}
Value time(const char* text) {
    return *parse_time(text);
}
Value local(const char* text) {
    return *parse_local_date_time(text);
}
Value zoned(const char* text) {
    return *parse_date_time(text);
}
Value duration(const char* text) {
    return *parse_duration(text);
}

TEST_CASE("dates from fields") {
    const Value base = date("1984-11-11");
    check({
        {"date", {Map{{"year", 1984}}}, "1984-01-01"},
        {"date", {Map{{"year", 1984}, {"month", 2}, {"day", 29}}}, "1984-02-29"},
        {"date", {Map{{"year", 1984}, {"week", 10}, {"dayOfWeek", 3}}}, "1984-03-07"},
        {"date", {Map{{"year", 1984}, {"quarter", 3}, {"dayOfQuarter", 45}}}, "1984-08-14"},
        {"date", {Map{{"year", 1984}, {"ordinalDay", 202}}}, "1984-07-20"},
        {"date", {Map{{"date", base}, {"quarter", 3}}}, "1984-08-11"},
        {"date", {Map{{"date", base}, {"week", 1}}}, "1984-01-08"},
        {"date", {Map{{"date", base}, {"ordinalDay", 28}}}, "1984-01-28"},
        {"date", {Map{{"date", base}, {"day", 28}}}, "1984-11-28"},
        {"date", {Map{{"date", zoned("1984-11-11T23:00-08:00")}, {"year", 2000}}}, "2000-11-11"},
        {"date", {Map{{"date", date("1816-12-30")}, {"week", 2}, {"dayOfWeek", 3}}}, "1817-01-08"},
        {"date", {Map{{"date", date("1816-12-31")}, {"week", 2}}}, "1817-01-07"},
        // What the base gives yields to the month's end, what is given does not.
        {"date", {Map{{"date", date("1984-01-31")}, {"month", 2}}}, "1984-02-29"},
        {"date", {Map{{"date", date("1984-02-29")}, {"year", 1985}}}, "1985-02-28"},
        {"date", {Map{{"date", date("2020-12-31")}, {"year", 2021}, {"dayOfWeek", 1}}}, "2021-12-27"},
        {"date", {Map{{"year", 1985}, {"month", 2}, {"day", 29}}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{{"year", 1985}, {"day", 29}}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{{"month", 2}}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{{"year", 1985}, {"month", 2}, {"week", 2}}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{{"year", 2021}, {"week", 53}}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{{"year", 1985}, {"hour", 2}}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{{"year", std::int64_t{1} << 40}}}, "ArgumentError InvalidArgumentValue"},
        {"date", {Map{{"year", "1985"}}}, "TypeError InvalidArgumentValue"},
        {"date", {Map{{"date", time("12:00Z")}}}, "TypeError InvalidArgumentValue"},
        {"date", {Map{{"year", Value()}}}, "null"},
        {"date", {"1985-02-29"}, "ArgumentError InvalidArgumentValue"},
        {"date", {time("12:00Z")}, "ArgumentError InvalidArgumentValue"},
        {"date", {7}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("times from fields") {
    check({
        {"localtime", {Map{{"hour", 12}}}, "12:00"},
        {"localtime",
         {Map{{"hour", 12},
              {"minute", 31},
              {"second", 14},
              {"millisecond", 123},
              {"microsecond", 456},
              {"nanosecond", 789}}},
         "12:31:14.123456789"},
        {"localtime",
         {Map{{"time", local_time("12:31:14.645876123")}, {"second", 42}}},
         "12:31:42.645876123"},
        {"localtime", {Map{{"time", local_time("12:31:14.645876123")}, {"millisecond", 2}}}, "12:31:14.002"},
        {"localtime", {Map{{"minute", 31}}}, "ArgumentError InvalidArgumentValue"},
        {"localtime", {Map{{"hour", 12}, {"second", 31}}}, "ArgumentError InvalidArgumentValue"},
        {"localtime", {Map{{"hour", 24}}}, "ArgumentError InvalidArgumentValue"},
        {"localtime", {Map{{"hour", 1}, {"timezone", "Z"}}}, "ArgumentError InvalidArgumentValue"},
        {"time", {Map{{"hour", 12}, {"timezone", "+02:05:59"}}}, "12:00+02:05:59"},
        {"time", {Map{{"time", time("12:31:14+01:00")}, {"timezone", "+05:00"}}}, "16:31:14+05:00"},
        {"time", {Map{{"time", time("22:31+01:00")}, {"timezone", "+05:00"}}}, "02:31+05:00"},
        {"time", {Map{{"time", local_time("12:31:14")}, {"timezone", "+05:00"}}}, "12:31:14+05:00"},
        {"time", {zoned("1984-10-11T12:00[Europe/Stockholm]")}, "12:00+01:00"},
        {"time", {Map{{"hour", 12}, {"timezone", "Mars/Olympus"}}}, "ArgumentError InvalidArgumentValue"},
        {"time", {Map{{"hour", 12}, {"timezone", 1}}}, "TypeError InvalidArgumentValue"},
        {"time", {Map{{"hour", 12}, {"timezone", Value()}}}, "null"},
        {"time", {"12:00+25:00"}, "ArgumentError InvalidArgumentValue"},
    });
}

TEST_CASE("dates and times from fields") {
    const Value stockholm = zoned("1984-10-11T12:00+01:00[Europe/Stockholm]");
    check({
        {"localdatetime", {Map{{"year", 1984}, {"hour", 12}}}, "1984-01-01T12:00"},
        {"localdatetime",
         {Map{{"date", date("1984-10-11")}, {"time", time("12:31+01:00")}}},
         "1984-10-11T12:31"},
        {"localdatetime", {Map{{"datetime", stockholm}, {"day", 28}, {"second", 42}}}, "1984-10-28T12:00:42"},
        {"localdatetime", {stockholm}, "1984-10-11T12:00"},
        {"datetime", {Map{{"year", 1984}}}, "1984-01-01T00:00Z"},
        {"datetime",
         {Map{{"year", 2017},
              {"month", 3},
              {"day", 26},
              {"hour", 2},
              {"minute", 30},
              {"timezone", "Europe/Stockholm"}}},
         "2017-03-26T03:30+02:00[Europe/Stockholm]"},
        {"datetime", {Map{{"date", stockholm}, {"hour", 10}}}, "1984-10-11T10:00Z"},
        {"datetime",
         {Map{{"date", date("1984-03-28")}, {"time", stockholm}}},
         "1984-03-28T12:00+02:00[Europe/Stockholm]"},
        {"datetime",
         {Map{{"date", local("1984-03-07T12:31")},
              {"time", stockholm},
              {"day", 28},
              {"second", 42},
              {"timezone", "Pacific/Honolulu"}}},
         "1984-03-28T00:00:42-10:00[Pacific/Honolulu]"},
        {"datetime", {Map{{"datetime", stockholm}, {"timezone", "+05:00"}}}, "1984-10-11T16:00+05:00"},
        {"datetime",
         {Map{{"datetime", local("1984-10-11T12:00")}, {"timezone", "+05:00"}}},
         "1984-10-11T12:00+05:00"},
        {"datetime",
         {Map{{"datetime", stockholm}, {"time", time("12:00Z")}}},
         "ArgumentError InvalidArgumentValue"},
        {"datetime", {Map{{"time", time("12:00Z")}}}, "ArgumentError InvalidArgumentValue"},
        {"datetime", {Map{{"epochSeconds", -1}, {"nanosecond", 5}}}, "1969-12-31T23:59:59.000000005Z"},
        {"datetime", {Map{{"epochMillis", -1}, {"timezone", "+01:00"}}}, "1970-01-01T00:59:59.999+01:00"},
        {"datetime", {Map{{"epochMillis", 1}, {"year", 2000}}}, "ArgumentError InvalidArgumentValue"},
        {"datetime", {date("1984-10-11")}, "1984-10-11T00:00Z"},
        {"datetime.fromepoch", {416779, 999999999}, "1970-01-05T19:46:19.999999999Z"},
        {"datetime.fromEpochMillis", {std::int64_t{237821673987}}, "1977-07-15T13:34:33.987Z"},
        {"datetime.fromEpochMillis", {-1}, "1969-12-31T23:59:59.999Z"},
        {"datetime.fromEpochMillis", {INT64_MIN}, "-292275055-05-16T16:47:04.192Z"},
        {"datetime.fromEpoch", {INT64_MAX, 0}, "ArgumentError NumberOutOfRange"},
        {"datetime.fromEpoch", {0, -1}, "ArgumentError InvalidArgumentValue"},
        {"datetime.fromEpoch", {Value(), 0}, "null"},
    });
}

TEST_CASE("the clock of a statement stands still") {
    std::uint64_t random = 1;
    const Snapshot empty;
    FunctionContext context{empty, random, Instant{1'509'238'800, 5}};
    const auto now = [&](std::string_view name, std::vector<Value> arguments) {
        return to_text(call(*find_function(name), context, arguments), empty);
    };
    CHECK(now("datetime", {}) == "2017-10-29T01:00:00.000000005Z");
    CHECK(now("datetime.statement", {"Europe/Stockholm"}) ==
          "2017-10-29T02:00:00.000000005+01:00[Europe/Stockholm]");
    CHECK(now("datetime.transaction", {}) == now("datetime", {}));
    CHECK(now("date", {Map{{"timezone", "Pacific/Honolulu"}}}) == "2017-10-28");
    CHECK(now("time", {Map{{"timezone", "+05:00"}}}) == "06:00:00.000000005+05:00");
    CHECK(now("localtime.transaction", {"America/New_York"}) == "21:00:00.000000005");
    CHECK(now("localdatetime.statement", {Value()}) == "null");
    CHECK(now("date.truncate", {"month"}) == "2017-10-01");
    CHECK(now("time", {Map{{"hour", 1}, {"timezone", "Europe/Stockholm"}}}) == "01:00+01:00");
    const Value before = Value(*in_zone(current_instant(), nullptr, 0));
    const Value at_call = run("datetime.realtime", {});
    CHECK(order(before, at_call) <= 0);
}

TEST_CASE("truncation") {
    const Value day = date("1984-11-11");
    const Value moment = zoned("1984-10-11T12:31:14.645876123+01:00");
    check({
        {"date.truncate", {"millennium", day}, "1000-01-01"},
        {"date.truncate", {"century", day}, "1900-01-01"},
        {"date.truncate", {"century", date("-0001-05-05")}, "-0100-01-01"},
        {"date.truncate", {"decade", day, Map{{"day", 2}}}, "1980-01-02"},
        {"date.truncate", {"weekYear", date("1984-01-01")}, "1983-01-03"},
        {"date.truncate", {"quarter", day, Map{{"dayOfQuarter", 3}}}, "1984-10-03"},
        {"date.truncate", {"WEEK", day, Map{{"dayOfWeek", 2}}}, "1984-11-06"},
        {"date.truncate", {"hour", day}, "ArgumentError InvalidArgumentValue"},
        {"date.truncate", {"fortnight", day}, "ArgumentError InvalidArgumentValue"},
        {"date.truncate", {"day", time("12:00Z")}, "TypeError InvalidArgumentValue"},
        {"date.truncate", {"day", day, Map{{"day", Value()}}}, "null"},
        {"date.truncate", {"decade", date("-999999999-01-01")}, "ArgumentError NumberOutOfRange"},
        {"datetime.truncate",
         {"day", day, Map{{"timezone", "Europe/Stockholm"}}},
         "1984-11-11T00:00+01:00[Europe/Stockholm]"},
        {"datetime.truncate",
         {"hour", moment, Map{{"timezone", "Europe/Stockholm"}}},
         "1984-10-11T12:00+01:00[Europe/Stockholm]"},
        {"datetime.truncate", {"minute", moment}, "1984-10-11T12:31+01:00"},
        {"datetime.truncate", {"second", day}, "ArgumentError InvalidArgumentValue"},
        {"localdatetime.truncate",
         {"millisecond", moment, Map{{"nanosecond", 2}}},
         "1984-10-11T12:31:14.645000002"},
        {"localdatetime.truncate",
         {"millisecond", moment, Map{{"microsecond", 3}, {"nanosecond", 2}}},
         "1984-10-11T12:31:14.645003002"},
        {"localdatetime.truncate",
         {"millisecond", moment, Map{{"microsecond", 1000}}},
         "ArgumentError InvalidArgumentValue"},
        {"localtime.truncate", {"microsecond", moment, Map{{"nanosecond", 2}}}, "12:31:14.645876002"},
        {"localtime.truncate", {"day", moment}, "00:00"},
        {"localtime.truncate", {"week", moment}, "ArgumentError InvalidArgumentValue"},
        {"time.truncate", {"hour", moment, Map{{"timezone", "-05:00"}}}, "12:00-05:00"},
        {"time.truncate", {"hour", day}, "TypeError InvalidArgumentValue"},
    });
}

TEST_CASE("durations from fields and texts") {
    check({
        {"duration", {Map{{"months", 0.75}}}, "P22DT19H51M49.5S"},
        {"duration", {Map{{"weeks", 2.5}}}, "P17DT12H"},
        {"duration", {Map{{"quarters", 3}}}, "P9M"},
        {"duration", {Map{{"seconds", -60}, {"milliseconds", -1}}}, "PT-1M-0.001S"},
        {"duration", {Map{{"seconds", -2}, {"milliseconds", 1}}}, "PT-1.999S"},
        {"duration", {Map{{"seconds", 0.1}}}, "PT0.1S"},
        {"duration", {Map{{"milliseconds", INT64_MAX}}}, "PT2562047788015H12M55.807S"},
        {"duration", {Map{{"years", INT64_MAX}}}, "ArgumentError NumberOutOfRange"},
        {"duration", {Map{{"years", 1e300}}}, "ArgumentError NumberOutOfRange"},
        {"duration", {Map{{"year", 1}}}, "ArgumentError InvalidArgumentValue"},
        {"duration", {Map{}}, "ArgumentError InvalidArgumentValue"},
        {"duration", {Map{{"years", "1"}}}, "TypeError InvalidArgumentValue"},
        {"duration", {Map{{"years", Value()}}}, "null"},
        {"duration", {"P1Y"}, "P1Y"},
        {"duration", {"1Y"}, "ArgumentError InvalidArgumentValue"},
        {"duration", {Value()}, "null"},
    });
}

TEST_CASE("durations between") {
    const Value night = zoned("2017-10-29T00:00+02:00[Europe/Stockholm]");
    check({
        {"duration.between", {date("1984-10-11"), date("2015-06-24")}, "P30Y8M13D"},
        {"duration.between", {date("-999999999-01-01"), date("+999999999-12-31")}, "P1999999998Y11M30D"},
        {"duration.between",
         {local("2018-01-02T10:00:00.1"), local("2018-01-01T10:00:00.2")},
         "PT-23H-59M-59.9S"},
        {"duration.between", {time("14:30Z"), zoned("2015-07-21T21:40:32.142+01:00")}, "PT6H10M32.142S"},
        {"duration.between",
         {zoned("2014-07-21T21:40:36.143+02:00"), date("2015-06-24")},
         "P11M2DT2H19M23.857S"},
        {"duration.inMonths", {date("2018-03-11"), date("2016-06-24")}, "P-1Y-8M"},
        {"duration.inMonths", {local_time("14:30"), time("16:30+01:00")}, "PT0S"},
        {"duration.inDays", {zoned("2014-07-21T21:40:36.143+02:00"), date("2015-06-24")}, "P337D"},
        {"duration.inSeconds", {night, local("2017-10-29T04:00")}, "PT5H"},
        {"duration.inSeconds", {night, local_time("04:00")}, "PT5H"},
        {"duration.inSeconds", {night, date("2017-10-30")}, "PT25H"},
        {"duration.inSeconds",
         {date("2017-10-29"), zoned("2017-10-29T04:00+01:00[Europe/Stockholm]")},
         "PT5H"},
        {"duration.inDays", {night, date("2017-10-30")}, "P1D"},
        {"duration.inSeconds", {local_time("12:34:56.3"), local_time("12:34:54.7")}, "PT-1.6S"},
        {"duration.between", {date("1984-10-11"), 1}, "TypeError InvalidArgumentValue"},
        {"duration.between", {date("1984-10-11"), Value()}, "null"},
    });
}

TEST_CASE("components") {
    const Snapshot none;
    const auto reads = [&](const Value& subject, std::string_view key, std::string_view expected) {
        INFO(to_text(subject, none) << '.' << key);
        CHECK(outcome(none, [&] { return property_of(none, subject, key); }) == expected);
    };
    const Value moment = zoned("1984-11-11T12:31:14.645876123[Europe/Stockholm]");
    for (const auto& [key, expected] :
         std::vector<std::pair<const char*, const char*>>{{"year", "1984"},
                                                          {"quarter", "4"},
                                                          {"month", "11"},
                                                          {"week", "45"},
                                                          {"weekYear", "1984"},
                                                          {"day", "11"},
                                                          {"ordinalDay", "316"},
                                                          {"weekDay", "7"},
                                                          {"dayOfWeek", "7"},
                                                          {"dayOfQuarter", "42"},
                                                          {"hour", "12"},
                                                          {"minute", "31"},
                                                          {"second", "14"},
                                                          {"millisecond", "645"},
                                                          {"microsecond", "645876"},
                                                          {"nanosecond", "645876123"},
                                                          {"offset", "'+01:00'"},
                                                          {"offsetMinutes", "60"},
                                                          {"offsetSeconds", "3600"},
                                                          {"epochSeconds", "469020674"},
                                                          {"epochMillis", "469020674645"},
                                                          {"timezone", "'Europe/Stockholm'"}}) {
        reads(moment, key, expected);
    }
    reads(time("12:00Z"), "timezone", "'Z'");
    reads(time("12:00Z"), "year", "ArgumentError InvalidArgumentValue");
    reads(date("1984-10-11"), "hour", "ArgumentError InvalidArgumentValue");
    reads(local("1984-10-11"), "offset", "ArgumentError InvalidArgumentValue");
    reads(zoned("1969-12-31T23:59:59.999Z"), "epochMillis", "-1");
    const Value amount = duration("P1Y4M10DT1H1M1.111111111S");
    for (const auto& [key, expected] :
         std::vector<std::pair<const char*, const char*>>{{"years", "1"},
                                                          {"quarters", "5"},
                                                          {"months", "16"},
                                                          {"weeks", "1"},
                                                          {"days", "10"},
                                                          {"hours", "1"},
                                                          {"minutes", "61"},
                                                          {"seconds", "3661"},
                                                          {"milliseconds", "3661111"},
                                                          {"microseconds", "3661111111"},
                                                          {"nanoseconds", "3661111111111"},
                                                          {"quartersOfYear", "1"},
                                                          {"monthsOfQuarter", "1"},
                                                          {"monthsOfYear", "4"},
                                                          {"daysOfWeek", "3"},
                                                          {"minutesOfHour", "1"},
                                                          {"secondsOfMinute", "1"},
                                                          {"millisecondsOfSecond", "111"},
                                                          {"microsecondsOfSecond", "111111"},
                                                          {"nanosecondsOfSecond", "111111111"}}) {
        reads(amount, key, expected);
    }
    reads(amount, "year", "ArgumentError InvalidArgumentValue");
    reads(Duration{0, 0, INT64_MAX, 0}, "milliseconds", "ArithmeticError IntegerOverflow");
}

TEST_CASE("operators on temporal values") {
    const Snapshot none;
    const auto gives = [&](Value (*op)(const Value&, const Value&), const Value& a, const Value& b,
                           std::string_view expected) {
        INFO(to_text(a, none) << " , " << to_text(b, none));
        CHECK(outcome(none, [&] { return op(a, b); }) == expected);
    };
    gives(add, date("1984-10-11"), duration("P12Y11M29DT33H"), "1997-10-11");
    gives(add, duration("P1D"), date("1984-10-11"), "1984-10-12");
    gives(subtract, local_time("12:31:14.000000001"), duration("PT16H13M10.000000002S"),
          "20:18:03.999999999");
    gives(add, time("23:00+01:00"), duration("P1DT2H"), "01:00+01:00");
    gives(add, duration("P1M"), duration("P-1D"), "P1M-1D");
    gives(subtract, duration("PT1S"), duration("PT1S"), "PT0S");
    gives(multiply, duration("P1D"), 0.5, "PT12H");
    gives(multiply, 2, duration("P1D"), "P2D");
    gives(divide, duration("P1D"), 2, "PT12H");
    gives(divide, duration("P1D"), 0, "ArithmeticError DivisionByZero");
    gives(divide, duration("P1D"), 0.0, "ArithmeticError DivisionByZero");
    gives(divide, 1, duration("P1D"), "TypeError InvalidArgumentType");
    gives(add, date("1984-10-11"), date("1984-10-11"), "TypeError InvalidArgumentType");
    gives(subtract, date("1984-10-11"), date("1984-10-11"), "TypeError InvalidArgumentType");
    gives(subtract, duration("P1D"), date("1984-10-11"), "TypeError InvalidArgumentType");
    gives(add, date("1984-10-11"), 1, "TypeError InvalidArgumentType");
    gives(add, date("1984-10-11"), Value(), "null");
    gives(add, date("+999999999-12-31"), duration("P1D"), "ArgumentError NumberOutOfRange");
    gives(subtract, date("1984-10-11"), Duration{INT64_MIN, 0, 0, 0}, "ArgumentError NumberOutOfRange");
    gives(add, "on ", date("1984-10-11"), "'on 1984-10-11'");
    gives(add, List{}, date("1984-10-11"), "[1984-10-11]");
    check({{"toString", {duration("P1D")}, "'P1D'"},
           {"toStringList", {List{date("1984-10-11"), 1}}, "['1984-10-11', '1']"}});
}

}  // namespace
}  // namespace islet::query
