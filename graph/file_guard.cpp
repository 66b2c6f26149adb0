#include "file_guard.hpp"

#include <algorithm>

#include "file_format.hpp"

namespace islet {

FileGuard::FileGuard(std::string path, std::size_t arrays) : path_(std::move(path)), arrays_(arrays) {}

void FileGuard::add(std::size_t array, std::string name, Bytes content, std::uint64_t checksum,
                    std::vector<std::uint64_t> sums) {
    Guarded& one = arrays_[array];
    one.state = unknown;
    one.name = std::move(name);
    one.content = content;
    one.checksum = checksum;
    one.sums = std::move(sums);
    one.chunks = std::make_unique<std::atomic<std::uint64_t>[]>((one.sums.size() + 63) / 64);  // NOLINT
}

bool FileGuard::found_broken(Guarded& array) noexcept {
    array.state.store(broken, std::memory_order_release);
    const std::lock_guard lock(mutex_);
    if (first_.empty()) first_ = array.name;
    any_broken_.store(true, std::memory_order_release);
    return false;
}

bool FileGuard::verify(std::size_t array) noexcept {
    Guarded& one = arrays_[array];
    const std::uint8_t state = one.state.load(std::memory_order_acquire);
    if (state != unknown) return state == sound;
    if (checksum(one.content) != one.checksum) return found_broken(one);
    one.state.store(sound, std::memory_order_release);
    return true;
}

bool FileGuard::verify(std::size_t array, std::uint64_t begin, std::uint64_t end) noexcept {
    Guarded& one = arrays_[array];
    const std::uint8_t state = one.state.load(std::memory_order_acquire);
    if (state != unknown) return state == sound;
    if (begin == end) return true;
    if (one.sums.size() < 2) return verify(array);
    for (std::uint64_t chunk = begin / chunk_size; chunk <= (end - 1) / chunk_size; ++chunk) {
        if (chunk >= one.sums.size()) return found_broken(one);
        std::atomic<std::uint64_t>& word = one.chunks[chunk / 64];
        const std::uint64_t bit = 1ULL << (chunk % 64);
        if ((word.load(std::memory_order_acquire) & bit) != 0) continue;
        const std::uint64_t from = chunk * chunk_size;
        const Bytes bytes =
            one.content.subspan(from, std::min<std::uint64_t>(chunk_size, one.content.size() - from));
        if (checksum(bytes) != one.sums[chunk]) return found_broken(one);
        if ((word.fetch_or(bit, std::memory_order_acq_rel) & bit) == 0) ++one.verified;
        // Whoever read a quarter of it here and there will read the rest.
        if (one.verified * 4U > one.sums.size()) return verify(array);
    }
    return true;
}

void FileGuard::verify_all() noexcept {
    for (std::size_t i = 0; i < arrays_.size(); ++i) verify(i);
}

std::optional<Error> FileGuard::fault() const {
    if (!any_broken_.load(std::memory_order_acquire)) return std::nullopt;
    const std::lock_guard lock(mutex_);
    return damaged(path_, first_, "its checksum is wrong").error();
}

}  // namespace islet
