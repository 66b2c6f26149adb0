#include "islet/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace islet {

namespace {

bool plain_name(std::string_view name) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return !name.empty() && letter(name.front()) &&
           std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || digit(c); });
}

/// A label, type or key; in backquotes where it would not read back without.
void append_name(std::string& out, std::string_view name) {
    if (plain_name(name)) {
        out += name;
        return;
    }
    out += '`';
    for (const char c : name) {
        if (c == '`') out += '`';
        out += c;
    }
    out += '`';
}

void append_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    out += '\'';
    for (const char c : text) {
        switch (c) {
            case '\\':
                out += "\\\\";
                break;
            case '\'':
                out += "\\'";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            default: {
                const auto byte = static_cast<unsigned char>(c);
                if (byte >= 0x20 && byte != 0x7f) {
                    out += c;
                } else {
                    out += "\\u00";
                    out += hex[byte / 16];
                    out += hex[byte % 16];
                }
            }
        }
    }
    out += '\'';
}

class Writer {
 public:
    explicit Writer(const Snapshot& snapshot) : snapshot_(snapshot) {}

    void write(const Value& value) {
        switch (value.kind()) {
            case Kind::null:
                out_ += "null";
                break;
            case Kind::boolean:
                out_ += value.as_bool() ? "true" : "false";
                break;
            case Kind::integer:
                out_ += std::to_string(value.as_int());
                break;
            case Kind::floating:
                out_ += float_text(value.as_double());
                break;
            case Kind::string:
                append_quoted(out_, value.as_string());
                break;
            case Kind::list:
                write_list(value.as_list());
                break;
            case Kind::map:
                write_map(value.as_map());
                break;
            case Kind::node:
                write_node(value.as_node());
                break;
            case Kind::relationship:
                write_relationship(value.as_relationship());
                break;
            case Kind::path:
                write_path(value.as_path());
                break;
            case Kind::date:
            case Kind::local_time:
            case Kind::time:
            case Kind::local_date_time:
            case Kind::date_time:
            case Kind::duration:
                out_ += temporal_text(value);
                break;
        }
    }
    std::string take() { return std::move(out_); }

 private:
    void write_list(const List& list) {
        out_ += '[';
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i != 0) out_ += ", ";
            write(list[i]);
        }
        out_ += ']';
    }

    void write_map(const Map& map) {
        out_ += '{';
        bool first = true;
        for (const auto& [key, value] : map.entries()) {
            if (!first) out_ += ", ";
            first = false;
            append_name(out_, key);
            out_ += ": ";
            write(value);
        }
        out_ += '}';
    }

    /// Properties as a map, so that keys come in order of name; nothing if there are none.
    void write_properties(const std::vector<std::pair<KeyId, Value>>& properties, bool after_something) {
        if (properties.empty()) return;
        Map map;
        for (const auto& [key, value] : properties) map.set(std::string(snapshot_.name(key)), value);
        if (after_something) out_ += ' ';
        write_map(map);
    }

    void write_node(NodeId node) {
        std::vector<std::string_view> names;
        for (const LabelId label : snapshot_.labels(node)) names.push_back(snapshot_.name(label));
        std::sort(names.begin(), names.end());
        out_ += '(';
        for (const std::string_view name : names) {
            out_ += ':';
            append_name(out_, name);
        }
        write_properties(snapshot_.properties(node), !names.empty());
        out_ += ')';
    }

    void write_relationship(RelId rel) {
        out_ += "[:";
        append_name(out_, snapshot_.name(snapshot_.ends(rel).type));
        write_properties(snapshot_.properties(rel), true);
        out_ += ']';
    }

    void write_path(const Path& path) {
        out_ += '<';
        write_node(path.nodes.front());
        for (std::size_t i = 0; i < path.relationships.size(); ++i) {
            const bool forward = snapshot_.ends(path.relationships[i]).source == path.nodes[i];
            out_ += forward ? "-" : "<-";
            write_relationship(path.relationships[i]);
            out_ += forward ? "->" : "-";
            write_node(path.nodes[i + 1]);
        }
        out_ += '>';
    }

    const Snapshot& snapshot_;
    std::string out_;
};

}  // namespace

std::string to_text(const Value& value, const Snapshot& snapshot) {
    Writer writer(snapshot);
    writer.write(value);
    return writer.take();
}

std::string to_display(const Value& value, const Snapshot& snapshot) {
    if (value.kind() == Kind::string) return std::string(value.as_string());
    return to_text(value, snapshot);
}

std::string float_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    // The fewest digits that read back the same, written plainly between 0.001 and 10 million.
    const double size = std::fabs(value);
    const bool plain = size == 0 || (size >= 1e-3 && size < 1e7);
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    const std::string text(buffer.data(), end);
    if (plain) return text.find('.') == std::string::npos ? text + ".0" : text;
    // 1e+10 → 1.0E10, 2.5e-07 → 2.5E-7
    const std::size_t at = text.find('e');
    std::string mantissa = text.substr(0, at);
    if (mantissa.find('.') == std::string::npos) mantissa += ".0";
    return mantissa + 'E' + std::to_string(std::stoi(text.substr(at + 1)));
}

}  // namespace islet
