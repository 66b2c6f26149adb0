#include "file_writer.hpp"

#include <algorithm>

#include "file_layout.hpp"

namespace islet {

namespace {

/// Hands small pieces on as large ones.
class Stream {
 public:
    explicit Stream(WritableFile& file) : file_(file) {}

    void write(Bytes bytes) {
        if (bytes.size() >= most_held) {
            flush();
            // In parts: one write of gigabytes could not be interrupted.
            for (; !bytes.empty(); bytes = bytes.subspan(std::min(bytes.size(), part))) {
                const Bytes next = bytes.first(std::min(bytes.size(), part));
                file_.write_at(at_, next);
                at_ += next.size();
            }
            return;
        }
        held_.bytes(bytes);
        if (held_.size() >= most_held) flush();
    }
    void pad_to(std::uint64_t offset) {
        while (at_ + held_.size() < offset) held_.u8(0);
    }
    void flush() {
        if (held_.empty()) return;
        file_.write_at(at_, held_.view());
        at_ += held_.size();
        held_.clear();
    }

 private:
    static constexpr std::size_t most_held = std::size_t{1} << 16;
    static constexpr std::size_t part = std::size_t{8} << 20;

    WritableFile& file_;
    std::uint64_t at_ = 0;
    ByteWriter held_;
};

struct Content {
    Section section;
    Bytes bytes;
};

}  // namespace

FileHeader write_base(WritableFile& file, const Base& base, const Uuid& uuid, std::uint64_t generation) {
    base.require_all_sound();  // what is written here is believed again
    const Base encoded = encoded_form(base);
    const std::vector<SmallSection> small = encode_small_sections(encoded);
    std::vector<Content> contents;
    for (const SmallSection& section : small) contents.push_back({{section.kind, 0}, section.bytes});
    for_each_array(encoded, [&](SectionKind kind, std::uint32_t index, const auto& array) {
        if (!array.empty()) contents.push_back({{kind, index}, bytes_of(array.span())});
    });
    // By chunks too, so that a reader need not verify more than it reads.
    ByteWriter chunk_sums;
    const auto by_kind = [](const Content& a, const Content& b) {
        return std::pair(a.section.kind, a.section.index) < std::pair(b.section.kind, b.section.index);
    };
    std::sort(contents.begin(), contents.end(), by_kind);
    for (const Content& content : contents) {
        if (content.bytes.size() <= chunk_size) continue;
        for (Bytes rest = content.bytes; !rest.empty();) {
            const std::size_t size = std::min(rest.size(), chunk_size);
            chunk_sums.u64(checksum(rest.first(size)));
            rest = rest.subspan(size);
        }
    }
    if (!chunk_sums.empty()) contents.push_back({{SectionKind::chunk_checksums, 0}, chunk_sums.view()});
    std::sort(contents.begin(), contents.end(), by_kind);

    std::uint64_t end = header_size + contents.size() * table_entry_size;
    std::vector<Section> table;
    for (Content& content : contents) {
        content.section.offset = aligned(end);
        content.section.size = content.bytes.size();
        content.section.checksum = checksum(content.bytes);
        end = content.section.offset + content.section.size;
        table.push_back(content.section);
    }
    const std::vector<std::byte> table_bytes = encode(table);
    FileHeader header;
    header.uuid = uuid;
    header.generation = generation;
    header.file_size = end;
    header.section_count = static_cast<std::uint32_t>(table.size());
    header.table_checksum = checksum(table_bytes);
    const std::vector<std::byte> header_bytes = encode(header);

    Stream stream(file);
    stream.write(header_bytes);
    stream.write(table_bytes);
    for (const Content& content : contents) {
        stream.pad_to(content.section.offset);
        stream.write(content.bytes);
    }
    stream.flush();
    file.sync();
    return header;
}

FileHeader write_base(FileSystem& files, const std::string& path, const std::string& like, const Base& base,
                      const Uuid& uuid, std::uint64_t generation) {
    const std::unique_ptr<WritableFile> file = files.create(path, like);
    return write_base(*file, base, uuid, generation);
}

}  // namespace islet
