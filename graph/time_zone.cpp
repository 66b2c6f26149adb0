// Time zones: IANA's tables through Hinnant's date library, which reads those of the system, and what the
// library leaves out: the rule for the years after a table, and which zones share a history.
#include <date/tz.h>

#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "islet/temporal.hpp"
#include "posix_zone.hpp"

namespace islet {

/// A name of the database and the table that it stands for.
class TimeZone {
 public:
    TimeZone(std::string name, const date::time_zone& table) : name_(std::move(name)), table_(&table) {}

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::int32_t offset_at(std::int64_t second) const;

 private:
    [[nodiscard]] const std::optional<PosixZone>& rule() const;

    std::string name_;
    const date::time_zone* table_;
    // Read from the table's file once it is asked for.
    mutable std::once_flag rule_read_;
    mutable std::optional<PosixZone> rule_;
};

namespace {

constexpr std::string_view folder = "/usr/share/zoneinfo/";

/// Lines of a table of the database, cut at tabs; without comments.
std::vector<std::vector<std::string>> read_table(std::string_view file) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream in{std::string(folder) + std::string(file)};
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string> fields(1);
        for (const char c : line) c == '\t' ? void(fields.emplace_back()) : fields.back().push_back(c);
        if (fields.size() >= 3) rows.push_back(std::move(fields));
    }
    return rows;
}

/// Zones whose clocks agreed with another's since 1970, with that one. The database vouches for no more than
/// that: it has one history for all of them, which some systems split up again into one per country, and so
/// the same query would give other rows on another machine.
std::map<std::string, std::string> shared_histories() {
    std::map<std::string, std::vector<std::string>> zones_of_country;
    for (const auto& row : read_table("zone1970.tab")) {
        for (std::size_t at = 0; at < row[0].size(); at += 3) {
            zones_of_country[row[0].substr(at, 2)].push_back(row[2]);
        }
    }
    std::map<std::string, std::string> shared;
    for (const auto& row : read_table("zone.tab")) {
        const auto& zones = zones_of_country[row[0]];
        if (zones.size() == 1 && zones.front() != row[2]) shared.emplace(row[2], zones.front());
    }
    return shared;
}

using TimeZones = std::map<std::string, TimeZone, std::less<>>;

/// All of the database by name. Made on first use and never changed.
const TimeZones& time_zones() {
    static const TimeZones made = [] {
        TimeZones zones;
        try {
            const date::tzdb& database = date::get_tzdb();
            const auto shared = shared_histories();
            for (const date::time_zone& zone : database.zones) {
                const auto other = shared.find(zone.name());
                const date::time_zone* table =
                    other == shared.end() ? &zone : date::locate_zone(other->second);
                zones.try_emplace(zone.name(), zone.name(), *table);
            }
        } catch (const std::runtime_error&) {
            zones.clear();  // no database on this system: no names, only offsets
        }
        return zones;
    }();
    return made;
}

/// The offsets that a zone has at a local time: one, two where a clock shows it twice, or none in a gap.
struct LocalOffsets {
    std::int32_t before = 0;  ///< some time before and after
    std::int32_t after = 0;
    std::array<std::int32_t, 2> valid{};
    std::size_t count = 0;
};

LocalOffsets local_offsets(const TimeZone& zone, std::int64_t local_second) {
    // No clock is more than a day away from UTC.
    LocalOffsets found;
    found.before = zone.offset_at(local_second - seconds_per_day);
    found.after = zone.offset_at(local_second + seconds_per_day);
    for (const std::int32_t offset : {found.before, found.after}) {
        if (zone.offset_at(local_second - offset) != offset) continue;
        if (found.count == 0 || found.valid[0] != offset) found.valid[found.count++] = offset;
    }
    return found;
}

}  // namespace

const std::optional<PosixZone>& TimeZone::rule() const {
    std::call_once(rule_read_, [this] {
        std::ifstream in(std::string(folder) + table_->name(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        // The rule stands between the last two line ends of the file.
        if (bytes.size() < 2 || bytes.back() != '\n') return;
        const std::size_t begin = bytes.rfind('\n', bytes.size() - 2);
        if (begin == std::string::npos) return;
        rule_ = parse_posix_zone(std::string_view(bytes).substr(begin + 1, bytes.size() - begin - 2));
    });
    return rule_;
}

std::int32_t TimeZone::offset_at(std::int64_t second) const {
    const auto info = table_->get_info(date::sys_seconds(std::chrono::seconds(second)));
    // What ends beyond the library's calendar is the table's last entry, which the rule takes over from.
    const std::int64_t end = info.end.time_since_epoch().count();
    constexpr std::int64_t year_10000 = 253'402'300'800;
    if (end >= year_10000 && rule()) return rule()->offset_at(second);
    return static_cast<std::int32_t>(info.offset.count());
}

const TimeZone* find_time_zone(std::string_view name) {
    const auto at = time_zones().find(name);
    return at == time_zones().end() ? nullptr : &at->second;
}

std::string_view name(const TimeZone& zone) {
    return zone.name();
}

std::int32_t offset_at(const TimeZone& zone, std::int64_t second) {
    return zone.offset_at(second);
}

std::optional<ZonedDateTime> in_zone(Instant instant, const TimeZone* zone, std::int32_t offset) {
    constexpr std::int64_t least = -(greatest_year + 2) * 366 * seconds_per_day;
    if (instant.second < least || instant.second > -least) return std::nullopt;
    if (zone != nullptr) offset = zone->offset_at(instant.second);
    const auto local = local_of(instant.second + offset, instant.nanosecond);
    if (!local) return std::nullopt;
    return ZonedDateTime{*local, offset, zone};
}

std::optional<ZonedDateTime> in_zone(const LocalDateTime& local, const TimeZone& zone,
                                     std::optional<std::int32_t> preferred) {
    const std::int64_t second = seconds_of(local);
    const LocalOffsets offsets = local_offsets(zone, second);
    if (offsets.count == 0) {
        // A gap: as if the old offset still held.
        const auto nanosecond = static_cast<std::int32_t>(local.time.nanosecond % nanoseconds_per_second);
        return in_zone(Instant{second - offsets.before, nanosecond}, &zone, 0);
    }
    const bool second_time = offsets.count == 2 && preferred && offsets.valid[1] == *preferred;
    return ZonedDateTime{local, offsets.valid[second_time ? 1 : 0], &zone};
}

}  // namespace islet
