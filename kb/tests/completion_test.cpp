#include "islet/completion.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace {

bool offers(const islet::QuestionCompletions& found, const std::string& word) {
    return std::find(found.words.begin(), found.words.end(), word) != found.words.end();
}

}  // namespace

TEST_CASE("completion offers what a question may go on with", "[completion]") {
    const islet::KnowledgeBase base = islet::KnowledgeBase::load(ISLET_SOURCE_DIR "/kb/tests/spices").value();

    SECTION("the beginning of a name") {
        const auto found = complete_question(base, "tastes of cu");
        CHECK(found.replaced == 2);
        CHECK(offers(found, "cumin"));
        CHECK_FALSE(offers(found, "basil"));
    }
    SECTION("what fits by its type") {
        const auto found = complete_question(base, "tastes of ");
        CHECK(found.replaced == 0);
        CHECK(offers(found, "cumin"));
        CHECK_FALSE(offers(found, "Italy"));  // a country has no taste
    }
    SECTION("several words of a name") {
        const auto found = complete_question(base, "spices for tomato s");
        CHECK(found.replaced == std::string("tomato s").size());
        CHECK(offers(found, "tomato soup"));
    }
    SECTION("words that begin a question") {
        const auto found = complete_question(base, "wh");
        CHECK(offers(found, "what"));
    }
    SECTION("nothing after what is not understood") {
        CHECK(complete_question(base, "asdf qwer ").words.empty());
    }
}
