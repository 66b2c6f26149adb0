// Scores the sample questions of ../shared/questions.json and our own ones by the rules that the files
// state, prints the tables, and asks for what holds always: the form of the contract, no wrong guess, every
// shown query gives its rows when it is run by hand.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "islet/database.hpp"
#include "scoring.hpp"

namespace {

using islet::scoring::Json;
using islet::scoring::Outcome;

std::string shared_folder() {
    const char* given = std::getenv("ISLET_SHARED");
    return given != nullptr ? given : ISLET_SOURCE_DIR "/../shared";
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

/// What is shown is what the shown query gives when it is run by hand.
void check_queries(islet::Session& session, const islet::Answer& answer) {
    for (const islet::AnswerTier& tier : answer.answers) {
        const auto again = session.run(tier.query);
        INFO(tier.query);
        REQUIRE(again.ok());
        CHECK(again->size() >= tier.rows.size());
        std::size_t found = 0;
        for (const islet::AnswerRow& row : tier.rows) {
            bool same = false;
            for (const islet::Row other : *again) {
                bool equal = true;
                for (std::size_t i = 0; i < row.values.size() && equal; ++i)
                    equal = equivalent(row.values[i], other[i]);
                same = same || equal;
            }
            found += same ? 1 : 0;
        }
        CHECK(found == tier.rows.size());
    }
}

/// The file; without members if there is none.
rapidjson::Document read_file(const std::string& path) {
    rapidjson::Document file;
    std::ifstream stream(path);
    if (!stream) {
        WARN("skipped: there is no " + path);
        file.SetObject();
        return file;
    }
    std::stringstream text;
    text << stream.rdbuf();
    file.Parse(text.str().c_str());
    REQUIRE_FALSE(file.HasParseError());
    return file;
}

const Json* find_question(const rapidjson::Document& file, const std::string& id) {
    if (!file.HasMember("questions")) return nullptr;
    for (const Json& one : file["questions"].GetArray()) {
        if (one["id"].GetString() == id) return &one;
    }
    return nullptr;
}

/// A paraphrase has the gold of the question it is `of`; of other questions what is beyond the gold is wrong.
islet::scoring::Verdict score_paraphrase(const Json& question, const Json& gold, const islet::Answer& answer,
                                         const islet::KnowledgeBase& base) {
    islet::scoring::Verdict verdict = islet::scoring::score(gold, answer, base);
    const bool strict = &gold == &question && !question.HasMember("more_is_right");
    if (strict && verdict.outcome == Outcome::right && verdict.why.starts_with("extra"))
        verdict.outcome = Outcome::wrong;
    return verdict;
}

/// Asks all questions of a file. Prints the table; fails on a wrong answer and below `floor` right ones.
void score_file(const std::string& path, std::size_t floor, bool paraphrases = false) {
    const rapidjson::Document file = read_file(path);
    if (!file.HasMember("questions")) return;
    rapidjson::Document samples;
    rapidjson::Document own;
    if (paraphrases) {
        samples = read_file(shared_folder() + "/questions.json");
        own = read_file(ISLET_SOURCE_DIR "/kb/tests/own_questions.json");
        // Without the sample questions, theirs cannot be scored.
        if (!samples.HasMember("questions")) floor = 0;
    }

    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    islet::Database database(base.snapshot());
    islet::Session session = database.session();
    std::array<std::size_t, 3> counts{};
    std::string table;
    std::string guesses;
    for (const Json& question : file["questions"].GetArray()) {
        const islet::Answer answer = islet::ask(base, session, question["question"].GetString());
        INFO(question["question"].GetString());
        check_form(to_json(answer));
        check_queries(session, answer);
        const Json* gold = &question;
        if (paraphrases && question.HasMember("of")) {
            gold = find_question(samples, question["of"].GetString());
            if (gold == nullptr) gold = find_question(own, question["of"].GetString());
            if (gold == nullptr) continue;
        }
        const islet::scoring::Verdict verdict = paraphrases ? score_paraphrase(question, *gold, answer, base)
                                                            : islet::scoring::score(question, answer, base);
        ++counts[static_cast<std::size_t>(verdict.outcome)];
        static constexpr std::array<const char*, 3> names{"right   ", "refused ", "WRONG   "};
        std::string line = question["id"].GetString() + std::string("  ") +
                           names[static_cast<std::size_t>(verdict.outcome)] +
                           question["question"].GetString() + "\n";
        if (!verdict.why.empty()) line += "                " + verdict.why + "\n";
        table += line;
        if (verdict.outcome == Outcome::wrong) guesses += line;
        if (std::getenv("ISLET_SHOW") != nullptr) table += to_plain_text(answer) + "\n";
    }
    std::cout << table << counts[0] << " right, " << counts[1] << " refused, " << counts[2] << " wrong of "
              << file["questions"].Size() << "\n";
    INFO(guesses);
    CHECK(guesses.empty());
    CHECK(counts[0] >= floor);
}

}  // namespace

TEST_CASE("the sample questions", "[question]") {
    score_file(shared_folder() + "/questions.json", 40);
}

TEST_CASE("questions of our own", "[question]") {
    score_file(ISLET_SOURCE_DIR "/kb/tests/own_questions.json", 145);
}

TEST_CASE("other wordings", "[question]") {
    score_file(ISLET_SOURCE_DIR "/kb/tests/paraphrases.json", 2890, true);
}

// A fresh batch is scored before it joins the file: ISLET_WORDINGS=batch.json kb_test "a batch of wordings"
TEST_CASE("a batch of wordings", "[.]") {
    if (const char* path = std::getenv("ISLET_WORDINGS")) score_file(path, 0, true);
}
