// Keys of ORDER BY as a number that orders as they do, as far as 64 bits can.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "batch.hpp"

namespace islet::query {

/// A row and the prefix of its keys.
struct SortPlace {
    std::uint64_t prefix;
    std::uint32_t row;
};

/// Packs the keys of rows into prefixes, key after key: each takes as many bits as its values differ in.
class SortPrefixes {
 public:
    explicit SortPrefixes(std::size_t rows);
    /// Adds a key, or as much of it as there is room for. False: rows of equal prefixes may differ in this
    /// key, and no further one may be added.
    bool add(const Column& key, bool descending);
    [[nodiscard]] std::vector<SortPlace> places() && { return std::move(places_); }

 private:
    bool add_integers(std::span<const std::int64_t> numbers, bool descending);
    void add_strings(const Column& key, bool descending);

    std::vector<SortPlace> places_;
    unsigned bits_ = 0;  ///< that are taken
};

/// Orders the places by prefix, stable.
void sort_by_prefix(std::vector<SortPlace>& places);

}  // namespace islet::query
