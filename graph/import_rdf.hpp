// Triples as a property graph; docs/import.md states the mapping.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "import_sink.hpp"

namespace islet::importing {

/// An IRI, blank node or literal of a triple.
struct RdfTerm {
    enum class Form : std::uint8_t { iri, blank, literal };
    Form form = Form::iri;
    std::string_view text;
    std::string_view datatype;  ///< of a literal; empty: a string
};

/// The value of a literal; what its datatype cannot be is a string.
Value rdf_value(const RdfTerm& literal);
/// What follows the last `#`, `/` or `:` of an IRI, percent signs decoded.
std::string rdf_local_name(std::string_view iri);

/// Collects the triples of all files and makes the graph of them, when all are there: what a resource is (a
/// node, a relationship's statement, a part of a list) shows only at the end, and an IRI means the same in
/// every file.
class RdfGraph {
 public:
    /// The blank nodes of what follows are others than those before.
    void begin_file() { ++file_; }
    void add(const RdfTerm& subject, std::string_view predicate, const RdfTerm& object);
    void finish(GraphSink& sink);

 private:
    using Resource = std::uint32_t;
    static constexpr Resource none = UINT32_MAX;

    struct Literal {
        Resource subject;
        std::uint32_t predicate;
        Value value;
    };
    struct Triple {
        Resource subject;
        std::uint32_t predicate;
        Resource object;
        friend auto operator<=>(const Triple&, const Triple&) = default;  // NOLINT(modernize-use-nullptr)
    };
    /// rdf:Statement: what a relationship's own properties hang on.
    struct Statement {
        Resource subject = none;
        std::uint32_t predicate = UINT32_MAX;
        Resource object = none;
        [[nodiscard]] bool whole() const {
            return subject != none && predicate != UINT32_MAX && object != none;
        }
    };
    /// A part of a list.
    struct Cell {
        Resource item = none;
        Value value;
        bool has_value = false;
        Resource rest = none;
    };

    Resource resource(const RdfTerm& term);
    Resource resource(bool blank, std::string_view text);
    bool add_structure(Resource subject, std::string_view predicate, const RdfTerm& object);
    bool list_of(Resource head, List& list, std::vector<Resource>& items) const;
    void make_nodes(GraphSink& sink);
    void make_properties(GraphSink& sink);
    void make_relationships(GraphSink& sink);

    std::uint32_t file_ = 0;
    IdTable numbers_;  ///< NodeId here: a resource's number; space 0: IRIs, else a file's blank nodes
    std::vector<std::string> names_;  ///< by resource; IRIs, or nothing for a blank node
    std::vector<bool> mentioned_;     ///< otherwise than as a class
    Names predicates_;                ///< their IRIs
    std::vector<std::pair<Resource, Resource>> classes_;
    std::vector<Literal> literals_;
    std::vector<Triple> triples_;
    std::map<Resource, Statement> statements_;
    std::map<Resource, Cell> cells_;
    std::vector<NodeId> nodes_;  ///< by resource; NodeId::none where it is none
};

}  // namespace islet::importing
