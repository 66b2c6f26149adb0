// Questions as data: each file of tests/*.questions.json is asked of its base. `main` are all things that
// the direct tiers name, `has` some of them, `labelled` some that the other tiers name, `cites` documents.
#include <rapidjson/document.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "islet/database.hpp"
#include "islet/question.hpp"

namespace {

std::string read(const std::string& path) {
    std::ifstream stream(path);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

struct Found {
    std::set<std::string> main;
    std::set<std::string> labelled;
    std::set<std::string> cites;
    std::int64_t number = -1;
};

Found collect(const islet::Answer& answer) {
    Found found;
    for (const islet::AnswerTier& tier : answer.answers) {
        for (const islet::AnswerRow& row : tier.rows) {
            for (const islet::Citation& citation : row.sources) found.cites.insert(citation.document);
            const islet::Value& first = row.values.front();
            if (tier.columns.front() == "number") {
                found.number = first.as_int();
            } else if (first.kind() == islet::Kind::string) {
                (tier.direct ? found.main : found.labelled).insert(std::string(first.as_string()));
            }
        }
    }
    return found;
}

std::set<std::string> names(const rapidjson::Value& list) {
    std::set<std::string> all;
    for (const auto& one : list.GetArray()) all.insert(one.GetString());
    return all;
}

bool holds(const std::set<std::string>& all, const std::set<std::string>& some) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

void ask_all(const islet::KnowledgeBase& base, const std::string& path) {
    islet::Database database(base.snapshot());
    islet::Session session = database.session();
    rapidjson::Document file;
    file.Parse(read(path).c_str());
    REQUIRE_FALSE(file.HasParseError());
    for (const auto& question : file["questions"].GetArray()) {
        const islet::Answer answer = islet::ask(base, session, question["ask"].GetString());
        const Found found = collect(answer);
        INFO(to_plain_text(answer));
        INFO(question["ask"].GetString());
        CHECK(std::string(to_text(answer.status)) == question["status"].GetString());
        if (question.HasMember("main")) CHECK(found.main == names(question["main"]));
        if (question.HasMember("has")) CHECK(holds(found.main, names(question["has"])));
        if (question.HasMember("lacks")) {
            for (const std::string& name : names(question["lacks"])) CHECK_FALSE(found.main.contains(name));
        }
        if (question.HasMember("labelled")) CHECK(holds(found.labelled, names(question["labelled"])));
        if (question.HasMember("cites")) CHECK(holds(found.cites, names(question["cites"])));
        if (question.HasMember("number")) CHECK(found.number == question["number"].GetInt64());
        if (question.HasMember("says")) {
            CHECK(answer.interpretation.find(question["says"].GetString()) != std::string::npos);
        }
        // What is shown is what the shown query gives when it is run by hand.
        for (const islet::AnswerTier& tier : answer.answers) {
            const auto again = session.run(tier.query);
            INFO(tier.query);
            REQUIRE(again.ok());
            CHECK(again->size() >= tier.rows.size());
            CHECK(std::includes(again->columns().begin(), again->columns().end(), tier.columns.begin(),
                                tier.columns.begin() + 1));
        }
        if (answer.status != islet::AnswerStatus::answered) CHECK_FALSE(answer.message.empty());
    }
}

}  // namespace

TEST_CASE("questions to the built-in base", "[question]") {
    ask_all(islet::KnowledgeBase::built_in().value(), ISLET_SOURCE_DIR "/kb/tests/pnet.questions.json");
}

TEST_CASE("another base brings its own words and is asked the same way", "[question]") {
    ask_all(islet::KnowledgeBase::load(ISLET_SOURCE_DIR "/kb/tests/spices").value(),
            ISLET_SOURCE_DIR "/kb/tests/spices.questions.json");
}
