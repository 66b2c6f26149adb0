// A file as a base: mapped, and used where it lies.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base.hpp"
#include "file_format.hpp"
#include "file_layout.hpp"
#include "file_system.hpp"

namespace islet {

/// A file's bytes in memory, as long as this lives. A file is replaced by renaming and never changed in
/// place, so what is mapped stays as it is.
class Mapping {
 public:
    /// Throws std::system_error.
    explicit Mapping(const Descriptor& file);
    ~Mapping();
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    [[nodiscard]] Bytes bytes() const noexcept { return bytes_; }

 private:
    Bytes bytes_;
};

/// How much of a file is compared with its checksums when it is opened. In every case header, table,
/// small sections and the sizes of all arrays are.
enum class Verify : std::uint8_t {
    never,  ///< none of the bulk: for what is part of the program
    quick,  ///< the bulk of a small file; of a large one what is read, when it is: see FileGuard
    all,
    pieces,  ///< all, and by chunks once more: that those who read here and there will find it sound
};

/// Files up to this size are verified whole, whatever was asked for.
inline constexpr std::uint64_t always_verified = std::uint64_t{8} << 20;

struct OpenedBase {
    std::shared_ptr<const Base> base;
    /// Held so that the file, even with nothing in it, keeps its inode: no other can be taken for it.
    std::shared_ptr<const Mapping> mapping;
    FileHeader header;
    FileIdentity identity;
};

/// Opens the file at `path`. Throws Exception: CannotOpen, or DamagedFile with the section's name.
/// The time it takes goes by the number of sections and names, not by their content.
OpenedBase open_base_file(const std::string& path, Verify verify);

/// What open_base_file does, fault by fault: tells `fault` of each and goes on where it can. No base where
/// there is too little to make one of. Throws only if the file cannot be read at all.
OpenedBase read_base_file(
    const std::string& path, Verify verify,
    const std::function<void(const std::string& where, const std::string& what)>& fault);

/// The same of bytes in memory, at an address that section_alignment divides and as long as `owner` lives
/// (none: always). `name` stands in errors for the path.
std::shared_ptr<const Base> read_base_image(Bytes bytes, std::shared_ptr<const void> owner, Verify verify,
                                            const std::string& name);

}  // namespace islet
