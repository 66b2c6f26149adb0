// What a graph says about itself beyond its content: evidence, schema, constraints,
// indexes. Kept with it, published with it. By names, so that it may speak of
// labels and keys that nothing has yet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "islet/value.hpp"

namespace islet {

/// A kind of property value: one of a boolean, a number, a string, a temporal value, or a list of these.
struct ValueShape {
    Kind kind = Kind::null;  ///< null: of any kind
    bool list = false;       ///< a list of such values

    friend bool operator==(const ValueShape&, const ValueShape&) = default;
};

/// `STRING`, `LIST<INTEGER>`, `ZONED DATETIME`; several joined by ` | `. Empty: `ANY`.
std::string to_text(const std::vector<ValueShape>& shapes);
/// Reads that, in any case; also `BOOL`, `INT`, `FLOAT64`, `LIST<STRING NOT NULL>` and `strings`. No value if
/// it is no such text.
std::optional<std::vector<ValueShape>> read_shapes(std::string_view text);
/// Whether a value is of any of the shapes. An empty list is of every list shape.
bool has_shape(const Value& value, const std::vector<ValueShape>& shapes);

enum class Owner : std::uint8_t { node, relationship };

/// A rule for the nodes of a label or the relationships of a type.
struct Constraint {
    enum class Rule : std::uint8_t {
        unique,  ///< no two have the same values of all keys; who lacks one of them is free
        exists,  ///< each has the key
        key,     ///< both
        type     ///< who has the key has it of a given shape
    };
    std::string name;
    Owner owner = Owner::node;
    std::string label;  ///< or type
    std::vector<std::string> keys;
    Rule rule = Rule::unique;
    std::vector<ValueShape> shapes;  ///< of Rule::type

    friend bool operator==(const Constraint&, const Constraint&) = default;
};

/// An index is derived from the graph whenever it is first used: declaring one costs nothing.
struct IndexDefinition {
    enum class Kind : std::uint8_t {
        range,    ///< =, IN, <, >, STARTS WITH
        text,     ///< CONTAINS, ENDS WITH
        fulltext  ///< words, misspelt too
    };
    std::string name;
    Kind kind = Kind::range;
    Owner owner = Owner::node;
    std::vector<std::string> labels;  ///< or types; several only of a fulltext index
    std::vector<std::string> keys;

    friend bool operator==(const IndexDefinition&, const IndexDefinition&) = default;
};

/// What the nodes and relationships of a graph may be.
struct GraphSchema {
    struct Property {
        std::string name;
        std::vector<ValueShape> shapes;   ///< any of them; empty: whatever a property can hold
        std::vector<std::string> values;  ///< a closed list, of strings; empty: open
        bool required = false;
        bool unique = false;  ///< among the nodes of the label

        friend bool operator==(const Property&, const Property&) = default;
    };
    struct Label {
        std::string name;
        std::vector<std::string> is_a;  ///< labels that its nodes bear too, and whose properties they take
        bool abstract = false;          ///< its nodes bear a label that is one of it as well
        std::vector<Property> properties;

        friend bool operator==(const Label&, const Label&) = default;
    };
    struct Type {
        std::string name;
        std::vector<std::string> domain;  ///< its source has one of these labels; empty: any
        std::vector<std::string> range;   ///< its target has one of these labels; empty: any
        std::vector<Property> properties;

        friend bool operator==(const Type&, const Type&) = default;
    };
    std::vector<Label> labels;
    std::vector<Type> types;
    bool open = false;  ///< labels, types and properties that are not named here are allowed

    [[nodiscard]] const Label* label(std::string_view name) const noexcept;
    [[nodiscard]] const Type* type(std::string_view name) const noexcept;
    friend bool operator==(const GraphSchema&, const GraphSchema&) = default;
};

/// The declarations of a graph. A value; part of a Snapshot, changed by a Transaction as a whole.
struct Catalog {
    /// Keys of the properties that name a statement's source. What has the first of them is a statement;
    /// the others qualify the source (section, lines, date). Empty: the graph has no statements.
    std::vector<std::string> evidence;
    std::optional<GraphSchema> schema;
    std::vector<Constraint> constraints;  ///< by name, each name once, among the indexes too
    std::vector<IndexDefinition> indexes;

    [[nodiscard]] bool empty() const noexcept {
        return evidence.empty() && !schema && constraints.empty() && indexes.empty();
    }
    [[nodiscard]] const Constraint* constraint(std::string_view name) const noexcept;
    [[nodiscard]] const IndexDefinition* index(std::string_view name) const noexcept;
    friend bool operator==(const Catalog&, const Catalog&) = default;
};

/// JSON as docs/schema.md describes it, on one line, the same for the same catalog.
std::string to_json(const Catalog& catalog);
std::string to_json(const GraphSchema& schema);
/// Reads that. Throws Exception (DataError, InvalidCatalog) with the JSON pointer as its place.
Catalog catalog_from_json(std::string_view json);
GraphSchema schema_from_json(std::string_view json);

}  // namespace islet
