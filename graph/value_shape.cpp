// Shapes of property values, by name and on values.

#include <algorithm>
#include <array>
#include <cctype>

#include "islet/catalog.hpp"

namespace islet {
namespace {

struct Named {
    std::string_view name;
    Kind kind;
};

/// The first name of a kind is the one that is printed.
constexpr std::array<Named, 21> names{{
    {"ANY", Kind::null},
    {"BOOLEAN", Kind::boolean},
    {"INTEGER", Kind::integer},
    {"FLOAT", Kind::floating},
    {"STRING", Kind::string},
    {"DATE", Kind::date},
    {"LOCAL TIME", Kind::local_time},
    {"ZONED TIME", Kind::time},
    {"LOCAL DATETIME", Kind::local_date_time},
    {"ZONED DATETIME", Kind::date_time},
    {"DURATION", Kind::duration},
    {"BOOL", Kind::boolean},
    {"INT", Kind::integer},
    {"INTEGER64", Kind::integer},
    {"FLOAT64", Kind::floating},
    {"FLOATING", Kind::floating},
    {"VARCHAR", Kind::string},
    {"TIME", Kind::time},
    {"DATETIME", Kind::date_time},
    {"TIME WITH TIME ZONE", Kind::time},
    {"TIMESTAMP WITH TIME ZONE", Kind::date_time},
}};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// Capitals, and one blank where there were several.
std::string canonical(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (blank && (out.empty() || out.back() == ' ')) continue;
        out += blank ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return std::string(trimmed(out));
}

std::optional<ValueShape> read_shape(std::string_view text) {
    text = trimmed(text);
    if (text == "STRINGS") return ValueShape{Kind::string, true};
    const bool list = text.starts_with("LIST");
    if (list) {
        text = trimmed(text.substr(4));
        if (!text.starts_with('<') || !text.ends_with('>')) return std::nullopt;
        text = trimmed(text.substr(1, text.size() - 2));
        if (text.ends_with(" NOT NULL")) text = trimmed(text.substr(0, text.size() - 9));
    }
    const auto* const found =
        std::find_if(names.begin(), names.end(), [&](const Named& named) { return named.name == text; });
    if (found == names.end()) return std::nullopt;
    return ValueShape{found->kind, list};
}

bool fits(const Value& value, const ValueShape& shape) {
    if (!shape.list) return shape.kind == Kind::null || value.kind() == shape.kind;
    if (value.kind() != Kind::list) return false;
    return std::all_of(value.as_list().begin(), value.as_list().end(), [&](const Value& item) {
        return shape.kind == Kind::null || item.kind() == shape.kind;
    });
}

}  // namespace

std::string to_text(const std::vector<ValueShape>& shapes) {
    if (shapes.empty()) return "ANY";
    std::string text;
    for (const ValueShape& shape : shapes) {
        const auto* const named =
            std::find_if(names.begin(), names.end(), [&](const Named& n) { return n.kind == shape.kind; });
        if (!text.empty()) text += " | ";
        text += shape.list ? "LIST<" + std::string(named->name) + ">" : std::string(named->name);
    }
    return text;
}

std::optional<std::vector<ValueShape>> read_shapes(std::string_view text) {
    const std::string all = canonical(text);
    std::vector<ValueShape> shapes;
    std::string_view rest = all;
    while (true) {
        const std::size_t bar = rest.find('|');
        const std::optional<ValueShape> shape = read_shape(rest.substr(0, bar));
        if (!shape) return std::nullopt;
        shapes.push_back(*shape);
        if (bar == std::string_view::npos) break;
        rest.remove_prefix(bar + 1);
    }
    if (shapes.size() == 1 && shapes.front() == ValueShape{}) shapes.clear();
    return shapes;
}

bool has_shape(const Value& value, const std::vector<ValueShape>& shapes) {
    return shapes.empty() || std::any_of(shapes.begin(), shapes.end(),
                                         [&](const ValueShape& shape) { return fits(value, shape); });
}

}  // namespace islet
