// What holds of the facts of the built-in base, and of its texts beside the documents they cite.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "islet/export.hpp"
#include "islet/knowledge.hpp"

namespace {

std::string shared_folder() {
    const char* given = std::getenv("ISLET_SHARED");
    return given != nullptr ? given : ISLET_SOURCE_DIR "/../shared";
}

/// Lower-case words; a mark that ends a sentence is a word of its own, so that no sequence goes beyond it.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else {
            end();
        }
    }
    end();
    return words;
}

constexpr std::size_t sequence = 14;  // longer than any name

void add_sequences(const std::string& text, std::set<std::string>& all) {
    const std::vector<std::string> words = words_of(text);
    for (std::size_t i = 0; i + sequence <= words.size(); ++i) {
        std::string joined;
        for (std::size_t k = i; k < i + sequence; ++k) joined += words[k] + " ";
        all.insert(std::move(joined));
    }
}

void collect_texts(const islet::Value& value, std::vector<std::string>& texts) {
    if (value.kind() == islet::Kind::string) texts.emplace_back(value.as_string());
    if (value.kind() != islet::Kind::list) return;
    for (const islet::Value& one : value.as_list()) collect_texts(one, texts);
}

}  // namespace

TEST_CASE("every source makes its statements", "[knowledge]") {
    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    std::map<std::string, std::size_t> counts;
    std::size_t all = 0;
    for (const islet::StatementCount& count : base.statement_counts()) {
        counts[count.source] += count.statements;
        all += count.statements;
    }
    CHECK(all >= 700);
    for (const islet::Document& document : base.documents()) {
        INFO(document.name);
        CHECK(counts[document.name] >= 30);
    }
}

TEST_CASE("no sentence of the documents is in the base", "[knowledge]") {
    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    std::set<std::string> theirs;
    for (const islet::Document& document : base.documents()) {
        std::ifstream stream(shared_folder() + "/seeds/" + document.file);
        if (!stream) {
            WARN("skipped: there is no " + shared_folder() + "/seeds/" + document.file);
            return;
        }
        std::stringstream text;
        text << stream.rdbuf();
        add_sequences(text.str(), theirs);
    }
    REQUIRE(theirs.size() > 5000);
    const islet::Snapshot& graph = base.snapshot();
    std::vector<std::string> texts;
    const auto add_all = [&](const auto& properties) {
        for (const auto& property : properties) collect_texts(property.second, texts);
    };
    const islet::Subgraph all = whole_graph(graph);
    for (const islet::NodeId node : all.nodes) add_all(graph.properties(node));
    for (const islet::RelId rel : all.relationships) add_all(graph.properties(rel));
    REQUIRE(texts.size() > 3000);
    for (const std::string& text : texts) {
        std::set<std::string> own;
        add_sequences(text, own);
        for (const std::string& one : own) {
            INFO(text);
            CHECK_FALSE(theirs.contains(one));
        }
    }
}
