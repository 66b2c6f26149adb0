// Every query of the openCypher TCK is either parsed, and then survives being printed and parsed again, or is
// refused with the detail that its scenario asks for.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "islet/parser.hpp"

namespace {

namespace ast = islet::ast;
namespace fs = std::filesystem;

struct Scenario {
    std::string name;
    std::vector<std::string> queries;
    std::string detail;  ///< of the syntax error that the last query must raise, or empty
};

std::string trimmed(std::string const& text) {
    auto const begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

bool starts_with(std::string const& text, std::string_view prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

std::vector<std::string> cells(std::string const& row) {
    std::vector<std::string> result(1);
    for (std::size_t i = 1; i + 1 < row.size(); ++i) {
        if (row[i] == '\\' && (row[i + 1] == '|' || row[i + 1] == '\\')) {
            result.back() += row[++i];
        } else if (row[i] == '|') {
            result.emplace_back();
        } else {
            result.back() += row[i];
        }
    }
    for (std::string& cell : result) cell = trimmed(cell);
    return result;
}

std::string replaced(std::string text, std::map<std::string, std::string> const& values) {
    for (auto const& [name, value] : values) {
        std::string const placeholder = "<" + name + ">";
        for (auto at = text.find(placeholder); at != std::string::npos;
             at = text.find(placeholder, at + value.size())) {
            text.replace(at, placeholder.size(), value);
        }
    }
    return text;
}

// An outline becomes one scenario for each row of its examples.
void add(std::vector<Scenario>& all, Scenario const& scenario,
         std::vector<std::vector<std::string>> const& examples) {
    if (scenario.name.empty()) return;
    if (examples.size() < 2) {
        all.push_back(scenario);
        return;
    }
    for (std::size_t row = 1; row < examples.size(); ++row) {
        std::map<std::string, std::string> values;
        for (std::size_t i = 0; i < examples[0].size(); ++i) values[examples[0][i]] = examples[row].at(i);
        Scenario one = scenario;
        for (std::string& query : one.queries) query = replaced(query, values);
        one.detail = replaced(one.detail, values);
        all.push_back(std::move(one));
    }
}

std::vector<Scenario> read_feature(fs::path const& file) {
    std::ifstream in(file);
    std::vector<Scenario> all;
    Scenario scenario;
    std::vector<std::vector<std::string>> examples;
    bool in_examples = false;
    bool expects_query = false;
    std::string line;
    while (std::getline(in, line)) {
        std::string const text = trimmed(line);
        if (text == "\"\"\"") {
            std::string body;
            while (std::getline(in, line) && trimmed(line) != "\"\"\"") body += line + "\n";
            if (expects_query) scenario.queries.push_back(body);
            expects_query = false;
        } else if (starts_with(text, "Scenario")) {
            add(all, scenario, examples);
            scenario = {file.stem().string() + ": " + text, {}, {}};
            examples.clear();
            in_examples = false;
        } else if (starts_with(text, "Examples")) {
            in_examples = true;
        } else if (in_examples && starts_with(text, "|")) {
            examples.push_back(cells(text));
        } else if (text.find("executing query:") != std::string::npos ||
                   text.find("executing control query:") != std::string::npos ||
                   text.find("having executed:") != std::string::npos) {
            expects_query = true;
        } else if (starts_with(text, "Then a SyntaxError should be raised at compile time: ")) {
            scenario.detail = text.substr(text.rfind(' ') + 1);
        }
    }
    add(all, scenario, examples);
    return all;
}

// Details that only the parser can find. UnexpectedSyntax is its own too, except for
// a pattern where no boolean is expected: that is known only once names are bound.
bool is_of_parser(std::string const& detail) {
    static std::vector<std::string> const details = {"InvalidNumberLiteral",    "IntegerOverflow",
                                                     "FloatingPointOverflow",   "InvalidUnicodeLiteral",
                                                     "InvalidUnicodeCharacter", "InvalidRelationshipPattern",
                                                     "UnexpectedSyntax"};
    return std::find(details.begin(), details.end(), detail) != details.end();
}

bool has_pattern_predicate(ast::Ast const& tree) {
    return std::any_of(tree.expressions.begin(), tree.expressions.end(), [](ast::Expr const& expr) {
        return std::holds_alternative<ast::PatternPredicate>(expr.node);
    });
}

void check(Scenario const& scenario, std::string const& query, bool must_fail) {
    INFO(scenario.name << "\n" << query);
    auto const parsed = islet::parser::parse(query);
    if (auto const* error = std::get_if<islet::parser::SyntaxError>(&parsed)) {
        INFO(error->message);
        CHECK(must_fail);
        CHECK(error->detail == scenario.detail);
        CHECK(error->span.begin <= error->span.end);
        CHECK(error->span.end <= query.size());
        return;
    }
    auto const& tree = std::get<ast::Ast>(parsed);
    if (must_fail && is_of_parser(scenario.detail)) CHECK(has_pattern_predicate(tree));
    std::string const text = ast::to_text(tree);
    INFO(text);
    auto const again = islet::parser::parse(text);
    if (auto const* error = std::get_if<islet::parser::SyntaxError>(&again)) {
        FAIL_CHECK("the printed text does not parse: " << error->message);
    } else {
        CHECK(ast::to_text(std::get<ast::Ast>(again)) == text);
        CHECK(std::get<ast::Ast>(again).expressions.size() == tree.expressions.size());
    }
}

}  // namespace

TEST_CASE("every query of the TCK is parsed or refused as it should be") {
    char const* const shared = std::getenv("ISLET_SHARED");
    fs::path const features =
        fs::path(shared == nullptr ? ISLET_SOURCE_DIR "/../shared" : shared) / "tck" / "features";
    if (!fs::exists(features)) {
        WARN("skipped: there is no " << features.string());
        return;
    }
    std::size_t queries = 0;
    for (auto const& entry : fs::recursive_directory_iterator(features)) {
        if (entry.path().extension() != ".feature") continue;
        for (Scenario const& scenario : read_feature(entry.path())) {
            for (std::size_t i = 0; i < scenario.queries.size(); ++i) {
                bool const last = i + 1 == scenario.queries.size();
                check(scenario, scenario.queries[i], last && !scenario.detail.empty());
                ++queries;
            }
        }
    }
    CHECK(queries > 1000);
}
