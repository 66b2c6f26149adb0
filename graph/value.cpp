#include "islet/value.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace islet {

namespace {

template <class T>
int sign_of(const T& a, const T& b) {
    if (a < b) return -1;
    return b < a ? 1 : 0;
}

int sign_of_ordering(std::strong_ordering ordering) {
    return ordering < 0 ? -1 : ordering > 0 ? 1 : 0;
}

/// An integer against a float that is not NaN, exactly: a cast of the integer
/// would round it above 2^53.
int sign_of_mixed(std::int64_t a, double b) {
    constexpr double limit = 9223372036854775808.0;  // 2^63
    if (b >= limit) return -1;
    if (b < -limit) return 1;
    const double whole = std::trunc(b);
    if (const int by_whole = sign_of(a, static_cast<std::int64_t>(whole)); by_whole != 0) return by_whole;
    return sign_of(0.0, b - whole);
}

bool is_nan(const Value& v) {
    return v.kind() == Kind::floating && std::isnan(v.as_double());
}

/// REQUIRES: both are numbers, none is NaN
int sign_of_numbers(const Value& a, const Value& b) {
    const bool int_a = a.kind() == Kind::integer;
    const bool int_b = b.kind() == Kind::integer;
    if (int_a && int_b) return sign_of(a.as_int(), b.as_int());
    if (int_a) return sign_of_mixed(a.as_int(), b.as_double());
    if (int_b) return -sign_of_mixed(b.as_int(), a.as_double());
    return sign_of(a.as_double(), b.as_double());
}

int sign_of_strings(std::string_view a, std::string_view b) {
    return sign_of(a.compare(b), 0);
}

/// The walk from its first node, one step after the other.
int sign_of_paths(const Path& a, const Path& b) {
    const std::size_t steps = std::min(a.nodes.size(), b.nodes.size());
    for (std::size_t i = 0; i < steps; ++i) {
        if (const int by_node = sign_of(a.nodes[i], b.nodes[i]); by_node != 0) return by_node;
        if (i < a.relationships.size() && i < b.relationships.size()) {
            const int by_rel = sign_of(a.relationships[i], b.relationships[i]);
            if (by_rel != 0) return by_rel;
        }
    }
    return sign_of(a.nodes.size(), b.nodes.size());
}

/// REQUIRES: two temporal instants of one kind
int sign_of_instants(const Value& a, const Value& b) {
    switch (a.kind()) {
        case Kind::date:
            return sign_of(a.as_date(), b.as_date());
        case Kind::local_time:
            return sign_of(a.as_local_time(), b.as_local_time());
        case Kind::time:
            return sign_of(a.as_time(), b.as_time());
        case Kind::local_date_time:
            return sign_of(a.as_local_date_time(), b.as_local_date_time());
        default:
            return sign_of(a.as_date_time(), b.as_date_time());
    }
}

/// Where a kind stands in the total order; NaN stands between numbers and null.
int rank(const Value& value) {
    switch (value.kind()) {
        case Kind::map:
            return 0;
        case Kind::node:
            return 1;
        case Kind::relationship:
            return 2;
        case Kind::list:
            return 3;
        case Kind::path:
            return 4;
        case Kind::date_time:
            return 5;
        case Kind::local_date_time:
            return 6;
        case Kind::date:
            return 7;
        case Kind::time:
            return 8;
        case Kind::local_time:
            return 9;
        case Kind::duration:
            return 10;
        case Kind::string:
            return 11;
        case Kind::boolean:
            return 12;
        case Kind::integer:
            return 13;
        case Kind::floating:
            return std::isnan(value.as_double()) ? 14 : 13;
        case Kind::null:
            break;
    }
    return 15;
}

int order_lists(const List& a, const List& b) {
    const std::size_t shared = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < shared; ++i) {
        if (const int by_element = order(a[i], b[i]); by_element != 0) return by_element;
    }
    return sign_of(a.size(), b.size());
}

/// By size, then by keys, then by values.
int order_maps(const Map& a, const Map& b) {
    if (a.size() != b.size()) return sign_of(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const int by_key = sign_of_strings(a.entries()[i].first, b.entries()[i].first);
        if (by_key != 0) return by_key;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        const int by_value = order(a.entries()[i].second, b.entries()[i].second);
        if (by_value != 0) return by_value;
    }
    return 0;
}

/// Three-valued AND over the elements: one difference decides, else one null does.
class AllEqual {
 public:
    /// False once nothing can change the result.
    bool add(std::optional<bool> equal) {
        if (!equal) {
            result_ = std::nullopt;
        } else if (!*equal) {
            result_ = false;
            return false;
        }
        return true;
    }
    [[nodiscard]] std::optional<bool> result() const { return result_; }

 private:
    std::optional<bool> result_ = true;
};

std::optional<bool> equal_lists(const List& a, const List& b) {
    if (a.size() != b.size()) return false;
    AllEqual all;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!all.add(equals(a[i], b[i]))) break;
    }
    return all.result();
}

std::optional<bool> equal_maps(const Map& a, const Map& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a.entries()[i].first != b.entries()[i].first) return false;
    }
    AllEqual all;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!all.add(equals(a.entries()[i].second, b.entries()[i].second))) break;
    }
    return all.result();
}

std::optional<int> compare_lists(const List& a, const List& b) {
    const std::size_t shared = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < shared; ++i) {
        const std::optional<int> by_element = compare(a[i], b[i]);
        if (!by_element || *by_element != 0) return by_element;
    }
    return sign_of(a.size(), b.size());
}

}  // namespace

Map::Map(std::initializer_list<Entry> entries) {
    for (const Entry& entry : entries) set(entry.first, entry.second);
}

namespace {

auto position_of(auto& entries, std::string_view key) {
    return std::lower_bound(
        entries.begin(), entries.end(), key,
        [](const Map::Entry& entry, std::string_view k) { return entry.first.compare(k) < 0; });
}

}  // namespace

void Map::set(std::string key, Value value) {
    const auto at = position_of(entries_, key);
    if (at != entries_.end() && at->first == key) {
        at->second = std::move(value);
    } else {
        entries_.emplace(at, std::move(key), std::move(value));
    }
}

void Map::erase(std::string_view key) {
    const auto at = position_of(entries_, key);
    if (at != entries_.end() && at->first == key) entries_.erase(at);
}

const Value* Map::find(std::string_view key) const {
    const auto at = position_of(entries_, key);
    return at != entries_.end() && at->first == key ? &at->second : nullptr;
}

std::string_view kind_name(Kind kind) noexcept {
    switch (kind) {
        case Kind::null:
            return "NULL";
        case Kind::boolean:
            return "BOOLEAN";
        case Kind::integer:
            return "INTEGER";
        case Kind::floating:
            return "FLOAT";
        case Kind::string:
            return "STRING";
        case Kind::list:
            return "LIST";
        case Kind::map:
            return "MAP";
        case Kind::node:
            return "NODE";
        case Kind::relationship:
            return "RELATIONSHIP";
        case Kind::path:
            return "PATH";
        case Kind::date:
            return "DATE";
        case Kind::local_time:
            return "LOCAL TIME";
        case Kind::time:
            return "ZONED TIME";
        case Kind::local_date_time:
            return "LOCAL DATETIME";
        case Kind::date_time:
            return "ZONED DATETIME";
        case Kind::duration:
            break;
    }
    return "DURATION";
}

bool operator==(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::null:
            return true;
        case Kind::boolean:
            return a.as_bool() == b.as_bool();
        case Kind::integer:
            return a.as_int() == b.as_int();
        case Kind::floating: {
            const double x = a.as_double();
            const double y = b.as_double();
            if (std::isnan(x) || std::isnan(y)) return std::isnan(x) && std::isnan(y);
            return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
        }
        case Kind::string:
            return a.as_string() == b.as_string();
        case Kind::list:
            return a.as_list() == b.as_list();
        case Kind::map:
            return a.as_map().entries() == b.as_map().entries();
        case Kind::node:
            return a.as_node() == b.as_node();
        case Kind::relationship:
            return a.as_relationship() == b.as_relationship();
        case Kind::path:
            return a.as_path() == b.as_path();
        case Kind::date:
            return a.as_date() == b.as_date();
        case Kind::local_time:
            return a.as_local_time() == b.as_local_time();
        case Kind::time:
            return a.as_time() == b.as_time();
        case Kind::local_date_time:
            return a.as_local_date_time() == b.as_local_date_time();
        case Kind::date_time:
            return a.as_date_time() == b.as_date_time();
        case Kind::duration:
            break;
    }
    return a.as_duration() == b.as_duration();
}

std::string temporal_text(const Value& value) {
    switch (value.kind()) {
        case Kind::date:
            return to_text(value.as_date());
        case Kind::local_time:
            return to_text(value.as_local_time());
        case Kind::time:
            return to_text(value.as_time());
        case Kind::local_date_time:
            return to_text(value.as_local_date_time());
        case Kind::date_time:
            return to_text(value.as_date_time());
        default:
            return to_text(value.as_duration());
    }
}

std::optional<bool> equals(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return std::nullopt;
    if (a.is_number() && b.is_number()) return !is_nan(a) && !is_nan(b) && sign_of_numbers(a, b) == 0;
    if (a.kind() != b.kind()) return false;
    if (a.kind() == Kind::list) return equal_lists(a.as_list(), b.as_list());
    if (a.kind() == Kind::map) return equal_maps(a.as_map(), b.as_map());
    return a == b;
}

bool equivalent(const Value& a, const Value& b) {
    // The total order knows the same null, the same NaN and the same numbers.
    return order(a, b) == 0;
}

int order(const Value& a, const Value& b) {
    const int rank_a = rank(a);
    const int rank_b = rank(b);
    if (rank_a != rank_b) return sign_of(rank_a, rank_b);
    switch (a.kind()) {
        case Kind::null:
            return 0;
        case Kind::boolean:
            return sign_of(a.as_bool(), b.as_bool());
        case Kind::integer:
            return sign_of_numbers(a, b);
        case Kind::floating:
            return is_nan(a) ? 0 : sign_of_numbers(a, b);
        case Kind::string:
            return sign_of_strings(a.as_string(), b.as_string());
        case Kind::list:
            return order_lists(a.as_list(), b.as_list());
        case Kind::map:
            return order_maps(a.as_map(), b.as_map());
        case Kind::node:
            return sign_of(a.as_node(), b.as_node());
        case Kind::relationship:
            return sign_of(a.as_relationship(), b.as_relationship());
        case Kind::path:
            return sign_of_paths(a.as_path(), b.as_path());
        case Kind::duration:
            return sign_of_ordering(order(a.as_duration(), b.as_duration()));
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
            break;
    }
    return sign_of_instants(a, b);
}

std::optional<int> compare(const Value& a, const Value& b) {
    if (a.is_number() && b.is_number()) {
        if (is_nan(a) || is_nan(b)) return std::nullopt;
        return sign_of_numbers(a, b);
    }
    if (a.kind() != b.kind()) return std::nullopt;
    switch (a.kind()) {
        case Kind::string:
            return sign_of_strings(a.as_string(), b.as_string());
        case Kind::boolean:
            return sign_of(a.as_bool(), b.as_bool());
        case Kind::list:
            return compare_lists(a.as_list(), b.as_list());
        default:
            if (is_temporal_instant(a.kind())) return sign_of_instants(a, b);
            return std::nullopt;
    }
}

}  // namespace islet
