#include "file_format.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace islet {

namespace {

struct NamedKind {
    SectionKind kind;
    std::string_view name;
    std::string_view of;  ///< what `index` counts
};

constexpr std::array<NamedKind, 37> kinds = {{
    {SectionKind::summary, "summary", ""},
    {SectionKind::labels, "labels", ""},
    {SectionKind::types, "types", ""},
    {SectionKind::keys, "keys", ""},
    {SectionKind::layout, "layout", ""},
    {SectionKind::statistics, "statistics", ""},
    {SectionKind::catalog, "catalog", ""},
    {SectionKind::chunk_checksums, "chunk_checksums", ""},
    {SectionKind::alive, "alive", ""},
    {SectionKind::label_nodes, "label_nodes", "label"},
    {SectionKind::out_nodes, "out_nodes", "type"},
    {SectionKind::out_offsets, "out_offsets", "type"},
    {SectionKind::out_neighbours, "out_neighbours", "type"},
    {SectionKind::in_nodes, "in_nodes", "type"},
    {SectionKind::in_offsets, "in_offsets", "type"},
    {SectionKind::in_neighbours, "in_neighbours", "type"},
    {SectionKind::in_relationships, "in_relationships", "type"},
    {SectionKind::node_ids, "node_ids", "key"},
    {SectionKind::node_valid, "node_valid", "key"},
    {SectionKind::node_booleans, "node_booleans", "key"},
    {SectionKind::node_integers, "node_integers", "key"},
    {SectionKind::node_floats, "node_floats", "key"},
    {SectionKind::node_strings, "node_strings", "key"},
    {SectionKind::node_encoded_at, "node_encoded_at", "key"},
    {SectionKind::node_encoded, "node_encoded", "key"},
    {SectionKind::rel_ids, "rel_ids", "key"},
    {SectionKind::rel_valid, "rel_valid", "key"},
    {SectionKind::rel_booleans, "rel_booleans", "key"},
    {SectionKind::rel_integers, "rel_integers", "key"},
    {SectionKind::rel_floats, "rel_floats", "key"},
    {SectionKind::rel_strings, "rel_strings", "key"},
    {SectionKind::rel_encoded_at, "rel_encoded_at", "key"},
    {SectionKind::rel_encoded, "rel_encoded", "key"},
    {SectionKind::text_bytes, "text_bytes", ""},
    {SectionKind::text_offsets, "text_offsets", ""},
    {SectionKind::text_slots, "text_slots", ""},
    {SectionKind{0}, "unknown", ""},
}};

const NamedKind& named(SectionKind kind) {
    const auto* at =
        std::find_if(kinds.begin(), kinds.end(), [kind](const NamedKind& k) { return k.kind == kind; });
    return at == kinds.end() ? kinds.back() : *at;
}

Bytes magic_bytes() {
    return std::as_bytes(std::span(file_magic));
}

}  // namespace

Uuid random_uuid() {
    std::random_device device;
    Uuid uuid{};
    for (std::uint8_t& byte : uuid) byte = static_cast<std::uint8_t>(device());
    // Version 4, variant 1 of RFC 9562: random.
    uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0FU) | 0x40U);
    uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3FU) | 0x80U);
    return uuid;
}

std::string to_text(const Uuid& uuid) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[uuid[i] >> 4U];
        text += digits[uuid[i] & 15U];
    }
    return text;
}

std::string section_name(SectionKind kind, std::uint32_t index) {
    const NamedKind& known = named(kind);
    std::string name(known.name);
    if (known.kind == SectionKind{0}) name += " " + std::to_string(static_cast<std::uint32_t>(kind));
    if (!known.of.empty()) name += " of " + std::string(known.of) + " " + std::to_string(index);
    return name;
}

bool is_known(SectionKind kind) {
    return kind != SectionKind{0} && named(kind).kind == kind;
}

std::vector<std::byte> encode(FileHeader& header) {
    ByteWriter out;
    out.bytes(magic_bytes());
    out.u32(header.version);
    out.u32(header_size);
    out.u64(header.required_features);
    out.u64(header.optional_features);
    out.bytes(std::as_bytes(std::span(header.uuid)));
    out.u64(header.generation);
    out.u64(header.file_size);
    out.u32(header.section_count);
    out.u32(table_entry_size);
    out.u64(header.table_checksum);
    while (out.size() < header_size - 8) out.u8(0);
    header.checksum = checksum(out.view());
    out.u64(header.checksum);
    return out.take();
}

FileHeader decode_header(Bytes bytes) {
    if (bytes.size() < header_size) throw FormatError("the file is shorter than a header");
    if (!std::ranges::equal(bytes.first(8), magic_bytes())) throw FormatError("it is not an Islet file");
    ByteReader in(bytes.subspan(8, header_size - 8));
    FileHeader header;
    header.version = in.u32();
    const std::uint32_t size = in.u32();
    header.required_features = in.u64();
    header.optional_features = in.u64();
    const Bytes uuid = in.take(16);
    std::memcpy(header.uuid.data(), uuid.data(), uuid.size());
    header.generation = in.u64();
    header.file_size = in.u64();
    header.section_count = in.u32();
    const std::uint32_t entry_size = in.u32();
    header.table_checksum = in.u64();
    in.take(header_size - 8 - 80);
    header.checksum = in.u64();
    // Of every version, the first 128 bytes hold magic and version, and end in their checksum.
    if (checksum(bytes.first(header_size - 8)) != header.checksum) throw FormatError("its checksum is wrong");
    if (header.version > file_version) {
        throw FormatError("its format is version " + std::to_string(header.version) +
                          ", and this Islet reads up to version " + std::to_string(file_version));
    }
    if (header.version == 0 || size != header_size || entry_size != table_entry_size)
        throw FormatError("it is no header of version " + std::to_string(header.version));
    if (header.required_features != 0)
        throw FormatError("the file has features that this Islet does not know");
    return header;
}

std::vector<std::byte> encode(const std::vector<Section>& table) {
    ByteWriter out;
    for (const Section& section : table) {
        out.u32(static_cast<std::uint32_t>(section.kind));
        out.u32(section.index);
        out.u64(section.offset);
        out.u64(section.size);
        out.u64(section.checksum);
        out.u64(0);
    }
    return out.take();
}

std::vector<Section> decode_table(Bytes bytes, std::uint32_t count, std::uint64_t file_size) {
    ByteReader in(bytes);
    std::vector<Section> table;
    std::uint64_t end = header_size + std::uint64_t{count} * table_entry_size;
    for (std::uint32_t i = 0; i < count; ++i) {
        Section section;
        section.kind = SectionKind{in.u32()};
        section.index = in.u32();
        section.offset = in.u64();
        section.size = in.u64();
        section.checksum = in.u64();
        if (in.u64() != 0) throw FormatError("an entry's reserved bytes are not zero");
        if (section.offset != aligned(end) || section.size > file_size ||
            section.offset > file_size - section.size) {
            throw FormatError("the section " + section_name(section.kind, section.index) +
                              " does not lie behind the one before it");
        }
        const bool ascends = table.empty() || std::pair(table.back().kind, table.back().index) <
                                                  std::pair(section.kind, section.index);
        if (!ascends) throw FormatError("the sections are not in order");
        end = section.offset + section.size;
        table.push_back(section);
    }
    in.end();
    if (end != file_size) throw FormatError("the last section does not end where the file does");
    return table;
}

Exception cannot_open(const std::string& path, const std::string& why, std::string hint) {
    return Exception({.code = "08001",
                      .kind = "DatabaseError",
                      .phase = "runtime",
                      .detail = "CannotOpen",
                      .message = "cannot open '" + path + "': " + why,
                      .span = {},
                      .hint = std::move(hint),
                      .place = {}});
}

Exception damaged(const std::string& path, const std::string& where, const std::string& what) {
    return Exception({.code = "08001",
                      .kind = "DatabaseError",
                      .phase = "runtime",
                      .detail = "DamagedFile",
                      .message = "'" + path + "' is damaged: " + where + ": " + what,
                      .span = {},
                      .hint = "`islet check FILE` lists every fault",
                      .place = {}});
}

}  // namespace islet
