// What a table's header says: which column is what.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "import_source.hpp"
#include "import_text.hpp"
#include "islet/import.hpp"

namespace islet::importing {

enum class Role : std::uint8_t { ignored, id, labels, source, target, type, property };

struct TableColumn {
    Role role = Role::property;
    std::string key = {};    ///< of the property; of an id that is kept as one; else empty
    FieldType type = {};     ///< of the property
    bool inferred = false;   ///< `type.kind` is to be found out
    std::string space = {};  ///< of ids: where they are unique
    std::string header = {};
};

/// A table and how to read it.
struct Table {
    const Input* input = nullptr;
    std::string name;  ///< label or type of rows that give none themselves; may be empty
    RecordForm form;
    char list_delimiter = ';';
    bool prefixed = false;  ///< labels and types are CURIEs whose prefix is left off (KGX)
    bool of_relationships = false;
    std::vector<TableColumn> columns;
};

/// Reads the header. Throws Exception (BadHeader).
Table read_header(const Input& input, const std::string& name, const ImportOptions& options);

}  // namespace islet::importing
