// Texts and attributes of the XML formats.
#include "export_xml.hpp"

#include <cmath>

#include "islet/error.hpp"

namespace islet::exporting {

bool beyond_xml(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return true;
        if (text.compare(i, 3, "\xEF\xBF\xBE") == 0 || text.compare(i, 3, "\xEF\xBF\xBF") == 0) return true;
    }
    return false;
}

std::string xml_text(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\r':
                result += "&#13;";
                break;
            case '\n':
                result += "&#10;";
                break;
            case '\t':
                result += "&#9;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string xml_name(std::string_view name) {
    if (beyond_xml(name)) {
        throw Exception(Error{"22000",
                              "ArgumentError",
                              "runtime",
                              "NotExportable",
                              "XML cannot hold the control character in the name " + json_text(name),
                              {},
                              "export to JSON instead",
                              {}});
    }
    return xml_text(name);
}

std::string json_for_xml(const Value& value) {
    const Snapshot none;                        // no property holds a node
    std::string text = json_text(value, none);  // escapes control characters by itself
    for (std::size_t at = 0; (at = text.find("\xEF\xBF", at)) != std::string::npos; ++at) {
        if (text.compare(at, 3, "\xEF\xBF\xBE") == 0) text.replace(at, 3, "\\ufffe");
        if (text.compare(at, 3, "\xEF\xBF\xBF") == 0) text.replace(at, 3, "\\uffff");
    }
    return text;
}

std::string_view xml_type(const XmlAttribute& attribute) {
    if (attribute.json) return "string";
    switch (attribute.kind) {
        case Kind::boolean:
            return "boolean";
        case Kind::integer:
            return "long";
        case Kind::floating:
            return "double";
        default:
            return "string";
    }
}

std::string xml_data(const XmlAttribute& attribute, const Value& value) {
    if (attribute.json) return json_for_xml(value);
    if (value.kind() == Kind::string) return std::string(value.as_string());
    if (value.kind() == Kind::floating) {  // as XML Schema spells them
        if (std::isnan(value.as_double())) return "NaN";
        if (std::isinf(value.as_double())) return value.as_double() > 0 ? "INF" : "-INF";
    }
    if (is_temporal(value.kind())) return temporal_text(value);
    const Snapshot none;
    return json_text(value, none);
}

}  // namespace islet::exporting
