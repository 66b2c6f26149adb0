// `islet import` and `islet restore`: a new graph file of other files.
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <sstream>

#include "commands.hpp"
#include "islet/dump.hpp"
#include "islet/file.hpp"
#include "islet/import.hpp"
#include "islet/parser.hpp"
#include "shell_input.hpp"

namespace islet::cli {

namespace {

std::string with_commas(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
    return text;
}

/// `3 nodes`, `1 node`
std::string counted(std::uint64_t number, std::string_view what) {
    return with_commas(number) + ' ' + std::string(what) + (number == 1 ? "" : "s");
}

/// One line on the terminal that is written over and over.
class ProgressLine {
 public:
    explicit ProgressLine(const Streams& streams) : streams_(streams) {}
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const ImportProgress& progress) {
        using namespace std::chrono_literals;
        if (!streams_.err_terminal.is_terminal) return;
        const auto now = std::chrono::steady_clock::now();
        if (now - shown_ < 100ms) return;
        shown_ = now;
        const std::uint64_t percent =
            progress.bytes_total == 0 ? 100 : progress.bytes_read * 100 / progress.bytes_total;
        std::ostringstream line;
        line << std::setw(3) << percent << " %  " << counted(progress.nodes, "node") << ", "
             << counted(progress.relationships, "relationship") << "  "
             << std::filesystem::path(progress.path).filename().string();
        const std::string text = line.str().substr(0, streams_.err_terminal.width - 1);
        streams_.err << '\r' << text << "\x1b[K" << std::flush;
        written_ = true;
    }
    void clear() {
        if (written_) streams_.err << "\r\x1b[K" << std::flush;
        written_ = false;
    }

 private:
    const Streams& streams_;
    std::chrono::steady_clock::time_point shown_;
    bool written_ = false;
};

/// What a run came to.
struct Outcome {
    ExitCode code = ExitCode::fine;
    Snapshot snapshot;
    std::uint64_t rejected = 0;
};

Error cannot_write(const std::string& path, const std::string& why) {
    return Error{
        "08001", "DatabaseError", "runtime", "CannotOpen", "cannot write '" + path + "': " + why, {}, {}, {}};
}

/// A bad record with the reason above it, for the file where they are set aside.
void set_aside(std::ostream& out, const RejectedRecord& record) {
    out << "# " << record.error.place << ": " << record.error.message << '\n' << record.text << '\n';
}

Outcome read_files(const ImportArguments& arguments, const Streams& streams) {
    std::ofstream bad;
    if (arguments.bad_records) {
        bad.open(*arguments.bad_records, std::ios::binary | std::ios::trunc);
        if (!bad) {
            show(cannot_write(*arguments.bad_records, "it cannot be made"), {}, streams);
            return {ExitCode::cannot_open, {}, 0};
        }
    }
    ProgressLine line(streams);
    std::atomic<bool> cancelled = false;
    const Interrupts::Guard guard(streams.interrupts, [&] { cancelled = true; });
    ImportOptions options;
    options.delimiter = arguments.delimiter;
    options.list_delimiter = arguments.list_delimiter;
    options.infer_types = arguments.infer_types;
    options.threads = arguments.threads;
    options.progress = [&](const ImportProgress& progress) {
        line.show(progress);
        return !cancelled;
    };
    if (bad.is_open()) options.reject = [&](const RejectedRecord& record) { set_aside(bad, record); };
    auto imported = import_graph(arguments.sources, options);
    line.clear();
    if (!imported) {
        if (cancelled) return {ExitCode::interrupted, {}, 0};
        Error error = imported.error();
        if (error.detail == "BadRecord" && !bad.is_open() && error.hint.empty()) {
            error.hint = "--skip-bad FILE sets bad records aside and goes on";
        }
        show(error, {}, streams);
        return {error.detail == "CannotOpen" ? ExitCode::cannot_open : ExitCode::failed, {}, 0};
    }
    bad.close();
    if (arguments.bad_records && !bad) {
        show(cannot_write(*arguments.bad_records, "writing failed"), {}, streams);
        return {ExitCode::failed, {}, 0};
    }
    return {ExitCode::fine, std::move(imported->snapshot), imported->rejected};
}

/// Runs a script on an empty graph.
Outcome run_script(const ImportArguments& arguments, const Streams& streams) {
    const std::string& path = arguments.sources.front().path;
    std::string text;
    if (path == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream file(path, std::ios::binary);
        if (!file) {
            streams.err << "error: cannot read '" << path << "'\n";
            return {ExitCode::cannot_open, {}, 0};
        }
        text.assign(std::istreambuf_iterator<char>(file), {});
    }
    Database database;
    Session session = database.session();
    session.set_limits({std::chrono::milliseconds(0), 0});
    const Interrupts::Guard guard(streams.interrupts, [&] { session.cancel(); });
    for (const parser::Statement& statement : parser::split(text).statements) {
        if (trimmed(statement.text).empty()) continue;
        const auto result = session.run(statement.text);
        if (result) continue;
        const auto line =
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(statement.offset), '\n') + 1;
        streams.err << "in the statement that begins on line " << line << " of " << path << ":\n";
        show(result.error(), statement.text, streams);
        return {exit_code_of(result.error()), {}, 0};
    }
    // Last, since a schema may not allow for the marks that a script sets on the way.
    try {
        if (const auto catalog = catalog_of_script(text)) {
            Transaction transaction(database.graph());
            transaction.set_catalog(*catalog);
            transaction.commit();
        }
    } catch (const Exception& failure) {
        show(failure.error(), {}, streams);
        return {ExitCode::failed, {}, 0};
    }
    return {ExitCode::fine, database.snapshot(), 0};
}

}  // namespace

ExitCode import_files(const ImportArguments& arguments, const Streams& streams) {
    std::error_code ignored;
    if (!arguments.replace && std::filesystem::exists(arguments.output, ignored)) {
        Error error = cannot_write(arguments.output, "there is a file of that name");
        error.hint = "--replace puts the new graph in its place";
        show(error, {}, streams);
        return ExitCode::cannot_open;
    }
    const auto begin = std::chrono::steady_clock::now();
    const Outcome outcome =
        arguments.script ? run_script(arguments, streams) : read_files(arguments, streams);
    if (outcome.code != ExitCode::fine) return outcome.code;
    try {
        save_graph(outcome.snapshot, arguments.output, arguments.replace);
    } catch (const Exception& failure) {
        show(failure.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    if (streams.err_terminal.is_terminal)
        streams.err << "wrote " << arguments.output << ": " << counted(outcome.snapshot.node_count(), "node")
                    << ", " << counted(outcome.snapshot.rel_count(), "relationship") << ", " << std::fixed
                    << std::setprecision(2) << elapsed.count() << " s\n";
    if (outcome.rejected > 0) {
        streams.err << painted_message("warning: " + counted(outcome.rejected, "bad record") +
                                           " set aside in " + *arguments.bad_records + "\n",
                                       streams.err_terminal.colour);
    }
    return ExitCode::fine;
}

}  // namespace islet::cli
