#include "json_file.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace islet::kb {

Error fault(std::string_view file, std::string_view pointer, std::string message, std::string hint) {
    Error error;
    error.code = "22000";
    error.kind = "DataError";
    error.phase = "load time";
    error.detail = "InvalidKnowledgeBase";
    error.message = std::move(message);
    error.hint = std::move(hint);
    error.place = std::string(file) + "#" + std::string(pointer);
    return error;
}

JsonFile parse_json(std::string name, std::string_view text, std::vector<Error>& faults) {
    auto document = std::make_shared<rapidjson::Document>();
    document->Parse(text.data(), text.size());
    if (document->HasParseError()) {
        const std::size_t offset = std::min(document->GetErrorOffset(), text.size());
        Error error =
            fault(name, "",
                  std::string("not valid JSON: ") + rapidjson::GetParseError_En(document->GetParseError()));
        error.code = "22032";
        error.kind = "SyntaxError";
        error.detail = "InvalidJson";
        error.span = locate(text, offset, std::min(offset + 1, text.size()));
        error.place =
            name + ":" + std::to_string(error.span->line) + ":" + std::to_string(error.span->column);
        faults.push_back(std::move(error));
        return {std::move(name), nullptr};
    }
    return {std::move(name), std::move(document)};
}

void validate(const JsonFile& file, const rapidjson::Document& schema, std::vector<Error>& faults) {
    const rapidjson::SchemaDocument compiled(schema);
    rapidjson::SchemaValidator validator(compiled);
    if (file.document->Accept(validator)) return;
    rapidjson::StringBuffer at;
    validator.GetInvalidDocumentPointer().StringifyUriFragment(at);
    std::string pointer = at.GetString();
    if (!pointer.empty() && pointer.front() == '#') pointer.erase(0, 1);
    rapidjson::StringBuffer rule;
    validator.GetInvalidSchemaPointer().StringifyUriFragment(rule);
    const char* keyword = validator.GetInvalidSchemaKeyword();
    faults.push_back(fault(file.name, pointer,
                           std::string("violates \"") + (keyword == nullptr ? "" : keyword) +
                               "\" of its JSON Schema at " + rule.GetString()));
}

std::string operator/(const std::string& pointer, std::string_view key) {
    std::string deeper = pointer + "/";
    for (const char c : key) {
        if (c == '~') {
            deeper += "~0";
        } else if (c == '/') {
            deeper += "~1";
        } else {
            deeper += c;
        }
    }
    return deeper;
}

std::string operator/(const std::string& pointer, std::size_t index) {
    return pointer + "/" + std::to_string(index);
}

std::string_view text_of(const Json& value) {
    return value.IsString() ? std::string_view(value.GetString(), value.GetStringLength())
                            : std::string_view();
}

const Json* member(const Json& object, const char* key) {
    if (!object.IsObject()) return nullptr;
    const auto it = object.FindMember(key);
    return it == object.MemberEnd() ? nullptr : &it->value;
}

std::string_view text_member(const Json& object, const char* key) {
    const Json* value = member(object, key);
    return value == nullptr ? std::string_view() : text_of(*value);
}

std::vector<std::string> texts(const Json* value) {
    std::vector<std::string> found;
    if (value == nullptr) return found;
    if (value->IsString()) found.emplace_back(text_of(*value));
    if (value->IsArray()) {
        for (const Json& element : value->GetArray()) {
            if (element.IsString()) found.emplace_back(text_of(element));
        }
    }
    return found;
}

}  // namespace islet::kb
