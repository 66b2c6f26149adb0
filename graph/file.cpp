#include "islet/file.hpp"

#include <algorithm>

#include "file_check.hpp"
#include "file_operations.hpp"
#include "file_store.hpp"

namespace islet {

Graph open_graph(const std::string& path, const OpenOptions& options) {
    return Graph(std::make_unique<FileStore>(path, options, real_file_system()));
}

void save_graph(const Snapshot& snapshot, const std::string& path, bool replace) {
    FileStore::save(snapshot, path, replace, *real_file_system());
}

CompactReport compact_file(const std::string& path) {
    const auto bytes = [&path] {
        const auto file = identity_of(path);
        const auto log = identity_of(log_path_of(path));
        return (file ? file->size : 0) + (log ? log->size : 0);
    };
    CompactReport report;
    FileStore store(path, {}, real_file_system());
    report.bytes_before = bytes();
    store.checkpoint();
    report.bytes_after = bytes();
    return report;
}

namespace {

/// The log by itself, and its operations on the base.
void check_log(const std::string& path, const OpenedBase& opened, FileReport& report) {
    Descriptor file = open_for_reading(log_path_of(path));
    if (!file) return;
    const auto fault = [&report](const std::string& where, const std::string& what) {
        report.faults.push_back({"log: " + where, what});
    };
    std::string where = "header";
    try {
        LogReader log(std::move(file));
        report.bytes += identity_of(log.file()).size;
        const LogHeader& header = log.header();
        if (header.uuid != opened.header.uuid) return fault(where, "the log belongs to another graph");
        if (header.generation < opened.header.generation) {
            report.notes.push_back("the log beside the file is an old one, whose commits the file holds");
            return;
        }
        if (header.generation > opened.header.generation || header.base_checksum != opened.header.checksum)
            return fault(where, "the log does not continue this file, but another copy of the graph");
        const auto delta = std::make_shared<Delta>(*opened.base);
        ++delta->epoch;
        for (;;) {
            where = "record at byte " + std::to_string(log.position().offset);
            const auto record = log.next();
            if (!record) break;
            if (record->header.kind == RecordKind::commit)
                apply_operations(record->operations, opened.base, delta);
        }
        report.logged_commits = log.position().commits;
        report.nodes = delta->node_count;
        report.relationships = delta->rel_count;
        const std::uint64_t rest = identity_of(log.file()).size - log.position().offset;
        if (log.is_damaged()) {
            fault(where, "its checksum is wrong, and it is no unfinished commit");
        } else if (rest != 0) {
            report.notes.push_back(
                "the last " + std::to_string(rest) +
                " bytes of the log are a commit that was not finished, and never reported as done");
        }
    } catch (const FormatError& error) {
        fault(where, error.what());
    }
}

/// What lies between the sections, and sections that nothing refers to.
void check_gaps(Bytes bytes, FileReport& report) {
    const FileHeader header = decode_header(bytes);
    std::uint64_t end = header_size + std::uint64_t{header.section_count} * table_entry_size;
    for (const Section& section : decode_table(bytes.subspan(header_size, end - header_size),
                                               header.section_count, header.file_size)) {
        const Bytes gap = bytes.subspan(end, section.offset - end);
        if (std::any_of(gap.begin(), gap.end(), [](std::byte b) { return b != std::byte{0}; }))
            report.faults.push_back(
                {"padding before " + section_name(section.kind, section.index), "it is not zero"});
        if (!is_known(section.kind))
            report.notes.push_back("there is a section that this Islet does not know: " +
                                   section_name(section.kind, section.index));
        end = section.offset + section.size;
    }
}

FileReport check_once(const std::string& path) {
    FileReport report;
    const auto fault = [&report](const std::string& where, const std::string& what) {
        report.faults.push_back({where, what});
    };
    try {
        const OpenedBase opened = read_base_file(path, Verify::pieces, fault);
        report.bytes = opened.identity.size;
        report.uuid = to_text(opened.header.uuid);
        report.generation = opened.header.generation;
        if (!opened.base) return report;
        const Base& base = *opened.base;
        check_gaps(opened.mapping->bytes(), report);
        report.nodes = base.alive.count;
        report.relationships = base.rel_bound;
        const TellFault tell = [&](SectionKind kind, std::uint32_t index, const std::string& what) {
            fault(section_name(kind, index), what);
        };
        // Where a checksum is wrong, all else that is wrong follows from it.
        if (!report.faults.empty()) return report;
        check_nodes(base, tell);
        check_adjacency(base, tell);
        check_texts(base, tell);
        check_columns(base, tell);
        if (report.faults.empty()) check_statistics(base, tell);
        // What a damaged base says of ids is not to be built on.
        if (report.faults.empty()) check_log(path, opened, report);
    } catch (const std::system_error& error) {
        throw cannot_open(path, error.code().message());
    }
    return report;
}

}  // namespace

FileReport check_file(const std::string& path) {
    // A file that is written to meanwhile may be replaced between two looks: then what is wrong may be
    // that they do not belong together.
    for (int patience = 5;; --patience) {
        const auto identities = [&path] {
            return std::pair(identity_of(path), identity_of(log_path_of(path)));
        };
        const auto before = identities();
        FileReport report = check_once(path);
        if (report.faults.empty() || patience == 0 || identities() == before) return report;
    }
}

}  // namespace islet
