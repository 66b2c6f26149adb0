#include "file_log.hpp"

#include <algorithm>

namespace islet {

namespace {

constexpr std::uint32_t record_magic = 0x43455252;  // "RREC"
constexpr std::size_t checked_part = record_header_size - 8;
constexpr std::uint64_t window = std::uint64_t{1} << 20;

constexpr std::uint64_t padded(std::uint64_t size) {
    return (size + 7) / 8 * 8;
}

std::uint64_t checksum_of(const LogHeader& log, Bytes fields, Bytes operations) {
    return checksum(operations, checksum(fields, log.checksum));
}

}  // namespace

std::vector<std::byte> encode(LogHeader& header) {
    ByteWriter out;
    out.bytes(std::as_bytes(std::span(log_magic)));
    out.u32(header.version);
    out.u32(log_header_size);
    out.bytes(std::as_bytes(std::span(header.uuid)));
    out.u64(header.generation);
    out.u64(header.base_checksum);
    out.u64(header.nonce);
    header.checksum = checksum(out.view());
    out.u64(header.checksum);
    return out.take();
}

LogHeader decode_log_header(Bytes bytes) {
    if (bytes.size() < log_header_size) throw FormatError("the log is shorter than a header");
    if (!std::ranges::equal(bytes.first(8), std::as_bytes(std::span(log_magic))))
        throw FormatError("it is not a log of Islet");
    ByteReader in(bytes.subspan(8, log_header_size - 8));
    LogHeader header;
    header.version = in.u32();
    const std::uint32_t size = in.u32();
    const Bytes uuid = in.take(16);
    std::memcpy(header.uuid.data(), uuid.data(), uuid.size());
    header.generation = in.u64();
    header.base_checksum = in.u64();
    header.nonce = in.u64();
    header.checksum = in.u64();
    if (checksum(bytes.first(log_header_size - 8)) != header.checksum)
        throw FormatError("its checksum is wrong");
    if (header.version > log_version) {
        throw FormatError("its format is version " + std::to_string(header.version) +
                          ", and this Islet reads up to version " + std::to_string(log_version));
    }
    if (header.version == 0 || size != log_header_size)
        throw FormatError("it is no header of version " + std::to_string(header.version));
    return header;
}

std::vector<std::byte> encode_record(const LogHeader& log, RecordKind kind, Bytes operations,
                                     LogPosition& position) {
    const std::uint64_t commits = position.commits + (kind == RecordKind::commit ? 1 : 0);
    ByteWriter out;
    out.u32(record_magic);
    out.u32(static_cast<std::uint32_t>(kind));
    out.u64(operations.size());
    out.u64(commits);
    out.u64(position.acknowledged);
    out.u64(position.previous);
    const std::uint64_t sum = checksum_of(log, out.view(), operations);
    out.u64(sum);
    out.bytes(operations);
    while (out.size() % 8 != 0) out.u8(0);
    position.offset += out.size();
    position.previous = sum;
    position.commits = commits;
    return out.take();
}

LogReader::LogReader(Descriptor file) : file_(std::move(file)) {
    header_ = decode_log_header(bytes_at(0, log_header_size));
    position_.previous = header_.checksum;
}

Bytes LogReader::bytes_at(std::uint64_t offset, std::uint64_t size) {
    const bool held =
        offset >= held_at_ && offset - held_at_ <= held_.size() && held_.size() - (offset - held_at_) >= size;
    if (!held) {
        const std::uint64_t end = identity_of(file_).size;
        const std::uint64_t there = end > offset ? end - offset : 0;
        held_ = read_at(file_, offset, std::min(std::max(size, window), there));
        held_at_ = offset;
    }
    const Bytes from = Bytes(held_).subspan(offset - held_at_);
    return from.first(std::min<std::uint64_t>(from.size(), size));
}

std::optional<LogReader::Record> LogReader::record_at(std::uint64_t offset) {
    const Bytes start = bytes_at(offset, record_header_size);
    if (start.size() < record_header_size) return std::nullopt;
    ByteReader in(start);
    if (in.u32() != record_magic) return std::nullopt;
    RecordHeader header;
    header.kind = RecordKind{in.u32()};
    header.size = in.u64();
    header.commits = in.u64();
    header.acknowledged = in.u64();
    header.previous = in.u64();
    header.checksum = in.u64();
    if (header.kind != RecordKind::commit && header.kind != RecordKind::acknowledgement) return std::nullopt;
    // Before memory is asked for: such a size may be nonsense.
    const std::uint64_t end = identity_of(file_).size;
    if (offset + record_header_size > end || padded(header.size) < header.size ||
        padded(header.size) > end - offset - record_header_size) {
        return std::nullopt;
    }
    const Bytes whole = bytes_at(offset, record_header_size + padded(header.size));
    if (whole.size() < record_header_size + padded(header.size)) return std::nullopt;
    const Bytes operations = whole.subspan(record_header_size, header.size);
    if (checksum_of(header_, whole.first(checked_part), operations) != header.checksum) return std::nullopt;
    const Bytes padding = whole.subspan(record_header_size + header.size);
    if (std::any_of(padding.begin(), padding.end(), [](std::byte b) { return b != std::byte{0}; }))
        return std::nullopt;
    return Record{header, operations};
}

std::optional<LogReader::Record> LogReader::next() {
    auto record = record_at(position_.offset);
    if (!record) {
        held_.clear();  // the next look is at the file
        return std::nullopt;
    }
    const RecordHeader& header = record->header;
    const std::uint64_t commits = position_.commits + (header.kind == RecordKind::commit ? 1 : 0);
    if (header.previous != position_.previous || header.commits != commits) {
        held_.clear();
        return std::nullopt;
    }
    last_offset_ = position_.offset;
    position_.offset += record_header_size + padded(header.size);
    position_.previous = header.checksum;
    position_.commits = commits;
    position_.acknowledged = std::max(position_.acknowledged, header.acknowledged);
    return record;
}

bool LogReader::is_damaged() {
    const std::uint64_t end = identity_of(file_).size;
    for (std::uint64_t offset = position_.offset + 8; offset + record_header_size <= end; offset += 8) {
        const auto record = record_at(offset);
        if (record && record->header.acknowledged > position_.commits) return true;
    }
    return false;
}

bool LogReader::still_holds() {
    if (identity_of(file_).size < position_.offset) return false;
    held_.clear();
    if (last_offset_ == 0) return true;
    const Bytes start = bytes_at(last_offset_, record_header_size);
    if (start.size() < record_header_size) return false;
    ByteReader in(start.subspan(checked_part));
    return in.u64() == position_.previous;
}

}  // namespace islet
