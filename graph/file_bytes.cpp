#include "file_bytes.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace islet {

std::uint64_t checksum(Bytes bytes, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

void ByteWriter::varint(std::uint64_t v) {
    for (; v >= 0x80; v >>= 7) u8(static_cast<std::uint8_t>(v | 0x80));
    u8(static_cast<std::uint8_t>(v));
}

void ByteWriter::text(std::string_view v) {
    varint(v.size());
    bytes(bytes_of(v));
}

std::uint64_t ByteReader::varint() {
    std::uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t byte = u8();
        // Of the tenth byte only the lowest bit has room.
        if (shift == 63 && byte > 1) break;
        v |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0) return v;
    }
    throw FormatError("a number has more than 64 bits");
}

std::uint32_t ByteReader::varint32() {
    const std::uint64_t v = varint();
    if (v > UINT32_MAX) throw FormatError("a number has more than 32 bits");
    return static_cast<std::uint32_t>(v);
}

std::string_view ByteReader::text() {
    const std::uint64_t size = varint();
    const Bytes bytes = take(size);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};  // NOLINT(*-reinterpret-cast)
}

Bytes ByteReader::take(std::size_t size) {
    if (size > rest_.size()) throw FormatError("the bytes end too soon");
    const Bytes taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
}

void ByteReader::end() const {
    if (!rest_.empty()) throw FormatError(std::to_string(rest_.size()) + " bytes too many");
}

}  // namespace islet
