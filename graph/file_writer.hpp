// A base as a file.
#pragma once

#include <string>

#include "base.hpp"
#include "file_format.hpp"
#include "file_system.hpp"

namespace islet {

/// Writes the whole base to an empty file, or to a new one at `path` with the permissions of `like` if that
/// exists, and syncs it (but not its folder). Returns its header. Throws std::system_error; then a part of
/// the file may be there. Two passes over the arrays, which are not copied: the checksums come before the
/// content.
FileHeader write_base(WritableFile& file, const Base& base, const Uuid& uuid, std::uint64_t generation);
FileHeader write_base(FileSystem& files, const std::string& path, const std::string& like, const Base& base,
                      const Uuid& uuid, std::uint64_t generation);

}  // namespace islet
