// The log beside a file: what was committed since the file was written.
//
//   ┌ header ─┬ record ─┬ record ─┬ … ┐        commit           operations of one transaction
//   (file_operations.hpp) 0         64        each at a multiple of 8    acknowledgement  every commit up to
//   a number is on the medium
//
// A commit is written at the end, synced, and only then reported as done; after that an acknowledgement is
// written, but not synced for its own sake. A process that dies, or a machine that loses power, leaves at
// worst an unfinished commit at the end that nobody was told of: reading ends there and nothing is lost. A
// record that does not read although a later one acknowledges it is damage, and the log is refused.
//
// The header names the graph and the very content of the file it continues (by the checksum of its header). A
// checkpoint writes the next generation of the file aside, syncs it, renames it over the old one, syncs the
// folder, and removes the log. A log of an earlier generation than its file has been taken into it: it is
// ignored, and replaced with the next commit. So whatever of these steps a crash cuts off, nothing is
// missing.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "file_format.hpp"
#include "file_system.hpp"

namespace islet {

inline constexpr std::array<std::uint8_t, 8> log_magic = {0x89, 'I', 'S', 'L', 'L', 'O', 'G', '\n'};
inline constexpr std::uint32_t log_version = 1;
inline constexpr std::size_t log_header_size = 64;
inline constexpr std::size_t record_header_size = 48;

struct LogHeader {
    std::uint32_t version = log_version;
    Uuid uuid{};
    std::uint64_t generation = 0;
    std::uint64_t base_checksum = 0;  ///< of the header of the file that it continues
    std::uint64_t nonce = 0;          ///< tells logs of the same file apart
    std::uint64_t checksum = 0;       ///< of the header's other bytes; seed of those of the records
};

/// log_header_size bytes. Sets `header.checksum`.
std::vector<std::byte> encode(LogHeader& header);
/// Throws FormatError.
LogHeader decode_log_header(Bytes bytes);

enum class RecordKind : std::uint32_t { commit = 1, acknowledgement = 2 };

struct RecordHeader {
    RecordKind kind{};
    std::uint64_t size = 0;          ///< of the operations, in bytes
    std::uint64_t commits = 0;       ///< in this log, with this one
    std::uint64_t acknowledged = 0;  ///< commits of this log that were on the medium when it was written
    std::uint64_t previous = 0;      ///< checksum of the record before, or of the log's header
    std::uint64_t checksum = 0;      ///< of these fields and the operations
};

/// Between two records.
struct LogPosition {
    std::uint64_t offset = log_header_size;
    std::uint64_t previous = 0;  ///< checksum of the record before, or of the log's header
    std::uint64_t commits = 0;   ///< before it
    std::uint64_t acknowledged = 0;

    friend bool operator==(const LogPosition&, const LogPosition&) = default;
};

/// The whole record, padded to a multiple of 8 bytes, and the position after it.
std::vector<std::byte> encode_record(const LogHeader& log, RecordKind kind, Bytes operations,
                                     LogPosition& position);

/// Reads records from a log that may grow meanwhile. Throws std::system_error where reading fails.
class LogReader {
 public:
    /// Throws FormatError where the header is damaged.
    explicit LogReader(Descriptor file);

    [[nodiscard]] const LogHeader& header() const noexcept { return header_; }
    [[nodiscard]] const Descriptor& file() const noexcept { return file_; }
    [[nodiscard]] const LogPosition& position() const noexcept { return position_; }

    struct Record {
        RecordHeader header;
        Bytes operations;  ///< until the next call
    };
    /// The record at the position, and moves on; none at the end of what can be read.
    std::optional<Record> next();
    /// Whether a later record acknowledges the one at the position, where next() found none.
    bool is_damaged();
    /// Whether the record before the position is still there: a writer takes back a commit that it could
    /// not sync.
    bool still_holds();

 private:
    /// The valid record at an offset, whatever came before it.
    std::optional<Record> record_at(std::uint64_t offset);
    /// Fewer at the end of the file.
    Bytes bytes_at(std::uint64_t offset, std::uint64_t size);

    Descriptor file_;
    LogHeader header_;
    LogPosition position_;
    std::uint64_t last_offset_ = 0;  ///< of the record before the position; 0 if there is none
    std::vector<std::byte> held_;
    std::uint64_t held_at_ = 0;
};

}  // namespace islet
