// What a document says: its statements, section by section.
#pragma once

#include <string>
#include <vector>

#include "islet/knowledge.hpp"

namespace islet::cli {

/// A statement of a document, ready to be shown.
struct SaidStatement {
    std::size_t section = SIZE_MAX;  ///< in Document::sections; SIZE_MAX: the document names none
    std::string lines;
    std::string subject;
    std::string relation;
    std::string object;
    Map qualifiers;  ///< what it says beyond its ends, without the evidence
};

/// The document of this name, id or synonym, without regard to case; nullptr if there is none.
const Document* find_document(const KnowledgeBase& base, std::string_view name);

/// What the document states in `snapshot`, in its own order: by section, line, subject.
std::vector<SaidStatement> said_by(const KnowledgeBase& base, const Snapshot& snapshot,
                                   const Document& document);

/// As a text for people, `width` columns wide; 0: unbounded.
std::string source_text(const Document& document, const std::vector<SaidStatement>& statements,
                        const Snapshot& snapshot, std::size_t width, bool colour);

}  // namespace islet::cli
