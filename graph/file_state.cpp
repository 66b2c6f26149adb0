#include "file_state.hpp"

#include <chrono>
#include <thread>

#include "delta.hpp"
#include "file_operations.hpp"

namespace islet {

FileState::FileState(std::string path, Verify verify)
    : path_(std::move(path)), log_path_(log_path_of(path_)), verify_(verify) {
    load();
}

void FileState::load() {
    // A writer may rename its next generation over the file between two looks.
    constexpr int most_tries = 20;
    for (int i = 0; i < most_tries; ++i) {
        if (auto loaded = try_load()) {
            now_ = std::move(*loaded);
            broken_off_ = false;
            snapshot_ = Snapshot(now_.base.base, now_.delta);
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(i));
    }
    throw cannot_open(path_, "it is replaced faster than it can be read");
}

/// None where another file stands at the path by now.
std::optional<FileState::Loaded> FileState::try_load() const {
    Loaded fresh;
    fresh.base = open_base_file(path_, verify_);
    fresh.delta = std::make_shared<const Delta>(*fresh.base.base);
    // The log of an old generation is removed after the new file stands in its place. So if the file is
    // still the same after the log was read, or was found missing, they belong together.
    const auto unchanged = [&] {
        const auto now = identity_of(path_);
        return now == fresh.base.identity;
    };
    try {
        open_log(fresh);
        read_log(fresh);
    } catch (const Exception&) {
        if (unchanged()) throw;
        return std::nullopt;
    }
    if (!unchanged()) return std::nullopt;
    return fresh;
}

void FileState::open_log(Loaded& into) const {
    try {
        Descriptor file = open_for_reading(log_path_);
        if (!file) return;
        into.log_identity = identity_of(file);
        LogReader log(std::move(file));
        const LogHeader& header = log.header();
        const FileHeader& base = into.base.header;
        if (header.uuid != base.uuid) {
            throw cannot_open(path_, "the log beside it belongs to another graph",
                              "move '" + log_path_ + "' to where it belongs");
        }
        if (header.generation < base.generation) return;
        if (header.generation > base.generation) {
            throw cannot_open(
                path_, "the log beside it is newer than the file",
                "was an older copy put in its place? '" + log_path_ + "' continues the newer one");
        }
        if (header.base_checksum != base.checksum) {
            throw cannot_open(path_, "the log beside it belongs to another copy of this graph",
                              "move '" + log_path_ + "' to where it belongs");
        }
        into.log.emplace(std::move(log));
    } catch (const FormatError& error) {
        throw damaged(log_path_, "header", error.what());
    } catch (const std::system_error& error) {
        throw cannot_open(log_path_, error.code().message());
    }
}

bool FileState::read_log(Loaded& into) const {
    if (!into.log) return false;
    LogReader& log = *into.log;
    std::shared_ptr<Delta> delta;
    std::uint64_t at = 0;
    try {
        for (int patience = 2;;) {
            at = log.position().offset;
            if (const auto record = log.next()) {
                if (record->header.kind != RecordKind::commit) continue;
                if (!delta) {
                    delta = std::make_shared<Delta>(*into.delta);
                    ++delta->epoch;
                }
                apply_operations(record->operations, into.base.base, delta);
                continue;
            }
            if (!log.is_damaged()) break;
            // A writer may have been at that very record when it was read here: then, as what
            // acknowledges it is there now, so is all of it.
            if (--patience == 0) throw FormatError("its checksum is wrong, and it is no unfinished commit");
        }
    } catch (const FormatError& error) {
        throw damaged(log_path_, "record at byte " + std::to_string(at), error.what());
    } catch (const std::system_error& error) {
        throw cannot_open(log_path_, error.code().message());
    }
    if (!delta) return false;
    into.delta = std::move(delta);
    return true;
}

bool FileState::refresh() {
    try {
        // The log first: should the file be replaced between the looks, that is seen, and all is read anew.
        const auto log_then = identity_of(log_path_);
        const auto base_then = identity_of(path_);
        if (!base_then) throw cannot_open(path_, "the file is no longer there");
        if (!broken_off_ && *base_then == now_.base.identity) {
            if (log_then == now_.log_identity) return false;
            const bool grown = now_.log && log_then && now_.log_identity &&
                               log_then->same_file(*now_.log_identity) && now_.log->still_holds();
            if (grown) {
                broken_off_ = true;
                const bool more = read_log(now_);
                now_.log_identity = log_then;
                broken_off_ = false;
                if (more) snapshot_ = Snapshot(now_.base.base, now_.delta);
                return more;
            }
        }
    } catch (const std::system_error& error) {
        throw cannot_open(path_, error.code().message());
    }
    load();
    return true;
}

bool FileState::has_torn_tail() const {
    return now_.log && identity_of(now_.log->file()).size > now_.log->position().offset;
}

}  // namespace islet
