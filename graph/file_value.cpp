#include "file_value.hpp"

#include <stdexcept>

#include "islet/error.hpp"

namespace islet {

namespace {

constexpr unsigned most_depth = 256;  ///< of lists in lists

// The tags are those of the file, whatever becomes of Kind.
static_assert(static_cast<int>(Kind::boolean) == 1 && static_cast<int>(Kind::list) == 5 &&
              static_cast<int>(Kind::date) == 10 && static_cast<int>(Kind::duration) == 15);

void write_local(const LocalDateTime& local, ByteWriter& out) {
    out.zigzag(local.date.day);
    out.varint(static_cast<std::uint64_t>(local.time.nanosecond));
}

void write(const Value& value, ByteWriter& out, unsigned depth) {
    out.u8(static_cast<std::uint8_t>(value.kind()));
    switch (value.kind()) {
        case Kind::null:
            return;
        case Kind::boolean:
            return out.u8(value.as_bool() ? 1 : 0);
        case Kind::integer:
            return out.zigzag(value.as_int());
        case Kind::floating:
            return out.f64(value.as_double());
        case Kind::string:
            return out.text(value.as_string());
        case Kind::list:
            if (depth == most_depth) {
                throw Exception({.code = "22G03",
                                 .kind = "TypeError",
                                 .phase = "runtime",
                                 .detail = "InvalidPropertyType",
                                 .message = "a property in a file holds lists at most " +
                                            std::to_string(most_depth) + " deep",
                                 .span = {},
                                 .hint = {},
                                 .place = {}});
            }
            out.varint(value.as_list().size());
            for (const Value& element : value.as_list()) write(element, out, depth + 1);
            return;
        case Kind::date:
            return out.zigzag(value.as_date().day);
        case Kind::local_time:
            return out.varint(static_cast<std::uint64_t>(value.as_local_time().nanosecond));
        case Kind::time:
            out.varint(static_cast<std::uint64_t>(value.as_time().local.nanosecond));
            return out.zigzag(value.as_time().offset);
        case Kind::local_date_time:
            return write_local(value.as_local_date_time(), out);
        case Kind::date_time: {
            const ZonedDateTime& moment = value.as_date_time();
            write_local(moment.local, out);
            out.zigzag(moment.offset);
            return out.text(moment.zone != nullptr ? name(*moment.zone) : std::string_view());
        }
        case Kind::duration: {
            const Duration& duration = value.as_duration();
            out.zigzag(duration.months);
            out.zigzag(duration.days);
            out.zigzag(duration.seconds);
            return out.varint(static_cast<std::uint64_t>(duration.nanoseconds));
        }
        case Kind::map:
        case Kind::node:
        case Kind::relationship:
        case Kind::path:
            break;
    }
    throw std::logic_error("a value that no property can hold was to be written");
}

std::int64_t within(std::int64_t value, std::int64_t least, std::int64_t below, const char* what) {
    if (value < least || value >= below) throw FormatError(std::string(what) + " out of range");
    return value;
}

LocalTime read_time_of_day(ByteReader& in) {
    const auto nanosecond = static_cast<std::int64_t>(in.varint());
    return {within(nanosecond, 0, nanoseconds_per_day, "a time of day")};
}

Date read_date(ByteReader& in) {
    static const std::int64_t first = date_of(YearMonthDay{-greatest_year, 1, 1})->day;
    static const std::int64_t last = date_of(YearMonthDay{greatest_year, 12, 31})->day;
    return {within(in.zigzag(), first, last + 1, "a date")};
}

std::int32_t read_offset(ByteReader& in) {
    return static_cast<std::int32_t>(
        within(in.zigzag(), -greatest_offset, greatest_offset + 1, "an offset from UTC"));
}

Value read_date_time(ByteReader& in) {
    ZonedDateTime moment;
    moment.local.date = read_date(in);
    moment.local.time = read_time_of_day(in);
    moment.offset = read_offset(in);
    if (const std::string_view zone = in.text(); !zone.empty()) {
        moment.zone = find_time_zone(zone);
        if (moment.zone == nullptr)
            throw FormatError("this system does not know the time zone '" + std::string(zone) + "'");
    }
    return moment;
}

Value read_duration(ByteReader& in) {
    Duration duration;
    duration.months = in.zigzag();
    duration.days = in.zigzag();
    duration.seconds = in.zigzag();
    duration.nanoseconds = static_cast<std::int32_t>(within(
        static_cast<std::int64_t>(in.varint()), 0, nanoseconds_per_second, "the nanoseconds of a duration"));
    return duration;
}

Value read(ByteReader& in, unsigned depth) {
    const std::uint8_t tag = in.u8();
    switch (static_cast<Kind>(tag)) {
        case Kind::null:
            return {};
        case Kind::boolean:
            return within(in.u8(), 0, 2, "a boolean") != 0;
        case Kind::integer:
            return in.zigzag();
        case Kind::floating:
            return in.f64();
        case Kind::string:
            return in.text();
        case Kind::list: {
            if (depth == most_depth) throw FormatError("lists are nested too deep");
            const std::uint64_t count = in.varint();
            // Each element takes a byte at least.
            if (count > in.left()) throw FormatError("a list ends too soon");
            List list;
            list.reserve(count);
            for (std::uint64_t i = 0; i < count; ++i) list.push_back(read(in, depth + 1));
            return list;
        }
        case Kind::date:
            return read_date(in);
        case Kind::local_time:
            return read_time_of_day(in);
        case Kind::time: {
            const LocalTime local = read_time_of_day(in);
            return Time{local, read_offset(in)};
        }
        case Kind::local_date_time: {
            const Date date = read_date(in);
            return LocalDateTime{date, read_time_of_day(in)};
        }
        case Kind::date_time:
            return read_date_time(in);
        case Kind::duration:
            return read_duration(in);
        default:
            throw FormatError("there is no kind of value with the number " + std::to_string(tag));
    }
}

}  // namespace

void write_value(const Value& value, ByteWriter& out) {
    write(value, out, 0);
}

Value read_value(ByteReader& in) {
    return read(in, 0);
}

}  // namespace islet
