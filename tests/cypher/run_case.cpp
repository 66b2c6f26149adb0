#include "run_case.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include "gherkin.hpp"
#include "islet/database.hpp"
#include "islet/text.hpp"
#include "scenario_runner.hpp"
#include "side_effects.hpp"
#include "switches.hpp"
#include "term.hpp"

namespace islet::cypher_test {
namespace {

using Cells = std::vector<std::string>;

Parameters parameters_of(const Case& test) {
    Parameters parameters;
    if (test.parameters.empty()) return parameters;
    const Value map = tck::value_of(tck::parse_term(test.parameters));
    if (map.kind() != Kind::map) throw std::runtime_error("parameters are a map");
    for (const auto& [name, value] : map.as_map().entries()) parameters[name] = value;
    return parameters;
}

// What one run gave.
struct Observed {
    std::optional<std::string> error;
    std::vector<Cells> table;  // the columns' names first
    bool ordered = false;
    std::string warnings;
    std::string side_effects;
    std::string plan;
};

// On a database of its own, so that no run sees what another wrote.
Observed run(const Case& test, const std::vector<std::string>& off, const std::string& query) {
    Database database;
    Session session = database.session();
    for (const std::string& statement : tck::split_statements(test.graph)) {
        const Expected<Result> made = session.run(statement);
        if (!made) throw std::runtime_error("the graph cannot be made:\n" + render(made.error(), statement));
    }
    for (const std::string& name : off) {
        if (!session.set_optimization(name, false))
            throw std::runtime_error("there is no optimization " + name);
    }
    const Snapshot before = database.snapshot();
    const Expected<Result> result = session.run(query, parameters_of(test));
    Observed observed;
    observed.side_effects = tck::to_text(tck::side_effects(before, database.snapshot()));
    if (!result) {
        observed.error = render(result.error(), query);
        return observed;
    }
    observed.table.push_back(result->columns());
    for (const Row row : *result) {
        Cells& cells = observed.table.emplace_back();
        for (const Value& value : row) cells.push_back(to_text(value, result->snapshot()));
    }
    observed.ordered = result->ordered();
    for (const Warning& warning : result->warnings()) observed.warnings += render(warning, query);
    observed.plan = result->plan();
    return observed;
}

std::string escaped(const std::string& cell) {
    std::string text;
    for (const char c : cell) {
        if (c == '|' || c == '\\') text += '\\';
        text += c;
    }
    return text;
}

std::size_t width(const std::string& text) {  // code points
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string table_text(const std::vector<Cells>& table) {
    if (table.empty() || table.front().empty()) return "";
    std::vector<std::size_t> widths(table.front().size(), 0);
    for (const Cells& row : table) {
        for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(escaped(row[c])));
    }
    std::string text;
    for (const Cells& row : table) {
        text += text.empty() ? "|" : "\n|";
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string cell = escaped(row[c]);
            text += " " + cell + std::string(widths[c] - width(cell), ' ') + " |";
        }
    }
    return text;
}

std::vector<Cells> read_table(const std::string& body) {
    std::vector<Cells> table;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        table.push_back(tck::split_cells(std::string_view(body).substr(at, end - at)));
        at = end + 1;
    }
    return table;
}

std::string trimmed_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

bool same_rows(std::vector<Cells> a, std::vector<Cells> b, bool ordered) {
    if (a.empty() || b.empty() || a.front() != b.front()) return a == b;
    if (!ordered) {
        std::sort(a.begin() + 1, a.end());
        std::sort(b.begin() + 1, b.end());
    }
    return a == b;
}

std::string difference(const std::string& what, const std::string& expected, const std::string& got) {
    return what + "\n--- expected\n" + expected + "\n--- got\n" + got + "\n---";
}

Observed explain(const Case& test) {
    return run(test, test.optimizations_off, "EXPLAIN " + test.query);
}

// All on is the expectation's own run; then each off, then all of them.
std::vector<std::pair<std::string, std::vector<std::string>>> variants(const Case& test) {
    std::vector<std::pair<std::string, std::vector<std::string>>> variants;
    std::vector<std::string> all = test.optimizations_off;
    for (const std::string_view name : query::optimization_names()) {
        std::vector<std::string> off = test.optimizations_off;
        off.emplace_back(name);
        all.emplace_back(name);
        variants.emplace_back("without " + std::string(name), std::move(off));
    }
    variants.emplace_back("without any optimization", std::move(all));
    return variants;
}

void check_rows(const Case& test, const Section& section, const Observed& observed,
                std::vector<std::string>& wrong) {
    const bool ordered = section.key == "rows in order";
    const std::vector<Cells> expected = read_table(section.body);
    const auto compare = [&](const Observed& run, const std::string& how) {
        if (run.error) {
            wrong.push_back("an error" + how + " instead of rows:\n" + *run.error);
        } else if (!same_rows(expected, run.table, ordered) &&
                   !(expected.empty() && run.table.front().empty())) {
            wrong.push_back(difference("other rows" + how, section.body, table_text(run.table)));
        }
    };
    compare(observed, "");
    if (!wrong.empty()) return;
    for (const auto& [how, off] : variants(test)) compare(run(test, off, test.query), " " + how);
}

void check_all(const Case& test, std::vector<std::string>& wrong) {
    if (test.expectations.empty()) {
        wrong.emplace_back("the case expects nothing; --update fills it in");
        return;
    }
    const Observed observed = run(test, test.optimizations_off, test.query);
    for (const Section& section : test.expectations) {
        if (section.key == "rows" || section.key == "rows in order") {
            check_rows(test, section, observed, wrong);
        } else if (section.key == "error") {
            if (!observed.error) {
                wrong.push_back("rows instead of an error:\n" + table_text(observed.table));
            } else if (section.body != trimmed_end(*observed.error)) {
                wrong.push_back(difference("another error", section.body, trimmed_end(*observed.error)));
            }
        } else if (section.key == "plan") {
            const Observed explained = explain(test);
            const std::string plan = trimmed_end(explained.error.value_or(explained.plan));
            if (plan != section.body) wrong.push_back(difference("another plan", section.body, plan));
        } else if (section.key == "side effects" && section.value != observed.side_effects) {
            wrong.push_back(difference("other side effects", section.value, observed.side_effects));
        }
    }
    const Section* const warnings = test.find("warnings");
    const std::string expected = warnings == nullptr ? "" : warnings->body;
    if (trimmed_end(observed.warnings) != expected) {
        wrong.push_back(difference("other warnings", expected, trimmed_end(observed.warnings)));
    }
}

}  // namespace

std::vector<Section> observe(const Case& test) {
    const Observed observed = run(test, test.optimizations_off, test.query);
    std::vector<Section> sections;
    const Section* const in_order = test.find("rows in order");
    const bool only_plan =
        test.find("plan") != nullptr && test.find("rows") == nullptr && in_order == nullptr;
    if (observed.error) {
        sections.push_back({"error", "", trimmed_end(*observed.error), 0, 0});
        return sections;
    }
    if (!only_plan) {
        const bool ordered = in_order != nullptr || (test.expectations.empty() && observed.ordered);
        std::string table = table_text(observed.table);
        // The same rows in another order are no reason to touch the file.
        const Section* const rows = test.find("rows");
        if (rows != nullptr && same_rows(read_table(rows->body), observed.table, false)) table = rows->body;
        sections.push_back({ordered ? "rows in order" : "rows", "", std::move(table), 0, 0});
    }
    if (test.find("plan") != nullptr) sections.push_back({"plan", "", trimmed_end(explain(test).plan), 0, 0});
    if (!observed.warnings.empty())
        sections.push_back({"warnings", "", trimmed_end(observed.warnings), 0, 0});
    if (test.find("side effects") != nullptr || observed.side_effects != "none") {
        sections.push_back({"side effects", observed.side_effects, "", 0, 0});
    }
    return sections;
}

std::vector<std::string> check(const Case& test) {
    std::vector<std::string> wrong;
    try {
        check_all(test, wrong);
    } catch (const std::exception& problem) {
        wrong.emplace_back(problem.what());
    }
    return wrong;
}

}  // namespace islet::cypher_test
