// The bytes of the files that are imported.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "islet/error.hpp"

namespace islet::importing {

/// `detail` is one of the words that import.hpp names.
[[noreturn]] void fail(std::string detail, std::string message, std::string place, std::string hint = {});

/// A file that is open for reading as often as one likes. What cannot be read twice (a pipe, standard
/// input) is first copied into a file without a name.
class Input {
 public:
    /// Throws Exception (CannotOpen). `-` is standard input.
    explicit Input(std::string path);
    ~Input();
    Input(Input&& other) noexcept;
    Input& operator=(Input&&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// Reads at an offset; less than `size` only at the end. Safe from several threads.
    std::size_t read(std::uint64_t offset, char* to, std::size_t size) const;

 private:
    std::string path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

/// One reading of an Input, from front to end, gunzipped where it is gzipped. Used by one thread at a time.
class ByteStream {
 public:
    explicit ByteStream(const Input& input);
    ~ByteStream();
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;

    /// Less than `size` only at the end.
    std::size_t read(char* to, std::size_t size);
    /// Bytes of the file that were read, as it lies on disk.
    /// May be asked while another thread reads.
    [[nodiscard]] std::uint64_t position() const noexcept {
        return position_.load(std::memory_order_relaxed);
    }

 private:
    struct Inflater;
    std::size_t read_plain(char* to, std::size_t size);

    const Input& input_;
    std::atomic<std::uint64_t> position_ = 0;
    std::unique_ptr<Inflater> inflater_;  ///< of a gzipped file
};

/// A run of whole records.
struct Block {
    std::vector<char> bytes;  ///< `size` of them count; behind them lie at least `padding` more
    std::size_t size = 0;
    std::uint64_t index = 0;  ///< counts from 0

    static constexpr std::size_t padding = 64;
    [[nodiscard]] std::string_view text() const noexcept { return {bytes.data(), size}; }
};

/// How records end: at each line feed, but not within quotes where there are any.
struct RecordForm {
    char delimiter = ',';  ///< what may stand before an opening quote
    bool quotes = true;
};

/// Cuts a stream into blocks of whole records; each ends with a line feed, the last one with one that is
/// put there if the file has none. Invariant: `rest_` holds what was read behind the last block.
class BlockReader {
 public:
    BlockReader(const Input& input, RecordForm form, std::size_t block_size = default_block_size);

    /// The next block, in the memory of the one given; false at the end.
    bool next(Block& block);
    [[nodiscard]] std::uint64_t position() const noexcept { return stream_.position(); }

    static constexpr std::size_t default_block_size = std::size_t{1} << 18U;
    /// A record longer than this is taken for a quote that was never closed.
    static constexpr std::size_t longest_record = std::size_t{1} << 28U;

 private:
    const Input& input_;
    ByteStream stream_;
    RecordForm form_;
    std::size_t block_size_;
    std::vector<char> rest_;
    std::uint64_t index_ = 0;
    bool at_end_ = false;
};

/// Behind the last line feed outside of quotes; 0 if there is none. `text` begins with a record.
std::size_t end_of_records(std::string_view text, RecordForm form);

}  // namespace islet::importing
