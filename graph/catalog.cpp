#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "catalog_json.hpp"
#include "file_bytes.hpp"

namespace islet {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write(const std::string& text, Writer& out) {
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::string string_of(const rapidjson::Value& value) {
    if (!value.IsString()) throw FormatError("the catalog has something else in the place of a string");
    return {value.GetString(), value.GetStringLength()};
}

std::vector<std::string> strings_of(const rapidjson::Value& value) {
    if (!value.IsArray()) throw FormatError("the catalog has something else in the place of a list");
    std::vector<std::string> strings;
    for (const auto& element : value.GetArray()) strings.push_back(string_of(element));
    return strings;
}

}  // namespace

std::string to_json(const Catalog& catalog) {
    rapidjson::StringBuffer buffer;
    Writer out(buffer);
    out.StartObject();
    if (!catalog.evidence.empty()) {
        out.Key("evidence");
        out.StartArray();
        for (const std::string& key : catalog.evidence) write(key, out);
        out.EndArray();
    }
    out.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

Catalog catalog_from_json(std::string_view json) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError()) {
        throw FormatError(std::string("the catalog is no JSON: ") +
                          rapidjson::GetParseError_En(document.GetParseError()));
    }
    if (!document.IsObject()) throw FormatError("the catalog is no JSON object");
    Catalog catalog;
    for (const auto& [name, value] : document.GetObject()) {
        const std::string member = string_of(name);
        if (member == "evidence") {
            catalog.evidence = strings_of(value);
        } else {
            throw FormatError("this Islet does not know the declaration '" + member + "' of the catalog");
        }
    }
    return catalog;
}

}  // namespace islet
