// One writer of a file, whatever the process.
#pragma once

#include <string>

#include "file_system.hpp"

namespace islet {

/// Held while this lives. The lock is that of the operating system on a file beside the graph's, so that it
/// ends with the process, however that ends; the file holds the holder's process id for others to name, and
/// is removed with the lock.
class WriterLock {
 public:
    /// Throws Exception: FileLocked, with the holder's process id, or CannotOpen where no such file can be
    /// made.
    explicit WriterLock(const std::string& graph_path);
    ~WriterLock();
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;

 private:
    std::string path_;
    Descriptor file_;
};

}  // namespace islet
