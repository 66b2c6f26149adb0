// The commands of the shell.
#include <algorithm>
#include <array>
#include <fstream>
#include <ostream>

#include "islet/text.hpp"
#include "literal.hpp"
#include "shell.hpp"

namespace islet::cli {

namespace {

std::optional<bool> on_or_off(std::string_view text) {
    if (text == "on") return true;
    if (text == "off") return false;
    return std::nullopt;
}

constexpr std::size_t deepest_read = 16;

}  // namespace

std::span<const Shell::Command> Shell::commands() {
    static constexpr std::array<Command, 11> all{{
        {"help", "", "this list", &Shell::help},
        {"schema", "", "labels, relationship types and property keys, with counts", &Shell::schema},
        {"params", "", "the parameters", &Shell::params},
        {"param", "NAME VALUE",
         "sets $NAME to an openCypher literal, or else a text; without VALUE, removes it", &Shell::param},
        {"mode", "FORMAT", "format of results; without FORMAT, says which", &Shell::mode},
        {"timer", "on|off", "rows and time after each query", &Shell::timer},
        {"explain", "QUERY", "the plan, without running it", &Shell::explain},
        {"profile", "QUERY", "the rows, and the plan with rows and time of each step", &Shell::profile},
        {"read", "FILE", "runs the lines of a file", &Shell::read},
        {"output", "FILE", "results go to a file; without FILE, here again", &Shell::output},
        {"quit", "", "ends; so does Ctrl-D", &Shell::quit},
    }};
    return all;
}

ExitCode Shell::help(std::string_view argument) {
    const std::string_view wanted = argument.starts_with(':') ? argument.substr(1) : argument;
    bool any = false;
    if (wanted.empty()) {
        out()
            << "A line that begins like openCypher is a query; it runs at its `;`.\n"
               "Anything else that does not begin with `:` is a question in English.\n"
               "Ctrl-C drops the line or cancels the query. Tab completes. Ctrl-R searches the history.\n\n";
    }
    for (const Command& command : commands()) {
        if (!wanted.empty() && command.name != wanted) continue;
        std::string synopsis = ":" + std::string(command.name);
        if (!command.arguments.empty()) synopsis += " " + std::string(command.arguments);
        synopsis.resize(std::max<std::size_t>(synopsis.size() + 2, 20), ' ');
        out() << synopsis << command.help << '\n';
        any = true;
    }
    if (wanted == "mode") {
        out() << "Formats:";
        for (const std::string_view name : format_names()) out() << ' ' << name;
        out() << '\n';
    }
    out().flush();
    return any ? ExitCode::fine
               : complain("there is no command :" + std::string(wanted) + "; :help lists them");
}

ExitCode Shell::schema(std::string_view) {
    const Snapshot& snapshot = base_.knowledge.snapshot();
    const auto count = [](std::uint64_t n) { return Value(static_cast<std::int64_t>(n)); };

    std::vector<std::pair<std::string_view, std::uint64_t>> labels;
    for (std::uint32_t i = 0; i < snapshot.label_count(); ++i) {
        labels.emplace_back(snapshot.name(LabelId{i}), snapshot.count(LabelId{i}));
    }
    std::sort(labels.begin(), labels.end());
    Rows label_rows{{"label", "nodes"}, {}, snapshot};
    for (const auto& [name, nodes] : labels)
        label_rows.values.insert(label_rows.values.end(), {name, count(nodes)});
    write_info(label_rows);

    std::vector<std::pair<std::string_view, std::uint64_t>> types;
    for (std::uint32_t i = 0; i < snapshot.type_count(); ++i) {
        types.emplace_back(snapshot.name(TypeId{i}), snapshot.count(TypeId{i}));
    }
    std::sort(types.begin(), types.end());
    Rows type_rows{{"type", "relationships"}, {}, snapshot};
    for (const auto& [name, rels] : types)
        type_rows.values.insert(type_rows.values.end(), {name, count(rels)});
    if (needs_blank_line_between(settings_.format)) out() << '\n';
    write_info(type_rows);

    std::vector<std::string_view> keys;
    for (std::uint32_t i = 0; i < snapshot.key_count(); ++i) keys.push_back(snapshot.name(KeyId{i}));
    std::sort(keys.begin(), keys.end());
    Rows key_rows{{"property"}, {keys.begin(), keys.end()}, snapshot};
    if (needs_blank_line_between(settings_.format)) out() << '\n';
    write_info(key_rows);
    return ExitCode::fine;
}

ExitCode Shell::params(std::string_view) {
    Rows rows{{"parameter", "value"}, {}, base_.knowledge.snapshot()};
    for (const auto& [name, value] : settings_.parameters) {
        rows.values.emplace_back("$" + name);
        rows.values.emplace_back(to_text(value, rows.snapshot));
    }
    write_info(rows);
    return ExitCode::fine;
}

ExitCode Shell::param(std::string_view argument) {
    // `name value`, `name: value`, `name = value` and `$name value` are all meant alike.
    if (argument.starts_with('$')) argument.remove_prefix(1);
    const std::size_t end = std::min(argument.find_first_of(" \t=:"), argument.size());
    const std::string name(argument.substr(0, end));
    std::string_view value = trimmed(argument.substr(end));
    if (value.starts_with('=') || value.starts_with(':')) value = trimmed(value.substr(1));
    if (name.empty()) return complain(":param takes a name and a value");
    if (value.empty()) {
        if (settings_.parameters.erase(name) == 0) return complain("there is no parameter $" + name);
    } else {
        settings_.parameters[name] = literal_or_text(value);
    }
    return ExitCode::fine;
}

ExitCode Shell::mode(std::string_view argument) {
    if (argument.empty()) {
        out() << name_of(settings_.format) << std::endl;
        return ExitCode::fine;
    }
    const auto format = find_format(argument);
    if (!format) {
        const auto near = nearest(argument, format_names());
        return complain("there is no format '" + std::string(argument) +
                        (near ? "'; did you mean '" + *near + "'?" : "'; :help mode lists them"));
    }
    settings_.format = *format;
    return ExitCode::fine;
}

ExitCode Shell::timer(std::string_view argument) {
    const auto on = on_or_off(argument);
    if (!on) return complain(":timer takes on or off");
    settings_.timer = *on;
    return ExitCode::fine;
}

ExitCode Shell::explain(std::string_view argument) {
    if (argument.empty()) return complain(":explain takes a query");
    return run_query("EXPLAIN " + std::string(argument));
}

ExitCode Shell::profile(std::string_view argument) {
    if (argument.empty()) return complain(":profile takes a query");
    return run_query("PROFILE " + std::string(argument));
}

ExitCode Shell::read(std::string_view argument) {
    if (argument.empty()) return complain(":read takes a file");
    std::ifstream file{std::string(argument)};
    if (!file) return complain("cannot read '" + std::string(argument) + "'", ExitCode::cannot_open);
    if (depth_ == deepest_read) return complain("files that read each other are nested too deep");
    ++depth_;
    const ExitCode code = batch(file);
    --depth_;
    return code;
}

ExitCode Shell::output(std::string_view argument) {
    file_.reset();
    if (argument.empty()) return ExitCode::fine;
    auto file = std::make_unique<std::ofstream>(std::string(argument), std::ios::binary | std::ios::trunc);
    if (!*file) return complain("cannot write '" + std::string(argument) + "'", ExitCode::cannot_open);
    file_ = std::move(file);
    return ExitCode::fine;
}

ExitCode Shell::quit(std::string_view) {
    ended_ = true;
    return ExitCode::fine;
}

}  // namespace islet::cli
