// Which source is what, and the order in which they are read.
#include "islet/import.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <variant>

#include "delta.hpp"
#include "import_run.hpp"
#include "import_table.hpp"
#include "islet/constraints.hpp"

namespace islet {

namespace importing {

namespace {

constexpr std::array<std::string_view, 6> format_names{"csv",     "jsonl",    "json",
                                                       "graphml", "ntriples", "turtle"};

struct Ending {
    std::string_view ending;
    ImportFormat format;
};
constexpr std::array<Ending, 11> endings{{{".csv", ImportFormat::csv},
                                          {".tsv", ImportFormat::csv},
                                          {".tab", ImportFormat::csv},
                                          {".jsonl", ImportFormat::jsonl},
                                          {".ndjson", ImportFormat::jsonl},
                                          {".json", ImportFormat::json},
                                          {".graphml", ImportFormat::graphml},
                                          {".xml", ImportFormat::graphml},
                                          {".nt", ImportFormat::ntriples},
                                          {".ttl", ImportFormat::turtle},
                                          {".turtle", ImportFormat::turtle}}};

ImportFormat format_of_name(std::string path) {
    std::transform(path.begin(), path.end(), path.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (path.ends_with(".gz")) path.resize(path.size() - 3);
    for (const Ending& known : endings) {
        if (path.ends_with(known.ending)) return known.format;
    }
    return ImportFormat::automatic;
}

/// By how the file begins.
ImportFormat format_of_content(const Input& input) {
    std::array<char, 4096> buffer{};
    ByteStream stream(input);
    std::string_view text(buffer.data(), stream.read(buffer.data(), buffer.size()));
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return ImportFormat::csv;
    text.remove_prefix(begin);
    const std::string_view line = text.substr(0, text.find('\n'));
    if (text.front() == '{') {
        const bool whole =
            line.size() < text.size() && line.find_last_of('}') != std::string_view::npos &&
            line.find_first_not_of(" \r", line.find_last_of('}') + 1) == std::string_view::npos;
        return whole ? ImportFormat::jsonl : ImportFormat::json;
    }
    if (text.starts_with("<?xml") || text.starts_with("<graphml")) return ImportFormat::graphml;
    if (text.starts_with("@prefix") || text.starts_with("@base") || text.starts_with("PREFIX")) {
        return ImportFormat::turtle;
    }
    if (text.starts_with("<") || text.starts_with("_:")) return ImportFormat::ntriples;
    return ImportFormat::csv;
}

/// A folder stands for the tables in it, in order of their names.
std::vector<ImportSource> expanded(std::span<const ImportSource> sources) {
    std::vector<ImportSource> result;
    for (const ImportSource& source : sources) {
        std::error_code failure;
        if (!std::filesystem::is_directory(source.path, failure)) {
            result.push_back(source);
            continue;
        }
        std::vector<std::string> tables;
        for (const auto& entry : std::filesystem::directory_iterator(source.path, failure)) {
            const std::string path = entry.path().string();
            if (entry.is_regular_file() && format_of_name(path) == ImportFormat::csv) tables.push_back(path);
        }
        if (failure)
            fail("CannotOpen", "cannot read '" + source.path + "': " + failure.message(), source.path);
        if (tables.empty()) {
            fail("CannotOpen", "the folder '" + source.path + "' holds no tables", source.path,
                 "tables end in .csv, .tsv, .csv.gz or .tsv.gz; name other files by themselves");
        }
        std::sort(tables.begin(), tables.end());
        for (std::string& table : tables) result.push_back({std::move(table), source.name, source.format});
    }
    return result;
}

/// Everything that is to be read, in order. Inputs are at fixed places, since tables point at them.
struct Plan {
    std::vector<Input> inputs;
    std::vector<Table> node_tables;
    std::vector<std::pair<const Input*, ImportFormat>> others;
    std::vector<Table> relationship_tables;
    std::uint64_t bytes = 0;
};

Plan plan_of(std::span<const ImportSource> given, const ImportOptions& options) {
    const std::vector<ImportSource> sources = expanded(given);
    Plan plan;
    plan.inputs.reserve(sources.size());
    for (const ImportSource& source : sources) {
        const Input& input = plan.inputs.emplace_back(source.path);
        plan.bytes += input.size();
        ImportFormat format = source.format;
        if (format == ImportFormat::automatic) format = format_of_name(source.path);
        if (format == ImportFormat::automatic) format = format_of_content(input);
        if (format != ImportFormat::csv) {
            plan.others.emplace_back(&input, format);
            continue;
        }
        Table table = read_header(input, source.name, options);
        (table.of_relationships ? plan.relationship_tables : plan.node_tables).push_back(std::move(table));
    }
    return plan;
}

/// No value where everything is to be read again, since a column's type was known too late.
std::optional<Imported> attempt(Plan& plan, const ImportOptions& options, bool first) {
    Run run{.options = options};
    run.first_attempt = first;
    run.ends_make_nodes = plan.node_tables.empty() && plan.others.empty();
    run.bytes_total = plan.bytes;
    bool complete = true;
    for (Table& table : plan.node_tables) complete = read_table(table, run) && complete;
    for (const auto& [input, format] : plan.others) read_other(*input, format, run);
    finish_others(run);
    for (Table& table : plan.relationship_tables) complete = read_table(table, run) && complete;
    take_waiting(run);
    if (!complete) return std::nullopt;
    auto base = run.builder.finish(run.threads());
    auto delta = std::make_shared<const Delta>(*base);
    Imported imported{Snapshot(std::move(base), std::move(delta)), run.rejected};
    // A dump brings its constraints and its schema along.
    require_valid(imported.snapshot, imported.snapshot.catalog());
    return imported;
}

}  // namespace

}  // namespace importing

std::span<const std::string_view> import_format_names() {
    return importing::format_names;
}

Expected<Imported> import_graph(std::span<const ImportSource> sources, const ImportOptions& options) {
    try {
        importing::Plan plan = importing::plan_of(sources, options);
        for (bool first = true;; first = false) {
            auto imported = importing::attempt(plan, options, first);
            if (imported) return std::move(*imported);
        }
    } catch (const Exception& failure) {
        return failure.error();
    }
}

}  // namespace islet
