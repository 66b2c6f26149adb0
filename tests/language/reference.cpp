#include "reference.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "functions.hpp"
#include "islet/database.hpp"
#include "islet/text.hpp"
#include "scenario_runner.hpp"

namespace islet::language {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(std::string_view text) {
    Lines lines;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string joined(std::span<const std::string> lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// The cells of `| a | b |`; a bar within is written `\|`.
Lines cells_of(std::string_view line) {
    Lines cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
            cell += '|';
            ++i;
        } else if (line[i] == '|') {
            cells.push_back(trimmed(cell));
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return cells;
}

std::string row_of(const Lines& cells) {
    std::string row = "|";
    for (const std::string& cell : cells) {
        row += " ";
        for (const char c : cell) row += c == '|' ? std::string("\\|") : std::string(1, c);
        row += " |";
    }
    return row;
}

std::string unquoted(const std::string& cell) {
    if (cell.size() < 2 || cell.front() != '`' || cell.back() != '`') return cell;
    if (cell.starts_with("`` ")) return cell.substr(3, cell.size() - 6);
    return cell.substr(1, cell.size() - 2);
}

/// A fresh database with a graph.
class World {
 public:
    explicit World(const std::string& graph) : session_(database_.session()) {
        for (const std::string& statement : tck::split_statements(graph)) {
            const Expected<Result> made = session_.run(statement);
            if (!made)
                throw std::runtime_error("a graph cannot be made:\n" + render(made.error(), statement));
        }
    }
    Expected<Result> run(const std::string& query) { return session_.run(query); }

 private:
    Database database_;
    Session session_;
};

/// What an example gives, as it stands on the page.
Lines outcome(const std::string& graph, const std::string& query, bool& ordered) {
    World world(graph);
    const Expected<Result> result = world.run(query);
    ordered = true;
    if (!result) {
        Lines lines{"```text"};
        for (const std::string& line : lines_of(render(result.error(), query))) lines.push_back(line);
        lines.emplace_back("```");
        return lines;
    }
    ordered = result->ordered();
    Lines lines;
    if (!result->columns().empty() && result->size() > 0) {
        Lines rule;
        for (std::size_t i = 0; i < result->columns().size(); ++i) rule.emplace_back("---");
        lines.push_back(row_of(result->columns()));
        lines.push_back(row_of(rule));
        for (const Row row : *result) {
            Lines cells;
            for (const Value& value : row) cells.push_back(to_text(value, result->snapshot()));
            lines.push_back(row_of(cells));
        }
    }
    std::string notes;
    for (const Warning& warning : result->warnings()) notes += render(warning, query);
    if (!result->plan().empty()) notes += result->plan();
    if (lines.empty() && notes.empty()) notes = "no rows";
    if (notes.empty()) return lines;
    if (!lines.empty()) lines.emplace_back();
    lines.emplace_back("```text");
    for (const std::string& line : lines_of(notes)) lines.push_back(line);
    lines.emplace_back("```");
    return lines;
}

bool same(Lines expected, Lines got, bool ordered) {
    const auto tidy = [&](Lines& lines) {
        for (std::string& line : lines) {
            if (line.starts_with("|")) line = row_of(cells_of(line));
        }
        const bool rule = lines.size() > 1 && lines[1].starts_with("| -");
        if (rule) {
            lines[1] = "|-|";
            if (!ordered) {
                const auto end = std::find_if(lines.begin() + 2, lines.end(),
                                              [](const std::string& line) { return !line.starts_with("|"); });
                std::sort(lines.begin() + 2, end);
            }
        }
    };
    tidy(expected);
    tidy(got);
    return expected == got;
}

class Page {
 public:
    Page(std::string_view text, const std::filesystem::path& features)
        : lines_(lines_of(text)), features_(std::filesystem::absolute(features)) {}

    Checked check() {
        while (at_ < lines_.size()) {
            const std::string& line = lines_[at_];
            if (line == "```cypher graph") {
                graph_ = joined(block());
            } else if (line == "```cypher") {
                example();
            } else if (line.starts_with("| function ")) {
                function_table();
            } else if (line == "<!-- features -->") {
                feature_table();
            } else {
                keep();
            }
        }
        for (const auto& names : {query::function_names(), query::aggregate_names()}) {
            for (const std::string_view name : names) {
                if (!documented_.contains(std::string(name)))
                    out_.problems.push_back("the function " + std::string(name) + " stands in no table");
            }
        }
        out_.text = joined(kept_);
        return std::move(out_);
    }

 private:
    void keep() { kept_.push_back(lines_[at_++]); }

    /// Keeps a fenced block; returns what it holds.
    Lines block() {
        Lines inside;
        keep();
        while (at_ < lines_.size() && lines_[at_] != "```") {
            inside.push_back(lines_[at_]);
            keep();
        }
        if (at_ == lines_.size()) throw std::runtime_error("a block is not closed");
        keep();
        return inside;
    }

    /// What stands behind an example: a table, a block, or both.
    Lines expected() {
        Lines found;
        std::size_t end = at_;
        for (; end < lines_.size() && lines_[end].starts_with("|"); ++end) found.push_back(lines_[end]);
        std::size_t next = end;
        if (!found.empty() && next < lines_.size() && lines_[next].empty()) ++next;
        if (next < lines_.size() && lines_[next] == "```text") {
            if (!found.empty()) found.emplace_back();
            do {
                found.push_back(lines_[next]);
            } while (lines_[next++] != "```" && next < lines_.size());
            end = next;
        }
        at_ = end;
        return found;
    }

    void example() {
        const std::size_t line = at_ + 1;
        const std::string query = joined(block());
        if (at_ < lines_.size() && lines_[at_].empty()) keep();
        bool ordered = false;
        const Lines before = expected();
        Lines got = outcome(graph_, trimmed(query.substr(0, query.size() - 1)), ordered);
        ++out_.examples;
        const bool good = same(before, got, ordered);
        if (!good) {
            out_.problems.push_back("line " + std::to_string(line) + ": the example gives\n" + joined(got));
        }
        // Rows whose order nothing says stay as they stand.
        for (const std::string& each : good ? before : got) kept_.push_back(each);
        if (before.empty()) kept_.emplace_back();
    }

    void function_table() {
        keep();
        keep();  // the rule
        for (; at_ < lines_.size() && lines_[at_].starts_with("|"); ++at_) {
            Lines cells = cells_of(lines_[at_]);
            if (cells.size() < 4)
                throw std::runtime_error("a row of functions has too few cells: " + lines_[at_]);
            const std::string signature = unquoted(cells.front());
            std::string name = signature.substr(0, signature.find('('));
            documented_.insert(name);
            World world(graph_);
            const Expected<Result> result =
                world.run("RETURN " + unquoted(cells[cells.size() - 2]) + " AS value");
            ++out_.examples;
            std::string got;
            if (!result) {
                got = "error " + result.error().code;
            } else if (result->size() == 1) {
                got = to_text((*result)[0][0], result->snapshot());
            }
            if (unquoted(cells.back()) != got) {
                out_.problems.push_back(signature + ": the example gives " + got);
                cells.back() = "`" + got + "`";
            }
            kept_.push_back(row_of(cells));
        }
    }

    void feature_table() {
        keep();
        const auto end =
            std::find(lines_.begin() + static_cast<std::ptrdiff_t>(at_), lines_.end(), "<!-- end -->");
        if (end == lines_.end()) throw std::runtime_error("the table of features has no end");
        const Lines before(lines_.begin() + static_cast<std::ptrdiff_t>(at_), end);
        const Lines got = features();
        if (before != got) out_.problems.emplace_back("the table of features is not that of the tests");
        kept_.insert(kept_.end(), got.begin(), got.end());
        at_ = static_cast<std::size_t>(end - lines_.begin());
        keep();
    }

    [[nodiscard]] Lines features() const {
        namespace fs = std::filesystem;
        std::vector<fs::path> files;
        for (const auto& entry : fs::recursive_directory_iterator(features_)) {
            if (entry.path().extension() == ".feature") files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        Lines table{"| what | scenarios | of them errors | tests |", "|---|---|---|---|"};
        for (const fs::path& file : files) {
            std::ifstream in(file);
            std::string title;
            std::size_t scenarios = 0;
            std::size_t errors = 0;
            for (std::string line; std::getline(in, line);) {
                const std::string text = trimmed(line);
                if (text.starts_with("Feature: ")) {
                    const std::size_t dash = text.find(" - ");
                    title = text.substr(dash == std::string::npos ? 9 : dash + 3);
                }
                if (text.starts_with("Scenario:")) ++scenarios;
                if (text.find(" should be raised at ") != std::string::npos) ++errors;
            }
            table.push_back(
                row_of({title, std::to_string(scenarios), std::to_string(errors),
                        "`" + fs::relative(file, features_.parent_path().parent_path()).string() + "`"}));
        }
        return table;
    }

    Lines lines_;
    std::filesystem::path features_;
    std::size_t at_ = 0;
    Lines kept_;
    std::string graph_;
    std::set<std::string> documented_;
    Checked out_;
};

}  // namespace

Checked check(std::string_view page, const std::filesystem::path& features) {
    return Page(page, features).check();
}

}  // namespace islet::language
