// Values as JSON, texts as CSV fields.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "islet/export.hpp"

namespace islet {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& out, std::string_view text) {
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

/// The shortest text that reads back as the same float, never one that reads as an integer.
void put_float(Writer& out, double value) {
    if (std::isnan(value)) return put(out, "NaN");
    if (std::isinf(value)) return put(out, value > 0 ? "Infinity" : "-Infinity");
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    std::string text(buffer, end);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    out.RawValue(text.data(), text.size(), rapidjson::kNumberType);
}

void put(Writer& out, const Value& value, const Snapshot& snapshot);

template <class Id>
void put_properties(Writer& out, Id id, const Snapshot& snapshot) {
    auto properties = snapshot.properties(id);
    std::sort(properties.begin(), properties.end(),
              [&](const auto& a, const auto& b) { return snapshot.name(a.first) < snapshot.name(b.first); });
    put(out, "properties");
    out.StartObject();
    for (const auto& [key, value] : properties) {
        put(out, snapshot.name(key));
        put(out, value, snapshot);
    }
    out.EndObject();
}

void put(Writer& out, NodeId node, const Snapshot& snapshot) {
    out.StartObject();
    put(out, "id");
    out.Uint64(index(node));
    put(out, "labels");
    out.StartArray();
    std::vector<std::string_view> names;
    for (const LabelId label : snapshot.labels(node)) names.push_back(snapshot.name(label));
    std::sort(names.begin(), names.end());
    for (const std::string_view name : names) put(out, name);
    out.EndArray();
    put_properties(out, node, snapshot);
    out.EndObject();
}

void put(Writer& out, RelId rel, const Snapshot& snapshot) {
    const Ends ends = snapshot.ends(rel);
    out.StartObject();
    put(out, "id");
    out.Uint64(index(rel));
    put(out, "type");
    put(out, snapshot.name(ends.type));
    put(out, "start");
    out.Uint64(index(ends.source));
    put(out, "end");
    out.Uint64(index(ends.target));
    put_properties(out, rel, snapshot);
    out.EndObject();
}

void put(Writer& out, const Value& value, const Snapshot& snapshot) {
    switch (value.kind()) {
        case Kind::null:
            out.Null();
            break;
        case Kind::boolean:
            out.Bool(value.as_bool());
            break;
        case Kind::integer:
            out.Int64(value.as_int());
            break;
        case Kind::floating:
            put_float(out, value.as_double());
            break;
        case Kind::string:
            put(out, value.as_string());
            break;
        case Kind::date:
        case Kind::local_time:
        case Kind::time:
        case Kind::local_date_time:
        case Kind::date_time:
        case Kind::duration:
            put(out, temporal_text(value));
            break;
        case Kind::list:
            out.StartArray();
            for (const Value& item : value.as_list()) put(out, item, snapshot);
            out.EndArray();
            break;
        case Kind::map:
            out.StartObject();
            for (const auto& [key, item] : value.as_map().entries()) {
                put(out, key);
                put(out, item, snapshot);
            }
            out.EndObject();
            break;
        case Kind::node:
            put(out, value.as_node(), snapshot);
            break;
        case Kind::relationship:
            put(out, value.as_relationship(), snapshot);
            break;
        case Kind::path:
            out.StartObject();
            put(out, "nodes");
            out.StartArray();
            for (const NodeId node : value.as_path().nodes) put(out, node, snapshot);
            out.EndArray();
            put(out, "relationships");
            out.StartArray();
            for (const RelId rel : value.as_path().relationships) put(out, rel, snapshot);
            out.EndArray();
            out.EndObject();
            break;
    }
}

}  // namespace

std::string json_text(const Value& value, const Snapshot& snapshot) {
    rapidjson::StringBuffer buffer;
    Writer out(buffer);
    put(out, value, snapshot);
    return {buffer.GetString(), buffer.GetSize()};
}

std::string json_text(std::string_view text) {
    rapidjson::StringBuffer buffer;
    Writer out(buffer);
    put(out, text);
    return {buffer.GetString(), buffer.GetSize()};
}

std::string csv_field(std::string_view text) {
    const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                       (text.empty() || (text.front() != ' ' && text.back() != ' '));
    if (plain) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace islet
