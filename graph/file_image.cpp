// A graph's file in memory: made as files are, and used where it lies.
#include <algorithm>
#include <cstdint>

#include "delta.hpp"
#include "file_reader.hpp"
#include "file_store.hpp"
#include "file_writer.hpp"
#include "islet/image.hpp"

namespace islet {

namespace {

class MemoryFile : public WritableFile {
 public:
    explicit MemoryFile(std::vector<std::byte>& content) : content_(content) {}

    void write_at(std::uint64_t offset, Bytes bytes) override {
        content_.resize(std::max<std::size_t>(content_.size(), offset + bytes.size()));
        std::copy(bytes.begin(), bytes.end(), content_.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    void sync() override {}
    void truncate(std::uint64_t size) override { content_.resize(size); }

 private:
    std::vector<std::byte>& content_;
};

}  // namespace

std::vector<std::byte> graph_image(const Snapshot& snapshot) {
    std::vector<std::byte> image;
    MemoryFile file(image);
    write_base(file, *FileStore::base_of(snapshot), Uuid{}, 1);
    return image;
}

Snapshot graph_from_image(std::span<const std::byte> image, std::shared_ptr<const void> owner, bool trusted) {
    if (reinterpret_cast<std::uintptr_t>(image.data()) % section_alignment !=
        0)  // NOLINT(*-reinterpret-cast)
        throw damaged("image", "header", "the bytes do not lie at a multiple of 64");
    auto base = read_base_image(image, std::move(owner), trusted ? Verify::never : Verify::all, "image");
    auto delta = std::make_shared<const Delta>(*base);
    return {std::move(base), std::move(delta)};
}

}  // namespace islet
