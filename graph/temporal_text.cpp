// Temporal values written as ISO 8601 has them.
#include <array>
#include <charconv>

#include "islet/temporal.hpp"

namespace islet {

namespace {

/// With at least `width` digits.
void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    const auto size = static_cast<std::size_t>(end - digits.data());
    if (size < width) out.append(width - size, '0');
    out.append(digits.data(), size);
}

void append_year(std::string& out, std::int64_t year) {
    if (year < 0) out += '-';
    if (year > 9999) out += '+';
    append_padded(out, year < 0 ? -year : year, 4);
}

/// A fraction of a second in three, six or nine digits, nothing for none.
void append_fraction(std::string& out, std::int64_t nanosecond) {
    if (nanosecond == 0) return;
    out += '.';
    if (nanosecond % 1'000'000 == 0) return append_padded(out, nanosecond / 1'000'000, 3);
    if (nanosecond % 1000 == 0) return append_padded(out, nanosecond / 1000, 6);
    append_padded(out, nanosecond, 9);
}

/// A fraction of a second in as few digits as it takes.
void append_short_fraction(std::string& out, std::int64_t nanosecond) {
    if (nanosecond == 0) return;
    out += '.';
    append_padded(out, nanosecond, 9);
    out.erase(out.find_last_not_of('0') + 1);
}

void append(std::string& out, std::int64_t amount, char unit) {
    if (amount == 0) return;
    out += std::to_string(amount);
    out += unit;
}

}  // namespace

std::string offset_text(std::int32_t offset) {
    if (offset == 0) return "Z";
    std::string out(1, offset < 0 ? '-' : '+');
    const std::int32_t size = offset < 0 ? -offset : offset;
    append_padded(out, size / 3600, 2);
    out += ':';
    append_padded(out, size / 60 % 60, 2);
    if (size % 60 != 0) {
        out += ':';
        append_padded(out, size % 60, 2);
    }
    return out;
}

std::string to_text(Date value) {
    const YearMonthDay civil = year_month_day(value);
    std::string out;
    append_year(out, civil.year);
    out += '-';
    append_padded(out, civil.month, 2);
    out += '-';
    append_padded(out, civil.day, 2);
    return out;
}

std::string to_text(LocalTime value) {
    const std::int64_t second = value.nanosecond / nanoseconds_per_second;
    std::string out;
    append_padded(out, second / 3600, 2);
    out += ':';
    append_padded(out, second / 60 % 60, 2);
    if (value.nanosecond % (60 * nanoseconds_per_second) != 0) {
        out += ':';
        append_padded(out, second % 60, 2);
        append_fraction(out, value.nanosecond % nanoseconds_per_second);
    }
    return out;
}

std::string to_text(const Time& value) {
    return to_text(value.local) + offset_text(value.offset);
}

std::string to_text(const LocalDateTime& value) {
    return to_text(value.date) + 'T' + to_text(value.time);
}

std::string to_text(const ZonedDateTime& value) {
    std::string out = to_text(value.local) + offset_text(value.offset);
    if (value.zone != nullptr) out.append("[").append(name(*value.zone)).append("]");
    return out;
}

std::string to_text(const Duration& value) {
    std::string out = "P";
    append(out, value.months / 12, 'Y');
    append(out, value.months % 12, 'M');
    append(out, value.days, 'D');
    if (value.seconds != 0 || value.nanoseconds != 0) {
        out += 'T';
        // The parts all have the sign of the whole.
        const bool negative = value.seconds < 0;
        const bool borrow = negative && value.nanoseconds != 0;
        const std::int64_t seconds = value.seconds + (borrow ? 1 : 0);
        const std::int64_t fraction = borrow ? nanoseconds_per_second - value.nanoseconds : value.nanoseconds;
        append(out, seconds / 3600, 'H');
        append(out, seconds / 60 % 60, 'M');
        const std::int64_t rest = seconds % 60;
        if (rest != 0 || fraction != 0) {
            if (negative) out += '-';
            out += std::to_string(rest < 0 ? -rest : rest);
            append_short_fraction(out, fraction);
            out += 'S';
        }
    }
    return out.size() == 1 ? "PT0S" : out;
}

}  // namespace islet
