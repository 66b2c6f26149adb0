// Property keys as typed columns, for the formats that declare types.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "export_canonical.hpp"

namespace islet::exporting {

/// What all values of one key have in common.
struct Column {
    std::string_view key;
    /// boolean, integer, floating, string or list; null when they differ: then only JSON text
    /// keeps them apart.
    Kind kind = Kind::null;
};

/// The columns of nodes or relationships, in order of key.
template <class Things>
std::vector<Column> columns_of(const Things& things) {
    std::map<std::string_view, Column> columns;
    for (const auto& thing : things) {
        for (const auto& [key, value] : thing.properties) {
            const auto [at, is_new] = columns.try_emplace(key, Column{key, value.kind()});
            if (!is_new && at->second.kind != value.kind()) at->second.kind = Kind::null;
        }
    }
    std::vector<Column> result;
    result.reserve(columns.size());
    for (const auto& [key, column] : columns) result.push_back(column);
    return result;
}

/// The value of a key, or nullptr.
inline const Value* find(const std::vector<Property>& properties, std::string_view key) {
    for (const auto& [name, value] : properties) {
        if (name == key) return &value;
    }
    return nullptr;
}

}  // namespace islet::exporting
