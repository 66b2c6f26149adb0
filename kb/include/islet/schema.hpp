// What a knowledge base may hold: labels, relations with their properties, facets, evidence.
// Read from `schema.json`; plain values, safe to read from several threads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace islet {

enum class PropertyType : std::uint8_t { string, strings, integer, floating, boolean };

/// A relation's own property (a qualifier of its statements).
struct PropertyRule {
    std::string name;
    PropertyType type = PropertyType::string;
    std::vector<std::string> values;  ///< closed list; empty: open
    bool required = false;
    std::string facet;  ///< name of the facet whose values it takes; empty: none
};

struct LabelRule {
    std::string name;
    std::vector<std::string> is_a;
    bool abstract = false;
    bool apart = false;  ///< asked for by a wider label than its parents, its things are listed apart
    std::string biolink;
};

struct RelationRule {
    std::string name;
    std::vector<std::string> domain;
    std::vector<std::string> range;
    std::string reified_label;   ///< label of the statement's node; empty: the relation is a relationship
    std::string reified_object;  ///< relationship type from that node to the object
    std::vector<PropertyRule> properties;
    std::string biolink;

    [[nodiscard]] bool reified() const noexcept { return !reified_label.empty(); }
    [[nodiscard]] const PropertyRule* property(std::string_view name) const noexcept;
};

/// A closed set of values that contexts use.
struct FacetRule {
    std::string name;
    std::vector<std::string> values;
    std::map<std::string, std::vector<std::string>, std::less<>> implies;

    [[nodiscard]] bool has(std::string_view value) const noexcept;
    /// The values that state `value`: itself and those that imply it, at any depth.
    [[nodiscard]] std::vector<std::string> stating(std::string_view value) const;
};

/// How names of the base are written in exports in the terms of other models.
struct ExportRule {
    using Names = std::map<std::string, std::string, std::less<>>;

    std::string id_prefix;                                  ///< of CURIEs; empty: ids as they are
    Names properties;                                       ///< property → its name there
    Names defaults;                                         ///< what every statement has there
    std::map<std::string, Names, std::less<>> values;       ///< property → value → its value there
    std::map<std::string, std::string, std::less<>> types;  ///< relationship type of no relation → predicate
};

/// The whole schema. Invariant after a successful load: every name that a rule refers to exists.
struct Schema {
    std::string name;
    std::string title;
    std::string version;
    std::vector<LabelRule> labels;
    std::vector<RelationRule> relations;
    std::vector<FacetRule> facets;
    std::vector<std::string> evidence;
    ExportRule exports;

    [[nodiscard]] const LabelRule* label(std::string_view name) const noexcept;
    [[nodiscard]] const RelationRule* relation(std::string_view name) const noexcept;
    [[nodiscard]] const FacetRule* facet(std::string_view name) const noexcept;
    /// Whether a node of `label` bears `ancestor` too (a label is its own ancestor).
    [[nodiscard]] bool is_a(std::string_view label, std::string_view ancestor) const;
    /// `label` and all its ancestors, nearest first.
    [[nodiscard]] std::vector<std::string> with_ancestors(std::string_view label) const;
};

}  // namespace islet
