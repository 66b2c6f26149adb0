// A knowledge base in the terms of other models.
#pragma once

#include "islet/kgx.hpp"
#include "islet/knowledge.hpp"

namespace islet {

/// The table for write_kgx_tsv and write_kgx_jsonl: categories and predicates of the Biolink Model, names of
/// properties and values, all as the base's schema gives them. A label or relation for which the schema
/// names none is written with the defaults of KgxMapping.
KgxMapping kgx_mapping(const KnowledgeBase& base);

}  // namespace islet
