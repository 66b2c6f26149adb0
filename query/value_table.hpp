// Nodes by a value of theirs: what joins by equality look up.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "batch.hpp"

namespace islet::query {

/// Filled once, then asked. Whoever asks gets every node whose value equals the one asked for, and perhaps
/// others: values are known by their hashes alone.
class ValueTable {
 public:
    static constexpr std::uint64_t bytes_each = 24;  ///< of memory, roughly

    /// Adds nodes with their values; null equals nothing, and is left out.
    void add(const Column& values, std::span<const NodeId> nodes);
    /// To be called once, after the last add().
    void finish();
    /// Appends to `out`, in the order of adding.
    void find(const Value& value, std::vector<NodeId>& out) const;

 private:
    struct Entry {
        std::uint64_t hash;
        NodeId node;
        std::uint32_t next;  ///< the next entry in its place; none: the last
    };
    static constexpr std::uint32_t none = UINT32_MAX;

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> places_;  ///< first entry, by the low bits of the hash; a power of two
};

/// Equal values have equal hashes, integers and floats together. Spreads well over its low bits.
std::uint64_t equality_hash(const Value& value);

}  // namespace islet::query
