// Everything that the file and its log do to a disk goes through here, so that tests can make each step
// fail, stop half-way, or lose what was not synced.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "file_bytes.hpp"

namespace islet {

/// A file open for writing. Closed by its end. The calls throw std::system_error. One thread may write while
/// another syncs; what is written meanwhile may or may not be on the medium then.
class WritableFile {
 public:
    WritableFile() = default;
    virtual ~WritableFile() = default;
    WritableFile(const WritableFile&) = delete;
    WritableFile& operator=(const WritableFile&) = delete;

    /// Writes all of it, or throws and has written any part.
    virtual void write_at(std::uint64_t offset, Bytes bytes) = 0;
    /// Returns when the content and its length are on the medium.
    virtual void sync() = 0;
    virtual void truncate(std::uint64_t size) = 0;
};

/// The calls throw std::system_error; several threads may make them.
class FileSystem {
 public:
    FileSystem() = default;
    virtual ~FileSystem() = default;
    FileSystem(const FileSystem&) = delete;
    FileSystem& operator=(const FileSystem&) = delete;

    /// A new file or an old one emptied, with the permissions of `like` if that exists.
    virtual std::unique_ptr<WritableFile> create(const std::string& path, const std::string& like) = 0;
    /// An existing file, its content as it is.
    virtual std::unique_ptr<WritableFile> open(const std::string& path) = 0;
    /// Atomic; takes the place of what is there.
    virtual void rename(const std::string& from, const std::string& to) = 0;
    /// No error if it is not there.
    virtual void remove(const std::string& path) = 0;
    /// Returns when the names in a file's folder are on the medium.
    virtual void sync_folder_of(const std::string& path) = 0;
};

/// That of the operating system.
std::shared_ptr<FileSystem> real_file_system();

/// A file descriptor that closes itself.
class Descriptor {
 public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();

    [[nodiscard]] int get() const noexcept { return number_; }
    explicit operator bool() const noexcept { return number_ >= 0; }

 private:
    int number_ = -1;
};

/// What tells one file from another, and an old state of it from a new one.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0;  ///< nanoseconds

    [[nodiscard]] bool same_file(const FileIdentity& other) const noexcept {
        return device == other.device && inode == other.inode;
    }
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// Of what stands at a path now; no value if nothing does. Throws std::system_error for any other failure.
std::optional<FileIdentity> identity_of(const std::string& path);
FileIdentity identity_of(const Descriptor& file);
/// For reading. No descriptor if nothing stands there.
Descriptor open_for_reading(const std::string& path);
/// Fewer than asked for at the file's end.
std::vector<std::byte> read_at(const Descriptor& file, std::uint64_t offset, std::size_t size);

}  // namespace islet
