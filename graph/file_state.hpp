// One state of a file and its log as a snapshot, and how it follows what others write.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "delta.hpp"
#include "file_log.hpp"
#include "file_reader.hpp"

namespace islet {

/// Reads a file with its log. Not thread-safe.
class FileState {
 public:
    /// Throws Exception.
    FileState(std::string path, Verify verify);

    /// Takes in what was committed since. True if there was anything. Costs two calls of the operating system
    /// where there was not. Throws Exception; then the state is as it was.
    bool refresh();

    [[nodiscard]] const Snapshot& snapshot() const noexcept { return snapshot_; }
    [[nodiscard]] const FileHeader& header() const noexcept { return now_.base.header; }
    /// The log that continues the file; none where there is none yet, or only one of an earlier generation.
    [[nodiscard]] const LogReader* log() const noexcept { return now_.log ? &*now_.log : nullptr; }
    /// Whether behind the last whole record of the log there is something else.
    [[nodiscard]] bool has_torn_tail() const;

 private:
    struct Loaded {
        OpenedBase base;
        std::optional<LogReader> log;
        std::optional<FileIdentity> log_identity;  ///< when last looked at, also of a log that is ignored
        std::shared_ptr<const Delta> delta;
    };

    void load();
    [[nodiscard]] std::optional<Loaded> try_load() const;
    void open_log(Loaded& into) const;
    /// True if there was a commit.
    bool read_log(Loaded& into) const;

    std::string path_;
    std::string log_path_;
    Verify verify_;
    Loaded now_;
    bool broken_off_ = false;  ///< a refresh failed half-way: the next one reads all anew
    Snapshot snapshot_;
};

/// Beside a graph's file.
inline std::string log_path_of(const std::string& path) {
    return path + "-log";
}

}  // namespace islet
