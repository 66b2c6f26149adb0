// `islet kb check`: every fault of a knowledge base, one a line.
#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

#include "commands.hpp"

namespace islet::cli {

namespace {

/// How many statements each source makes with each relation.
void show_counts(const KnowledgeBase& base, std::ostream& out) {
    std::map<std::string, std::map<std::string, std::size_t>> by_relation;
    std::map<std::string, std::size_t> totals;
    std::size_t all = 0;
    for (const StatementCount& count : base.statement_counts()) {
        const std::string source = count.source.empty() ? "(inferred)" : count.source;
        by_relation[count.relation][source] += count.statements;
        totals[source] += count.statements;
        all += count.statements;
    }
    std::size_t width = std::string_view("all statements").size();
    for (const auto& [relation, counts] : by_relation) width = std::max(width, relation.size());
    const auto cell = [&](const std::string& text, std::size_t size) {
        out << std::string(size > text.size() ? size - text.size() : 0, ' ') << text;
    };
    const auto line = [&](const std::string& name, const std::map<std::string, std::size_t>& counts,
                          std::size_t sum) {
        out << name << std::string(width - name.size(), ' ');
        for (const auto& [source, total] : totals) {
            const auto it = counts.find(source);
            out << "  ";
            cell(it == counts.end() ? "." : std::to_string(it->second), source.size());
        }
        out << "  ";
        cell(std::to_string(sum), 5);
        out << '\n';
    };
    out << '\n' << std::string(width, ' ');
    for (const auto& [source, total] : totals) out << "  " << source;
    out << "    all\n";
    for (const auto& [relation, counts] : by_relation) {
        std::size_t sum = 0;
        for (const auto& [source, count] : counts) sum += count;
        line(relation, counts, sum);
    }
    line("all statements", totals, all);
}

}  // namespace

ExitCode check(const CheckArguments& arguments, const Streams& streams) {
    if (!arguments.folder) {
        const auto base = KnowledgeBase::built_in();
        if (!base) {
            show(base.error(), {}, streams);
            return ExitCode::failed;
        }
        streams.out << "the built-in knowledge base has no faults: " << base->entities().size()
                    << " entities from " << base->documents().size() << " documents\n";
        show_counts(*base, streams.out);
        return ExitCode::fine;
    }
    if (const auto error = not_openable(*arguments.folder)) {
        show(*error, {}, streams);
        return ExitCode::cannot_open;
    }
    const std::vector<Error> faults = KnowledgeBase::check(*arguments.folder);
    for (const Error& fault : faults) {
        streams.out << (fault.place.empty() ? *arguments.folder : fault.place) << ": " << fault.message;
        if (!fault.hint.empty()) streams.out << " (" << fault.hint << ')';
        streams.out << '\n';
    }
    if (faults.empty()) {
        streams.out << *arguments.folder << " has no faults\n";
        if (const auto base = KnowledgeBase::load(*arguments.folder)) show_counts(*base, streams.out);
        return ExitCode::fine;
    }
    streams.err << faults.size() << (faults.size() == 1 ? " fault\n" : " faults\n");
    return ExitCode::failed;
}

}  // namespace islet::cli
