// What temporal values of any kind are made of, so that one can be made out of
// another, of a map's fields, or of parts of several.
#pragma once

#include <optional>
#include <string_view>

#include "functions.hpp"

namespace islet::query {

/// A date, a time of day, a zone: each or none. The offset is the zone's at that date and time, as far
/// as both are there.
struct TemporalParts {
    std::optional<Date> date;
    std::optional<LocalTime> time;
    bool zoned = false;
    const TimeZone* zone = nullptr;  ///< none: the offset is all there is
    std::int32_t offset = 0;
};

/// REQUIRES: a temporal instant
TemporalParts parts_of(const Value& value);

/// The moment in a zone, or at an offset.
TemporalParts parts_of(Instant instant, const ZoneOrOffset& zone);

/// A value of the target kind; midnight and UTC stand for a time and a zone that are missing. Throws
/// where a part that the kind cannot do without is missing, or the value is out of range.
Value assemble(Kind target, const TemporalParts& parts);

/// The same moment in another zone; the same local time where the parts have no zone yet. A named zone's
/// offset for a time without a date is the one it has at `now`.
TemporalParts moved_to(const TemporalParts& parts, const ZoneOrOffset& zone, Instant now);

/// A zone's name or offset from an argument. Throws.
ZoneOrOffset zone_argument(const Value& argument);

/// Overrides `base` by the fields of a map, among them `date`, `time` and `datetime`, which are other
/// temporal values, and `timezone`. No value where a field is null; throws on fields that the target
/// kind has not, that contradict each other, or that are out of range.
std::optional<TemporalParts> with_fields(Kind target, const Map& fields, TemporalParts base, Instant now);

bool has_date(Kind kind);
bool has_time(Kind kind);
bool has_zone(Kind kind);

/// ArgumentError, InvalidArgumentValue.
[[noreturn]] void raise_temporal(std::string message, std::string hint = {});
/// ArgumentError, NumberOutOfRange.
[[noreturn]] void raise_temporal_range(std::string_view what);

/// The value, or the refusal of a result that is out of range.
template <class T>
T in_range(const std::optional<T>& value, std::string_view what) {
    if (!value) raise_temporal_range(what);
    return *value;
}

}  // namespace islet::query
