// The sources of an answer, as lists of references have them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "islet/database.hpp"
#include "islet/knowledge.hpp"
#include "islet/question.hpp"

namespace islet {

/// One section of a document that something is stated in, with all its lines that were used.
struct Reference {
    std::string key;                 ///< unique in its list: `cancer-net-targeted-therapy`
    std::string document;            ///< its name
    std::string publisher;           ///< empty: not stated
    std::string section;             ///< empty: not stated
    std::string date;                ///< `2023-12`, of the section; empty: not stated
    std::vector<std::string> lines;  ///< ascending: `113`, `115-117`

    friend bool operator==(const Reference&, const Reference&) = default;
};

/// The sources of all rows of an answer.
std::vector<Reference> references(const KnowledgeBase& base, const Answer& answer);

/// The sources of a result: of its column `sources` (a CITE query's), or else of the nodes, relationships and
/// paths in it, and of columns that are named as the evidence properties are.
std::vector<Reference> references(const KnowledgeBase& base, const Result& result);

enum class ReferenceFormat : std::uint8_t { text, bibtex, csl_json };

/// Ordered by document, then place in it. Ends with a newline; empty text for no references (CSL-JSON: an
/// empty list).
std::string to_text(std::span<const Reference> references, ReferenceFormat format);

}  // namespace islet
