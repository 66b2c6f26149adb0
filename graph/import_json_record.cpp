#include "import_json_record.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "import_json_value.hpp"
#include "islet/catalog.hpp"

namespace islet::importing {

namespace {

std::string_view text_of(const rapidjson::Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

const rapidjson::Value* member(const rapidjson::Value& object, std::string_view name) {
    const auto at = object.FindMember(
        rapidjson::Value(rapidjson::StringRef(name.data(), static_cast<rapidjson::SizeType>(name.size()))));
    return at == object.MemberEnd() ? nullptr : &at->value;
}

/// An id as text: a string or an integer.
std::string id_text(const rapidjson::Value* value, std::string_view name) {
    if (value != nullptr && value->IsString()) return std::string(text_of(*value));
    if (value != nullptr && value->IsInt64()) return std::to_string(value->GetInt64());
    throw BadRecord{
        (value == nullptr ? "there is no member `" : "neither a string nor an integer is the member `") +
        std::string(name) + "`"};
}

/// `"start": "0"` or `"start": {"id": "0", …}`.
std::string end_text(const rapidjson::Value& object, std::string_view name) {
    const rapidjson::Value* value = member(object, name);
    if (value != nullptr && value->IsObject()) value = member(*value, "id");
    return id_text(value, name);
}

std::string string_member(const rapidjson::Value& object, std::string_view name) {
    const rapidjson::Value* value = member(object, name);
    if (value == nullptr || !value->IsString() || value->GetStringLength() == 0) {
        throw BadRecord{"there is no text `" + std::string(name) + "`"};
    }
    return std::string(text_of(*value));
}

}  // namespace

const rapidjson::Value& JsonRecordReader::parse(std::string_view text) {
    document_.reset();
    pool_.emplace(memory_.data(), memory_.size());
    stack_pool_.emplace(stack_.data(), stack_.size());
    document_.emplace(&*pool_, stack_.size() / 2, &*stack_pool_);
    document_->Parse<rapidjson::kParseFullPrecisionFlag | rapidjson::kParseValidateEncodingFlag |
                     rapidjson::kParseIterativeFlag>(text.data(), text.size());
    if (document_->HasParseError()) {
        throw BadRecord{"no JSON: " + std::string(rapidjson::GetParseError_En(document_->GetParseError())),
                        "", document_->GetErrorOffset()};
    }
    if (!document_->IsObject()) throw BadRecord{"a record is a JSON object"};
    thing_.clear();
    return *document_;
}

void JsonRecordReader::read_properties(const rapidjson::Value& object,
                                       std::initializer_list<std::string_view> left_out) {
    for (const auto& [name, value] : object.GetObject()) {
        const std::string_view key = text_of(name);
        if (std::find(left_out.begin(), left_out.end(), key) != left_out.end()) continue;
        auto read = json_value(value);
        if (!read)
            throw BadRecord{"member `" + std::string(key) + "`: " + read.error().message, read.error().hint};
        thing_.properties.emplace_back(key, std::move(*read));
    }
}

void JsonRecordReader::read_labels(const rapidjson::Value& value, bool prefixed) {
    const auto add = [&](const rapidjson::Value& label) {
        if (!label.IsString()) throw BadRecord{"a label is a string"};
        const std::string_view text = text_of(label);
        if (!text.empty()) thing_.labels.emplace_back(prefixed ? local_part(text) : text);
    };
    if (!value.IsArray()) return add(value);
    for (const rapidjson::Value& label : value.GetArray()) add(label);
}

void JsonRecordReader::dumped_node(const rapidjson::Value& object) {
    const std::string id = id_text(member(object, "id"), "id");
    if (const auto* labels = member(object, "labels")) read_labels(*labels, false);
    if (const auto* properties = member(object, "properties")) {
        if (!properties->IsObject()) throw BadRecord{"`properties` is an object"};
        read_properties(*properties, {});
    }
    sink_.node(id, thing_);
}

void JsonRecordReader::dumped_relationship(const rapidjson::Value& object, const RecordPlace& place) {
    thing_.labels.push_back(string_member(object, "label"));
    if (const auto* properties = member(object, "properties")) {
        if (!properties->IsObject()) throw BadRecord{"`properties` is an object"};
        read_properties(*properties, {});
    }
    sink_.relationship(end_text(object, "start"), end_text(object, "end"), thing_, place);
}

/// What the graph says about itself.
void JsonRecordReader::dumped_graph(const rapidjson::Value& object) {
    constexpr int newest = 1;
    const rapidjson::Value* version = member(object, "version");
    if (version != nullptr && (!version->IsInt() || version->GetInt() > newest)) {
        throw BadRecord{"the dump is of a newer version than this Islet reads"};
    }
    const rapidjson::Value* catalog = member(object, "catalog");
    if (catalog == nullptr) return;
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    catalog->Accept(writer);
    try {
        run_.builder.catalog =
            std::make_shared<const Catalog>(catalog_from_json({buffer.GetString(), buffer.GetSize()}));
    } catch (const std::exception& failure) {
        throw BadRecord{failure.what()};
    }
}

void JsonRecordReader::kgx_node(const rapidjson::Value& object) {
    const std::string id = id_text(member(object, "id"), "id");
    if (const auto* category = member(object, "category")) read_labels(*category, true);
    read_properties(object, {"category"});
    sink_.node(id, thing_);
}

void JsonRecordReader::kgx_edge(const rapidjson::Value& object, const RecordPlace& place) {
    const bool original = member(object, "original_predicate") != nullptr;
    const std::string predicate = string_member(object, original ? "original_predicate" : "predicate");
    thing_.labels.emplace_back(original ? std::string_view(predicate) : local_part(predicate));
    read_properties(object, {"subject", "predicate", "object", "original_predicate"});
    sink_.relationship(end_text(object, "subject"), end_text(object, "object"), thing_, place);
}

void JsonRecordReader::line(std::string_view text, const RecordPlace& place) {
    const rapidjson::Value& object = parse(text);
    if (member(object, "subject") != nullptr && member(object, "object") != nullptr)
        return kgx_edge(object, place);
    if (member(object, "category") != nullptr) return kgx_node(object);
    const rapidjson::Value* type = member(object, "type");
    const std::string_view what = type != nullptr && type->IsString() ? text_of(*type) : std::string_view();
    if (what == "node") return dumped_node(object);
    if (what == "relationship") return dumped_relationship(object, place);
    if (what == "graph") return dumped_graph(object);
    if (type == nullptr && member(object, "id") != nullptr) return kgx_node(object);
    throw BadRecord{
        "the object is neither a node nor a relationship",
        R"(a line is {"type": "node", …} or {"type": "relationship", …}, or a node or edge of KGX)"};
}

void JsonRecordReader::node(std::string_view text) {
    const rapidjson::Value& object = parse(text);
    const std::string id = id_text(member(object, "id"), "id");
    for (const std::string_view name : {"labels", "label"}) {
        if (const auto* labels = member(object, name); labels != nullptr && thing_.labels.empty()) {
            read_labels(*labels, false);
        }
    }
    const rapidjson::Value* properties = member(object, "properties");
    if (properties != nullptr && properties->IsObject()) {
        read_properties(*properties, {});
    } else {
        read_properties(object, {"labels", "label"});  // the id too: it may say something
    }
    sink_.node(id, thing_);
}

void JsonRecordReader::link(std::string_view text, const RecordPlace& place) {
    const rapidjson::Value& object = parse(text);
    const rapidjson::Value* properties = member(object, "properties");
    for (const std::string_view name : {"type", "label", "relation"}) {
        const rapidjson::Value* type = member(object, name);
        if (thing_.labels.empty() && type != nullptr && type->IsString())
            thing_.labels.emplace_back(text_of(*type));
    }
    if (thing_.labels.empty() || thing_.labels.front().empty()) thing_.labels.assign(1, "RELATED_TO");
    if (properties != nullptr && properties->IsObject()) {
        read_properties(*properties, {});
    } else {
        read_properties(object, {"source", "target", "key", "type", "label", "relation"});
    }
    sink_.relationship(end_text(object, "source"), end_text(object, "target"), thing_, place);
}

}  // namespace islet::importing
