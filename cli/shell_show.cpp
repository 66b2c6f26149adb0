// The commands that show the graph, the documents and the last result.
#include <algorithm>
#include <fstream>
#include <ostream>

#include "islet/knowledge_export.hpp"
#include "plot.hpp"
#include "schema_overview.hpp"
#include "shell.hpp"
#include "source_text.hpp"
#include "view.hpp"

namespace islet::cli {

namespace {

bool for_people(Format format) {
    return format == Format::table || format == Format::vertical;
}

/// The schema as rows, for programs.
Rows schema_rows(const Snapshot& snapshot) {
    Rows rows{{"kind", "name", "count", "from", "to"}, {}, snapshot};
    const auto count = [](std::uint64_t n) { return Value(static_cast<std::int64_t>(n)); };
    const auto label = [&](LabelId id) { return id == LabelId::none ? Value() : Value(snapshot.name(id)); };
    for (const LabelOverview& one : label_overview(snapshot)) {
        rows.values.insert(rows.values.end(),
                           {"label", label(one.label), count(one.nodes), Value(), label(one.within)});
    }
    for (const EdgeOverview& edge : edge_overview(snapshot, NodeView::top)) {
        rows.values.insert(rows.values.end(), {"relationship", snapshot.name(edge.type),
                                               count(edge.relationships), label(edge.from), label(edge.to)});
    }
    std::vector<std::string_view> keys;
    for (std::uint32_t i = 0; i < snapshot.key_count(); ++i) keys.push_back(snapshot.name(KeyId{i}));
    std::sort(keys.begin(), keys.end());
    for (const std::string_view key : keys) {
        rows.values.insert(rows.values.end(), {"property", key, Value(), Value(), Value()});
    }
    return rows;
}

/// The words of an argument; those in quotes may hold blanks.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == ' ' || c == '\t') {
            ++at;
            continue;
        }
        const bool quoted = c == '`' || c == '\'' || c == '"';
        const std::size_t begin = quoted ? at + 1 : at;
        const std::size_t end =
            std::min(quoted ? text.find(c, begin) : text.find_first_of(" \t", begin), text.size());
        words.emplace_back(text.substr(begin, end - begin));
        at = quoted ? end + 1 : end;
    }
    return words;
}

}  // namespace

ExitCode Shell::schema(std::string_view argument) {
    const Snapshot snapshot = base_.database.snapshot();
    const bool colour = on_terminal() && streams_.out_terminal.colour;
    std::string_view name = argument;
    while (name.starts_with(':')) name.remove_prefix(1);
    if (name.empty()) {
        if (for_people(run_settings().format)) {
            write_text(schema_text(snapshot, colour));
        } else {
            write_info(schema_rows(snapshot));
        }
        return ExitCode::fine;
    }
    if (const auto text = schema_text_of(snapshot, std::string(name), colour)) {
        write_text(*text);
        return ExitCode::fine;
    }
    const GraphWords words(snapshot);
    std::vector<std::string> names = words.labels();
    for (std::string& type : words.types()) names.push_back(std::move(type));
    const auto near = nearest(name, names);
    return complain("there is no label or relationship type '" + std::string(name) + "'" +
                    (near ? "; did you mean '" + *near + "'?" : "; :schema shows them"));
}

ExitCode Shell::source(std::string_view argument) {
    const Snapshot snapshot = base_.database.snapshot();
    const auto& documents = base_.knowledge.documents();
    if (argument.empty()) {
        Rows rows{{"document", "publisher", "date", "sections", "statements"}, {}, snapshot};
        for (const Document& document : documents) {
            rows.values.insert(
                rows.values.end(),
                {document.name, document.publisher, document.date.empty() ? Value() : Value(document.date),
                 Value(static_cast<std::int64_t>(document.sections.size())),
                 Value(static_cast<std::int64_t>(said_by(base_.knowledge, snapshot, document).size()))});
        }
        write_info(rows);
        return ExitCode::fine;
    }
    const Document* document = find_document(base_.knowledge, argument);
    if (document == nullptr) {
        std::vector<std::string> names;
        for (const Document& one : documents) names.push_back(one.name);
        const auto near = nearest(argument, names);
        return complain("there is no document '" + std::string(argument) + "'" +
                        (near ? "; did you mean '" + *near + "'?" : "; :source lists them"));
    }
    const auto said = said_by(base_.knowledge, snapshot, *document);
    if (for_people(run_settings().format)) {
        const bool terminal = on_terminal();
        write_text(source_text(*document, said, snapshot, terminal ? streams_.out_terminal.width : 0,
                               terminal && streams_.out_terminal.colour));
        return ExitCode::fine;
    }
    Rows rows{{"section", "lines", "subject", "relation", "object", "qualifiers"}, {}, snapshot};
    for (const SaidStatement& one : said) {
        rows.values.insert(rows.values.end(),
                           {one.section == SIZE_MAX ? Value() : Value(document->sections[one.section].title),
                            one.lines, one.subject, one.relation, one.object, Value(one.qualifiers)});
    }
    write_info(rows);
    return ExitCode::fine;
}

ExitCode Shell::plot(std::string_view argument) {
    const auto rows = last_rows();
    if (!rows || rows->columns.empty()) return complain("there is no last result to plot");
    std::vector<std::string> words = words_of(argument);
    std::string file;
    if (!words.empty() && words.back().ends_with(".svg")) {
        file = words.back();
        words.pop_back();
    }
    if (words.size() != 0 && words.size() != 2) {
        return complain(
            ":plot takes the columns of labels and of values, or none, and a file that ends in .svg");
    }
    const auto chart = chart_of(*rows, words.empty() ? "" : words[0], words.empty() ? "" : words[1]);
    if (!chart) return complain(chart.error());
    if (file.empty()) {
        const bool terminal = on_terminal();
        write_text(chart_text(*chart, terminal ? streams_.out_terminal.width : 0,
                              terminal && streams_.out_terminal.colour));
        return ExitCode::fine;
    }
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << chart_svg(*chart);
    if (!stream.flush()) return complain("cannot write '" + file + "'", ExitCode::cannot_open);
    streams_.err << "wrote " << file << '\n';
    return ExitCode::fine;
}

ExitCode Shell::view(std::string_view argument) {
    const auto rows = last_rows();
    if (!rows || rows->columns.empty()) return complain("there is no last result to view");
    FileOptions options;
    options.output = std::string(argument);
    options.kgx = kgx_mapping(base_.knowledge);
    options.page.evidence = base_.knowledge.schema().evidence;
    options.page.title = last_answer_ ? last_answer_->question : base_.knowledge.schema().title;
    const auto wrote = write_view(*rows, std::move(options));
    if (!wrote) return complain(wrote.error());
    streams_.err << "wrote " << *wrote << '\n';
    return ExitCode::fine;
}

}  // namespace islet::cli
