#include "export_rdf.hpp"

#include <cmath>
#include <map>
#include <tuple>

namespace islet::exporting {

namespace {

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '_' || c == '.' || c == '~';
        if (unreserved) {
            result += c;
            continue;
        }
        result += '%';
        result += digits[static_cast<unsigned char>(c) >> 4U];
        result += digits[static_cast<unsigned char>(c) & 15U];
    }
    return result;
}

/// The text of a time with the seconds that XML Schema asks for: `12:31Z` is `12:31:00Z`.
std::string with_seconds(std::string text) {
    const std::size_t time = text.find('T') == std::string::npos ? 0 : text.find('T') + 1;
    if (text.size() < time + 6 || text[time + 5] != ':') text.insert(time + 5, ":00");
    return text;
}

/// Whether XML Schema has the date: a year of four digits.
bool plain_year(std::string_view text) {
    return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

/// Whether XML Schema has the offset: whole minutes, at most fourteen hours.
bool plain_offset(std::int32_t offset) {
    return offset % 60 == 0 && std::abs(offset) <= 14 * 3600;
}

RdfLiteral temporal_literal(const Value& value) {
    const std::string text = temporal_text(value);
    switch (value.kind()) {
        case Kind::date:
            return {text, "date", plain_year(text)};
        case Kind::local_time:
            return {with_seconds(text), "time", true};
        case Kind::time:
            if (plain_offset(value.as_time().offset)) return {with_seconds(text), "time", true};
            return {text, "time", false};
        case Kind::local_date_time:
            if (plain_year(text)) return {with_seconds(text), "dateTime", true};
            return {text, "localDateTime", false};
        case Kind::date_time:
            if (plain_year(text) && value.as_date_time().zone == nullptr &&
                plain_offset(value.as_date_time().offset)) {
                return {with_seconds(text), "dateTime", true};
            }
            return {text, "dateTime", false};
        default:
            return {text, "duration", text.find('-') == std::string::npos};
    }
}

}  // namespace

RdfName rdf_label(std::string_view name) {
    return {"label", percent_encoded(name)};
}
RdfName rdf_type(std::string_view name) {
    return {"type", percent_encoded(name)};
}
RdfName rdf_key(std::string_view name) {
    return {"key", percent_encoded(name)};
}

RdfLiteral rdf_literal(const Value& value) {
    const Snapshot none;  // no property holds a node
    switch (value.kind()) {
        case Kind::string:
            return {std::string(value.as_string()), "", true};
        case Kind::boolean:
            return {json_text(value, none), "boolean", true};
        case Kind::integer:
            return {json_text(value, none), "integer", true};
        case Kind::floating:
            if (std::isnan(value.as_double())) return {"NaN", "double", true};
            if (std::isinf(value.as_double()))
                return {value.as_double() > 0 ? "INF" : "-INF", "double", true};
            return {json_text(value, none), "double", true};
        default:
            if (is_temporal(value.kind())) return temporal_literal(value);
            return {json_text(value, none), "json", false};
    }
}

RdfNames rdf_names(const CanonicalGraph& graph) {
    const auto id_of = [](const CanonicalNode& node) -> const Value* {
        for (const auto& [key, value] : node.properties) {
            if (key == "id" && value.kind() == Kind::string && !value.as_string().empty()) return &value;
        }
        return nullptr;
    };
    std::map<std::string_view, std::size_t> count;
    for (const CanonicalNode& node : graph.nodes) {
        if (const Value* id = id_of(node)) ++count[id->as_string()];
    }
    RdfNames names;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Value* id = id_of(graph.nodes[i]);
        if (id != nullptr && count[id->as_string()] == 1) {
            names.nodes.push_back({"node", percent_encoded(id->as_string())});
        } else {
            names.nodes.push_back({"place", std::to_string(i)});
        }
    }
    std::map<std::tuple<std::uint32_t, std::string_view, std::uint32_t>, std::size_t> parallel;
    for (const auto& rel : graph.relationships) ++parallel[{rel.source, rel.type, rel.target}];
    for (const auto& rel : graph.relationships) {
        names.statements.push_back(!rel.properties.empty() ||
                                   parallel[{rel.source, rel.type, rel.target}] > 1);
    }
    return names;
}

}  // namespace islet::exporting
