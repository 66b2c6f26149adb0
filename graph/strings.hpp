// The string dictionary: every distinct property string once, named by a code.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "array.hpp"

namespace islet {

/// The hash that the dictionary goes by: XXH3.
std::uint64_t hash_of_text(std::string_view text) noexcept;

/// Code c stands for bytes [offsets[c], offsets[c + 1]). `slots` is an open-addressed hash
/// table of a power of two: code + 1, or 0 where free; probing is linear from the XXH3 of
/// the bytes. At most half of the slots are taken.
class StringTable {
 public:
    StringTable() = default;
    StringTable(Array<char> bytes, Array<std::uint64_t> offsets, Array<std::uint32_t> slots)
        : bytes_(std::move(bytes)), offsets_(std::move(offsets)), slots_(std::move(slots)) {}

    [[nodiscard]] std::uint32_t size() const noexcept {
        return offsets_.empty() ? 0 : static_cast<std::uint32_t>(offsets_.size() - 1);
    }
    /// REQUIRES: code < size()
    [[nodiscard]] std::string_view operator[](std::uint32_t code) const noexcept {
        return {bytes_.data() + offsets_[code], offsets_[code + 1] - offsets_[code]};
    }
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const noexcept;

    [[nodiscard]] const Array<char>& bytes() const noexcept { return bytes_; }
    [[nodiscard]] const Array<std::uint64_t>& offsets() const noexcept { return offsets_; }
    [[nodiscard]] const Array<std::uint32_t>& slots() const noexcept { return slots_; }

 private:
    Array<char> bytes_;
    Array<std::uint64_t> offsets_;
    Array<std::uint32_t> slots_;
};

/// Collects strings into a StringTable.
class StringTableBuilder {
 public:
    /// The code of `text`, new if it was not there.
    std::uint32_t add(std::string_view text) { return add(text, hash_of_text(text)); }
    /// REQUIRES: hash is hash_of_text(text)
    std::uint32_t add(std::string_view text, std::uint64_t hash);
    /// REQUIRES: code was answered by add()
    [[nodiscard]] std::string_view operator[](std::uint32_t code) const noexcept {
        return {bytes_.data() + offsets_[code], offsets_[code + 1] - offsets_[code]};
    }
    /// Leaves the builder empty.
    StringTable finish();

 private:
    void grow();

    std::vector<char> bytes_;
    std::vector<std::uint64_t> offsets_ = {0};
    std::vector<std::uint32_t> slots_;
};

}  // namespace islet
