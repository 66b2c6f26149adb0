// Graphs that live in files: `.islet` files, mapped and used where they lie, with a log beside them
// that holds what was committed since the file was written. See docs/formats.md.
//
//   islet::Graph graph = islet::open_graph("drugs.islet");
//   islet::Transaction transaction(graph);
//   …
//   transaction.commit();          // returns when it is on the disk
//
// One process writes at a time, any number read; a reader sees the last commit after Graph::refresh().
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "islet/graph.hpp"

namespace islet {

enum class Access : std::uint8_t {
    read_write,  ///< the one writer, from opening on
    on_demand,   ///< reads, and becomes the one writer with the first transaction
    read_only,   ///< never writes anything, nor any file beside it; a transaction cannot write
};

struct OpenOptions {
    Access access = Access::read_write;
    bool create = false;  ///< an empty graph where there is no file; otherwise that is an error
    /// Compare the whole file with its checksums, which takes as long as reading it. Without, what a file
    /// of more than 8 MiB holds is compared where it is first read (see islet/sound.hpp), and opening
    /// takes milliseconds whatever its size.
    bool verify = false;
};

/// Opens a file and takes in the log beside it. Throws Exception: CannotOpen, DamagedFile (with the section's
/// name), or FileLocked (with the writer's process id).
Graph open_graph(const std::string& path, const OpenOptions& options = {});

/// Writes a snapshot as a new file, or with `replace` over the one that is there, whose readers go on with
/// what they had until they refresh. Either the whole file is there at the end, or what was there before.
/// Throws Exception.
void save_graph(const Snapshot& snapshot, const std::string& path, bool replace = false);

/// Something wrong with a file.
struct FileFault {
    std::string where;  ///< the section's name, or the log's record
    std::string what;
};

/// What check_file() found.
struct FileReport {
    std::vector<FileFault> faults;
    std::vector<std::string> notes;  ///< worth knowing, and no fault
    std::string uuid;
    std::uint64_t generation = 0;
    std::uint64_t bytes = 0;
    std::uint64_t logged_commits = 0;
    std::uint64_t nodes = 0;
    std::uint64_t relationships = 0;
};

/// Verifies every checksum of a file and its log, and everything that must hold between sections: order, both
/// directions of each relationship, ids in range, the dictionary, counts. Reads all of it, and changes
/// nothing. A file that passes gives right answers. Throws Exception only where the file cannot be read at
/// all.
FileReport check_file(const std::string& path);

/// What compact_file() did.
struct CompactReport {
    std::uint64_t bytes_before = 0;  ///< of the file and its log
    std::uint64_t bytes_after = 0;
};

/// Takes the log into the file, and leaves behind what no longer is in use. Throws as open_graph() does.
CompactReport compact_file(const std::string& path);

}  // namespace islet
