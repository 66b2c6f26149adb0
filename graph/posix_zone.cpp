#include "posix_zone.hpp"

#include "islet/temporal.hpp"

namespace islet {

namespace {

/// Reads a rule from its front; `ok` is false once something did not fit.
class RuleReader {
 public:
    explicit RuleReader(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool done() const { return rest_.empty(); }
    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void must(char c) { ok_ = take(c) && ok_; }

    /// An abbreviation: letters, or anything in < >.
    void name() {
        if (take('<')) {
            while (!rest_.empty() && rest_.front() != '>') rest_.remove_prefix(1);
            return must('>');
        }
        std::size_t size = 0;
        while (size < rest_.size() && is_letter(rest_[size])) ++size;
        ok_ = ok_ && size > 0;
        rest_.remove_prefix(size);
    }
    int number() {
        int value = 0;
        std::size_t size = 0;
        for (; size < rest_.size() && size < 4 && rest_[size] >= '0' && rest_[size] <= '9'; ++size) {
            value = value * 10 + (rest_[size] - '0');
        }
        ok_ = ok_ && size > 0;
        rest_.remove_prefix(size);
        return value;
    }
    /// [+-]h[:m[:s]]
    std::int32_t time() {
        const bool negative = take('-');
        if (!negative) take('+');
        std::int32_t seconds = number() * 3600;
        if (take(':')) seconds += number() * 60;
        if (take(':')) seconds += number();
        return negative ? -seconds : seconds;
    }
    YearlyChange change() {
        YearlyChange change;
        if (take('M')) {
            change.month = number();
            must('.');
            change.week = number();
            must('.');
            change.day = number();
            ok_ = ok_ && change.month >= 1 && change.month <= 12 && change.week >= 1 && change.week <= 5 &&
                  change.day <= 6;
        } else {
            change.form = take('J') ? YearlyChange::Form::julian : YearlyChange::Form::zero_based;
            change.day = number();
            ok_ = ok_ && change.day <= 366;
        }
        if (take('/')) change.time = time();
        return change;
    }

 private:
    static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

    std::string_view rest_;
    bool ok_ = true;
};

/// The change's moment on the local clock, as seconds since 1970.
std::int64_t local_second(const YearlyChange& change, std::int64_t year) {
    const std::int64_t first = quarter_begin(year, 1).day;
    std::int64_t day = first + change.day;
    if (change.form == YearlyChange::Form::julian) {
        // Counted from 1, without 29 February.
        day = first + change.day - (is_leap(year) && change.day >= 60 ? 0 : 1);
    } else if (change.form == YearlyChange::Form::weekday_of_month) {
        const std::int64_t month_begin = date_of(YearMonthDay{year, change.month, 1})->day;
        const std::int64_t weekday = ((month_begin + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
        day = month_begin + (change.day - weekday + 7) % 7 + (change.week - 1) * 7;
        if (day >= month_begin + days_of_month(year, change.month)) day -= 7;
    }
    return day * seconds_per_day + change.time;
}

}  // namespace

std::int32_t PosixZone::offset_at(std::int64_t second) const {
    if (standard == summer) return standard;
    const auto local = local_of(second + standard, 0);
    if (!local) return standard;
    const std::int64_t year = year_month_day(local->date).year;
    const std::int64_t from = local_second(begin, year) - standard;
    const std::int64_t to = local_second(end, year) - summer;
    const bool in_summer = from < to ? second >= from && second < to : second >= from || second < to;
    return in_summer ? summer : standard;
}

std::optional<PosixZone> parse_posix_zone(std::string_view text) {
    RuleReader reader(text);
    PosixZone zone;
    reader.name();
    zone.standard = -reader.time();  // POSIX counts west of UTC
    zone.summer = zone.standard;
    if (!reader.done()) {
        reader.name();
        zone.summer = zone.standard + 3600;
        if (reader.ok() && !reader.done() && !reader.take(',')) {
            zone.summer = -reader.time();
            reader.must(',');
        }
        zone.begin = reader.change();
        reader.must(',');
        zone.end = reader.change();
    }
    if (!reader.ok() || !reader.done()) return std::nullopt;
    return zone;
}

}  // namespace islet
