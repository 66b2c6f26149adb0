// `islet dump`: the whole graph as text that loses nothing.
#include <filesystem>
#include <fstream>

#include "commands.hpp"
#include "islet/dump.hpp"

namespace islet::cli {

namespace {

void write(const Snapshot& snapshot, DumpFormat format, std::ostream& out) {
    format == DumpFormat::cypher ? write_dump_script(snapshot, out) : write_dump(snapshot, out);
}

}  // namespace

ExitCode dump(const DumpArguments& arguments, const Streams& streams) {
    auto base = open_base(arguments.base);
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    const Snapshot snapshot = base->database.snapshot();
    if (arguments.output == "-") {
        write(snapshot, arguments.format, streams.out);
        streams.out << std::flush;
        return ExitCode::fine;
    }
    // Aside first, so that a dump is never half a dump.
    const std::string aside = arguments.output + ".part";
    std::error_code failure;
    std::ofstream out(aside, std::ios::binary | std::ios::trunc);
    write(snapshot, arguments.format, out);
    out.close();
    if (out) std::filesystem::rename(aside, arguments.output, failure);
    if (!out || failure) {
        const std::string why = failure ? failure.message() : std::generic_category().message(errno);
        std::filesystem::remove(aside, failure);
        streams.err << "error: cannot write '" << arguments.output << "': " << why << '\n';
        return ExitCode::cannot_open;
    }
    if (streams.err_terminal.is_terminal) streams.err << "wrote " << arguments.output << '\n';
    return ExitCode::fine;
}

}  // namespace islet::cli
