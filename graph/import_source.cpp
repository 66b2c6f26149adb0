#include "import_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

namespace islet::importing {

namespace {

constexpr std::size_t inflate_buffer_size = std::size_t{1} << 17U;

std::string why() {
    return std::generic_category().message(errno);
}

[[noreturn]] void cannot_open(const std::string& path, const std::string& reason) {
    fail("CannotOpen", "cannot read '" + path + "': " + reason, path);
}

bool write_all(int descriptor, const char* from, std::size_t size) {
    while (size > 0) {
        const ssize_t written = ::write(descriptor, from, size);
        if (written < 0 && errno != EINTR) return false;
        if (written <= 0) continue;
        from += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

/// A file without a name, for what cannot be read twice.
int copy_of(int descriptor, const std::string& path) {
    const char* folder = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe)
    std::string name = std::string(folder == nullptr ? "/tmp" : folder) + "/islet-import-XXXXXX";
    const int copy = ::mkstemp(name.data());
    if (copy < 0) cannot_open(path, "no temporary file can be made: " + why());
    ::unlink(name.c_str());
    std::vector<char> buffer(inflate_buffer_size);
    for (;;) {
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got == 0) return copy;
        if (got < 0 && errno == EINTR) continue;
        if (got > 0 && write_all(copy, buffer.data(), static_cast<std::size_t>(got))) continue;
        const std::string reason = why();
        ::close(copy);
        cannot_open(path, reason);
    }
}

}  // namespace

void fail(std::string detail, std::string message, std::string place, std::string hint) {
    throw Exception({.code = "22000",
                     .kind = "ImportError",
                     .phase = "runtime",
                     .detail = std::move(detail),
                     .message = std::move(message),
                     .span = {},
                     .hint = std::move(hint),
                     .place = std::move(place)});
}

Input::Input(std::string path) : path_(std::move(path)) {
    const bool standard = path_ == "-";
    if (standard) path_ = "standard input";
    descriptor_ = standard ? ::dup(STDIN_FILENO) : ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) cannot_open(path_, why());
    struct stat status {};
    const bool known = ::fstat(descriptor_, &status) == 0;
    if (known && S_ISDIR(status.st_mode)) {
        ::close(descriptor_);
        cannot_open(path_, "it is a folder");
    }
    if (!known || !S_ISREG(status.st_mode) || standard) {
        errno = 0;
        const int original = descriptor_;
        try {
            descriptor_ = copy_of(original, path_);
        } catch (...) {
            ::close(original);
            throw;
        }
        ::close(original);
        ::fstat(descriptor_, &status);
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
}

Input::Input(Input&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

Input::~Input() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t Input::read(std::uint64_t offset, char* to, std::size_t size) const {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = ::pread(descriptor_, to + done, size - done, static_cast<off_t>(offset + done));
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) cannot_open(path_, why());
        done += static_cast<std::size_t>(got);
    }
    return done;
}

struct ByteStream::Inflater {
    z_stream stream{};
    std::vector<char> buffer = std::vector<char>(inflate_buffer_size);
    bool member_ended = false;
    bool ended = false;

    Inflater() {
        constexpr int gzip_only = 16 + MAX_WBITS;
        if (inflateInit2(&stream, gzip_only) != Z_OK) throw std::bad_alloc();
    }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
};

ByteStream::ByteStream(const Input& input) : input_(input) {
    std::array<char, 2> magic{};
    if (input_.read(0, magic.data(), magic.size()) == 2 && magic[0] == '\x1f' && magic[1] == '\x8b') {
        inflater_ = std::make_unique<Inflater>();
    }
}

ByteStream::~ByteStream() = default;

std::size_t ByteStream::read_plain(char* to, std::size_t size) {
    const std::size_t got = input_.read(position_, to, size);
    position_ += got;
    return got;
}

std::size_t ByteStream::read(char* to, std::size_t size) {
    if (!inflater_) return read_plain(to, size);
    z_stream& stream = inflater_->stream;
    std::size_t done = 0;
    while (done < size && !inflater_->ended) {
        if (stream.avail_in == 0) {
            stream.next_in = reinterpret_cast<Bytef*>(inflater_->buffer.data());
            stream.avail_in =
                static_cast<uInt>(read_plain(inflater_->buffer.data(), inflater_->buffer.size()));
            if (stream.avail_in == 0) {
                if (inflater_->member_ended) {
                    inflater_->ended = true;
                    break;
                }
                fail("CannotOpen", "the gzipped file ends too early", input_.path(),
                     "fetch or pack it again: a part of it is missing");
            }
        }
        if (inflater_->member_ended) {  // gzip files may be put behind each other; other bytes are padding
            if (*stream.next_in != 0x1f) {
                inflater_->ended = true;
                break;
            }
            inflateReset(&stream);
            inflater_->member_ended = false;
        }
        const std::size_t piece = std::min<std::size_t>(size - done, std::size_t{1} << 30U);
        stream.next_out = reinterpret_cast<Bytef*>(to + done);
        stream.avail_out = static_cast<uInt>(piece);
        const int state = inflate(&stream, Z_NO_FLUSH);
        done += piece - stream.avail_out;
        if (state == Z_STREAM_END) {
            inflater_->member_ended = true;
        } else if (state != Z_OK && state != Z_BUF_ERROR) {
            fail("CannotOpen",
                 std::string("the gzipped file is damaged: ") +
                     (stream.msg == nullptr ? "unknown reason" : stream.msg),
                 input_.path());
        }
    }
    return done;
}

std::size_t end_of_records(std::string_view text, RecordForm form) {
    if (!form.quotes) {
        const std::size_t last = text.rfind('\n');
        return last == std::string_view::npos ? 0 : last + 1;
    }
    std::size_t end = 0;
    const auto look_in = [&](std::size_t begin, std::size_t behind) {  // outside of quotes
        const std::size_t last = text.substr(begin, behind - begin).rfind('\n');
        if (last != std::string_view::npos) end = begin + last + 1;
    };
    std::size_t outside = 0;
    std::size_t at = 0;
    while ((at = text.find('"', at)) != std::string_view::npos) {
        const bool opens = at == 0 || text[at - 1] == form.delimiter || text[at - 1] == '\n';
        if (!opens) {
            ++at;
            continue;
        }
        look_in(outside, at);
        do {  // to the closing quote; two quotes are one that is meant
            at = text.find('"', at + 1);
            if (at == std::string_view::npos) return end;
            ++at;
        } while (at < text.size() && text[at] == '"');
        outside = at;
    }
    look_in(outside, text.size());
    return end;
}

BlockReader::BlockReader(const Input& input, RecordForm form, std::size_t block_size)
    : input_(input), stream_(input), form_(form), block_size_(block_size) {}

bool BlockReader::next(Block& block) {
    if (at_end_ && rest_.empty()) return false;
    std::size_t wanted = block_size_;
    block.bytes.resize(std::max(block.bytes.size(), std::max(wanted, rest_.size()) + Block::padding));
    std::size_t size = rest_.size();
    std::copy_n(rest_.data(), size, block.bytes.data());
    rest_.clear();
    for (;;) {
        if (!at_end_) {
            while (wanted <= size) wanted *= 2;
            block.bytes.resize(std::max(block.bytes.size(), wanted + Block::padding));
            const std::size_t got = stream_.read(block.bytes.data() + size, wanted - size);
            at_end_ = got < wanted - size;
            size += got;
        }
        std::size_t end = 0;
        if (at_end_) {
            if (size > 0 && block.bytes[size - 1] != '\n') block.bytes[size++] = '\n';
            end = size;
        } else {
            end = end_of_records({block.bytes.data(), size}, form_);
        }
        if (end == 0 && !at_end_) {
            if (size < longest_record) continue;
            fail("BadRecord", "a record is longer than 256 MiB: a quote that was opened is never closed",
                 input_.path());
        }
        rest_.assign(block.bytes.data() + end, block.bytes.data() + size);
        block.size = end;
        block.index = index_++;
        return end > 0;
    }
}

}  // namespace islet::importing
