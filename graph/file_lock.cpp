#include "file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "file_format.hpp"

namespace islet {

namespace {

Exception locked(const std::string& graph_path, const Descriptor& lock) {
    const std::vector<std::byte> content = read_at(lock, 0, 32);
    const std::string text(reinterpret_cast<const char*>(content.data()), content.size());  // NOLINT(*-cast)
    const long holder = std::atol(text.c_str());
    std::string who = "another process";
    if (holder > 0) who = "process " + std::to_string(holder);
    if (holder == ::getpid()) who = "this process (" + std::to_string(holder) + ")";
    return Exception({.code = "08001",
                      .kind = "DatabaseError",
                      .phase = "runtime",
                      .detail = "FileLocked",
                      .message = "'" + graph_path + "' is open for writing in " + who,
                      .span = {},
                      .hint = "one process writes at a time; others can open it to read",
                      .place = {}});
}

}  // namespace

WriterLock::WriterLock(const std::string& graph_path) : path_(graph_path + "-lock") {
    for (;;) {
        file_ = Descriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (!file_) {
            const std::string why = std::generic_category().message(errno);
            throw cannot_open(graph_path, "it cannot be written to (" + why + ")", "open it to read only");
        }
        if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EINTR) continue;
            if (errno == EWOULDBLOCK) throw locked(graph_path, file_);
            const std::string why = std::generic_category().message(errno);
            throw cannot_open(graph_path, "it cannot be locked (" + why + ")");
        }
        // The holder before may have removed the file after it was opened here.
        const auto now = identity_of(path_);
        if (now && now->same_file(identity_of(file_))) break;
    }
    // Only to tell others who it is: no failure matters.
    const std::string content = std::to_string(::getpid()) + "\n";
    if (::ftruncate(file_.get(), 0) == 0) (void)!::pwrite(file_.get(), content.data(), content.size(), 0);
}

WriterLock::~WriterLock() {
    ::unlink(path_.c_str());
}

}  // namespace islet
