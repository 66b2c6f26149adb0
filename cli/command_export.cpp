// `islet export`: a graph, or a part of it, as a file.
#include <algorithm>

#include "commands.hpp"
#include "graph_files.hpp"
#include "islet/export.hpp"
#include "islet/knowledge_export.hpp"
#include "save_file.hpp"

namespace islet::cli {

namespace {

Error no_such_node(const std::string& name, const std::vector<std::string>& names) {
    const auto near = nearest(name, names);
    return Error{"22000",
                 "ArgumentError",
                 "runtime",
                 "NoSuchNode",
                 "no node has the name or id '" + name + "'",
                 {},
                 near ? "did you mean '" + *near + "'?" : "",
                 {}};
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    return result;
}

/// The nodes whose `name` or `id` is `name`; where there is none, letters' case is left out of account.
Expected<std::vector<NodeId>> find_nodes(const Snapshot& snapshot, const std::string& name) {
    std::vector<NodeId> exact;
    std::vector<NodeId> alike;
    std::vector<std::string> names;
    for (const NodeId node : whole_graph(snapshot).nodes) {
        for (const std::string_view key : {"name", "id"}) {
            const auto id = snapshot.find_key(key);
            if (!id) continue;
            const Value value = snapshot.property(node, *id);
            if (value.kind() != Kind::string) continue;
            names.emplace_back(value.as_string());
            if (value.as_string() == name) {
                exact.push_back(node);
            } else if (lower(value.as_string()) == lower(name)) {
                alike.push_back(node);
            }
        }
    }
    if (!exact.empty()) return exact;
    if (!alike.empty()) return alike;
    return no_such_node(name, names);
}

Expected<Subgraph> select(const ExportArguments& arguments, OpenBase& base, const Streams& streams) {
    if (arguments.around) {
        const auto nodes = find_nodes(base.database.snapshot(), *arguments.around);
        if (!nodes) return nodes.error();
        return neighbourhood(base.database.snapshot(), *nodes, arguments.hops);
    }
    if (!arguments.query) return whole_graph(base.database.snapshot());

    Session session = base.database.session();
    const Interrupts::Guard guard(streams.interrupts, [&] { session.cancel(); });
    const auto result = session.run(*arguments.query, arguments.parameters);
    if (!result) return result.error();
    for (const Warning& warning : result->warnings()) {
        streams.err << painted_message(render(warning, *arguments.query), streams.err_terminal.colour);
    }
    const Rows rows = rows_of(*result);
    Subgraph graph = subgraph_of(rows.snapshot, rows.values);
    if (graph.nodes.empty()) {
        streams.err << painted_message(
            "warning: the query returned no nodes, relationships or paths; return them, not their "
            "properties\n",
            streams.err_terminal.colour);
    }
    return graph;
}

FileOptions file_options(const ExportArguments& arguments, const OpenBase& base) {
    FileOptions options;
    options.format = arguments.format;
    options.output = arguments.output;
    options.iri_base = arguments.iri_base.value_or("");
    options.kgx = kgx_mapping(base.knowledge);
    const Schema& schema = base.knowledge.schema();
    options.page.evidence = schema.evidence;
    options.page.title = arguments.title.value_or(arguments.around ? *arguments.around : schema.title);
    return options;
}

}  // namespace

ExitCode export_graph(const ExportArguments& arguments, const Streams& streams) {
    auto base = open_base(arguments.base);
    if (!base) {
        show(base.error(), {}, streams);
        return ExitCode::cannot_open;
    }
    const auto graph = select(arguments, *base, streams);
    if (!graph) {
        show(graph.error(), arguments.query.value_or(""), streams);
        return exit_code_of(graph.error());
    }
    std::vector<File> files;
    try {
        files = graph_files(*graph, file_options(arguments, *base));
    } catch (const Exception& failure) {
        show(failure.error(), {}, streams);
        return ExitCode::failed;
    }
    for (const std::string& loss : losses(*graph, arguments.format)) {
        streams.err << painted_message(
            "note: in " + std::string(name_of(arguments.format)) + ", " + loss + "\n",
            streams.err_terminal.colour);
    }
    for (const File& file : files) {
        if (file.path == "-") {
            streams.out << file.content << std::flush;
            continue;
        }
        if (const auto why = save(file.path, file.content)) {
            streams.err << "error: cannot write '" << file.path << "': " << *why << '\n';
            return ExitCode::cannot_open;
        }
        if (streams.err_terminal.is_terminal) streams.err << "wrote " << file.path << '\n';
    }
    return ExitCode::fine;
}

}  // namespace islet::cli
