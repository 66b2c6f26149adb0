#include "held_bytes.hpp"

#include <algorithm>

namespace islet::query {
namespace {

constexpr std::uint64_t shared_bytes = 40;  ///< a shared object's counts and head, and what malloc adds
constexpr std::uint64_t small = 512;
constexpr std::size_t samples = 16;
constexpr int deepest = 3;  ///< below, an element is taken for a short one

std::uint64_t text_bytes(std::size_t size) {
    return shared_bytes + sizeof(std::string) + (size > 15 ? size + 1 : 0);
}

std::uint64_t heap_bytes(const Value& value, int depth);

/// What `count` elements take, by some of them, from the first to the last.
template <class At>
std::uint64_t by_sample(std::size_t count, At bytes_at) {
    if (count <= samples) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < count; ++i) sum += bytes_at(i);
        return sum;
    }
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < samples; ++i) sum += bytes_at(i * (count - 1) / (samples - 1));
    return sum / samples * count;
}

std::uint64_t heap_bytes(const Value& value, int depth) {
    switch (value.kind()) {
        case Kind::string:
            return text_bytes(value.as_string().size());
        case Kind::list: {
            const List& list = value.as_list();
            const std::uint64_t own = shared_bytes + sizeof(List) + list.size() * sizeof(Value);
            if (depth == deepest) return own;
            return own +
                   by_sample(list.size(), [&](std::size_t i) { return heap_bytes(list[i], depth + 1); });
        }
        case Kind::map: {
            const auto& entries = value.as_map().entries();
            const std::uint64_t own = shared_bytes + sizeof(Map) + entries.size() * sizeof(Map::Entry);
            if (depth == deepest) return own;
            return own + by_sample(entries.size(), [&](std::size_t i) {
                       const auto& [key, held] = entries[i];
                       return (key.size() > 15 ? key.size() + 1 : 0) + heap_bytes(held, depth + 1);
                   });
        }
        case Kind::path: {
            const Path& path = value.as_path();
            return shared_bytes + sizeof(Path) + path.nodes.size() * sizeof(NodeId) +
                   path.relationships.size() * sizeof(RelId);
        }
        case Kind::date_time:
            return shared_bytes + sizeof(ZonedDateTime);
        case Kind::duration:
            return shared_bytes + sizeof(Duration);
        default:
            return 0;
    }
}

/// Where what a value shares lies; REQUIRES: it is of a kind that heap_bytes() gives more than 0.
const void* place_of(const Value& value) {
    switch (value.kind()) {
        case Kind::list:
            return &value.as_list();
        case Kind::map:
            return &value.as_map();
        case Kind::path:
            return &value.as_path();
        default:
            return value.as_string().data();
    }
}

}  // namespace

std::uint64_t heap_bytes(const Value& value) {
    return heap_bytes(value, 0);
}

std::uint64_t HeldBytes::add(const Value& value) {
    const std::uint64_t bytes = heap_bytes(value);
    if (bytes <= small) return bytes;
    std::uint64_t& known = large_[place_of(value)];
    const std::uint64_t more = bytes > known ? bytes - known : 0;
    known = std::max(known, bytes);
    return more;
}

std::uint64_t HeldBytes::add(const Column& column, std::size_t rows, bool copied) {
    std::uint64_t sum = 0;
    if (column.layout == Column::Layout::strings && copied) {
        for (const std::string_view text : column.strings) sum += text_bytes(text.size());
        if (column.constant) sum *= rows;
    } else if (column.layout == Column::Layout::values) {
        for (const Value& value : column.values) sum += add(value);
    }
    return sum;
}

std::uint64_t HeldBytes::add(const Column& column, std::span<const std::uint32_t> rows) {
    std::uint64_t sum = 0;
    if (column.layout != Column::Layout::values) return sum;
    if (column.constant) return rows.empty() ? 0 : add(column.values.front());
    for (const std::uint32_t row : rows) sum += add(column.values[row]);
    return sum;
}

std::string size_text(std::uint64_t bytes) {
    constexpr std::uint64_t kilo = 1024;
    if (bytes < kilo * kilo) return std::to_string(bytes / kilo) + " kB";
    if (bytes < kilo * kilo * kilo || bytes % (kilo * kilo * kilo) != 0)
        return std::to_string(bytes / kilo / kilo) + " MB";
    return std::to_string(bytes / kilo / kilo / kilo) + " GB";
}

}  // namespace islet::query
