#include "file_reader.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

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

class Reader {
 public:
    Reader(Bytes bytes, std::shared_ptr<const void> owner, Verify verify, const Report& fault)
        : bytes_(bytes), owner_(std::move(owner)), verify_(verify), fault_(fault) {}

    FileHeader header;

    /// No base where there was a fault in what all else depends on.
    std::shared_ptr<const Base> read() {
        if (!read_header() || !read_table()) return nullptr;
        if (verify_ == Verify::quick && bytes_.size() <= always_verified) verify_ = Verify::all;
        auto base = std::make_shared<Base>();
        if (!read_small(*base)) return nullptr;
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
        if (checksum(content(section)) == section.checksum) return true;
        fault_(section_name(section.kind, section.index), "its checksum is wrong");
        sound_ = false;
        return false;
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

    void read_arrays(Base& base) {
        for_each_array(base, [this]<class T>(SectionKind kind, std::uint32_t index, Array<T>& array) {
            const Section* section = find(kind, index);
            if (section == nullptr) return;
            if (verify_ == Verify::all) verified(*section);
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
                column.view = {column.kind,
                               column.first,
                               column.size,
                               column.valid.span(),
                               column.booleans.span(),
                               column.integers.span(),
                               column.floats.span(),
                               column.strings.span(),
                               {},
                               column.count == column.size};
            }
        }
    }

    Bytes bytes_;
    std::shared_ptr<const void> owner_;
    Verify verify_;
    const Report& fault_;
    std::vector<Section> table_;
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
    Reader reader(opened.mapping->bytes(), opened.mapping, verify, fault);
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
    return Reader(bytes, std::move(owner), verify, fault).read();
}

}  // namespace islet
