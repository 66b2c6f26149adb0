// Standard output and files as streams that know why they failed.
#pragma once

#include <array>
#include <atomic>
#include <ostream>
#include <streambuf>
#include <string>

namespace islet::cli {

/// The buffer of an Output.
class DescriptorBuffer : public std::streambuf {
 public:
    explicit DescriptorBuffer(int descriptor);
    bool drain();
    [[nodiscard]] int error() const noexcept { return error_; }
    [[nodiscard]] bool broken() const noexcept { return broken_; }
    void set_stopped(bool stopped) noexcept { stopped_ = stopped; }

 protected:
    int_type overflow(int_type c) override;
    int sync() override;

 private:
    int descriptor_;
    int error_ = 0;  ///< errno of the first failure
    bool broken_ = false;
    std::atomic<bool> stopped_ = false;
    std::array<char, 1 << 16> buffer_{};
};

/// A stream onto a file descriptor, which it does not own. A reader that went away (EPIPE) is no
/// error: what follows is dropped and `broken()` says so, for the caller to stop early.
class Output : public std::ostream {
 public:
    explicit Output(int descriptor) : std::ostream(nullptr), buffer_(descriptor) { rdbuf(&buffer_); }
    ~Output() override { buffer_.drain(); }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    [[nodiscard]] bool broken() const noexcept { return buffer_.broken(); }
    /// Drops what is written from now on, until resume(). May be called from another thread.
    void stop() noexcept { buffer_.set_stopped(true); }
    void resume() {
        buffer_.set_stopped(false);
        if (!broken() && buffer_.error() == 0) clear();
    }
    /// Why writing failed, e.g. "No space left on device"; empty while it did not.
    [[nodiscard]] std::string failure() const;

 private:
    DescriptorBuffer buffer_;
};

}  // namespace islet::cli
