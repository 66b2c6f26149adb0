// Sources, entities and statements of a knowledge base as plain structs, with the place each came from;
// the step between the JSON files and the graph.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "islet/knowledge.hpp"
#include "json_file.hpp"

namespace islet::kb {

/// One claim, checked against the schema. Subject and object index `Facts::entities`, or name a document.
struct Statement {
    std::size_t subject = 0;
    std::size_t relation = 0;  ///< in Schema::relations
    std::size_t object = 0;    ///< in Facts::entities, or in Facts::documents where `object_is_document`
    bool object_is_document = false;
    std::vector<std::pair<std::string, Value>> qualifiers;
    bool inferred = false;
    std::size_t document = SIZE_MAX;  ///< SIZE_MAX: no source (inferred)
    std::size_t section = SIZE_MAX;
    std::string lines;
};

struct Facts {
    std::vector<Document> documents;
    std::vector<Entity> entities;
    std::vector<Statement> statements;
};

/// sources.json. Appends to `faults`.
std::vector<Document> read_documents(const JsonFile& file, std::vector<Error>& faults);

/// All entities of `files`, then their statements. Appends every fault; what is faulty is left out.
Facts read_facts(const Schema& schema, std::vector<Document> documents, const std::vector<JsonFile>& files,
                 std::vector<Error>& faults);

/// The graph of `facts`; fills in the nodes of its entities, documents and sections.
Snapshot build_graph(const Schema& schema, Facts& facts);

}  // namespace islet::kb
