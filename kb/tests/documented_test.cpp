// The examples of docs/questions.md are what the program says. ISLET_UPDATE_DOCS=1 writes them anew.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "islet/database.hpp"
#include "islet/question.hpp"

TEST_CASE("the documented questions get the documented answers", "[question]") {
    const std::string path = ISLET_SOURCE_DIR "/docs/questions.md";
    std::ifstream stream(path);
    REQUIRE(stream);
    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    islet::Database database(base.snapshot());
    islet::Session session = database.session();
    const std::string prompt = "$ islet ask \"";
    std::string written;
    std::string anew;
    std::size_t examples = 0;
    bool inside = false;
    for (std::string line; std::getline(stream, line);) {
        written += line + "\n";
        if (inside && line != "```") continue;
        inside = false;
        anew += line + "\n";
        if (line.compare(0, prompt.size(), prompt) != 0) continue;
        const std::string question = line.substr(prompt.size(), line.size() - prompt.size() - 1);
        anew += to_plain_text(islet::ask(base, session, question));
        inside = true;
        ++examples;
    }
    CHECK(examples >= 20);
    if (std::getenv("ISLET_UPDATE_DOCS") != nullptr) std::ofstream(path) << anew;
    CHECK(written == anew);
}
