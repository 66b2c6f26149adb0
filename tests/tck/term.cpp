#include "term.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "islet/text.hpp"

namespace islet::tck {

bool operator==(const MapTerm& a, const MapTerm& b) {
    return a.entries == b.entries;
}
bool operator==(const NodeTerm& a, const NodeTerm& b) {
    return a.labels == b.labels && a.properties == b.properties;
}
bool operator==(const RelationshipTerm& a, const RelationshipTerm& b) {
    return a.type == b.type && a.properties == b.properties;
}

namespace {

template <class Id>
Entries properties_of(Id id, const Snapshot& snapshot) {
    Entries entries;
    for (const auto& [key, value] : snapshot.properties(id)) {
        entries.emplace_back(std::string(snapshot.name(key)), term_of(value, snapshot));
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return entries;
}

NodeTerm node_term(NodeId node, const Snapshot& snapshot) {
    NodeTerm term;
    for (const LabelId label : snapshot.labels(node)) term.labels.emplace_back(snapshot.name(label));
    std::sort(term.labels.begin(), term.labels.end());
    term.properties = properties_of(node, snapshot);
    return term;
}

RelationshipTerm relationship_term(RelId rel, const Snapshot& snapshot) {
    return {std::string(snapshot.name(snapshot.ends(rel).type)), properties_of(rel, snapshot)};
}

PathTerm path_term(const Path& path, const Snapshot& snapshot) {
    PathTerm term{node_term(path.nodes.at(0), snapshot), {}};
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        const RelId rel = path.relationships[i];
        term.steps.push_back({relationship_term(rel, snapshot), snapshot.ends(rel).source == path.nodes.at(i),
                              node_term(path.nodes.at(i + 1), snapshot)});
    }
    return term;
}

std::string quoted(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\\' || c == '\'') quoted += '\\';
        if (c == '\n') {
            quoted += "\\n";
        } else {
            quoted += c;
        }
    }
    return quoted + "'";
}

std::string entries_text(const Entries& entries) {
    std::string text = "{";
    for (const auto& [key, value] : entries) {
        if (text.size() > 1) text += ", ";
        text += key + ": " + to_text(value);
    }
    return text + "}";
}

std::string node_text(const NodeTerm& node) {
    std::string text;
    for (const std::string& label : node.labels) text += ":" + label;
    if (!node.properties.empty()) text += (text.empty() ? "" : " ") + entries_text(node.properties);
    return "(" + text + ")";
}

std::string relationship_text(const RelationshipTerm& rel) {
    return "[:" + rel.type + (rel.properties.empty() ? "" : " " + entries_text(rel.properties)) + "]";
}

// One way of writing each kind.
struct Writer {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(Float number) const {
        if (std::isnan(number.value)) return "NaN";
        if (std::isinf(number.value)) return number.value < 0 ? "-Infinity" : "Infinity";
        std::array<char, 32> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number.value).ptr;
        std::string text(buffer.data(), end);
        if (text.find_first_of(".e") == std::string::npos) text += ".0";
        return text;
    }
    std::string operator()(const std::string& value) const { return quoted(value); }
    std::string operator()(const std::vector<Term>& list) const {
        std::string text = "[";
        for (const Term& item : list) text += (text.size() > 1 ? ", " : "") + to_text(item);
        return text + "]";
    }
    std::string operator()(const MapTerm& map) const { return entries_text(map.entries); }
    std::string operator()(const NodeTerm& node) const { return node_text(node); }
    std::string operator()(const RelationshipTerm& rel) const { return relationship_text(rel); }
    std::string operator()(const PathTerm& path) const {
        std::string text = "<" + node_text(path.start);
        for (const PathStep& step : path.steps) {
            text += (step.forward ? "-" : "<-") + relationship_text(step.relationship) +
                    (step.forward ? "->" : "-") + node_text(step.node);
        }
        return text + ">";
    }
};

// One value of the engine for each kind that has one.
struct ToValue {
    Value operator()(std::monostate) const { return {}; }
    Value operator()(bool value) const { return value; }
    Value operator()(std::int64_t value) const { return value; }
    Value operator()(Float number) const { return number.value; }
    Value operator()(const std::string& value) const { return value; }
    Value operator()(const std::vector<Term>& list) const {
        List values;
        for (const Term& item : list) values.push_back(value_of(item));
        return values;
    }
    Value operator()(const MapTerm& map) const {
        Map values;
        for (const auto& [key, value] : map.entries) values.set(key, value_of(value));
        return values;
    }
    Value operator()(const NodeTerm&) const { throw std::runtime_error("a node cannot be a parameter"); }
    Value operator()(const RelationshipTerm&) const {
        throw std::runtime_error("a relationship cannot be a parameter");
    }
    Value operator()(const PathTerm&) const { throw std::runtime_error("a path cannot be a parameter"); }
};

}  // namespace

Term term_of(const Value& value, const Snapshot& snapshot) {
    switch (value.kind()) {
        case Kind::null:
            return {};
        case Kind::boolean:
            return {value.as_bool()};
        case Kind::integer:
            return {value.as_int()};
        case Kind::floating:
            return {Float{value.as_double()}};
        case Kind::string:
            return {std::string(value.as_string())};
        case Kind::list: {
            std::vector<Term> items;
            for (const Value& item : value.as_list()) items.push_back(term_of(item, snapshot));
            return {std::move(items)};
        }
        case Kind::map: {
            MapTerm map;
            for (const auto& [key, item] : value.as_map().entries()) {
                map.entries.emplace_back(key, term_of(item, snapshot));
            }
            return {std::move(map)};
        }
        case Kind::node:
            return {node_term(value.as_node(), snapshot)};
        case Kind::relationship:
            return {relationship_term(value.as_relationship(), snapshot)};
        case Kind::path:
            return {path_term(value.as_path(), snapshot)};
        default:
            return {islet::to_text(value, snapshot)};
    }
}

Value value_of(const Term& term) {
    return std::visit(ToValue{}, term.held);
}

std::string to_text(const Term& term) {
    return std::visit(Writer{}, term.held);
}

void sort_lists(Term& term) {
    if (auto* map = std::get_if<MapTerm>(&term.held)) {
        for (auto& [key, value] : map->entries) sort_lists(value);
    }
    auto* list = std::get_if<std::vector<Term>>(&term.held);
    if (list == nullptr) return;
    for (Term& item : *list) sort_lists(item);
    std::sort(list->begin(), list->end(),
              [](const Term& a, const Term& b) { return to_text(a) < to_text(b); });
}

}  // namespace islet::tck
