// The last line of a compiled time zone: its rule for all years after its table, as in
// "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX, TZ variable; RFC 8536 section 3.3).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace islet {

/// One change of clocks in a year.
struct YearlyChange {
    enum class Form : std::uint8_t { weekday_of_month, julian, zero_based };
    Form form = Form::weekday_of_month;
    int month = 1;
    int week = 1;              ///< 5 is the last
    int day = 0;               ///< of the week from Sunday as 0, or of the year
    std::int32_t time = 7200;  ///< seconds after the day's midnight, may be negative or past its end
};

struct PosixZone {
    std::int32_t standard = 0;  ///< seconds east of UTC
    std::int32_t summer = 0;    ///< the same as `standard` where the clocks never change
    YearlyChange begin;
    YearlyChange end;

    /// Seconds east of UTC at `second` since 1970.
    [[nodiscard]] std::int32_t offset_at(std::int64_t second) const;
};

/// No value where the text is no rule.
std::optional<PosixZone> parse_posix_zone(std::string_view text);

}  // namespace islet
