// Capsules as JSON.
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "capsule.hpp"
#include "islet/export.hpp"
#include "literal.hpp"

namespace islet::cli {

namespace {

std::string array_of(const std::vector<std::string>& texts) {
    std::string result = "[";
    for (const std::string& text : texts) {
        if (result.size() > 1) result += ", ";
        result += json_text(text);
    }
    return result + "]";
}

std::string lines_of(const std::vector<std::vector<std::string>>& lists) {
    std::string result = "[";
    for (const auto& list : lists) result += (result.size() > 1 ? ",\n      " : "\n      ") + array_of(list);
    return result + (lists.empty() ? "]" : "\n    ]");
}

using Json = rapidjson::Value;

/// A fault of the file, thrown to read_capsule.
struct Fault {
    std::string message;
};

const Json& member(const Json& object, const char* name) {
    if (!object.IsObject() || !object.HasMember(name)) throw Fault{std::string("it has no `") + name + "`"};
    return object[name];
}

std::string text_of(const Json& value, const char* name) {
    if (!value.IsString()) throw Fault{std::string("`") + name + "` is no text"};
    return {value.GetString(), value.GetStringLength()};
}

std::string text_member(const Json& object, const char* name) {
    return text_of(member(object, name), name);
}

std::vector<std::string> texts_of(const Json& list, const char* name) {
    if (!list.IsArray()) throw Fault{std::string("`") + name + "` is no list"};
    std::vector<std::string> result;
    for (const Json& item : list.GetArray()) result.push_back(text_of(item, name));
    return result;
}

std::vector<std::vector<std::string>> lists_of(const Json& list, const char* name) {
    if (!list.IsArray()) throw Fault{std::string("`") + name + "` is no list"};
    std::vector<std::vector<std::string>> result;
    for (const Json& item : list.GetArray()) result.push_back(texts_of(item, name));
    return result;
}

Capsule capsule_of(const Json& json) {
    if (!json.IsObject() || !json.HasMember("capsule")) throw Fault{"it has no `capsule`"};
    if (!json["capsule"].IsInt() || json["capsule"].GetInt() != 1)
        throw Fault{"`capsule` is no version that is known: 1"};
    Capsule capsule;
    if (json.HasMember("question")) capsule.question = text_member(json, "question");
    if (json.HasMember("query")) capsule.query = text_member(json, "query");
    if (capsule.question.empty() == capsule.query.empty())
        throw Fault{"it has to hold either a `question` or a `query`"};
    if (json.HasMember("parameters")) {
        if (!json["parameters"].IsObject()) throw Fault{"`parameters` is no object"};
        for (const auto& [name, value] : json["parameters"].GetObject()) {
            const auto known = literal(text_of(value, "parameters"));
            if (!known)
                throw Fault{std::string("parameter `") + name.GetString() + "` is no literal of openCypher"};
            capsule.parameters[name.GetString()] = *known;
        }
    }
    capsule.engine = text_member(member(json, "engine"), "version");
    const Json& base = member(json, "base");
    capsule.base_name = text_member(base, "name");
    capsule.base_version = text_member(base, "version");
    capsule.base_digest = text_member(base, "digest");
    const Json& result = member(json, "result");
    if (result.HasMember("status")) capsule.status = text_member(result, "status");
    capsule.columns = lists_of(member(result, "columns"), "columns");
    capsule.rows = lists_of(member(result, "rows"), "rows");
    if (result_digest(capsule) != text_member(result, "digest")) {
        throw Fault{"its result does not have the digest that stands with it: the file was changed"};
    }
    const Json& citations = member(json, "citations");
    if (!citations.IsArray()) throw Fault{"`citations` is no list"};
    for (const Json& citation : citations.GetArray()) {
        capsule.citations.push_back({text_member(citation, "key"), text_member(citation, "document"),
                                     text_member(citation, "publisher"), text_member(citation, "section"),
                                     text_member(citation, "date"),
                                     texts_of(member(citation, "lines"), "lines")});
    }
    return capsule;
}

}  // namespace

std::string to_json(const Capsule& capsule) {
    std::string text = "{\n  \"capsule\": 1,\n";
    if (capsule.query.empty()) {
        text += "  \"question\": " + json_text(capsule.question) + ",\n";
    } else {
        text += "  \"query\": " + json_text(capsule.query) + ",\n  \"parameters\": {";
        for (const auto& [name, value] : capsule.parameters) {
            text += (text.back() == '{' ? "" : ", ") + json_text(name) + ": " + json_text(cypher_text(value));
        }
        text += "},\n";
    }
    text += "  \"engine\": {\"name\": \"islet\", \"version\": " + json_text(capsule.engine) + "},\n";
    text += "  \"base\": {\"name\": " + json_text(capsule.base_name) +
            ", \"version\": " + json_text(capsule.base_version) +
            ", \"digest\": " + json_text(capsule.base_digest) + "},\n";
    text += "  \"result\": {\n";
    if (!capsule.status.empty()) text += "    \"status\": " + json_text(capsule.status) + ",\n";
    text += "    \"digest\": " + json_text(result_digest(capsule)) + ",\n";
    text += "    \"columns\": " + lines_of(capsule.columns) + ",\n";
    text += "    \"rows\": " + lines_of(capsule.rows) + "\n  },\n  \"citations\": [";
    for (const Reference& reference : capsule.citations) {
        text += &reference == capsule.citations.data() ? "\n" : ",\n";
        text +=
            "    {\"key\": " + json_text(reference.key) + ", \"document\": " + json_text(reference.document) +
            ", \"publisher\": " + json_text(reference.publisher) +
            ", \"section\": " + json_text(reference.section) + ", \"date\": " + json_text(reference.date) +
            ", \"lines\": " + array_of(reference.lines) + "}";
    }
    return text + (capsule.citations.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

Expected<Capsule> read_capsule(const std::string& json) {
    const auto refused = [](std::string message) {
        return Error{"22000",
                     "ArgumentError",
                     "runtime",
                     "NoCapsule",
                     "this is no capsule: " + std::move(message),
                     {},
                     {},
                     {}};
    };
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(json.data(),
                                                                                           json.size());
    if (document.HasParseError()) {
        Error error = refused(rapidjson::GetParseError_En(document.GetParseError()));
        const std::size_t at = std::min(document.GetErrorOffset(), json.size());
        const SourceSpan place = locate(json, at, at);
        error.place = "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
        return error;
    }
    try {
        return capsule_of(document);
    } catch (const Fault& fault) {
        return refused(fault.message);
    }
}

}  // namespace islet::cli
