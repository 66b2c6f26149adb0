#include "islet/knowledge.hpp"
#include "islet/knowledge_export.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;

/// A copy of the small base, with one file changed; gone at the end.
class ChangedBase {
 public:
    explicit ChangedBase(const std::string& name)
        : folder_(fs::temp_directory_path() / ("islet-kb-" + name)) {
        fs::remove_all(folder_);
        fs::copy(ISLET_SOURCE_DIR "/kb/tests/spices", folder_);
    }
    ~ChangedBase() { fs::remove_all(folder_); }
    ChangedBase(const ChangedBase&) = delete;
    ChangedBase& operator=(const ChangedBase&) = delete;

    void replace(const std::string& file, const std::string& from, const std::string& to) {
        std::ifstream in(folder_ / file);
        std::stringstream text;
        text << in.rdbuf();
        std::string changed = text.str();
        const std::size_t at = changed.find(from);
        REQUIRE(at != std::string::npos);
        changed.replace(at, from.size(), to);
        in.close();
        std::ofstream(folder_ / file) << changed;
    }

    [[nodiscard]] std::vector<islet::Error> check() const { return islet::KnowledgeBase::check(folder_); }
    [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
    fs::path folder_;
};

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

TEST_CASE("the built-in base is without faults", "[knowledge]") {
    const auto faults = islet::KnowledgeBase::check(ISLET_SOURCE_DIR "/kb/pnet");
    for (const islet::Error& fault : faults)
        UNSCOPED_INFO(fault.place << ": " << fault.message << " " << fault.hint);
    CHECK(faults.empty());
    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    CHECK(base.snapshot().node_count() > base.entities().size());
    std::set<std::string> sources;
    for (const islet::StatementCount& count : base.statement_counts()) sources.insert(count.source);
    for (const islet::Document& document : base.documents()) CHECK(sources.contains(document.name));
}

TEST_CASE("a base is a graph of its statements", "[knowledge]") {
    const islet::KnowledgeBase base = islet::KnowledgeBase::load(ISLET_SOURCE_DIR "/kb/tests/spices").value();
    const islet::Snapshot& graph = base.snapshot();
    const auto basil = std::find_if(base.entities().begin(), base.entities().end(),
                                    [](const islet::Entity& one) { return one.id == "basil"; });
    REQUIRE(basil != base.entities().end());
    CHECK(graph.property(basil->node, *graph.find_key("name")) == islet::Value("basil"));
    const auto grows = graph.neighbours(basil->node, *graph.find_type("GROWS_IN"), islet::Direction::out);
    REQUIRE(grows.size() == 2);
    CHECK(graph.property(grows.rel(0), *graph.find_key("source")) == islet::Value("Garden Book"));
    CHECK(graph.property(grows.rel(0), *graph.find_key("section")) == islet::Value("Leaves"));
    CHECK(graph.property(grows.rel(0), *graph.find_key("lines")) == islet::Value("6"));
    CHECK(graph.property(grows.rel(0), *graph.find_key("date")) == islet::Value("1998"));
    // A reified statement is a node, stated in a section.
    const auto uses = graph.neighbours(basil->node, *graph.find_type("GOES_INTO"), islet::Direction::out);
    REQUIRE(uses.size() == 2);
    CHECK(graph.has_label(uses.nodes[0], *graph.find_label("Use")));
    CHECK(graph.degree(uses.nodes[0], *graph.find_type("IN_DISH"), islet::Direction::out) == 1);
    CHECK(graph.degree(uses.nodes[0], *graph.find_type("STATED_IN"), islet::Direction::out) == 1);
}

TEST_CASE("each fault of a base is reported with its place", "[knowledge]") {
    struct Case {
        std::string name, file, from, to, place, message;
    };
    const auto fault = GENERATE(values<Case>({
        {"dangling", "plants.json", "\"MIXES\": [\"cumin\"", "\"MIXES\": [\"cumni\"",
         "plants.json#/entities/8/statements/0/MIXES/0", "there is no entity `cumni`"},
        {"relation", "plants.json", "\"GROWS_IN\": \"india\"", "\"GROWS_ON\": \"india\"",
         "plants.json#/entities/5/statements/2", "there is no relation `GROWS_ON`"},
        {"value", "plants.json", "[\"fresh\"]", "[\"frozen\"]", "plants.json#/entities/3/statements/3/state",
         "`frozen` is no value of `state`"},
        {"lines", "plants.json", "garden:31", "garden:99", "plants.json#/entities/7/statements/1/cite",
         "line 99 lies in no section of Garden Book"},
        {"source", "plants.json", "garden:31", "garten:31", "plants.json#/entities/7/statements/1/cite",
         "`garten:31` does not cite a source and its lines"},
        {"cite", "plants.json", "\"GROWS_IN\": \"italy\", \"cite\": \"garden:31\"", "\"GROWS_IN\": \"italy\"",
         "plants.json#/entities/7/statements/1", "a stated fact needs `cite`"},
        {"range", "plants.json", "\"GROWS_IN\": \"italy\", \"cite\": \"garden:31\"",
         "\"GROWS_IN\": \"stew\", \"cite\": \"garden:31\"", "plants.json#/entities/7/statements/1/GROWS_IN",
         "`stew` is a Dish, which is not in the range of GROWS_IN"},
        {"twice", "plants.json", "\"id\": \"fennel\"", "\"id\": \"basil\"", "plants.json#/entities/7/id",
         "the id `basil` stands twice"},
        {"property", "plants.json", "\"amount\": \"plenty\"", "\"amont\": \"plenty\"",
         "plants.json#/entities/8/statements/2/amont", "GOES_INTO has no property `amont`"},
        {"label", "plants.json", "\"label\": \"Region\", \"name\": \"India\"",
         "\"label\": \"Regoin\", \"name\": \"India\"", "/label", "there is no label `Regoin`"},
        {"schema", "schema.json", "\"range\": [\"Region\"]", "\"range\": [\"Land\"]",
         "schema.json#/relations/GROWS_IN/range", "there is no label `Land`"},
        {"words", "vocabulary.json", "\"GROWS_IN\"", "\"GROWS\"", "vocabulary.json#/relations/GROWS",
         "there is no relation `GROWS`"},
        {"slot", "vocabulary.json", "\"labels\":",
         "\"rephrase\": [[\"is {x} {y}\", \"what is {x}\"]], \"labels\":", "vocabulary.json#/rephrase/0",
         "`what is {x}` leaves out {y} of `is {x} {y}`"},
        {"many", "vocabulary.json", "\"labels\":",
         "\"rephrase\": [[\"(a|b|c) [d] (e|f|g|h|i) (j|k|l|m|n) (o|p|q|r|s) (t|u|v|w|x) [y] [z] [aa] {x}\", "
         "\"what is {x}\"]], "
         "\"labels\":",
         "vocabulary.json#/rephrase/0",
         "`(a|b|c) [d] (e|f|g|h|i) (j|k|l|m|n) (o|p|q|r|s) (t|u|v|w|x) [y] [z] [aa] {x}` stands for 30000 "
         "phrases, of at "
         "most 20000: brackets multiply"},
    }));
    ChangedBase base(fault.name);
    base.replace(fault.file, fault.from, fault.to);
    const auto faults = base.check();
    REQUIRE_FALSE(faults.empty());
    CHECK(ends_with(faults.front().place, fault.place));
    CHECK(faults.front().message == fault.message);
    const auto loaded = islet::KnowledgeBase::load(base.folder());
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().message == fault.message);
}

TEST_CASE("a file that is not JSON is refused with line and column", "[knowledge]") {
    ChangedBase base("syntax");
    base.replace("sources.json", "\"id\": \"garden\",", "\"id\": \"garden\"");
    const auto faults = base.check();
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().kind == "SyntaxError");
    REQUIRE(faults.front().span.has_value());
    CHECK(faults.front().span->line == 2);
    INFO(faults.front().place);
    CHECK(ends_with(faults.front().place, "sources.json:2:19"));
}

TEST_CASE("all faults are collected", "[knowledge]") {
    ChangedBase base("several");
    base.replace("plants.json", "garden:31", "garden:99");
    base.replace("plants.json", "\"MIXES\": [\"cumin\"", "\"MIXES\": [\"cumni\"");
    CHECK(base.check().size() == 2);
    CHECK(islet::KnowledgeBase::load(base.folder()).error().hint.find("1 more") != std::string::npos);
}

TEST_CASE("the code knows nothing of what the built-in base is about", "[knowledge]") {
    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    // Names that are everyday words of any language of programming or of this library.
    const std::set<std::string> everyday{"grade",    "stage",  "tumor",    "local",
                                         "schedule", "source", "document", "infusion"};
    std::string code;
    for (const char* folder : {"/kb", "/kb/question", "/kb/include/islet"}) {
        for (const auto& entry : fs::directory_iterator(std::string(ISLET_SOURCE_DIR) + folder)) {
            const std::string extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp") continue;
            std::ifstream stream(entry.path());
            std::stringstream text;
            text << stream.rdbuf();
            code += text.str();
        }
    }
    REQUIRE(code.size() > 10000);
    std::transform(code.begin(), code.end(), code.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const islet::Entity& entity : base.entities()) {
        std::string name = entity.name;
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        if (name.size() < 6 || everyday.contains(name)) continue;
        INFO(name);
        CHECK(code.find(name) == std::string::npos);
    }
    for (const islet::RelationRule& relation : base.schema().relations) {
        INFO(relation.name);
        std::string name = relation.name;
        CHECK(code.find("\"" + name + "\"") == std::string::npos);
    }
}

TEST_CASE("the schema gives the table for KGX, and the graph's catalog its evidence", "[knowledge]") {
    const islet::KnowledgeBase base = islet::KnowledgeBase::built_in().value();
    const islet::KgxMapping mapping = kgx_mapping(base);
    CHECK(mapping.categories.at("Drug") == "biolink:Drug");
    CHECK(mapping.predicates.at("HAS_SIDE_EFFECT") == "biolink:has_side_effect");
    CHECK(mapping.slots.at("source") == "primary_knowledge_source");
    CHECK(mapping.values.at("assertion").at("stated") == "knowledge_assertion");
    CHECK(mapping.id_prefix == "pnet");
    REQUIRE(mapping.reified.size() == 1);
    CHECK(mapping.reified.front().label == "Indication");
    CHECK(base.snapshot().catalog().evidence == base.schema().evidence);
}
