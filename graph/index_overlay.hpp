// Who was given an indexed value since the base: an entry for each write, in a
// persistent trie of the delta by the value's hash. Entries are never taken back:
// who reads them looks whether they still hold.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "delta.hpp"
#include "islet/catalog.hpp"

namespace islet {

/// A label (or type) and a key whose values are found by equality.
struct IndexedKey {
    Owner owner;
    std::uint32_t label;
    KeyId key;

    friend bool operator==(const IndexedKey&, const IndexedKey&) = default;
};

/// Those of a catalog whose names the snapshot has: of its range indexes, and of what must be unique.
std::vector<IndexedKey> indexed_keys(const Catalog& catalog, const Snapshot& snapshot);

/// Appends the ids that were given the value, and perhaps others.
void add_overlay(const Delta& delta, const IndexedKey& key, const Value& value,
                 std::vector<std::uint32_t>& out);
void put_overlay(Delta& delta, const IndexedKey& key, const Value& value, std::uint32_t id);

/// Ids of base and delta whose value may equal `value`: the key must be one of indexed_keys().
void find_equal(const Snapshot& snapshot, const IndexedKey& key, const Value& value,
                std::vector<std::uint32_t>& out);
/// How many of the base have exactly the value.
std::size_t count_equal(const Snapshot& snapshot, const IndexedKey& key, const Value& value);

/// Enters everything that the delta holds already. For a key that has just become an indexed one.
void fill_overlay(const Snapshot& view, Delta& delta, const IndexedKey& key);

}  // namespace islet
