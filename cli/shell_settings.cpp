// The commands that change how the shell goes on.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "islet/text.hpp"
#include "literal.hpp"
#include "pager.hpp"
#include "parameter_file.hpp"
#include "shell.hpp"

namespace islet::cli {

namespace {

std::string on_off(bool on) {
    return on ? "on" : "off";
}

bool change(bool& flag, std::string_view text) {
    if (text != "on" && text != "off") return false;
    flag = text == "on";
    return true;
}

/// The format that a file's name ends with.
std::optional<Format> format_of_name(std::string_view path) {
    std::string ending = std::filesystem::path(path).extension().string();
    if (ending.empty()) return std::nullopt;
    ending.erase(0, 1);
    if (ending == "md") return Format::markdown;
    if (ending == "htm") return Format::html;
    if (ending == "ndjson") return Format::jsonl;
    return find_format(ending);
}

std::string duration_text(std::chrono::milliseconds time) {
    if (time.count() == 0) return "off";
    return time.count() % 1000 == 0 ? std::to_string(time.count() / 1000) + "s"
                                    : std::to_string(time.count()) + "ms";
}

std::string size_text(std::uint64_t bytes) {
    if (bytes == 0) return "off";
    constexpr std::array units{"", "K", "M", "G", "T"};
    std::size_t unit = 0;
    while (bytes % 1024 == 0 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    return std::to_string(bytes) + units[unit];
}

}  // namespace

std::span<const Shell::Setting> Shell::settings() {
    static constexpr std::array all{
        Setting{"wrap", "on|off: long cells of a table go on in further lines, else they are cut",
                [](const Shell& shell) { return on_off(shell.settings_.wrap); },
                [](Shell& shell, std::string_view text) { return change(shell.settings_.wrap, text); }},
        Setting{
            "vertical", "on|off: tables that would be unreadable are written as `vertical`",
            [](const Shell& shell) { return on_off(shell.settings_.vertical_too); },
            [](Shell& shell, std::string_view text) { return change(shell.settings_.vertical_too, text); }},
        Setting{"pager", "on|off, or a command: shows what is longer than the screen",
                [](const Shell& shell) {
                    return shell.settings_.pager.empty() ? std::string("off") : shell.settings_.pager;
                },
                [](Shell& shell, std::string_view text) {
                    const std::string usual = pager_command();
                    shell.settings_.pager = text == "off"   ? std::string()
                                            : text != "on"  ? std::string(text)
                                            : usual.empty() ? "less"
                                                            : usual;
                    return true;
                }},
        Setting{"progress", "on|off: a line says how long a query has been running",
                [](const Shell& shell) { return on_off(shell.settings_.progress); },
                [](Shell& shell, std::string_view text) { return change(shell.settings_.progress, text); }},
        Setting{"timer", "on|off: rows and time after each query",
                [](const Shell& shell) { return on_off(shell.settings_.timer); },
                [](Shell& shell, std::string_view text) { return change(shell.settings_.timer, text); }},
        Setting{"bail", "on|off: a file that is read stops at the first input that fails",
                [](const Shell& shell) { return on_off(shell.bail_); },
                [](Shell& shell, std::string_view text) { return change(shell.bail_, text); }},
        Setting{"readonly", "on|off: statements that write are refused",
                [](const Shell& shell) { return on_off(shell.settings_.read_only); },
                [](Shell& shell, std::string_view text) { return change(shell.settings_.read_only, text); }},
        Setting{"timeout", "off, or a time such as 500ms, 30s, 2m: then a query is given up",
                [](const Shell& shell) { return duration_text(shell.limits_.timeout); },
                [](Shell& shell, std::string_view text) {
                    const auto time = text == "off" ? std::chrono::milliseconds(0) : duration(text);
                    if (time) shell.limits_.timeout = *time;
                    shell.session_.set_limits(shell.limits_);
                    return time.has_value();
                }},
        Setting{"memory", "off, or a size such as 512M, 2G: bound of what a statement holds",
                [](const Shell& shell) { return size_text(shell.limits_.memory); },
                [](Shell& shell, std::string_view text) {
                    const auto size = text == "off" ? std::uint64_t{0} : byte_size(text);
                    if (size) shell.limits_.memory = *size;
                    shell.session_.set_limits(shell.limits_);
                    return size.has_value();
                }},
    };
    return all;
}

ExitCode Shell::set(std::string_view argument) {
    const std::size_t end = std::min(argument.find_first_of(" \t="), argument.size());
    const std::string_view name = argument.substr(0, end);
    std::string_view value = trimmed(argument.substr(end));
    if (value.starts_with('=')) value = trimmed(value.substr(1));
    if (value.empty()) {
        Rows rows{{"setting", "value", "what it does"}, {}, base_.database.snapshot()};
        for (const Setting& setting : settings()) {
            if (!name.empty() && name != setting.name) continue;
            rows.values.insert(rows.values.end(), {setting.name, Value(setting.show(*this)), setting.help});
        }
        if (!rows.values.empty()) {
            write_info(rows);
            return ExitCode::fine;
        }
    }
    std::vector<std::string_view> names;
    for (const Setting& setting : settings()) {
        names.push_back(setting.name);
        if (setting.name != name) continue;
        if (setting.change(*this, value)) return ExitCode::fine;
        return complain(":set " + std::string(name) + " takes " + std::string(setting.help));
    }
    const auto near = nearest(name, names);
    return complain("there is no setting '" + std::string(name) + "'" +
                    (near ? "; did you mean '" + *near + "'?" : "; :set lists them"));
}

ExitCode Shell::params(std::string_view argument) {
    if (!argument.empty()) {
        auto read = read_parameters(std::string(argument));
        if (!read) {
            const bool unreadable = read.error().detail == "CannotOpen";
            const ExitCode code = complain(read.error());
            return unreadable ? ExitCode::cannot_open : code;
        }
        for (auto& [name, value] : *read) settings_.parameters[name] = std::move(value);
        return ExitCode::fine;
    }
    Rows rows{{"parameter", "value"}, {}, base_.database.snapshot()};
    for (const auto& [name, value] : settings_.parameters) {
        rows.values.emplace_back("$" + name);
        rows.values.emplace_back(to_text(value, rows.snapshot));
    }
    write_info(rows);
    return ExitCode::fine;
}

ExitCode Shell::param(std::string_view argument) {
    // `name value`, `name: value`, `name = value`, `name => value` and `$name value` are all meant alike.
    if (argument.starts_with('$')) argument.remove_prefix(1);
    const std::size_t end = std::min(argument.find_first_of(" \t=:"), argument.size());
    const std::string name(argument.substr(0, end));
    std::string_view value = trimmed(argument.substr(end));
    if (value.starts_with("=>")) value.remove_prefix(1);
    if (value.starts_with('=') || value.starts_with(':') || value.starts_with('>')) {
        value = trimmed(value.substr(1));
    }
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
                        (near ? "'; did you mean '" + *near + "'?" : "'; :help formats lists them"));
    }
    settings_.format = *format;
    return ExitCode::fine;
}

ExitCode Shell::timer(std::string_view argument) {
    if (argument.empty()) {
        out() << on_off(settings_.timer) << std::endl;
        return ExitCode::fine;
    }
    return change(settings_.timer, argument) ? ExitCode::fine : complain(":timer takes on or off");
}

ExitCode Shell::open_file(std::string_view path, std::optional<File>& file) {
    auto stream = std::make_unique<std::ofstream>(std::string(path), std::ios::binary | std::ios::trunc);
    if (!*stream) return complain("cannot write '" + std::string(path) + "'", ExitCode::cannot_open);
    file = File{std::move(stream), std::string(path), format_of_name(path)};
    return ExitCode::fine;
}

ExitCode Shell::output(std::string_view argument) {
    output_.reset();
    return argument.empty() ? ExitCode::fine : open_file(argument, output_);
}

ExitCode Shell::once(std::string_view argument) {
    once_.reset();
    return argument.empty() ? complain(":once takes a file") : open_file(argument, once_);
}

}  // namespace islet::cli
