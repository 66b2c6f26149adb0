#include "output.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace islet::cli {

DescriptorBuffer::DescriptorBuffer(int descriptor) : descriptor_(descriptor) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
    if (!drain()) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) {
        *pptr() = traits_type::to_char_type(c);
        pbump(1);
    }
    return traits_type::not_eof(c);
}

int DescriptorBuffer::sync() {
    return drain() ? 0 : -1;
}

bool DescriptorBuffer::drain() {
    const char* from = pbase();
    while (from != pptr() && error_ == 0 && !broken_ && !stopped_) {
        const ssize_t written = ::write(descriptor_, from, static_cast<std::size_t>(pptr() - from));
        if (written >= 0) {
            from += written;
        } else if (errno == EPIPE) {
            broken_ = true;
        } else if (errno != EINTR) {
            error_ = errno;
        }
    }
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return error_ == 0 && !broken_ && !stopped_;
}

std::string Output::failure() const {
    return buffer_.error() == 0 ? std::string() : std::generic_category().message(buffer_.error());
}

}  // namespace islet::cli
