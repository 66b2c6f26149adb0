#include "temporal_parts.hpp"

#include <string>

#include "function_errors.hpp"

namespace islet::query {

bool has_date(Kind kind) {
    return kind == Kind::date || kind == Kind::local_date_time || kind == Kind::date_time;
}
bool has_time(Kind kind) {
    return is_temporal_instant(kind) && kind != Kind::date;
}
bool has_zone(Kind kind) {
    return kind == Kind::time || kind == Kind::date_time;
}

void raise_temporal(std::string message, std::string hint) {
    raise(status::invalid_temporal, "ArgumentError", "InvalidArgumentValue", std::move(message),
          std::move(hint));
}

void raise_temporal_range(std::string_view what) {
    raise(status::temporal_out_of_range, "ArgumentError", "NumberOutOfRange",
          std::string(what) + " is out of range", "years lie within -999999999 and 999999999");
}

TemporalParts parts_of(const Value& value) {
    switch (value.kind()) {
        case Kind::date:
            return {.date = value.as_date(), .time = {}};
        case Kind::local_time:
            return {.date = {}, .time = value.as_local_time()};
        case Kind::time:
            return {
                .date = {}, .time = value.as_time().local, .zoned = true, .offset = value.as_time().offset};
        case Kind::local_date_time:
            return {.date = value.as_local_date_time().date, .time = value.as_local_date_time().time};
        default: {
            const ZonedDateTime& zoned = value.as_date_time();
            return {zoned.local.date, zoned.local.time, true, zoned.zone, zoned.offset};
        }
    }
}

TemporalParts parts_of(Instant instant, const ZoneOrOffset& zone) {
    const ZonedDateTime zoned = in_range(in_zone(instant, zone.zone, zone.offset), "the moment");
    return {zoned.local.date, zoned.local.time, true, zoned.zone, zoned.offset};
}

Value assemble(Kind target, const TemporalParts& parts) {
    if (has_date(target) && !parts.date) {
        raise_temporal(std::string(kind_name(target)) + " needs a date, and there is none");
    }
    if (!has_date(target) && has_time(target) && !parts.time) {
        raise_temporal(std::string(kind_name(target)) + " needs a time of day, and there is none");
    }
    const LocalTime time = parts.time.value_or(LocalTime{});
    switch (target) {
        case Kind::date:
            return *parts.date;
        case Kind::local_time:
            return time;
        case Kind::time:
            return Time{time, parts.offset};
        case Kind::local_date_time:
            return LocalDateTime{*parts.date, time};
        default:
            break;
    }
    const LocalDateTime local{*parts.date, time};
    if (parts.zone == nullptr) return ZonedDateTime{local, parts.offset, nullptr};
    return in_range(in_zone(local, *parts.zone, parts.offset), "the date and time");
}

TemporalParts moved_to(const TemporalParts& parts, const ZoneOrOffset& zone, Instant now) {
    TemporalParts moved = parts;
    moved.zoned = true;
    moved.zone = zone.zone;
    moved.offset = zone.offset;
    if (parts.date) {
        if (parts.zoned) return parts_of(instant_of(assemble(Kind::date_time, parts).as_date_time()), zone);
        if (zone.zone == nullptr) return moved;
        const LocalDateTime local{*parts.date, parts.time.value_or(LocalTime{})};
        const ZonedDateTime zoned = in_range(in_zone(local, *zone.zone), "the date and time");
        return {zoned.local.date, zoned.local.time, true, zoned.zone, zoned.offset};
    }
    if (zone.zone != nullptr) moved.offset = offset_at(*zone.zone, now.second);
    if (parts.zoned && parts.time) {
        const std::int64_t shift = std::int64_t{moved.offset} - parts.offset;
        moved.time = plus(*parts.time, Duration{0, 0, shift, 0});
    }
    return moved;
}

ZoneOrOffset zone_argument(const Value& argument) {
    if (argument.kind() != Kind::string) raise_argument("timezone", "STRING", argument);
    const auto zone = parse_zone(argument.as_string());
    if (!zone) {
        raise_temporal("there is no time zone '" + excerpt(argument.as_string()) + "'",
                       "it is an offset such as '+01:00' or a name such as 'Europe/Stockholm'");
    }
    return *zone;
}

}  // namespace islet::query
