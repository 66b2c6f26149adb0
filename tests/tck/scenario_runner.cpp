#include "scenario_runner.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <variant>

#include "islet/database.hpp"
#include "islet/procedure.hpp"
#include "procedures.hpp"
#include "side_effects.hpp"
#include "term.hpp"

namespace islet::tck {

std::vector<std::string> split_statements(std::string_view script) {
    std::vector<std::string> statements;
    std::string statement;
    const auto flush = [&] {
        if (!trim(statement).empty()) statements.emplace_back(trim(statement));
        statement.clear();
    };
    for (std::size_t i = 0; i < script.size(); ++i) {
        const char c = script[i];
        if (c == ';') {
            flush();
            continue;
        }
        std::size_t end = i + 1;
        if (c == '\'' || c == '"' || c == '`') {
            for (; end < script.size() && script[end] != c; ++end) {
                if (script[end] == '\\' && c != '`') ++end;
            }
            ++end;
        } else if (script.substr(i, 2) == "//") {
            end = script.find('\n', i);
        } else if (script.substr(i, 2) == "/*") {
            end = script.find("*/", i);
            if (end != std::string_view::npos) end += 2;
        }
        end = std::min(end, script.size());
        statement += script.substr(i, end - i);
        i = end - 1;
    }
    flush();
    return statements;
}

namespace {

// A check that does not hold.
class Failure : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<Term>> rows;
};

std::string row_text(const std::vector<Term>& row) {
    std::string text = "|";
    for (const Term& term : row) text += " " + to_text(term) + " |";
    return text;
}

std::string table_text(const Table& table) {
    std::string text = "    |";
    for (const std::string& column : table.columns) text += " " + column + " |";
    constexpr std::size_t shown = 50;
    for (std::size_t i = 0; i < std::min(table.rows.size(), shown); ++i)
        text += "\n    " + row_text(table.rows[i]);
    if (table.rows.size() > shown) text += "\n    … " + std::to_string(table.rows.size()) + " rows in all";
    return text;
}

Table table_of(const Result& result) {
    Table table{result.columns(), {}};
    for (const Row row : result) {
        std::vector<Term>& terms = table.rows.emplace_back();
        for (const Value& value : row) terms.push_back(term_of(value, result.snapshot()));
    }
    return table;
}

Table read_table(const std::vector<Cells>& cells) {
    if (cells.empty()) throw Failure("the step has no table");
    Table table{cells.front(), {}};
    for (std::size_t r = 1; r < cells.size(); ++r) {
        std::vector<Term>& row = table.rows.emplace_back();
        for (const std::string& cell : cells[r]) row.push_back(parse_term(cell));
    }
    return table;
}

bool same_rows(const Table& expected, const Table& got, bool ordered) {
    if (expected.rows.size() != got.rows.size()) return false;
    if (ordered) return expected.rows == got.rows;
    // Equality of rows is an equivalence, so taking the first free equal one is never wrong.
    std::vector<bool> taken(got.rows.size(), false);
    for (const std::vector<Term>& row : expected.rows) {
        std::size_t i = 0;
        while (i < got.rows.size() && (taken[i] || got.rows[i] != row)) ++i;
        if (i == got.rows.size()) return false;
        taken[i] = true;
    }
    return true;
}

std::string error_text(const Error& error) {
    return error.kind + " at " + error.phase + ": " + error.detail + " (" + error.message + ")";
}

class Run {
 public:
    Run(const Scenario& scenario, const RunOptions& options) : scenario_(scenario), options_(options) {}

    Verdict verdict() {
        try {
            register_procedures();
            session_.emplace(database_.session());
            session_->set_limits({options_.timeout, Limits{}.memory});
            for (const Step& step : scenario_.steps) take(step);
            refuse_unexpected_error();
            return {true, ""};
        } catch (const std::exception& problem) {
            return {false, problem.what() + context()};
        } catch (...) {
            return {false, "something that is no exception was thrown" + context()};
        }
    }

 private:
    using Outcome = std::variant<Table, Error>;

    [[nodiscard]] std::string context() const {
        if (query_.empty()) return "";
        std::string indented = "\n  query:\n    ";
        for (const char c : query_) indented += c == '\n' ? "\n    " : std::string(1, c);
        return indented;
    }

    // Before the first session runs, as the registry asks.
    void register_procedures() {
        constexpr std::string_view phrase = "there exists a procedure ";
        for (const Step& step : scenario_.steps) {
            if (!step.text.starts_with(phrase)) continue;
            database_.procedures().add(table_procedure(step.text.substr(phrase.size()), step.table));
        }
    }

    void take(const Step& step) {
        const std::string_view text = step.text;
        if (text == "an empty graph" || text == "any graph" || text.starts_with("there exists a procedure "))
            return;
        if (text.starts_with("the ") && text.ends_with(" graph"))
            return load(text.substr(4, text.size() - 10));
        if (text == "having executed:") return set_up(docstring(step));
        if (text == "parameters are:") return read_parameters(step.table);
        if (text == "executing query:" || text == "executing control query:") return execute(docstring(step));
        if (text == "the result should be empty") return check_empty();
        if (text.starts_with("the result should be")) return check_result(step);
        if (text == "no side effects") return check_side_effects({});
        if (text == "the side effects should be:") return check_side_effects(read_side_effects(step.table));
        if (text.find(" should be raised at ") != std::string_view::npos) return check_error(text);
        throw Failure("line " + std::to_string(step.line) + ": no such step: " + step.text);
    }

    static const std::string& docstring(const Step& step) {
        if (!step.docstring)
            throw Failure("line " + std::to_string(step.line) + ": the step has no docstring");
        return *step.docstring;
    }

    void set_up(const std::string& statement) {
        const Expected<Result> result = session_->run(statement, parameters_);
        if (!result)
            throw Failure("setting up failed: " + error_text(result.error()) + "\n  with: " + statement);
    }

    void load(std::string_view name) {
        const std::filesystem::path file = options_.graphs / name / (std::string(name) + ".cypher");
        std::ifstream in(file);
        if (!in) throw Failure("there is no graph " + file.string());
        std::ostringstream script;
        script << in.rdbuf();
        for (const std::string& statement : split_statements(script.str())) set_up(statement);
    }

    void read_parameters(const std::vector<Cells>& table) {
        for (const Cells& row : table) {
            if (row.size() != 2) throw Failure("a parameter is a row `| name | value |`");
            parameters_[row[0]] = value_of(parse_term(row[1]));
        }
    }

    void execute(const std::string& query) {
        refuse_unexpected_error();
        query_ = query;
        before_ = database_.snapshot();
        Expected<Result> result = session_->run(query, parameters_);
        if (result) {
            outcome_ = table_of(*result);
        } else {
            outcome_ = result.error();
            error_expected_ = false;
        }
    }

    void refuse_unexpected_error() const {
        const Error* error = outcome_ ? std::get_if<Error>(&*outcome_) : nullptr;
        if (error != nullptr && !error_expected_) throw Failure("failed: " + error_text(*error));
    }

    const Table& table() const {
        refuse_unexpected_error();
        const Table* table = outcome_ ? std::get_if<Table>(&*outcome_) : nullptr;
        if (table == nullptr) throw Failure("there is no result to check");
        return *table;
    }

    void check_empty() const {
        if (!table().rows.empty()) throw Failure("expected no rows, got:\n" + table_text(table()));
    }

    void check_result(const Step& step) const {
        const std::string_view text = step.text;
        const bool ordered = text.starts_with("the result should be, in order");
        const bool ignore_lists = text.find("(ignoring element order for lists)") != std::string_view::npos;
        const std::string_view rest = text.substr(std::string_view("the result should be").size());
        if (!ordered && rest != ", in any order:" && rest != " (ignoring element order for lists):" &&
            rest != ", in any order (ignoring element order for lists):") {
            throw Failure("line " + std::to_string(step.line) + ": no such step: " + step.text);
        }
        Table got = table();
        Table expected = read_table(step.table);
        if (ignore_lists) {
            for (Table* side : {&got, &expected}) {
                for (std::vector<Term>& row : side->rows) std::for_each(row.begin(), row.end(), sort_lists);
            }
        }
        std::string what;
        if (expected.columns != got.columns) {
            what = "wrong columns";
        } else if (!same_rows(expected, got, ordered)) {
            what = ordered && same_rows(expected, got, false) ? "wrong order" : "wrong rows";
        } else {
            return;
        }
        throw Failure(what + "\n  expected" + (ordered ? " in order" : "") + ":\n" + table_text(expected) +
                      "\n  got:\n" + table_text(got));
    }

    void check_side_effects(const SideEffects& expected) {
        const SideEffects got = side_effects(before_, database_.snapshot());
        if (got != expected) {
            throw Failure("wrong side effects\n  expected: " + to_text(expected) +
                          "\n  got: " + to_text(got));
        }
    }

    // `a SyntaxError should be raised at compile time: UndefinedVariable`
    void check_error(std::string_view text) {
        constexpr std::string_view middle = " should be raised at ";
        const std::size_t split = text.find(middle);
        const std::string_view article = text.starts_with("an ") ? "an " : "a ";
        const std::string_view kind = text.substr(article.size(), split - article.size());
        const std::string_view rest = text.substr(split + middle.size());
        const std::size_t colon = rest.find(':');
        const std::string_view phase = trim(rest.substr(0, colon));
        const std::string_view detail = colon == std::string_view::npos ? "*" : trim(rest.substr(colon + 1));
        const Error* error = outcome_ ? std::get_if<Error>(&*outcome_) : nullptr;
        const std::string expected = std::string(text.substr(article.size()));
        if (error == nullptr) {
            throw Failure("no error\n  expected: " + expected +
                          (outcome_ ? "\n  got:\n" + table_text(std::get<Table>(*outcome_)) : ""));
        }
        error_expected_ = true;
        std::string wrong;
        if (kind != "*" && error->kind != kind) wrong = "class";
        if (phase != "any time" && error->phase != phase) wrong += wrong.empty() ? "phase" : ", phase";
        if (detail != "*" && error->detail != detail) wrong += wrong.empty() ? "detail" : ", detail";
        if (wrong.empty()) return;
        throw Failure("wrong error (" + wrong + ")\n  expected: " + expected +
                      "\n  got: " + error_text(*error));
    }

    const Scenario& scenario_;
    const RunOptions& options_;
    Database database_;
    std::optional<Session> session_;
    Parameters parameters_;
    std::string query_;
    Snapshot before_;
    std::optional<Outcome> outcome_;
    bool error_expected_ = false;
};

}  // namespace

Verdict run_scenario(const Scenario& scenario, const RunOptions& options) {
    try {
        return Run(scenario, options).verdict();
    } catch (const std::exception& problem) {
        return {false, problem.what()};
    }
}

}  // namespace islet::tck
