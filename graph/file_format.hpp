// The layout of an .islet file; docs/formats.md says it in words and shows the bytes.
//
//   ┌ header ─┬ table of sections ─┬ pad ┬ section ─┬ pad ┬ section ─┬ … ┐
//   0        128                         └ each begins at a multiple of 64 ┘
//
// Everything is little-endian. The header holds its own checksum and that of the table, the table those of
// the sections; so the header's checksum names the whole content. A file is written once, whole, and never
// changed; what is written later goes to the log beside it (file_log.hpp) until a checkpoint writes the
// next file and renames it over this one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "file_bytes.hpp"
#include "islet/error.hpp"

namespace islet {

inline constexpr std::array<std::uint8_t, 8> file_magic = {0x89, 'I', 'S', 'L', 'E', 'T', '\r', '\n'};
inline constexpr std::uint32_t file_version = 1;
inline constexpr std::size_t header_size = 128;
inline constexpr std::size_t table_entry_size = 40;
inline constexpr std::size_t section_alignment = 64;

/// Identifies a graph through all its checkpoints.
using Uuid = std::array<std::uint8_t, 16>;

Uuid random_uuid();
/// 8-4-4-4-12 hexadecimal digits.
std::string to_text(const Uuid& uuid);

struct FileHeader {
    std::uint32_t version = file_version;
    /// Bits of things that a reader must know to read the file right. None is in use.
    std::uint64_t required_features = 0;
    /// Bits of things that a reader may ignore. None is in use.
    std::uint64_t optional_features = 0;
    Uuid uuid{};
    std::uint64_t generation = 1;  ///< one more with each checkpoint
    std::uint64_t file_size = 0;
    std::uint32_t section_count = 0;
    std::uint64_t table_checksum = 0;
    std::uint64_t checksum = 0;  ///< of the header's other bytes; names the whole content
};

/// What a section holds. The numbers are the file's and never change; ranges leave room.
enum class SectionKind : std::uint32_t {
    // Small ones, verified whenever a file is opened.
    summary = 1,
    labels = 2,
    types = 3,
    keys = 4,
    layout = 5,
    statistics = 6,
    catalog = 7,
    /// Of every section of more than 64 KiB, in the table's order, those of its chunks. Where it is missing,
    /// such a section is verified as a whole.
    chunk_checksums = 8,
    // Bulk.
    alive = 16,
    label_nodes = 17,  ///< by label
    out_nodes = 32,    ///< by type, and so on
    out_offsets = 33,
    out_neighbours = 34,
    in_nodes = 35,
    in_offsets = 36,
    in_neighbours = 37,
    in_relationships = 38,
    node_ids = 48,  ///< by key, and so on
    node_valid = 49,
    node_booleans = 50,
    node_integers = 51,
    node_floats = 52,
    node_strings = 53,
    node_encoded_at = 54,
    node_encoded = 55,
    rel_ids = 64,
    rel_valid = 65,
    rel_booleans = 66,
    rel_integers = 67,
    rel_floats = 68,
    rel_strings = 69,
    rel_encoded_at = 70,
    rel_encoded = 71,
    text_bytes = 80,
    text_offsets = 81,
    text_slots = 82,
};

constexpr bool is_small(SectionKind kind) {
    return kind < SectionKind::alive;
}

struct Section {
    SectionKind kind{};
    std::uint32_t index = 0;   ///< of the label, type or key; else 0
    std::uint64_t offset = 0;  ///< from the begin of the file
    std::uint64_t size = 0;    ///< in bytes, without padding
    std::uint64_t checksum = 0;
};

/// `out_neighbours of type 3`, for people.
std::string section_name(SectionKind kind, std::uint32_t index);
/// False for a number that this version does not know.
bool is_known(SectionKind kind);

/// header_size bytes. Sets `header.checksum`.
std::vector<std::byte> encode(FileHeader& header);
/// Throws FormatError unless it is the header of a file that this version can read.
FileHeader decode_header(Bytes bytes);

std::vector<std::byte> encode(const std::vector<Section>& table);
/// Throws FormatError for sections out of order, overlapping, or outside of `file_size`.
std::vector<Section> decode_table(Bytes bytes, std::uint32_t count, std::uint64_t file_size);

/// The next multiple of section_alignment.
constexpr std::uint64_t aligned(std::uint64_t offset) {
    return (offset + section_alignment - 1) / section_alignment * section_alignment;
}

// The errors of files, for all who read or write one.

/// A file that cannot be opened, through no fault in it.
Exception cannot_open(const std::string& path, const std::string& why, std::string hint = {});
/// A file with a fault in it; `where` is the section's name.
Exception damaged(const std::string& path, const std::string& where, const std::string& what);

}  // namespace islet
