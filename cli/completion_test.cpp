#include "completion.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "islet/database.hpp"
#include "query_context.hpp"

using namespace islet;
using namespace islet::cli;

namespace {

/// A graph with odd names, and the built-in base for questions.
struct Fixture {
    Fixture() {
        GraphBuilder builder;
        const LabelId drug = builder.label("Drug");
        const LabelId target = builder.label("Target");
        const LabelId odd = builder.label("Odd label");
        const auto node = [&](LabelId label, std::string_view name) {
            const NodeId id = builder.add_node(std::span(&label, 1));
            builder.set_property(id, builder.key("name"), name);
            return id;
        };
        const NodeId belzutifan = node(drug, "belzutifan");
        node(drug, "Beta's drug");
        builder.set_property(belzutifan, builder.key("brand_names"), List{"Welireg"});
        const NodeId hif = node(target, "beta cell");
        node(odd, "x");
        builder.set_property(hif, builder.key("gene"), "EPAS1");
        const std::size_t rel = builder.add_relationship(belzutifan, builder.type("HAS_TARGET"), hif);
        builder.set_relationship_property(rel, builder.key("lines"), "119");
        snapshot = builder.finish();
        procedures.add({"graph.components", {}, {{"node"}, {"component"}}, {}});
        procedures.add({"graph.pageRank", {}, {{"node"}, {"score"}}, {}});
    }

    Completer completer() {
        CompletionSources sources;
        sources.snapshot = [this] { return snapshot; };
        sources.parameters = [] { return std::vector<std::string>{"drug", "dose"}; };
        sources.procedures = [this]() -> const query::ProcedureRegistry& { return procedures; };
        sources.settings = {"pager", "progress"};
        return {base,
                {{"mode", Argument::format}, {"schema", Argument::name}, {"set", Argument::setting}},
                sources};
    }
    /// What Tab offers at the end of `before`.
    std::vector<std::string> words(std::string_view before, std::string_view pending = {}) {
        return completer().complete(pending, before).words;
    }

    KnowledgeBase base = KnowledgeBase::built_in().value();
    Snapshot snapshot;
    query::ProcedureRegistry procedures;
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("completion: labels, types and keys where they belong") {
    Fixture f;
    CHECK(f.words("MATCH (n:") == Words{"Drug", "Target", "`Odd label`"});
    CHECK(f.words("MATCH (n:dr") == Words{"Drug"});
    CHECK(f.words("MATCH (n:Drug|Ta") == Words{"Target"});
    CHECK(f.words("MATCH (n:`Od") == Words{"Odd label`"});
    CHECK(f.words("MATCH (n)-[r:") == Words{"HAS_TARGET"});
    CHECK(f.words("MATCH (n) WHERE n:Ta") == Words{"Target"});
    CHECK(f.words("MATCH (n:Drug) RETURN n.") == Words{"brand_names", "name"});
    CHECK(f.words("MATCH (n:Target) RETURN n.") == Words{"gene", "name"});
    CHECK(f.words("MATCH (n)-[r:HAS_TARGET]->(m) RETURN r.") == Words{"lines"});
    CHECK(f.words("MATCH (n) RETURN n.") == Words{"brand_names", "gene", "lines", "name"});
    CHECK(f.words("MATCH (n:Target {") == Words{"gene", "name"});
    CHECK(f.words("MATCH (n:Target {name: 'x', ge") == Words{"gene"});
    CHECK(f.words("(n:Dr", "MATCH\n") == Words{"Drug"});
}

TEST_CASE("completion: values of properties") {
    Fixture f;
    CHECK(f.words("MATCH (d:Drug {name: 'bel") == Words{"belzutifan"});
    CHECK(f.completer().complete("", "MATCH (d:Drug {name: 'bel").after == "'");
    CHECK(f.words("MATCH (d:Drug {name: \"be") == Words{"Beta's drug", "belzutifan"});
    CHECK(f.words("MATCH (d:Drug {name: 'beta") == Words{"Beta\\'s drug"});
    CHECK(f.words("MATCH (d {name: 'be") == Words{"Beta\\'s drug", "belzutifan", "beta cell"});
    CHECK(f.words("MATCH (t:Target) WHERE t.name = 'be") == Words{"beta cell"});
    CHECK(f.words("MATCH (t:Target) WHERE t.name STARTS WITH 'be") == Words{"beta cell"});
    CHECK(f.words("MATCH (d:Drug) WHERE d.name IN ['x', 'bel") == Words{"belzutifan"});
    CHECK(f.words("RETURN 'be").empty());
    CHECK(f.words("MATCH (d:Drug) // name: 'be").empty());
}

TEST_CASE("completion: keywords, functions, variables, parameters, procedures") {
    Fixture f;
    CHECK(f.words("RETU") == Words{"RETURN"});
    CHECK(f.words("MATCH (n) retu") == Words{"return"});
    CHECK(f.words("RETURN toUpp") == Words{"toUpper("});
    CHECK(f.completer().complete("", "RETURN toUpp").after.empty());
    CHECK(f.completer().complete("", "RETURN substring(").note == "substring(text, start[, length])");
    CHECK(f.words("RETURN date.tru") == Words{"truncate("});
    CHECK(f.words("MATCH (someone:Drug)-->(other) RETURN som") == Words{"someone"});
    CHECK(f.words("UNWIND [1] AS element RETURN elem") == Words{"element", "elementId("});
    CHECK(f.words("RETURN $d") == Words{"dose", "drug"});
    CHECK(f.words("CALL gr") == Words{"graph.components(", "graph.pageRank("});
    CHECK(f.words("CALL graph.p") == Words{"graph.pageRank("});
    CHECK(f.words("CALL graph.pageRank() YIELD ") == Words{"node", "score"});
    CHECK(f.words("CALL graph.pageRank() YIELD node, sc") == Words{"score"});
    CHECK(f.words("RETURN ").empty());
}

TEST_CASE("completion: commands and what they take") {
    Fixture f;
    CHECK(f.words(":mo") == Words{"mode"});
    CHECK(f.words(".sch") == Words{"schema"});
    CHECK(f.words(":mode js") == Words{"json", "jsonl"});
    CHECK(f.words(":schema HAS") == Words{"HAS_TARGET"});
    CHECK(f.words(":set p") == Words{"pager", "progress"});
    CHECK(f.words(":set pager o") == Words{"off", "on"});
    CHECK(f.words(":nothing x").empty());
}

TEST_CASE("completion: names in questions") {
    Fixture f;
    const auto words = f.words("side effects of everol");
    CHECK(words == Words{"everolimus"});
}

TEST_CASE("keywords are sorted, as looking them up needs") {
    CHECK(std::is_sorted(keywords().begin(), keywords().end()));
}
