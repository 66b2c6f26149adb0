// The values of the engine: what a property holds and what a query returns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "islet/ids.hpp"
#include "islet/temporal.hpp"

namespace islet {

class Value;
using List = std::vector<Value>;

/// String keys to values, sorted by key, each key once.
class Map {
 public:
    using Entry = std::pair<std::string, Value>;

    Map() = default;
    Map(std::initializer_list<Entry> entries);

    /// Replaces the value of a key that is there.
    void set(std::string key, Value value);
    void erase(std::string_view key);
    /// The value of `key`, or nullptr. Valid until the map changes.
    [[nodiscard]] const Value* find(std::string_view key) const;
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }
    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] bool empty() const noexcept;

 private:
    std::vector<Entry> entries_;
};

/// A walk: one node more than relationships. A relationship may be walked
/// against its direction; its own ends tell.
struct Path {
    std::vector<NodeId> nodes;
    std::vector<RelId> relationships;

    friend bool operator==(const Path&, const Path&) = default;
};

enum class Kind : std::uint8_t {
    null,
    boolean,
    integer,
    floating,
    string,
    list,
    map,
    node,
    relationship,
    path,
    date,
    local_time,
    time,
    local_date_time,
    date_time,
    duration
};
inline constexpr std::size_t kind_count = 16;

/// A date, a time of day or both; not a duration.
constexpr bool is_temporal_instant(Kind kind) {
    return kind >= Kind::date && kind <= Kind::date_time;
}
constexpr bool is_temporal(Kind kind) {
    return is_temporal_instant(kind) || kind == Kind::duration;
}

/// The openCypher name of a kind, e.g. "INTEGER".
std::string_view kind_name(Kind kind) noexcept;

/// One value of any kind. Cheap to copy: strings, lists, maps and paths are
/// shared and never change. Safe to read from several threads.
class Value {
 public:
    Value() noexcept = default;                        ///< null
    Value(std::nullptr_t) noexcept {}                  // NOLINT(google-explicit-constructor)
    Value(bool v) noexcept : held_(v) {}               // NOLINT(google-explicit-constructor)
    Value(int v) noexcept : held_(std::int64_t{v}) {}  // NOLINT(google-explicit-constructor)
    Value(std::int64_t v) noexcept : held_(v) {}       // NOLINT(google-explicit-constructor)
    Value(double v) noexcept : held_(v) {}             // NOLINT(google-explicit-constructor)
    Value(std::string v) : held_(std::make_shared<const std::string>(std::move(v))) {}  // NOLINT
    Value(std::string_view v) : Value(std::string(v)) {}  // NOLINT(google-explicit-constructor)
    Value(const char* v) : Value(std::string(v)) {}       // NOLINT(google-explicit-constructor)
    Value(List v)
        : held_(std::make_shared<const List>(std::move(v))) {}          // NOLINT(google-explicit-constructor)
    Value(Map v) : held_(std::make_shared<const Map>(std::move(v))) {}  // NOLINT(google-explicit-constructor)
    Value(Path v)
        : held_(std::make_shared<const Path>(std::move(v))) {}  // NOLINT(google-explicit-constructor)
    Value(NodeId v) noexcept : held_(v) {}                      // NOLINT(google-explicit-constructor)
    Value(RelId v) noexcept : held_(v) {}                       // NOLINT(google-explicit-constructor)
    Value(Date v) noexcept : held_(v) {}                        // NOLINT(google-explicit-constructor)
    Value(LocalTime v) noexcept : held_(v) {}                   // NOLINT(google-explicit-constructor)
    Value(Time v) noexcept : held_(v) {}                        // NOLINT(google-explicit-constructor)
    Value(LocalDateTime v) noexcept : held_(v) {}               // NOLINT(google-explicit-constructor)
    Value(const ZonedDateTime& v) : held_(std::make_shared<const ZonedDateTime>(v)) {}  // NOLINT
    Value(const Duration& v) : held_(std::make_shared<const Duration>(v)) {}            // NOLINT

    [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(held_.index()); }
    [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
    [[nodiscard]] bool is_number() const noexcept {
        return kind() == Kind::integer || kind() == Kind::floating;
    }

    // Each REQUIRES the kind it names.
    [[nodiscard]] bool as_bool() const { return std::get<bool>(held_); }
    [[nodiscard]] std::int64_t as_int() const { return std::get<std::int64_t>(held_); }
    [[nodiscard]] double as_double() const { return std::get<double>(held_); }
    [[nodiscard]] std::string_view as_string() const { return *std::get<SharedString>(held_); }
    [[nodiscard]] const List& as_list() const { return *std::get<std::shared_ptr<const List>>(held_); }
    [[nodiscard]] const Map& as_map() const { return *std::get<std::shared_ptr<const Map>>(held_); }
    [[nodiscard]] NodeId as_node() const { return std::get<NodeId>(held_); }
    [[nodiscard]] RelId as_relationship() const { return std::get<RelId>(held_); }
    [[nodiscard]] const Path& as_path() const { return *std::get<std::shared_ptr<const Path>>(held_); }

    [[nodiscard]] Date as_date() const { return std::get<Date>(held_); }
    [[nodiscard]] LocalTime as_local_time() const { return std::get<LocalTime>(held_); }
    [[nodiscard]] Time as_time() const { return std::get<Time>(held_); }
    [[nodiscard]] LocalDateTime as_local_date_time() const { return std::get<LocalDateTime>(held_); }
    [[nodiscard]] const ZonedDateTime& as_date_time() const {
        return *std::get<std::shared_ptr<const ZonedDateTime>>(held_);
    }
    [[nodiscard]] const Duration& as_duration() const {
        return *std::get<std::shared_ptr<const Duration>>(held_);
    }

    /// An integer or a float as a float. REQUIRES: is_number()
    [[nodiscard]] double number() const {
        return kind() == Kind::integer ? static_cast<double>(as_int()) : as_double();
    }

    /// The same kind and the same content, bit by bit in meaning: 1 differs from
    /// 1.0, null equals null, NaN equals NaN. For containers and tests; openCypher's
    /// `=` is query's affair.
    friend bool operator==(const Value& a, const Value& b);

 private:
    using SharedString = std::shared_ptr<const std::string>;
    // In the order of Kind.
    std::variant<std::monostate, bool, std::int64_t, double, SharedString, std::shared_ptr<const List>,
                 std::shared_ptr<const Map>, NodeId, RelId, std::shared_ptr<const Path>, Date, LocalTime,
                 Time, LocalDateTime, std::shared_ptr<const ZonedDateTime>, std::shared_ptr<const Duration>>
        held_;
};
static_assert(sizeof(Value) <= 24);

// Here, because Entry needs the whole of Value.
inline std::size_t Map::size() const noexcept {
    return entries_.size();
}
inline bool Map::empty() const noexcept {
    return entries_.empty();
}

/// The ISO 8601 text of a temporal value. REQUIRES: is_temporal(value.kind())
std::string temporal_text(const Value& value);

/// openCypher's equality: three-valued (no value = null), 1 = 1.0, NaN equals nothing,
/// lists and maps by element.
std::optional<bool> equals(const Value& a, const Value& b);

/// openCypher's equivalence, as DISTINCT and grouping use it: null is one value, NaN is one
/// value, 1 and 1.0 are one value.
bool equivalent(const Value& a, const Value& b);

/// Hash that agrees with `equivalent`.
std::uint64_t hash(const Value& value);

/// openCypher's total order over all values (ORDER BY ascending): map < node < relationship <
/// list < path < date and time with zone < without < date < time with zone < without < duration <
/// string < boolean < number < NaN < null. Negative, zero or positive.
int order(const Value& a, const Value& b);

/// `<` of openCypher: the sign of a against b, or no value when they cannot be
/// compared (different kinds, null, NaN, durations: a month has no fixed length; where both are numbers, `<`
/// with a NaN is false, not null).
std::optional<int> compare(const Value& a, const Value& b);

}  // namespace islet
