// The first stages of a question, on the small base: words, terms, syntax.
#include <algorithm>
#include <catch2/catch.hpp>

#include "islet/knowledge.hpp"
#include "phrase_pattern.hpp"
#include "question/grammar.hpp"
#include "question/terms.hpp"
#include "question/tokens.hpp"

namespace {

const islet::KnowledgeBase& spices() {
    static const islet::KnowledgeBase base =
        islet::KnowledgeBase::load(ISLET_SOURCE_DIR "/kb/tests/spices").value();
    return base;
}

std::string folded(std::string_view text) {
    std::string all;
    for (const auto& token : islet::kb::tokenize(text, spices().lexicon().folding)) {
        all += (all.empty() ? "" : " ") + token.folded;
    }
    return all;
}

std::string tree(std::string_view question) {
    const auto terms = islet::kb::find_terms(question, spices().lexicon());
    REQUIRE(terms.unknown.empty());
    const auto trees = islet::kb::parse_question(terms.terms);
    return trees.empty() ? "" : to_text(trees.front(), terms.terms);
}

}  // namespace

TEST_CASE("phrase patterns", "[question]") {
    using islet::kb::expand_pattern;
    CHECK(expand_pattern("a (b|c) d") == std::vector<std::string>{"a b d", "a c d"});
    CHECK(expand_pattern("a[ b]") == std::vector<std::string>{"a b", "a"});
    CHECK(expand_pattern("(a|b [c|d])").size() == 4);
    CHECK(expand_pattern("a (b").empty());
    CHECK(expand_pattern("a] b").empty());
}

TEST_CASE("words are folded", "[question]") {
    CHECK(folded("The Herbs' LEAVES, and dishes?") == "herb leave , and dish");
    CHECK(folded("cook's soup-bowl") == "cook soup bowl");
    CHECK(folded("Cr\u00e8me br\u00fbl\u00e9e") == "creme brulee");
    CHECK(folded("\u2018\u2019 \xff\xfe ;").empty());
    CHECK(folded("berries glass bus") == "berry glass bus");
}

TEST_CASE("the longest name counts", "[question]") {
    const auto terms = islet::kb::find_terms("fresh sweet basil", spices().lexicon());
    REQUIRE(terms.terms.size() == 2);
    CHECK(terms.terms[1].text == "sweet basil");
}

TEST_CASE("a slip of the pen is forgiven once it can mean one word only", "[question]") {
    const auto near = islet::kb::find_terms("tastes of corriander", spices().lexicon());
    CHECK(near.unknown.empty());
    REQUIRE(near.corrections.size() == 1);
    CHECK(near.corrections.front() == "`corriander` is read as `coriander`");
    // Too far, too short, or another first letter.
    for (const char* word : {"saffron", "basi", "zumin", "parslechain"}) {
        const auto terms = islet::kb::find_terms(word, spices().lexicon());
        INFO(word);
        CHECK(terms.unknown.size() == 1);
    }
    CHECK_FALSE(islet::kb::find_terms("parslie", spices().lexicon()).unknown.empty());
}

TEST_CASE("questions have a form", "[question]") {
    CHECK(tree("spices for tomato soup") ==
          "(list (group (phrase `spice`)) (link `for` (group (phrase `tomato soup`))))");
    CHECK(tree("what grows in Italy") == "(list open (link `grow in` (group (phrase `Italy`))))");
    CHECK(tree("spices for soup but not for stew") ==
          "(list (group (phrase `spice`)) (link `for` (group (phrase `soup`))) (link not `for` (group "
          "(phrase `stew`))))");
    CHECK(tree("how many blends contain cumin") ==
          "(count (group (phrase `blend`)) (link `contain` (group (phrase `cumin`))))");
    CHECK(tree("is basil a herb") == "(polar (group (phrase `basil` `herb`)))");
    CHECK(tree("spices according to the Garden Book but not the Kitchen Book").empty());
    CHECK(tree("of of of").empty());
}
