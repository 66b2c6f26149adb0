#include "import_json_value.hpp"

#include <rapidjson/error/en.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "import_text.hpp"

namespace islet::importing {

namespace {

struct TypedName {
    std::string_view name;
    Kind kind;
};

constexpr std::array<TypedName, 7> typed_names{{{"$float", Kind::floating},
                                                {"$date", Kind::date},
                                                {"$localtime", Kind::local_time},
                                                {"$time", Kind::time},
                                                {"$localdatetime", Kind::local_date_time},
                                                {"$datetime", Kind::date_time},
                                                {"$duration", Kind::duration}}};

Error bad(std::string message, std::string hint = {}) {
    return {.code = "22000",
            .kind = "ImportError",
            .phase = "runtime",
            .detail = "BadRecord",
            .message = std::move(message),
            .span = {},
            .hint = std::move(hint),
            .place = {}};
}

std::string_view text_of(const rapidjson::Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

Expected<Value> typed_value(const rapidjson::Value& object) {
    if (object.MemberCount() == 1 && object.MemberBegin()->value.IsString()) {
        const std::string_view name = text_of(object.MemberBegin()->name);
        const std::string_view text = text_of(object.MemberBegin()->value);
        for (const TypedName& typed : typed_names) {
            if (typed.name != name) continue;
            if (auto value = value_of(text, typed.kind)) return std::move(*value);
            return bad("'" + std::string(text) + "' is not " + std::string(described(typed.kind)));
        }
    }
    return bad("a property cannot hold an object",
               "properties are numbers, strings, booleans, temporal values such as {\"$date\": "
               "\"2024-02-29\"}, or lists");
}

void append_float(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "{\"$float\":\"";
        out += std::isnan(value) ? "NaN" : (value > 0 ? "Infinity" : "-Infinity");
        out += "\"}";
        return;
    }
    std::array<char, 32> buffer{};
    const char* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    out += text;
    if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

}  // namespace

Expected<Value> json_value(const rapidjson::Value& value) {
    switch (value.GetType()) {
        case rapidjson::kNullType:
            return Value();
        case rapidjson::kFalseType:
            return Value(false);
        case rapidjson::kTrueType:
            return Value(true);
        case rapidjson::kStringType:
            return Value(text_of(value));
        case rapidjson::kNumberType:
            if (value.IsInt64()) return Value(std::int64_t{value.GetInt64()});
            if (value.IsUint64()) return bad("the integer has more than 64 bits");
            return Value(value.GetDouble());
        case rapidjson::kArrayType: {
            List list;
            list.reserve(value.Size());
            for (const rapidjson::Value& item : value.GetArray()) {
                auto element = json_value(item);
                if (!element) return element.error();
                list.push_back(std::move(*element));
            }
            return Value(std::move(list));
        }
        case rapidjson::kObjectType:
            return typed_value(value);
    }
    return Value();
}

Expected<Value> json_value(std::string_view text) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag | rapidjson::kParseValidateEncodingFlag |
                   rapidjson::kParseIterativeFlag>(text.data(), text.size());
    if (document.HasParseError()) {
        return bad("no JSON: " + std::string(rapidjson::GetParseError_En(document.GetParseError())));
    }
    return json_value(static_cast<const rapidjson::Value&>(document));
}

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    std::size_t begin = 0;  // of what is not yet written
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out += text.substr(begin, at - begin);
        begin = at + 1;
        out += '\\';
        switch (c) {
            case '\n':
                out += 'n';
                break;
            case '\r':
                out += 'r';
                break;
            case '\t':
                out += 't';
                break;
            case '"':
            case '\\':
                out += static_cast<char>(c);
                break;
            default:
                out += "u00";
                out += digits[c >> 4U];
                out += digits[c & 15U];
        }
    }
    out += text.substr(begin);
    out += '"';
}

void append_json(std::string& out, const Value& value) {
    switch (value.kind()) {
        case Kind::null:
            out += "null";
            return;
        case Kind::boolean:
            out += value.as_bool() ? "true" : "false";
            return;
        case Kind::integer:
            out += std::to_string(value.as_int());
            return;
        case Kind::floating:
            return append_float(out, value.as_double());
        case Kind::string:
            return append_json_string(out, value.as_string());
        case Kind::list: {
            out += '[';
            bool first = true;
            for (const Value& item : value.as_list()) {
                if (!first) out += ',';
                first = false;
                append_json(out, item);
            }
            out += ']';
            return;
        }
        default:
            for (const TypedName& typed : typed_names) {
                if (typed.kind != value.kind()) continue;
                out += "{\"";
                out += typed.name;
                out += "\":";
                append_json_string(out, temporal_text(value));
                out += '}';
            }
    }
}

}  // namespace islet::importing
