// What the XML formats share: texts that XML can hold, and property keys as declared
// attributes.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "export_columns.hpp"

namespace islet::exporting {

/// Whether XML 1.0 has no way to hold the text: control characters, U+FFFE and U+FFFF.
bool beyond_xml(std::string_view text);

/// The text of an element or of an attribute in double quotes.
std::string xml_text(std::string_view text);

/// The same of a name. Throws Exception (NotExportable) if XML cannot hold it.
std::string xml_name(std::string_view name);

/// JSON text in which nothing is beyond XML.
std::string json_for_xml(const Value& value);

/// A column and how it is declared. `json`: the values stand as JSON text.
struct XmlAttribute : Column {
    std::string id;    ///< of the declaration, e.g. "v3"
    std::string name;  ///< the property's key, unless that name is taken by the format
    bool json = false;
};

/// A property whose name is one of `reserved` gets underscores behind it until the name is free.
template <class Things>
std::vector<XmlAttribute> xml_attributes(const Things& things, char prefix,
                                         const std::set<std::string, std::less<>>& reserved) {
    std::vector<XmlAttribute> result;
    std::set<std::string, std::less<>> names = reserved;
    for (const Column& column : columns_of(things)) {
        names.insert(std::string(column.key));
        result.push_back({column, prefix + std::to_string(result.size()), std::string(column.key),
                          column.kind == Kind::null || column.kind == Kind::list});
    }
    for (XmlAttribute& attribute : result) {
        if (reserved.contains(attribute.key)) {
            while (names.contains(attribute.name)) attribute.name += '_';
            names.insert(attribute.name);
        }
        if (attribute.kind != Kind::string) continue;
        for (const auto& thing : things) {
            const Value* value = find(thing.properties, attribute.key);
            if (value != nullptr && beyond_xml(value->as_string())) attribute.json = true;
        }
    }
    return result;
}

/// `boolean`, `long`, `double` or `string`, as GraphML and GEXF name types.
std::string_view xml_type(const XmlAttribute& attribute);

/// The value before xml_text().
std::string xml_data(const XmlAttribute& attribute, const Value& value);

}  // namespace islet::exporting
