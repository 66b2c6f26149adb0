// Temporal values read from ISO 8601's basic and extended forms.
#include <span>

#include "islet/temporal.hpp"

namespace islet {

namespace {

/// Takes a text apart from its front. What did not fit is remembered, so that a caller asks once at the end.
class Reader {
 public:
    explicit Reader(std::string_view text) : rest_(text) {}

    /// Whether all of the text was taken, and everything fitted.
    [[nodiscard]] bool complete() const { return ok_ && rest_.empty(); }
    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] bool at_amount() const {
        return at_digit() || (!rest_.empty() && (rest_.front() == '-' || rest_.front() == '+'));
    }
    [[nodiscard]] bool at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }
    [[nodiscard]] std::size_t digits() const {
        std::size_t size = 0;
        while (size < rest_.size() && is_digit(rest_[size])) ++size;
        return size;
    }
    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Exactly so many digits, at most 18.
    std::int64_t number(std::size_t size) {
        if (digits() < size) {
            ok_ = false;
            return 0;
        }
        std::int64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value = value * 10 + (rest_[i] - '0');
        rest_.remove_prefix(size);
        return value;
    }
    /// A number up to `greatest`.
    std::int64_t number(std::size_t size, std::int64_t greatest) {
        const std::int64_t value = number(size);
        if (value > greatest) ok_ = false;
        return value;
    }
    /// The digits of a fraction as a multiple of 10^-size.
    std::int64_t fraction(std::size_t size) {
        const std::size_t given = digits();
        if (given == 0 || given > size) ok_ = false;
        std::int64_t value = number(ok_ ? given : 0);
        for (std::size_t i = given; i < size; ++i) value *= 10;
        return value;
    }
    void refuse() { ok_ = false; }

 private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    std::string_view rest_;
    bool ok_ = true;
};

/// What follows the year of a date: nothing, a month, a week, a quarter or a day of the year.
std::optional<Date> read_after_year(Reader& in, std::int64_t year) {
    if (in.done()) return date_of(YearMonthDay{year, 1, 1});
    const bool extended = in.take('-');
    // A second number follows with a hyphen where the first one did.
    const auto second = [&](std::size_t size) {
        if (in.done()) return std::int64_t{1};
        if (extended && !in.take('-')) in.refuse();
        return in.number(size);
    };
    if (in.take('W')) {
        const std::int64_t week = in.number(2);
        const std::int64_t day = second(1);
        return date_of(WeekDate{year, week, day});
    }
    if (in.take('Q')) {
        const std::int64_t quarter = in.number(1);
        const std::int64_t day = second(2);
        if (quarter < 1 || quarter > 4 || day < 1) return std::nullopt;
        const std::int64_t length = quarter == 1 ? (is_leap(year) ? 91 : 90) : quarter == 2 ? 91 : 92;
        if (day > length) return std::nullopt;
        return plus_days(quarter_begin(year, quarter), day - 1);
    }
    if (in.digits() == 3) return date_of_ordinal(year, in.number(3));
    const std::int64_t month = in.number(2);
    const std::int64_t day = second(2);
    return date_of(YearMonthDay{year, month, day});
}

std::optional<LocalTime> read_time(Reader& in) {
    const std::int64_t hour = in.number(2, 23);
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t nanosecond = 0;
    const bool extended = in.take(':');
    if (extended || in.at_digit()) {
        minute = in.number(2, 59);
        if (extended ? in.take(':') : in.at_digit()) {
            second = in.number(2, 59);
            if (in.take('.') || in.take(',')) nanosecond = in.fraction(9);
        }
    }
    return LocalTime{((hour * 60 + minute) * 60 + second) * nanoseconds_per_second + nanosecond};
}

/// `Z`, `+01`, `+0100`, `+01:00`, with seconds too; nothing where none of these stands.
std::optional<std::int32_t> read_offset(Reader& in) {
    if (in.take('Z')) return 0;
    const bool negative = in.take('-');
    if (!negative && !in.take('+')) return std::nullopt;
    std::int64_t seconds = in.number(2, 18) * 3600;
    const bool extended = in.take(':');
    if (extended || in.at_digit()) {
        seconds += in.number(2, 59) * 60;
        if (extended ? in.take(':') : in.at_digit()) seconds += in.number(2, 59);
    }
    if (seconds > greatest_offset) in.refuse();
    return static_cast<std::int32_t>(negative ? -seconds : seconds);
}

/// A date and time cut at the `T`; the time may be missing.
struct Halves {
    std::string_view date;
    std::string_view time;
    bool timed = false;
};
Halves cut(std::string_view text) {
    const std::size_t at = text.find('T');
    if (at == std::string_view::npos) return {text, {}, false};
    return {text.substr(0, at), text.substr(at + 1), true};
}

/// A number with a fraction of up to 18 digits.
Amount read_amount(Reader& in) {
    const bool negative = in.take('-');
    if (!negative) in.take('+');
    const std::size_t size = in.digits();
    if (size == 0 || size > 18) in.refuse();
    const std::int64_t whole = in.number(size > 18 ? 0 : size);
    const std::int64_t fraction = in.take('.') || in.take(',') ? in.fraction(18) : 0;
    return negative ? Amount{-whole, -fraction} : Amount{whole, fraction};
}

struct Unit {
    char letter;
    DurationUnit unit;
};
constexpr Unit units_of_date[] = {{'Y', DurationUnit::years},
                                  {'M', DurationUnit::months},
                                  {'W', DurationUnit::weeks},
                                  {'D', DurationUnit::days}};
constexpr Unit units_of_time[] = {
    {'H', DurationUnit::hours}, {'M', DurationUnit::minutes}, {'S', DurationUnit::seconds}};

/// Amounts with their letters, each once at most and in this order; how many.
std::size_t read_units(Reader& in, std::span<const Unit> units, DurationBuilder& builder) {
    std::size_t count = 0;
    while (in.at_amount()) {
        const Amount amount = read_amount(in);
        while (!units.empty() && !in.take(units.front().letter)) units = units.subspan(1);
        if (units.empty() || !builder.add(units.front().unit, amount)) {
            in.refuse();
            break;
        }
        units = units.subspan(1);
        ++count;
    }
    return count;
}

/// P2012-02-02T14:37:21.545: the numbers of a date and time taken as amounts.
void read_like_date(Reader& in, DurationBuilder& builder) {
    const auto add = [&](DurationUnit unit, std::int64_t whole) { builder.add(unit, {whole, 0}); };
    add(DurationUnit::years, in.number(4));
    const bool extended = in.take('-');
    add(DurationUnit::months, in.number(2, 12));
    if (extended && !in.take('-')) in.refuse();
    add(DurationUnit::days, in.number(2, 31));
    if (!in.take('T')) return;
    if (const auto time = read_time(in)) add(DurationUnit::nanoseconds, time->nanosecond);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    Reader in(text);
    const bool negative = in.take('-');
    const bool is_signed = negative || in.take('+');
    std::optional<Date> date;
    if (is_signed) {
        // A signed year has as many digits as it likes, so that only the extended forms can follow.
        const std::size_t size = in.digits();
        if (size < 4 || size > 9) return std::nullopt;
        const std::int64_t year = in.number(size);
        date = read_after_year(in, negative ? -year : year);
    } else {
        date = read_after_year(in, in.number(4));
    }
    return in.complete() ? date : std::nullopt;
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
    Reader in(text);
    const auto time = read_time(in);
    return in.complete() ? time : std::nullopt;
}

std::optional<Time> parse_time(std::string_view text) {
    Reader in(text);
    const auto time = read_time(in);
    const std::int32_t offset = read_offset(in).value_or(0);
    if (!in.complete() || !time) return std::nullopt;
    return Time{*time, offset};
}

std::optional<LocalDateTime> parse_local_date_time(std::string_view text) {
    const Halves halves = cut(text);
    const auto date = parse_date(halves.date);
    const auto time = halves.timed ? parse_local_time(halves.time) : LocalTime{};
    if (!date || !time) return std::nullopt;
    return LocalDateTime{*date, *time};
}

std::optional<ZonedDateTime> parse_date_time(std::string_view text) {
    const TimeZone* zone = nullptr;
    if (text.ends_with(']')) {
        const std::size_t at = text.find('[');
        if (at == std::string_view::npos) return std::nullopt;
        zone = find_time_zone(text.substr(at + 1, text.size() - at - 2));
        if (zone == nullptr) return std::nullopt;
        text = text.substr(0, at);
    }
    const Halves halves = cut(text);
    const auto date = parse_date(halves.date);
    if (!date) return std::nullopt;
    Reader in(halves.time);
    const auto time = halves.timed ? read_time(in) : LocalTime{};
    const auto offset = halves.timed ? read_offset(in) : std::nullopt;
    if (!in.complete() || !time) return std::nullopt;
    const LocalDateTime local{*date, *time};
    if (zone == nullptr) return ZonedDateTime{local, offset.value_or(0), nullptr};
    const auto value = in_zone(local, *zone, offset);
    // A name and an offset that never stand together contradict each other.
    if (offset && value && (value->offset != *offset || value->local != local)) return std::nullopt;
    return value;
}

std::optional<Duration> parse_duration(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    Reader in(text);
    if (!in.take('P')) return std::nullopt;
    DurationBuilder builder;
    const std::size_t digits = in.digits();
    if (digits == 8 || (digits == 4 && text.substr(5).starts_with('-'))) {
        read_like_date(in, builder);
    } else {
        std::size_t amounts = read_units(in, units_of_date, builder);
        if (in.take('T')) {
            const std::size_t of_time = read_units(in, units_of_time, builder);
            if (of_time == 0) return std::nullopt;
            amounts += of_time;
        }
        if (amounts == 0) return std::nullopt;
    }
    if (!in.complete()) return std::nullopt;
    const auto duration = builder.finish();
    return negative && duration ? negated(*duration) : duration;
}

std::optional<ZoneOrOffset> parse_zone(std::string_view text) {
    Reader in(text);
    if (const auto offset = read_offset(in); offset && in.complete()) return ZoneOrOffset{nullptr, *offset};
    const TimeZone* zone = find_time_zone(text);
    if (zone == nullptr) return std::nullopt;
    return ZoneOrOffset{zone, 0};
}

}  // namespace islet
