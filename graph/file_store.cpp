#include "file_store.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <random>

#include "file_writer.hpp"

namespace islet {

namespace {

Error failure(std::string code, std::string detail, std::string message, std::string hint) {
    return {.code = std::move(code),
            .kind = "DatabaseError",
            .phase = "runtime",
            .detail = std::move(detail),
            .message = std::move(message),
            .span = {},
            .hint = std::move(hint),
            .place = {}};
}

Exception not_kept(const std::string& path, const std::error_code& error) {
    const bool full = error.value() == ENOSPC || error.value() == EDQUOT || error.value() == EFBIG;
    return Exception(failure(full ? "53100" : "58030", full ? "DiskFull" : "WriteFailed",
                             "nothing was committed: '" + path + "' cannot be written: " + error.message(),
                             full ? "make room; what was committed before is safe" : ""));
}

Exception not_writable(const std::string& path, const std::string& why) {
    return Exception(failure("25006", "ReadOnlyFile", "'" + path + "' cannot be written to: " + why,
                             "open it where it can be written, or copy it"));
}

std::string real_path(const std::string& path) {
    // The file itself is replaced and has a log beside it, not a link that leads to it.
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::weakly_canonical(path, failed);
    return failed ? path : real.string();
}

std::string aside(const std::string& path) {
    return path + "-new";
}

/// Writes the file aside, and puts it in its place for good.
FileHeader put_base(FileSystem& files, const std::string& path, const Base& base, const Uuid& uuid,
                    std::uint64_t generation) {
    FileHeader header;
    try {
        header = write_base(files, aside(path), path, base, uuid, generation);
        files.rename(aside(path), path);
    } catch (...) {
        try {
            files.remove(aside(path));
        } catch (const std::system_error&) {  // the next one takes its place
        }
        throw;
    }
    return header;
}

/// For opening, so that the file is there to be read.
const std::string& made_if_asked(const std::string& path, const OpenOptions& options, FileSystem& files) {
    if (!options.create || options.access == Access::read_only) return path;
    try {
        if (identity_of(path)) return path;
        const WriterLock lock(path);
        if (identity_of(path)) return path;
        put_base(files, path, *empty_base(), random_uuid(), 1);
        files.sync_folder_of(path);
    } catch (const std::system_error& error) {
        throw cannot_open(path, "it cannot be made: " + error.code().message());
    }
    return path;
}

}  // namespace

FileStore::FileStore(const std::string& path, const OpenOptions& options, std::shared_ptr<FileSystem> files)
    : path_(real_path(path)),
      log_path_(log_path_of(path_)),
      options_(options),
      files_(std::move(files)),
      state_(made_if_asked(path_, options, *files_), options.verify ? Verify::all : Verify::quick) {
    published_ = tip_ = state_.snapshot();
    if (options_.access == Access::read_write) become_writer();
}

FileStore::~FileStore() {
    try {
        close();
    } catch (...) {  // every commit is in the log
    }
}

Snapshot FileStore::snapshot() const {
    const std::lock_guard lock(mutex_);
    return published_;
}

void FileStore::refresh() {
    {
        const std::lock_guard lock(mutex_);
        if (writer_) return;  // nobody else writes
    }
    const std::lock_guard loading(loading_);
    if (lock_ || !state_.refresh()) return;
    Snapshot fresh = state_.snapshot();
    const std::lock_guard lock(mutex_);
    tip_ = fresh;
    std::swap(published_, fresh);
}

void FileStore::become_writer() {
    const std::lock_guard loading(loading_);
    struct stat found {};
    if (::stat(path_.c_str(), &found) == 0 && (found.st_mode & 0222U) == 0)
        throw not_writable(path_, "its permissions allow only reading");
    lock_.emplace(path_);
    try {
        state_.refresh();
        const LogReader* log = state_.log();
        // A writer that vanished may have left a commit that it could not sync. What is shown and built on
        // must stay: so it is synced now.
        if (log != nullptr && log->position().commits != log->position().acknowledged)
            files_->open(log_path_)->sync();
    } catch (const std::system_error& error) {
        lock_.reset();
        throw cannot_open(path_, "its log cannot be synced: " + error.code().message(),
                          "open it to read only");
    } catch (...) {
        lock_.reset();
        throw;
    }
    const std::lock_guard lock(mutex_);
    writer_ = true;
    published_ = tip_ = state_.snapshot();
    log_is_there_ = state_.log() != nullptr;
    if (log_is_there_) {
        log_header_ = state_.log()->header();
        position_ = state_.log()->position();
        position_.acknowledged = position_.commits;
        durable_position_ = position_;
        tail_is_torn_ = state_.has_torn_tail();
    }
}

FileStore::Start FileStore::begin() {
    if (options_.access == Access::read_only) {
        refresh();
        return {snapshot(), 0, false};
    }
    if (!lock_) become_writer();
    const std::lock_guard lock(mutex_);
    return {tip_, epoch_, true};
}

void FileStore::require_unbroken() const {
    if (broken_.empty()) return;
    throw Exception(
        failure("58030", "WriteFailed", "nothing was committed: " + broken_, "open the file again to go on"));
}

FileStore::Ticket FileStore::append(Bytes operations, const Snapshot& after, std::uint64_t epoch) {
    const std::lock_guard lock(mutex_);
    require_unbroken();
    if (epoch != epoch_) {
        throw Exception(failure("40000", "TransactionLost",
                                "nothing was committed: the transaction built on one that could not be kept",
                                "run it again"));
    }
    try {
        ensure_log();
    } catch (const std::system_error& error) {
        throw not_kept(log_path_, error.code());
    }
    LogPosition end = position_;
    const std::vector<std::byte> record = encode_record(log_header_, RecordKind::commit, operations, end);
    try {
        log_->write_at(position_.offset, record);
    } catch (const std::system_error& error) {
        try {
            log_->truncate(position_.offset);
        } catch (const std::system_error&) {
            tail_is_torn_ = true;  // it is cut before the next commit
        }
        throw not_kept(log_path_, error.code());
    }
    position_ = end;
    pending_.push_back({++appended_, after, end});
    tip_ = after;
    return appended_;
}

void FileStore::ensure_log() {
    if (!log_) {
        if (!log_is_there_) make_log();
        log_ = files_->open(log_path_);
    }
    if (tail_is_torn_) log_->truncate(position_.offset);
    tail_is_torn_ = false;
}

void FileStore::make_log() {
    LogHeader header;
    header.uuid = state_.header().uuid;
    header.generation = state_.header().generation;
    header.base_checksum = state_.header().checksum;
    std::random_device device;
    header.nonce = (std::uint64_t{device()} << 32U) | device();
    const std::vector<std::byte> bytes = encode(header);
    {
        const auto file = files_->create(aside(log_path_), path_);
        file->write_at(0, bytes);
        file->sync();
    }
    files_->rename(aside(log_path_), log_path_);
    files_->sync_folder_of(log_path_);
    log_header_ = header;
    position_ = {};
    position_.previous = header.checksum;
    durable_position_ = position_;
    log_is_there_ = true;
}

bool FileStore::is_lost(Ticket ticket) const {
    return std::any_of(lost_.begin(), lost_.end(), [ticket](const auto& range) {
        return range.first <= ticket && ticket <= range.second;
    });
}

void FileStore::wait(Ticket ticket) {
    Lock lock(mutex_);
    while (durable_ < ticket && !is_lost(ticket)) {
        if (syncing_) {
            changed_.wait(lock);
        } else {
            sync(lock);
        }
    }
    if (!is_lost(ticket)) return;
    if (!broken_.empty()) {
        throw Exception(failure("40003", "OutcomeUnknown", "the commit may be lost: " + broken_,
                                "open the file again: it then holds all of the commit or nothing"));
    }
    throw Exception(failure("58030", "WriteFailed",
                            "nothing was committed: '" + log_path_ + "' could not be synced", "try again"));
}

void FileStore::sync(Lock& lock) {
    if (pending_.empty()) return;
    const Ticket last = pending_.back().ticket;
    WritableFile& log = *log_;
    syncing_ = true;
    lock.unlock();
    bool synced = true;
    try {
        log.sync();
    } catch (const std::system_error&) {
        synced = false;
    }
    lock.lock();
    syncing_ = false;
    Snapshot old;  // destroyed after the lock is released
    if (synced) {
        while (!pending_.empty() && pending_.front().ticket <= last) {
            durable_position_ = pending_.front().end;
            old = std::exchange(published_, std::move(pending_.front().after));
            pending_.pop_front();
        }
        durable_ = last;
        acknowledge();
    } else {
        cut_back();
    }
    changed_.notify_all();
    lock.unlock();
    old = Snapshot();
    lock.lock();
}

/// Says in the log what is on the medium, so that a later look at it tells damage from an unfinished commit.
void FileStore::acknowledge() {
    LogPosition end = position_;
    end.acknowledged = durable_position_.commits;
    const std::vector<std::byte> record = encode_record(log_header_, RecordKind::acknowledgement, {}, end);
    position_.acknowledged = end.acknowledged;
    try {
        log_->write_at(position_.offset, record);
        position_ = end;
        if (pending_.empty()) durable_position_ = end;
    } catch (const std::system_error&) {  // the next commit takes its place
    }
}

void FileStore::cut_back() {
    lost_.emplace_back(pending_.front().ticket, pending_.back().ticket);
    pending_.clear();
    tip_ = published_;
    ++epoch_;
    position_ = durable_position_;
    try {
        log_->truncate(position_.offset);
        log_->sync();
    } catch (const std::system_error& error) {
        broken_ = "'" + log_path_ + "' could neither be synced nor cut: " + error.code().message();
    }
}

/// All that was appended is on the medium or lost afterwards.
void FileStore::wait_for_all(Lock& lock) {
    while (syncing_ || !pending_.empty()) {
        if (syncing_) {
            changed_.wait(lock);
        } else {
            sync(lock);
        }
    }
}

bool FileStore::checkpoint_due() const {
    const std::lock_guard lock(mutex_);
    const std::uint64_t writes = tip_.delta_->writes;
    return broken_.empty() && writes > fold_limit(*tip_.base_) && writes >= retry_at_;
}

void FileStore::checkpoint() {
    const std::lock_guard loading(loading_);
    Lock lock(mutex_);
    require_unbroken();
    wait_for_all(lock);
    require_unbroken();
    const Snapshot all = published_;
    lock.unlock();

    bool in_place = false;
    std::string why;
    try {
        put_base(*files_, path_, *fold(*all.base_, *all.delta_), state_.header().uuid,
                 state_.header().generation + 1);
        in_place = true;
        files_->sync_folder_of(path_);
        // From here on the log's commits are in the file, whatever happens.
        state_.refresh();
    } catch (const std::system_error& error) {
        why = error.code().message();
    } catch (const Exception& error) {
        why = error.error().message;
    }
    lock.lock();
    if (!why.empty()) {
        retry_at_ = all.delta_->writes + fold_limit(*all.base_) / 4;
        // The file is of the next generation, the log continues the old one, and a power failure may bring
        // back either: no commit has a place that is safe.
        if (in_place) broken_ = "the checkpoint of '" + path_ + "' failed: " + why;
        throw Exception(
            failure("58030", "WriteFailed", "the checkpoint of '" + path_ + "' failed: " + why, ""));
    }
    log_.reset();
    log_is_there_ = tail_is_torn_ = false;
    position_ = durable_position_ = {};
    retry_at_ = 0;
    tip_ = published_ = state_.snapshot();
    lock.unlock();
    try {
        files_->remove(log_path_);
    } catch (const std::system_error&) {  // it is known as old by its generation
    }
}

void FileStore::close() {
    if (!lock_) return;
    constexpr std::uint64_t cheap = std::uint64_t{1} << 18U;  ///< entries that are written in no time
    bool fold_now = false;
    {
        const std::lock_guard lock(mutex_);
        if (!broken_.empty() || !log_is_there_) return;
        const std::uint64_t writes = published_.delta_->writes;
        fold_now = position_.commits != 0 && published_.base_->size + writes <= cheap;
        if (!fold_now && log_) log_->sync();  // the last acknowledgement
    }
    if (fold_now) checkpoint();
}

std::shared_ptr<const Base> FileStore::base_of(const Snapshot& snapshot) {
    const bool as_it_is = snapshot.pristine() && !snapshot.delta_->catalog &&
                          snapshot.label_count() == snapshot.base_->labels.size() &&
                          snapshot.type_count() == snapshot.base_->types.size() &&
                          snapshot.key_count() == snapshot.base_->keys.size();
    return as_it_is ? snapshot.base_ : fold(*snapshot.base_, *snapshot.delta_);
}

void FileStore::save(const Snapshot& snapshot, const std::string& given_path, bool replace,
                     FileSystem& files) {
    const std::string path = real_path(given_path);
    try {
        const WriterLock lock(path);
        FileHeader header;
        header.uuid = random_uuid();
        header.generation = 0;
        if (identity_of(path)) {
            if (!replace) throw cannot_open(path, "there is a file already");
            // The next generation of the same graph: so a log that is left beside it is known as old.
            try {
                const OpenedBase old = read_base_file(path, Verify::quick, [](const auto&, const auto&) {});
                if (old.base) header = old.header;
            } catch (const Exception&) {  // it is replaced whatever it is
            }
        }
        if (header.generation == 0) files.remove(log_path_of(path));
        put_base(files, path, *base_of(snapshot), header.uuid, header.generation + 1);
        files.sync_folder_of(path);
        files.remove(log_path_of(path));
    } catch (const std::system_error& error) {
        const bool full = error.code().value() == ENOSPC || error.code().value() == EFBIG;
        throw Exception(failure(full ? "53100" : "58030", full ? "DiskFull" : "WriteFailed",
                                "'" + path + "' cannot be written: " + error.code().message(), ""));
    }
}

}  // namespace islet
