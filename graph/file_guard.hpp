// The bulk of a large file, verified where it is first read.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "file_bytes.hpp"
#include "islet/error.hpp"

namespace islet {

/// Bytes of a section that have a checksum of their own; see SectionKind::chunk_checksums.
inline constexpr std::size_t chunk_size = std::size_t{1} << 16;

/// Says of the arrays of a mapped file whether what is about to be read of them is what was written. Opening
/// does not read the bulk; each piece of 64 KiB is compared with its checksum once, when it is first asked
/// for, and an array of which much was asked for is compared as a whole, so that from then on a flag answers.
///
/// Damage is remembered: who reads goes on with nothing in the place of the damaged part, and whoever hands
/// out what was read asks fault() first.
///
/// Thread-safe: what two threads find out at the same time is the same.
class FileGuard {
 public:
    /// `arrays`: how many there are; each is sound until add() says that it is to be verified.
    FileGuard(std::string path, std::size_t arrays);

    /// An array to be verified. `sums`: those of its chunks; empty where the file has none. Before the guard
    /// is shared.
    void add(std::size_t array, std::string name, Bytes content, std::uint64_t checksum,
             std::vector<std::uint64_t> sums);

    /// Whether the whole array is known to be sound.
    [[nodiscard]] bool known(std::size_t array) const noexcept {
        return arrays_[array].state.load(std::memory_order_acquire) == sound;
    }
    /// Whether the whole array is sound, found out if need be.
    bool verify(std::size_t array) noexcept;
    /// Whether bytes [begin, end) are. REQUIRES: begin <= end
    bool verify(std::size_t array, std::uint64_t begin, std::uint64_t end) noexcept;
    /// The same of elements of a type.
    template <class T>
    bool verify_elements(std::size_t array, std::uint64_t begin, std::uint64_t end) noexcept {
        return verify(array, begin * sizeof(T), end * sizeof(T));
    }
    void verify_all() noexcept;

    /// DamagedFile, with the name of the section that was found damaged first.
    [[nodiscard]] std::optional<Error> fault() const;

 private:
    static constexpr std::uint8_t unknown = 0;
    static constexpr std::uint8_t sound = 1;
    static constexpr std::uint8_t broken = 2;

    struct Guarded {
        std::atomic<std::uint8_t> state = sound;
        std::atomic<std::uint32_t> verified = 0;  ///< chunks
        std::string name;
        Bytes content;
        std::uint64_t checksum = 0;
        std::vector<std::uint64_t> sums;
        std::unique_ptr<std::atomic<std::uint64_t>[]>
            chunks;  // NOLINT(modernize-avoid-c-arrays): a bit a chunk
    };

    bool found_broken(Guarded& array) noexcept;

    std::string path_;
    std::vector<Guarded> arrays_;
    std::atomic<bool> any_broken_ = false;
    mutable std::mutex mutex_;
    std::string first_;  ///< broken array; guarded by mutex_
};

}  // namespace islet
