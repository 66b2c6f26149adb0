#include "file_reader.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>

namespace islet {

Mapping::Mapping(const Descriptor& file) {
    const std::uint64_t size = identity_of(file).size;
    if (size == 0) return;  // which cannot be mapped
    void* at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    if (at == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mapping");
    bytes_ = {static_cast<const std::byte*>(at), size};
}

Mapping::~Mapping() {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): munmap takes what mmap gave
    if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

namespace {

using Report = std::function<void(const std::string& where, const std::string& what)>;

/// The number of a section's array; none for what is verified when the file is opened.
std::optional<std::size_t> guarded_array(const GuardedArrays& arrays, SectionKind kind, std::uint32_t index) {
    const auto behind = [kind](SectionKind first) {
        return static_cast<std::uint32_t>(kind) - static_cast<std::uint32_t>(first);
    };
    if (kind >= SectionKind::text_bytes)
        return arrays.of_texts(static_cast<GuardedArrays::OfTexts>(behind(SectionKind::text_bytes)));
    if (kind >= SectionKind::node_ids) {
        const bool of_nodes = kind < SectionKind::rel_ids;
        return arrays.of_column(of_nodes, index,
                                static_cast<GuardedArrays::OfColumn>(
                                    behind(of_nodes ? SectionKind::node_ids : SectionKind::rel_ids)));
    }
    if (kind >= SectionKind::out_nodes) {
        const bool out = kind < SectionKind::in_nodes;
        return arrays.of_type(
            index, out ? Direction::out : Direction::in,
            static_cast<GuardedArrays::OfType>(behind(out ? SectionKind::out_nodes : SectionKind::in_nodes)));
    }
    return std::nullopt;
}

class Reader {
 public:
    Reader(Bytes bytes, std::shared_ptr<const void> owner, Verify verify, const Report& fault,
           std::string name)
        : bytes_(bytes), owner_(std::move(owner)), verify_(verify), fault_(fault), name_(std::move(name)) {}

    FileHeader header;

    /// No base where there was a fault in what all else depends on.
    std::shared_ptr<const Base> read() {
        if (!read_header() || !read_table()) return nullptr;
        if (verify_ == Verify::quick && bytes_.size() <= always_verified) verify_ = Verify::all;
        auto base = std::make_shared<Base>();
        if (!read_chunk_sums() || !read_small(*base)) return nullptr;
        arrays_ = {base->adjacency.size(), base->node_columns.size()};
        if (verify_ == Verify::quick) base->guard = std::make_shared<FileGuard>(name_, arrays_.count());
        read_arrays(*base);
        if (!sound_) return nullptr;
        const std::vector<SectionFault> faults = faults_of_shape(*base);
        for (const SectionFault& found : faults) fault_(section_name(found.kind, found.index), found.what);
        if (!faults.empty()) return nullptr;
        return base;
    }

 private:
    bool read_header() {
        try {
            header = decode_header(bytes_.first(std::min(bytes_.size(), header_size)));
        } catch (const FormatError& error) {
            fault_("header", error.what());
            return false;
        }
        if (header.file_size == bytes_.size()) return true;
        fault_("header", "the file has " + std::to_string(bytes_.size()) + " bytes and should have " +
                             std::to_string(header.file_size));
        return false;
    }

    bool read_table() {
        try {
            const std::uint64_t size = std::uint64_t{header.section_count} * table_entry_size;
            if (size > bytes_.size() - header_size) throw FormatError("it is longer than the file");
            const Bytes table = bytes_.subspan(header_size, size);
            if (checksum(table) != header.table_checksum) throw FormatError("its checksum is wrong");
            table_ = decode_table(table, header.section_count, header.file_size);
        } catch (const FormatError& error) {
            fault_("table of sections", error.what());
            return false;
        }
        return true;
    }

    [[nodiscard]] const Section* find(SectionKind kind, std::uint32_t index) const {
        const auto at = std::lower_bound(table_.begin(), table_.end(), std::pair(kind, index),
                                         [](const Section& section, const auto& wanted) {
                                             return std::pair(section.kind, section.index) < wanted;
                                         });
        return at != table_.end() && at->kind == kind && at->index == index ? &*at : nullptr;
    }
    [[nodiscard]] Bytes content(const Section& section) const {
        return bytes_.subspan(section.offset, section.size);
    }
    /// Whether the checksum is right; says so where it is not.
    bool verified(const Section& section) {
        const bool right = checksum(content(section)) == section.checksum;
        if (right && verify_ != Verify::pieces) return true;
        const std::string name = section_name(section.kind, section.index);
        const auto piece = wrong_piece(section);
        if (!right) {
            fault_(name, "its checksum is wrong" + (piece ? ": the damage begins in its " + *piece : ""));
        } else if (piece) {
            fault_(section_name(SectionKind::chunk_checksums, 0),
                   "that of " + *piece + " of " + name + " is wrong, though the section is sound");
        } else {
            return true;
        }
        sound_ = false;
        return false;
    }
    /// The first chunk whose own checksum is wrong, as "bytes 0 to 65535".
    [[nodiscard]] std::optional<std::string> wrong_piece(const Section& section) const {
        const Bytes bytes = content(section);
        std::uint64_t begin = 0;
        for (const std::uint64_t sum : chunk_sums_of(section)) {
            const Bytes piece =
                bytes.subspan(begin, std::min<std::uint64_t>(chunk_size, bytes.size() - begin));
            if (checksum(piece) != sum)
                return "bytes " + std::to_string(begin) + " to " + std::to_string(begin + piece.size() - 1);
            begin += piece.size();
        }
        return std::nullopt;
    }

    bool read_small(Base& base) {
        for (std::uint32_t i = 1; i <= static_cast<std::uint32_t>(SectionKind::catalog); ++i) {
            const SectionKind kind{i};
            const Section* section = find(kind, 0);
            if (section == nullptr) {
                fault_(section_name(kind, 0), "it is missing");
                return false;
            }
            if (!verified(*section)) return false;
            try {
                decode_small_section(kind, content(*section), header.file_size, base);
            } catch (const FormatError& error) {
                fault_(section_name(kind, 0), error.what());
                return false;
            }
        }
        return true;
    }

    /// A file of which the chunks have no checksums is none the worse.
    bool read_chunk_sums() {
        const Section* section = find(SectionKind::chunk_checksums, 0);
        if (section == nullptr) return true;
        if (!verified(*section)) return false;
        std::size_t chunks = 0;
        for (const Section& one : table_) {
            first_sum_.push_back(chunks);
            if (one.kind != SectionKind::chunk_checksums && one.size > chunk_size)
                chunks += (one.size + chunk_size - 1) / chunk_size;
        }
        first_sum_.push_back(chunks);
        if (section->size == chunks * sizeof(std::uint64_t)) {
            chunk_sums_ = content(*section);
            return true;
        }
        fault_(section_name(section->kind, 0), "it has not one checksum for each chunk");
        return false;
    }
    [[nodiscard]] std::vector<std::uint64_t> chunk_sums_of(const Section& section) const {
        if (chunk_sums_.empty()) return {};
        const auto at = static_cast<std::size_t>(&section - table_.data());
        std::vector<std::uint64_t> sums(first_sum_[at + 1] - first_sum_[at]);
        if (!sums.empty())
            std::memcpy(sums.data(), chunk_sums_.data() + first_sum_[at] * sizeof(std::uint64_t),
                        sums.size() * sizeof(std::uint64_t));
        return sums;
    }

    void read_arrays(Base& base) {
        for_each_array(base, [this, &base]<class T>(SectionKind kind, std::uint32_t index, Array<T>& array) {
            const Section* section = find(kind, index);
            if (section == nullptr) return;
            const auto guarded = guarded_array(arrays_, kind, index);
            if (verify_ >= Verify::all || (verify_ == Verify::quick && !guarded)) {
                verified(*section);
            } else if (base.guard != nullptr) {
                base.guard->add(*guarded, section_name(kind, index), content(*section), section->checksum,
                                chunk_sums_of(*section));
            }
            if (section->size % sizeof(T) != 0) {
                fault_(section_name(kind, index), "its size is no multiple of an element's");
                sound_ = false;
                return;
            }
            const Bytes bytes = content(*section);
            // A section begins at a multiple of 64 bytes, and the mapping at one of a page.
            const auto* elements = reinterpret_cast<const T*>(bytes.data());  // NOLINT(*-reinterpret-cast)
            array = Array<T>(std::span(elements, bytes.size() / sizeof(T)), owner_);
        });
        for (std::vector<Column>* columns : {&base.node_columns, &base.rel_columns}) {
            for (Column& column : *columns) {
                if (column.sparse() || column.size == 0 || !column.encoded_at.empty()) continue;
                column.view = column.view_of_arrays();
            }
        }
    }

    Bytes bytes_;
    std::shared_ptr<const void> owner_;
    Verify verify_;
    const Report& fault_;
    std::string name_;  ///< in errors
    std::vector<Section> table_;
    Bytes chunk_sums_;
    std::vector<std::size_t> first_sum_;  ///< by entry of the table, of those in chunk_sums_
    GuardedArrays arrays_;
    bool sound_ = true;
};

}  // namespace

OpenedBase read_base_file(const std::string& path, Verify verify, const Report& fault) {
    OpenedBase opened;
    try {
        std::error_code ignored;
        const auto kind = std::filesystem::status(path, ignored).type();
        if (kind == std::filesystem::file_type::directory) throw cannot_open(path, "it is a folder");
        if (kind != std::filesystem::file_type::regular && kind != std::filesystem::file_type::not_found)
            throw cannot_open(path, "it is no regular file");
        const Descriptor file = open_for_reading(path);
        if (!file) throw cannot_open(path, "there is no such file");
        opened.identity = identity_of(file);
        opened.mapping = std::make_shared<const Mapping>(file);
    } catch (const std::system_error& error) {
        throw cannot_open(path, error.code().message());
    }
    Reader reader(opened.mapping->bytes(), opened.mapping, verify, fault, path);
    opened.base = reader.read();
    opened.header = reader.header;
    return opened;
}

OpenedBase open_base_file(const std::string& path, Verify verify) {
    return read_base_file(path, verify, [&path](const std::string& where, const std::string& what) {
        if (where == "header" && what == "it is not an Islet file")
            throw cannot_open(path, what, "a graph file is made by `islet import` or Database::open");
        throw damaged(path, where, what);
    });
}

std::shared_ptr<const Base> read_base_image(Bytes bytes, std::shared_ptr<const void> owner, Verify verify,
                                            const std::string& name) {
    const Report fault = [&name](const std::string& where, const std::string& what) {
        throw damaged(name, where, what);
    };
    return Reader(bytes, std::move(owner), verify, fault, name).read();
}

}  // namespace islet
