#include "file_system.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace islet {

namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

template <class Call>
auto retried(Call call) {
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

class RealFile : public WritableFile {
 public:
    explicit RealFile(Descriptor file) : file_(std::move(file)) {}

    void write_at(std::uint64_t offset, Bytes bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = retried([&] {
                return ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
            });
            if (written < 0) fail("writing");
            if (written == 0) throw std::system_error(EIO, std::generic_category(), "writing");
            offset += static_cast<std::uint64_t>(written);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
            unsent_.fetch_add(static_cast<std::uint64_t>(written), std::memory_order_relaxed);
        }
        if (unsent_.load(std::memory_order_relaxed) >= enough_to_send) send();
    }
    void sync() override {
        unsent_.store(0, std::memory_order_relaxed);
        if (retried([&] { return ::fdatasync(file_.get()); }) < 0) fail("syncing");
    }
    void truncate(std::uint64_t size) override {
        if (retried([&] { return ::ftruncate(file_.get(), static_cast<off_t>(size)); }) < 0) fail("cutting");
    }

 private:
    static constexpr std::uint64_t enough_to_send = std::uint64_t{8} << 20;

    /// Has the medium begin with what was written of a large file, so that sync() waits for the rest only.
    /// A wish: whatever comes of it, sync() tells.
    void send() noexcept {
#if defined(SYNC_FILE_RANGE_WRITE)
        ::sync_file_range(file_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
        unsent_.store(0, std::memory_order_relaxed);
    }

    Descriptor file_;
    /// Bytes since sync() or send(); atomic because one may write while another syncs.
    std::atomic<std::uint64_t> unsent_{0};
};

class RealFileSystem : public FileSystem {
 public:
    std::unique_ptr<WritableFile> create(const std::string& path, const std::string& like) override {
        // What was read-protected stays so in its next version.
        struct stat old {};
        const mode_t mode = ::stat(like.c_str(), &old) == 0 ? old.st_mode & 07777U : 0666U;
        Descriptor file(
            retried([&] { return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode); }));
        if (!file) fail("creating " + path);
        return std::make_unique<RealFile>(std::move(file));
    }
    std::unique_ptr<WritableFile> open(const std::string& path) override {
        Descriptor file(retried([&] { return ::open(path.c_str(), O_WRONLY | O_CLOEXEC); }));
        if (!file) fail("opening " + path);
        return std::make_unique<RealFile>(std::move(file));
    }
    void rename(const std::string& from, const std::string& to) override {
        if (::rename(from.c_str(), to.c_str()) < 0) fail("renaming " + from);
    }
    void remove(const std::string& path) override {
        if (::unlink(path.c_str()) < 0 && errno != ENOENT) fail("removing " + path);
    }
    void sync_folder_of(const std::string& path) override {
        const std::string folder = folder_of(path);
        const Descriptor opened(
            retried([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
        if (!opened) fail("opening " + folder);
        if (retried([&] { return ::fsync(opened.get()); }) < 0) fail("syncing " + folder);
    }
};

FileIdentity identity_of(const struct stat& found) {
    return {static_cast<std::uint64_t>(found.st_dev), static_cast<std::uint64_t>(found.st_ino),
            static_cast<std::uint64_t>(found.st_size),
            std::int64_t{found.st_mtim.tv_sec} * 1'000'000'000 + found.st_mtim.tv_nsec};
}

}  // namespace

std::shared_ptr<FileSystem> real_file_system() {
    return std::make_shared<RealFileSystem>();
}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

std::optional<FileIdentity> identity_of(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0) return identity_of(found);
    if (errno == ENOENT) return std::nullopt;
    fail("looking at " + path);
}

FileIdentity identity_of(const Descriptor& file) {
    struct stat found {};
    if (::fstat(file.get(), &found) != 0) fail("looking at an open file");
    return identity_of(found);
}

Descriptor open_for_reading(const std::string& path) {
    Descriptor file(retried([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
    if (!file && errno != ENOENT) fail("opening " + path);
    return file;
}

std::vector<std::byte> read_at(const Descriptor& file, std::uint64_t offset, std::size_t size) {
    std::vector<std::byte> bytes(size);
    std::size_t have = 0;
    while (have < size) {
        const ssize_t got = retried([&] {
            return ::pread(file.get(), bytes.data() + have, size - have, static_cast<off_t>(offset + have));
        });
        if (got < 0) fail("reading");
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

}  // namespace islet
