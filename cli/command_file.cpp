// `islet check` and `islet compact`: the care of graph files.
#include <filesystem>
#include <ostream>

#include "commands.hpp"
#include "islet/file.hpp"

namespace islet::cli {

namespace {

std::string counted(std::uint64_t count, const std::string& what) {
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

}  // namespace

ExitCode check_graph(const FileCheckArguments& arguments, const Streams& streams) {
    std::error_code ignored;
    if (std::filesystem::is_directory(arguments.path, ignored)) return check({arguments.path}, streams);
    FileReport report;
    try {
        report = check_file(arguments.path);
    } catch (const Exception& exception) {
        show(exception.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    for (const FileFault& fault : report.faults)
        streams.out << arguments.path << ": " << fault.where << ": " << fault.what << '\n';
    for (const std::string& note : report.notes) streams.err << "note: " << note << '\n';
    if (!report.faults.empty()) {
        streams.err << counted(report.faults.size(), "fault") << '\n';
        return ExitCode::failed;
    }
    streams.out << arguments.path << " has no faults: " << counted(report.nodes, "node") << ", "
                << counted(report.relationships, "relationship") << ", "
                << counted(report.logged_commits, "commit") << " in its log, generation " << report.generation
                << " of graph " << report.uuid << '\n';
    return ExitCode::fine;
}

ExitCode compact(const CompactArguments& arguments, const Streams& streams) {
    try {
        const CompactReport report = compact_file(arguments.path);
        streams.out << arguments.path << ": " << report.bytes_before << " bytes before, "
                    << report.bytes_after << " after\n";
        return ExitCode::fine;
    } catch (const Exception& exception) {
        show(exception.error(), {}, streams);
        return ExitCode::cannot_open;
    }
}

}  // namespace islet::cli
