// What values take in memory beside their own 24 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

#include "batch.hpp"

namespace islet::query {

/// Bytes of a value's text, elements, entries or walk, about: of what is long, some elements stand for all,
/// so that it takes no longer than a short one. 0 of what lies in the value itself.
std::uint64_t heap_bytes(const Value& value);

/// Sums up what many values take. What is large is counted once, however many of them share it.
class HeldBytes {
 public:
    /// What a value adds to what is held.
    std::uint64_t add(const Value& value);
    /// The same of all values of a column of a batch with so many rows: strings of the dictionary count as
    /// copies only if `copied`.
    std::uint64_t add(const Column& column, std::size_t rows, bool copied = false);
    std::uint64_t add(const Column& column, std::span<const std::uint32_t> rows);

 private:
    /// By address, the most that was counted there. What was given back since may have left its place to
    /// something else, for which it then stands.
    std::unordered_map<const void*, std::uint64_t> large_;
};

/// "512 kB", "100 MB", "4 GB".
std::string size_text(std::uint64_t bytes);

}  // namespace islet::query
