// The graph in the terms of RDF, which Turtle and JSON-LD write in two spellings.
// The mapping, with its reasons, is in docs/formats.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "export_canonical.hpp"

namespace islet::exporting {

/// What follows the base in an IRI: `node:everolimus` is <BASE node: everolimus>. Both parts are ASCII;
/// `local` has what is not unreserved in percent signs.
struct RdfName {
    std::string_view space;  ///< "node", "label", "type", "key", "statement", "place"
    std::string local;
};

RdfName rdf_label(std::string_view name);
RdfName rdf_type(std::string_view name);
RdfName rdf_key(std::string_view name);

/// A literal that is not a list.
struct RdfLiteral {
    std::string text;
    /// The datatype without its prefix; empty for a string.
    std::string_view datatype;
    /// Whether the datatype is one of XML Schema; otherwise one of ours, in the space "value".
    bool standard = true;
};

RdfLiteral rdf_literal(const Value& value);

/// Which names the nodes have, and which relationships need a statement of their own.
struct RdfNames {
    std::vector<RdfName>
        nodes;  ///< by node: `node:` and its id if no other has it, else `place:` and its place
    std::vector<bool> statements;  ///< by relationship: it has properties, or is not alone between its ends
};

RdfNames rdf_names(const CanonicalGraph& graph);

inline constexpr std::string_view rdf_spaces[] = {"key",       "label", "node", "place",
                                                  "statement", "type",  "value"};

}  // namespace islet::exporting
