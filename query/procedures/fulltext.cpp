// db.index.fulltext.queryNodes: nodes by words, misspelt too.

#include "families.hpp"
#include "islet/error.hpp"
#include "islet/index.hpp"
#include "projection.hpp"

namespace islet::query {

void add_fulltext_procedures(ProcedureRegistry& registry) {
    registry.add(
        {.name = "db.index.fulltext.queryNodes",
         .inputs = {{"indexName", FieldType::string, false, {}},
                    {"text", FieldType::string, false, {}},
                    options_field()},
         .outputs = {node_field(), {"score", FieldType::floating, false, {}}},
         .call =
             [](const ProcedureContext& context, const std::vector<Value>& arguments) {
                 constexpr std::string_view procedure = "db.index.fulltext.queryNodes";
                 const Options options(procedure, arguments[2], {"limit"});
                 const std::int64_t limit = options.integer("limit", INT64_MAX, 0);
                 const Catalog& catalog = context.snapshot.catalog();
                 const std::string name(arguments[0].as_string());
                 const IndexDefinition* index = catalog.index(name);
                 if (index == nullptr || index->kind != IndexDefinition::Kind::fulltext) {
                     std::vector<std::string> known;
                     for (const IndexDefinition& one : catalog.indexes) {
                         if (one.kind == IndexDefinition::Kind::fulltext) known.push_back(one.name);
                     }
                     const auto near = nearest(name, known);
                     refuse(procedure, "there is no fulltext index `" + name + "`",
                            near ? "did you mean `" + *near + "`?"
                                 : "make one with CREATE FULLTEXT INDEX name FOR (n:Label) ON EACH [n.key]");
                 }
                 Rows rows;
                 for (const auto& [node, score] :
                      search_words(context.snapshot, *index, arguments[1].as_string())) {
                     if (static_cast<std::int64_t>(rows.size()) >= limit) break;
                     rows.push_back({node, score});
                 }
                 return rows;
             },
         .description = "Nodes whose words are nearest to those of a text, misspelt or not: {limit}"});
}

}  // namespace islet::query
