#include "runner.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>

#include "islet/parser.hpp"
#include "pager.hpp"
#include "progress.hpp"

namespace islet::cli {

namespace {

/// Milliseconds, or seconds from one on, with as many digits as tell something.
std::string time_text(std::chrono::nanoseconds elapsed) {
    const double milliseconds = std::chrono::duration<double, std::milli>(elapsed).count();
    char buffer[32];
    if (milliseconds < 1000) {
        std::snprintf(buffer, sizeof buffer, "%.1f ms", milliseconds);
    } else {
        std::snprintf(buffer, sizeof buffer, "%.2f s", milliseconds / 1000);
    }
    return buffer;
}

std::string counted(std::int64_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

std::string summary(const Result& result) {
    std::string text =
        counted(static_cast<std::int64_t>(result.size()), "row") + ", " + time_text(result.elapsed());
    const WriteCounts& writes = result.writes();
    const auto add = [&](std::int64_t count, std::string_view what, std::string_view done) {
        if (count != 0) text += ", " + counted(count, what) + " " + std::string(done);
    };
    add(writes.nodes_created, "node", "created");
    add(writes.nodes_deleted, "node", "deleted");
    add(writes.relationships_created, "relationship", "created");
    add(writes.relationships_deleted, "relationship", "deleted");
    std::string_view property = writes.properties_set == 1 ? "property" : "properties";
    if (writes.properties_set != 0) {
        text += ", " + std::to_string(writes.properties_set) + " " + std::string(property) + " set";
    }
    add(writes.labels_added, "label", "added");
    add(writes.labels_removed, "label", "removed");
    return text;
}

bool for_people(Format format) {
    return format == Format::table || format == Format::vertical || format == Format::markdown;
}

/// A plan as rows, for the formats that hold nothing else.
Rows plan_rows(const std::string& plan, const Snapshot& snapshot) {
    Rows rows{{"plan"}, {}, snapshot};
    for (std::size_t at = 0; at < plan.size();) {
        const std::size_t end = std::min(plan.find('\n', at), plan.size());
        rows.values.emplace_back(std::string_view(plan).substr(at, end - at));
        at = end + 1;
    }
    return rows;
}

void write_plan(const std::string& plan, std::ostream& out) {
    out << plan;
    if (!plan.ends_with('\n')) out << '\n';
}

void write_result(const Result& result, const RunSettings& settings, const Layout& layout, std::ostream& out,
                  std::ostream& err) {
    const bool silent = result.columns().empty() && result.plan().empty();
    if (settings.separate && !silent && needs_blank_line_between(settings.format)) out << '\n';
    const bool only_plan = !result.plan().empty() && result.columns().empty();
    if (only_plan && !for_people(settings.format)) {
        write_rows(settings.format, plan_rows(result.plan(), result.snapshot()), layout, out);
        return;
    }
    write_rows(settings.format, rows_of(result), layout, out);
    if (!result.plan().empty()) write_plan(result.plan(), for_people(settings.format) ? out : err);
}

bool is_write(const ast::Clause& clause) {
    return std::holds_alternative<ast::Create>(clause) || std::holds_alternative<ast::Merge>(clause) ||
           std::holds_alternative<ast::Set>(clause) || std::holds_alternative<ast::Remove>(clause) ||
           std::holds_alternative<ast::Delete>(clause) || std::holds_alternative<ast::Foreach>(clause);
}

bool has_write(const ast::Query& query) {
    return std::any_of(query.parts.begin(), query.parts.end(), [](const ast::SingleQuery& part) {
        return std::any_of(part.clauses.begin(), part.clauses.end(), is_write);
    });
}

}  // namespace

bool writes(std::string_view text) {
    const parser::Parsed parsed = parser::parse(text);
    const auto* tree = std::get_if<ast::Ast>(&parsed);
    if (tree == nullptr || tree->mode == ast::Mode::explain) return false;
    return has_write(tree->root) || std::any_of(tree->queries.begin(), tree->queries.end(), has_write);
}

Layout layout_for(const RunSettings& settings, const Streams& streams, const std::ostream& out) {
    const Terminal& terminal = streams.out_terminal;
    if (&out != &streams.out || !terminal.is_terminal) return {};
    return {true, terminal.colour, terminal.width, settings.wrap, settings.vertical_too};
}

void show(const Error& error, std::string_view text, const Streams& streams) {
    streams.err << painted_message(render(error, text), streams.err_terminal.colour) << std::flush;
}

ExitCode exit_code_of(const Error& error) {
    if (error.detail == "Timeout") return ExitCode::timeout;
    if (error.detail == "Cancelled") return ExitCode::interrupted;
    return ExitCode::failed;
}

ExitCode run_statement(Session& session, std::string_view text, const RunSettings& settings,
                       const Streams& streams, std::ostream& out, std::optional<Result>* kept) {
    if (settings.read_only && writes(text)) {
        streams.err << painted_message("error 25006: the statement writes, and writing is switched off\n",
                                       streams.err_terminal.colour);
        return ExitCode::failed;
    }
    bool interrupted = false;
    auto result = [&] {
        const Interrupts::Guard guard(streams.interrupts, [&] { session.cancel(); });
        const Terminal nowhere;
        const Progress progress(streams.err, settings.progress ? streams.err_terminal : nowhere, "running");
        auto outcome = session.run(text, settings.parameters);
        interrupted = guard.interrupted();
        return outcome;
    }();
    if (!result) {
        show(result.error(), text, streams);
        return exit_code_of(result.error());
    }
    if (interrupted) {  // too late to cancel the query, not to leave its rows unwritten
        streams.err << "interrupted\n";
        return ExitCode::interrupted;
    }
    for (const Warning& warning : result->warnings()) {
        streams.err << painted_message(render(warning, text), streams.err_terminal.colour);
    }
    const Layout layout = layout_for(settings, streams, out);
    const ExitCode code = write_paged(settings, streams, out, [&](std::ostream& to) {
        write_result(*result, settings, layout, to, streams.err);
    });
    if (code == ExitCode::fine && settings.timer) {
        streams.err << painted(summary(*result), Paint::dim, streams.err_terminal.colour) << std::endl;
    }
    if (kept != nullptr) *kept = std::move(*result);
    return code;
}

ExitCode write_paged(const RunSettings& settings, const Streams& streams, std::ostream& out,
                     const std::function<void(std::ostream&)>& write) {
    const bool pageable = &out == &streams.out && streams.out_terminal.is_terminal;
    PagedOutput paged(out, streams.out_terminal, pageable ? settings.pager : std::string());
    bool interrupted = false;
    {
        // What a pager makes of Ctrl-C is its affair.
        const Interrupts::Guard guard(streams.interrupts, [&] {
            if (!paged.paging()) streams.out.stop();
        });
        write(paged);
        paged.finish();
        out.flush();
        interrupted = guard.interrupted() && !paged.paging();
    }
    if (!interrupted) return ExitCode::fine;
    streams.out.resume();
    streams.err << "interrupted\n";
    return ExitCode::interrupted;
}

}  // namespace islet::cli
