// Scores the sample questions of ../shared/questions.json by the rules that the file states, prints the
// table, and asks for what holds always: no crash, the form of the contract, no wrong guess.
#include <rapidjson/document.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "islet/database.hpp"
#include "islet/question.hpp"
#include "islet/text.hpp"

namespace {

using Json = rapidjson::Value;

std::string shared_folder() {
    const char* given = std::getenv("ISLET_SHARED");
    return given != nullptr ? given : ISLET_SOURCE_DIR "/../shared";
}

/// Case and hyphens do not count.
std::string normal(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (c == '-' || c == ' ') {
            if (!plain.empty() && plain.back() != ' ') plain += ' ';
        } else {
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    if (!plain.empty() && plain.back() == ' ') plain.pop_back();
    return plain;
}

std::vector<std::string> names_of(const Json& item) {
    std::vector<std::string> names{normal(item["name"].GetString())};
    if (item.HasMember("synonyms")) {
        for (const Json& one : item["synonyms"].GetArray()) names.push_back(normal(one.GetString()));
    }
    return names;
}

/// What the rows of the answer name: in the main answer, and in the labelled parts that answer it too.
struct Named {
    std::set<std::string> main;
    std::set<std::string> labelled;
    std::set<std::string> cells;  ///< every value of every row
};

Named names_in(const islet::Answer& answer) {
    Named named;
    for (const islet::AnswerTier& tier : answer.answers) {
        if (tier.columns == std::vector<std::string>{"number"}) continue;
        for (const islet::AnswerRow& row : tier.rows) {
            if (row.values.front().kind() == islet::Kind::string) {
                (tier.direct ? named.main : named.labelled).insert(normal(row.values.front().as_string()));
            }
            for (const islet::Value& value : row.values) {
                named.cells.insert(normal(to_display(value, islet::Snapshot())));
            }
        }
    }
    return named;
}

bool any_in(const std::vector<std::string>& names, const std::set<std::string>& found) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return found.contains(name); });
}

std::set<int> lines_of(const std::string& text) {
    std::set<int> lines;
    std::stringstream stream(text);
    std::string part;
    while (std::getline(stream, part, ',')) {
        const int first = std::atoi(part.c_str());
        const std::size_t dash = part.find('-');
        const int last = dash == std::string::npos ? first : std::atoi(part.c_str() + dash + 1);
        for (int line = first; line <= last; ++line) lines.insert(line);
    }
    return lines;
}

bool cites(const islet::Answer& answer, const islet::KnowledgeBase& base, const std::string& evidence) {
    const std::size_t colon = evidence.find(':');
    for (const islet::AnswerTier& tier : answer.answers) {
        for (const islet::AnswerRow& row : tier.rows) {
            for (const islet::Citation& citation : row.sources) {
                for (const islet::Document& document : base.documents()) {
                    if (document.name != citation.document || document.file != evidence.substr(0, colon))
                        continue;
                    if (lines_of(citation.lines).contains(std::atoi(evidence.c_str() + colon + 1)))
                        return true;
                }
            }
        }
    }
    return false;
}

struct Verdict {
    bool pass = false;
    std::string why;
};

Verdict score_set(const Json& question, const islet::Answer& answer) {
    const Named named = names_in(answer);
    std::string missing;
    for (const Json& item : question["gold"].GetArray()) {
        if (!any_in(names_of(item), named.main) && !any_in(names_of(item), named.labelled)) {
            missing += std::string(missing.empty() ? "" : ", ") + item["name"].GetString();
        }
    }
    if (!missing.empty()) return {false, "missing: " + missing};
    if (question.HasMember("must_not_include")) {
        for (const Json& item : question["must_not_include"].GetArray()) {
            if (named.main.contains(normal(item.GetString())))
                return {false, std::string("wrong: ") + item.GetString()};
        }
    }
    std::string extra;
    for (const std::string& name : named.main) {
        bool known = false;
        for (const char* list : {"gold", "accept_if_labelled"}) {
            if (!question.HasMember(list)) continue;
            for (const Json& item : question[list].GetArray()) {
                const auto names = names_of(item);
                known = known || std::find(names.begin(), names.end(), name) != names.end();
            }
        }
        if (!known) extra += (extra.empty() ? "extra: " : ", ") + name;
    }
    return {true, extra};
}

Verdict score_evidence(const Json& question, const islet::Answer& answer, const islet::KnowledgeBase& base) {
    for (const Json& item : question["gold"].GetArray()) {
        for (const Json& evidence : item["evidence"].GetArray()) {
            if (!cites(answer, base, evidence.GetString())) {
                return {false, std::string("not cited: ") + evidence.GetString()};
            }
        }
    }
    return {true, {}};
}

Verdict score_unknown(const Json& question, const islet::Answer& answer, const islet::KnowledgeBase& base) {
    const std::string kind = question["gold"][0]["kind"].GetString();
    const Named named = names_in(answer);
    if (question.HasMember("must_not_include")) {
        for (const Json& item : question["must_not_include"].GetArray()) {
            if (named.main.contains(normal(item.GetString())))
                return {false, std::string("wrong: ") + item.GetString()};
        }
    }
    const bool term = kind == "unknown term";
    const auto wanted = term ? islet::AnswerStatus::unknown_term : islet::AnswerStatus::not_stated;
    if (answer.status != wanted) return {false, "status is not " + std::string(to_text(wanted))};
    if (kind == "explicit unknown in source") {
        for (const Json& evidence : question["evidence"].GetArray()) {
            if (!cites(answer, base, evidence.GetString()))
                return {false, "the source's own words are not cited"};
        }
        return {true, {}};
    }
    if (!named.main.empty()) return {false, "a value was given"};
    return {true, {}};
}

Verdict score(const Json& question, const islet::Answer& answer, const islet::KnowledgeBase& base) {
    const std::string type = question["answer_type"].GetString();
    if (type == "unknown") return score_unknown(question, answer, base);
    if (answer.status != islet::AnswerStatus::answered) return {false, answer.message};
    if (type == "entity_set" || type == "condition_set") return score_set(question, answer);
    if (type == "statements" || type == "path") return score_evidence(question, answer, base);
    if (type == "number" && question["value"].IsInt()) {
        const std::string value = std::to_string(question["value"].GetInt());
        if (!names_in(answer).cells.contains(value) && answer.message != value)
            return {false, "not " + value};
        return score_set(question, answer);
    }
    const std::string value = question["value"].GetString();
    if (!names_in(answer).cells.contains(normal(value))) return {false, "not " + value};
    return {true, {}};
}

void check_form(const std::string& text) {
    rapidjson::Document json;
    json.Parse(text.data(), text.size());
    REQUIRE_FALSE(json.HasParseError());
    for (const char* key : {"question", "status", "interpretation", "query", "message"}) {
        INFO(key);
        REQUIRE(json.HasMember(key));
        CHECK(json[key].IsString());
    }
    REQUIRE(json["suggestions"].IsArray());
    REQUIRE(json["answers"].IsArray());
    for (const Json& tier : json["answers"].GetArray()) {
        REQUIRE(tier["tier"].IsString());
        REQUIRE(tier["direct"].IsBool());
        REQUIRE(tier["columns"].IsArray());
        for (const Json& row : tier["rows"].GetArray()) {
            for (const Json& column : tier["columns"].GetArray())
                CHECK(row["values"].HasMember(column.GetString()));
            for (const Json& source : row["sources"].GetArray()) {
                for (const char* key : {"document", "section", "lines"}) CHECK(source[key].IsString());
                CHECK((source["date"].IsString() || source["date"].IsNull()));
            }
        }
    }
}

}  // namespace

TEST_CASE("the sample questions", "[question]") {
    std::ifstream stream(shared_folder() + "/questions.json");
    if (!stream) {
        WARN("skipped: there is no " + shared_folder() + "/questions.json");
        return;
    }
    std::stringstream text;
    text << stream.rdbuf();
    rapidjson::Document samples;
    samples.Parse(text.str().c_str());
    REQUIRE_FALSE(samples.HasParseError());

    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    islet::Database database(base.snapshot());
    islet::Session session = database.session();
    int passed = 0;
    std::string table;
    std::string guesses;
    for (const Json& question : samples["questions"].GetArray()) {
        const islet::Answer answer = islet::ask(base, session, question["question"].GetString());
        INFO(question["question"].GetString());
        check_form(to_json(answer));
        const Verdict verdict = score(question, answer, base);
        passed += verdict.pass ? 1 : 0;
        std::string line = question["id"].GetString() + std::string(verdict.pass ? "  pass  " : "  FAIL  ");
        line += to_text(answer.status);
        line.resize(std::max<std::size_t>(line.size(), 30), ' ');
        line += question["question"].GetString();
        if (!verdict.why.empty()) line += "\n                              " + verdict.why;
        table += line + "\n";
        if (!verdict.pass && answer.status == islet::AnswerStatus::answered) guesses += line + "\n";
        if (std::getenv("ISLET_SHOW") != nullptr) table += to_plain_text(answer) + "\n";
    }
    std::cout << table << passed << " of " << samples["questions"].Size() << " sample questions pass\n";
    INFO(guesses);
    CHECK(guesses.empty());
    CHECK(passed >= 40);
}
