// Numbers and texts as the bytes of a file, and back. Little-endian, like every machine Islet runs on.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace islet {

static_assert(std::endian::native == std::endian::little, "the file format is little-endian");

/// Bytes that do not mean what they should. Says what is wrong; whoever knows the file and the section
/// adds where.
class FormatError : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

using Bytes = std::span<const std::byte>;

/// The bytes of an array, as they lie in memory.
template <class T>
Bytes bytes_of(std::span<const T> elements) noexcept {
    static_assert(std::is_trivially_copyable_v<T>);
    return std::as_bytes(elements);
}

inline Bytes bytes_of(std::string_view text) noexcept {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// XXH3 in 64 bits, with a seed.
std::uint64_t checksum(Bytes bytes, std::uint64_t seed = 0) noexcept;

/// Appends to a buffer.
class ByteWriter {
 public:
    void u8(std::uint8_t v) { buffer_.push_back(static_cast<std::byte>(v)); }
    void u32(std::uint32_t v) { fixed(v); }
    void u64(std::uint64_t v) { fixed(v); }
    void f64(double v) { fixed(v); }
    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    void varint(std::uint64_t v);
    /// Small magnitudes are short: 0 -1 1 -2 … as 0 1 2 3 …
    void zigzag(std::int64_t v) {
        varint((static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63));
    }
    /// Its length as a varint, then its bytes.
    void text(std::string_view v);
    void bytes(Bytes v) { buffer_.insert(buffer_.end(), v.begin(), v.end()); }

    [[nodiscard]] std::size_t size() const noexcept { return buffer_.size(); }
    [[nodiscard]] bool empty() const noexcept { return buffer_.empty(); }
    [[nodiscard]] Bytes view() const noexcept { return buffer_; }
    [[nodiscard]] std::vector<std::byte> take() { return std::move(buffer_); }
    void clear() { buffer_.clear(); }
    /// Forgets what was written after the first `size` bytes.
    void cut(std::size_t size) { buffer_.resize(size); }

 private:
    template <class T>
    void fixed(T v) {
        const std::size_t size = buffer_.size();
        buffer_.resize(size + sizeof(T));
        std::memcpy(buffer_.data() + size, &v, sizeof(T));
    }
    std::vector<std::byte> buffer_;
};

/// Reads a buffer from its begin. Every call throws FormatError where the bytes end too soon or mean nothing.
class ByteReader {
 public:
    explicit ByteReader(Bytes bytes) : rest_(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(take(1)[0]); }
    std::uint32_t u32() { return fixed<std::uint32_t>(); }
    std::uint64_t u64() { return fixed<std::uint64_t>(); }
    double f64() { return fixed<double>(); }
    std::uint64_t varint();
    /// A varint that fits 32 bits.
    std::uint32_t varint32();
    std::int64_t zigzag() {
        const std::uint64_t v = varint();
        return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
    }
    std::string_view text();
    Bytes take(std::size_t size);

    [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }
    /// Throws FormatError unless everything was read.
    void end() const;

 private:
    template <class T>
    T fixed() {
        T v;
        std::memcpy(&v, take(sizeof(T)).data(), sizeof(T));
        return v;
    }
    Bytes rest_;
};

}  // namespace islet
