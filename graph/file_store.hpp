// A graph's file behind a Graph: what makes commits durable before they are published.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "file_lock.hpp"
#include "file_log.hpp"
#include "file_state.hpp"
#include "file_system.hpp"
#include "islet/file.hpp"
#include "islet/graph.hpp"

namespace islet {

/// Commits go through three steps, so that several can share one sync:
///
///   append   under the graph's writer lock: the record is written; the next transaction builds on it (tip)
///   wait     without that lock: the first to come syncs the log for all that were appended so far
///   publish  what is on the medium becomes what readers see
///
/// Should a sync fail, all commits since the last one that succeeded are cut off the log, their wait()
/// throws, and transactions that were built on them cannot commit.
///
/// A checkpoint folds base and delta into the next generation of the file. Only it folds, so that ids of
/// relationships mean the same as long as a log does.
///
/// Thread-safe, but for what says that it needs the writer lock.
class FileStore {
 public:
    /// Throws Exception.
    FileStore(const std::string& path, const OpenOptions& options, std::shared_ptr<FileSystem> files);
    /// Ends waiting commits' chance to fail: there are none. Takes a short log into a small file.
    ~FileStore();
    FileStore(const FileStore&) = delete;
    FileStore& operator=(const FileStore&) = delete;

    /// The last published state.
    [[nodiscard]] Snapshot snapshot() const;
    /// Publishes what other processes committed. Throws Exception.
    void refresh();

    /// Where a transaction starts.
    struct Start {
        Snapshot tip;
        std::uint64_t epoch = 0;  ///< of failures: a later one means that the tip is void
        bool writable = true;
    };
    /// Becomes the writer if need be. Throws Exception. Needs the writer lock.
    Start begin();

    using Ticket = std::uint64_t;
    /// Writes a commit that ends in `after`. Throws Exception, and then nothing was written. Needs the writer
    /// lock.
    Ticket append(Bytes operations, const Snapshot& after, std::uint64_t epoch);
    /// Returns when the commit is on the medium and published. Throws Exception where it was lost instead.
    void wait(Ticket ticket);

    /// Whether enough was written since the last checkpoint. Needs the writer lock.
    [[nodiscard]] bool checkpoint_due() const;
    /// Throws Exception where it failed; nothing is lost then. Needs the writer lock.
    void checkpoint();

    /// The snapshot as a base: its own where it says all, else one that its delta is folded into.
    static std::shared_ptr<const Base> base_of(const Snapshot& snapshot);
    /// Writes a snapshot as a file of its own; see save_graph().
    static void save(const Snapshot& snapshot, const std::string& path, bool replace, FileSystem& files);

 private:
    using Lock = std::unique_lock<std::mutex>;

    void become_writer();
    void ensure_log();
    void make_log();
    void acknowledge();
    void cut_back();
    void require_unbroken() const;
    [[nodiscard]] bool is_lost(Ticket ticket) const;
    void wait_for_all(Lock& lock);
    void sync(Lock& lock);
    void close();

    const std::string path_;
    const std::string log_path_;
    const OpenOptions options_;
    const std::shared_ptr<FileSystem> files_;

    std::mutex loading_;  ///< held to use state_
    FileState state_;
    std::optional<WriterLock> lock_;  ///< held by the writer to its end

    mutable std::mutex mutex_;  ///< held for all below, but not while syncing
    std::condition_variable changed_;
    bool writer_ = false;
    Snapshot published_;
    Snapshot tip_;  ///< published_ and the commits that wait
    std::uint64_t epoch_ = 0;
    std::string broken_;  ///< why nothing can be written any more

    struct Pending {
        Ticket ticket;
        Snapshot after;
        LogPosition end;
    };
    std::deque<Pending> pending_;
    Ticket appended_ = 0;
    Ticket durable_ = 0;
    std::vector<std::pair<Ticket, Ticket>> lost_;  ///< first and last of each time that a sync failed
    bool syncing_ = false;

    LogHeader log_header_;
    LogPosition position_;          ///< where the next record goes
    LogPosition durable_position_;  ///< behind the last commit on the medium
    bool log_is_there_ = false;     ///< of this generation
    bool tail_is_torn_ = false;
    std::unique_ptr<WritableFile> log_;  ///< made or opened with the first commit
    std::uint64_t retry_at_ = 0;  ///< after a checkpoint failed: the writes of the delta to try again at
};

}  // namespace islet
