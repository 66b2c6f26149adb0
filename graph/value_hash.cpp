// Hashes that agree with equivalence: 1 and 1.0 have one, so have all NaNs.

#include <bit>
#include <cmath>
#include <limits>

#include "islet/value.hpp"

namespace islet {

namespace {

std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ULL;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ULL;
    x ^= x >> 32;
    return x;
}

std::uint64_t combine(std::uint64_t seed, std::uint64_t next) {
    return mix(seed + 0x9e3779b97f4a7c15ULL + mix(next));
}

std::uint64_t hash_text(std::string_view text) {
    return std::hash<std::string_view>{}(text);
}

std::uint64_t hash_double(double v) {
    constexpr double limit = 9223372036854775808.0;  // 2^63
    if (std::isnan(v)) return 0x7ff8000000000001ULL;
    // A whole float hashes as the integer it is equivalent to; -0.0 becomes 0 on the way.
    if (v >= -limit && v < limit && std::trunc(v) == v) {
        return mix(static_cast<std::uint64_t>(static_cast<std::int64_t>(v)));
    }
    return mix(std::bit_cast<std::uint64_t>(v));
}

/// REQUIRES: a temporal value
std::uint64_t hash_temporal(const Value& value) {
    std::uint64_t seed = 16 + static_cast<std::uint64_t>(value.kind());
    const auto add = [&seed](std::int64_t part) { seed = combine(seed, static_cast<std::uint64_t>(part)); };
    const auto add_local = [&](const LocalDateTime& local) {
        add(local.date.day);
        add(local.time.nanosecond);
    };
    switch (value.kind()) {
        case Kind::date:
            add(value.as_date().day);
            break;
        case Kind::local_time:
            add(value.as_local_time().nanosecond);
            break;
        case Kind::time:
            add(value.as_time().local.nanosecond);
            add(value.as_time().offset);
            break;
        case Kind::local_date_time:
            add_local(value.as_local_date_time());
            break;
        case Kind::date_time:
            // Without the zone's name, which seldom tells two apart.
            add_local(value.as_date_time().local);
            add(value.as_date_time().offset);
            break;
        default: {
            const Duration& duration = value.as_duration();
            for (const std::int64_t part : {duration.months, duration.days, duration.seconds}) add(part);
            add(duration.nanoseconds);
        }
    }
    return seed;
}

}  // namespace

std::uint64_t hash(const Value& value) {
    const auto tagged = [](std::uint64_t tag, std::uint64_t content) { return combine(tag, content); };
    switch (value.kind()) {
        case Kind::null:
            return 0x2545f4914f6cdd1dULL;
        case Kind::boolean:
            return tagged(1, value.as_bool() ? 1 : 0);
        case Kind::integer:
            return mix(static_cast<std::uint64_t>(value.as_int()));
        case Kind::floating:
            return hash_double(value.as_double());
        case Kind::string:
            return tagged(3, hash_text(value.as_string()));
        case Kind::list: {
            std::uint64_t seed = tagged(4, value.as_list().size());
            for (const Value& element : value.as_list()) seed = combine(seed, hash(element));
            return seed;
        }
        case Kind::map: {
            std::uint64_t seed = tagged(5, value.as_map().size());
            for (const auto& [key, held] : value.as_map().entries()) {
                seed = combine(combine(seed, hash_text(key)), hash(held));
            }
            return seed;
        }
        case Kind::node:
            return tagged(6, index(value.as_node()));
        case Kind::relationship:
            return tagged(7, index(value.as_relationship()));
        case Kind::path: {
            const Path& path = value.as_path();
            std::uint64_t seed = tagged(8, path.nodes.size());
            for (const NodeId node : path.nodes) seed = combine(seed, index(node));
            for (const RelId rel : path.relationships) seed = combine(seed, index(rel));
            return seed;
        }
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            break;
    }
    return hash_temporal(value);
}

}  // namespace islet
