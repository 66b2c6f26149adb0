// KGX: the canonical graph in the terms of a mapping, as tables or as JSON lines.
#include <algorithm>
#include <map>
#include <optional>
#include <ostream>
#include <set>

#include "export_canonical.hpp"
#include "islet/kgx.hpp"

namespace islet {

namespace {

using exporting::CanonicalGraph;
using exporting::CanonicalNode;
using exporting::CanonicalRelationship;
using exporting::Property;

/// A node or edge of KGX: column → value.
using Entry = std::map<std::string, Value, std::less<>>;

/// Columns that KGX or this writer fill; a property never takes their place.
const std::vector<std::string_view> node_columns{"id", "category", "name", "original_labels"};
const std::vector<std::string_view> edge_columns{"id", "subject", "predicate", "object",
                                                 "original_predicate"};

class Writer {
 public:
    Writer(const CanonicalGraph& graph, const KgxMapping& mapping) : graph_(graph), mapping_(mapping) {
        find_ids();
        find_reified();
    }

    std::vector<Entry> nodes() const {
        std::vector<Entry> result;
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (!left_out_[i]) result.push_back(node(i));
        }
        return result;
    }

    std::vector<Entry> edges() const {
        std::vector<Entry> result;
        for (std::size_t i = 0; i < graph_.relationships.size(); ++i) {
            if (inside_[i]) continue;
            const CanonicalRelationship& rel = graph_.relationships[i];
            result.push_back(edge("e" + std::to_string(i), rel.source, rel.type, rel.target, rel.properties));
        }
        for (const Statement& statement : statements_) {
            std::string id = ids_[statement.node];
            if (statement.parts > 1) id += '-' + std::to_string(statement.part);
            result.push_back(edge(std::move(id), statement.subject, statement.type, statement.object,
                                  graph_.nodes[statement.node].properties));
        }
        return result;
    }

 private:
    /// One edge that a reified node stands for.
    struct Statement {
        std::uint32_t node;
        std::uint32_t subject;
        std::uint32_t object;
        std::string_view type;
        std::size_t part;  ///< a node with several subjects or objects stands for an edge of each pair
        std::size_t parts;
    };

    void find_ids() {
        std::map<std::string_view, std::size_t> count;
        for (const CanonicalNode& node : graph_.nodes) {
            if (const Value* id = text_of(node)) ++count[id->as_string()];
        }
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const Value* id = text_of(graph_.nodes[i]);
            std::string text;
            if (id != nullptr && count[id->as_string()] == 1) {
                text = std::string(id->as_string());
            } else {  // a number that is nobody's id
                text = "n" + std::to_string(i);
                while (count.contains(text)) text += '_';
            }
            ids_.push_back(mapping_.id_prefix.empty() ? text : mapping_.id_prefix + ":" + text);
        }
    }

    /// The text that may identify a node.
    const Value* text_of(const CanonicalNode& node) const {
        for (const auto& [key, value] : node.properties) {
            if (key == mapping_.id_property && value.kind() == Kind::string && !value.as_string().empty()) {
                return &value;
            }
        }
        return nullptr;
    }

    void find_reified() {
        left_out_.resize(graph_.nodes.size());
        inside_.resize(graph_.relationships.size());
        std::vector<std::vector<std::size_t>> at(graph_.nodes.size());
        for (std::size_t i = 0; i < graph_.relationships.size(); ++i) {
            at[graph_.relationships[i].source].push_back(i);
            if (graph_.relationships[i].target != graph_.relationships[i].source) {
                at[graph_.relationships[i].target].push_back(i);
            }
        }
        for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
            for (const KgxMapping::Reified& rule : mapping_.reified) {
                const auto& labels = graph_.nodes[i].labels;
                if (std::find(labels.begin(), labels.end(), rule.label) == labels.end()) continue;
                if (collapse(i, rule, at[i])) break;
            }
        }
    }

    bool collapse(std::uint32_t node, const KgxMapping::Reified& rule, const std::vector<std::size_t>& at) {
        std::vector<std::size_t> subjects;
        std::vector<std::size_t> objects;
        for (const std::size_t rel : at) {
            const CanonicalRelationship& r = graph_.relationships[rel];
            if (r.source == r.target) continue;
            if (r.target == node && r.type == rule.subject_type) subjects.push_back(rel);
            if (r.source == node && r.type == rule.object_type) objects.push_back(rel);
        }
        if (subjects.empty() || objects.empty()) return false;
        const std::size_t parts = subjects.size() * objects.size();
        for (const std::size_t subject : subjects) {
            for (const std::size_t object : objects) {
                const std::size_t part = statements_.size();
                statements_.push_back({node, graph_.relationships[subject].source,
                                       graph_.relationships[object].target,
                                       graph_.relationships[subject].type, part, parts});
            }
        }
        for (std::size_t i = 0; i < parts; ++i) statements_[statements_.size() - parts + i].part = i + 1;
        for (const std::size_t rel : subjects) inside_[rel] = true;
        for (const std::size_t rel : objects) inside_[rel] = true;
        // What else hangs on it would hang on nothing.
        left_out_[node] = at.size() == subjects.size() + objects.size();
        return true;
    }

    Entry node(std::size_t i) const {
        const CanonicalNode& node = graph_.nodes[i];
        Entry entry;
        add_properties(entry, node.properties, node_columns, text_of(node) != nullptr);
        entry["id"] = ids_[i];
        List categories;
        List labels;
        for (const std::string_view label : node.labels) {
            labels.emplace_back(label);
            const auto found = mapping_.categories.find(label);
            if (found == mapping_.categories.end()) continue;
            const Value category(found->second);
            if (std::find(categories.begin(), categories.end(), category) == categories.end()) {
                categories.push_back(category);
            }
        }
        if (categories.empty()) categories.emplace_back(mapping_.default_category);
        entry["category"] = std::move(categories);
        if (!labels.empty()) entry["original_labels"] = std::move(labels);
        return entry;
    }

    Entry edge(std::string id, std::uint32_t subject, std::string_view type, std::uint32_t object,
               const std::vector<Property>& properties) const {
        Entry entry;
        add_properties(entry, properties, edge_columns, true);
        for (const auto& [column, text] : mapping_.edge_defaults) entry.try_emplace(column, text);
        const auto found = mapping_.predicates.find(type);
        entry["id"] = std::move(id);
        entry["subject"] = ids_[subject];
        entry["predicate"] = found == mapping_.predicates.end() ? mapping_.default_predicate : found->second;
        entry["object"] = ids_[object];
        entry["original_predicate"] = type;
        return entry;
    }

    void add_properties(Entry& entry, const std::vector<Property>& properties,
                        const std::vector<std::string_view>& own, bool id_is_known) const {
        for (const auto& [key, value] : properties) {
            if (id_is_known && key == mapping_.id_property && value.kind() == Kind::string) continue;
            const auto slot = mapping_.slots.find(key);
            std::string column = slot == mapping_.slots.end() ? std::string(key) : slot->second;
            const bool is_name = column == "name" && &own == &node_columns;
            while (entry.contains(column) ||
                   (!is_name && std::find(own.begin(), own.end(), column) != own.end())) {
                column += '_';
            }
            entry.emplace(std::move(column), renamed(key, value));
        }
    }

    /// The value as the mapping's closed lists have it.
    Value renamed(std::string_view key, const Value& value) const {
        const auto names = mapping_.values.find(key);
        if (names == mapping_.values.end()) return value;
        if (value.kind() == Kind::list) {
            List items;
            for (const Value& item : value.as_list()) items.push_back(renamed(key, item));
            return items;
        }
        if (value.kind() != Kind::string) return value;
        const auto found = names->second.find(value.as_string());
        return found == names->second.end() ? value : Value(found->second);
    }

    const CanonicalGraph& graph_;
    const KgxMapping& mapping_;
    std::vector<std::string> ids_;  ///< by node
    std::vector<bool> left_out_;    ///< by node
    std::vector<bool> inside_;      ///< by relationship: part of a statement
    std::vector<Statement> statements_;
};

/// A cell of a table, which has no quotes: what would break it becomes a blank.
std::string cell(const Value& value) {
    std::string text;
    if (value.kind() == Kind::list) {
        for (const Value& item : value.as_list()) {
            if (&item != value.as_list().data()) text += '|';
            text += cell(item);
        }
        return text;
    }
    if (value.kind() == Kind::string) {
        text = value.as_string();
    } else if (is_temporal(value.kind())) {
        text = temporal_text(value);
    } else {
        const Snapshot none;
        text = json_text(value, none);
        if (value.kind() == Kind::floating && text.front() == '"') text = text.substr(1, text.size() - 2);
    }
    for (char& c : text) {
        if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    }
    return text;
}

/// The columns of all entries: the format's own first.
std::vector<std::string> columns(const std::vector<Entry>& entries,
                                 const std::vector<std::string_view>& own) {
    std::set<std::string> others;
    for (const Entry& entry : entries) {
        for (const auto& [column, value] : entry) others.insert(column);
    }
    std::vector<std::string> result(own.begin(), own.end());
    for (const std::string_view column : own) others.erase(std::string(column));
    result.insert(result.end(), others.begin(), others.end());
    return result;
}

void write_table(const std::vector<Entry>& entries, const std::vector<std::string_view>& own,
                 std::ostream& out) {
    const auto names = columns(entries, own);
    for (std::size_t i = 0; i < names.size(); ++i) out << (i == 0 ? "" : "\t") << cell(names[i]);
    out << '\n';
    for (const Entry& entry : entries) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto found = entry.find(names[i]);
            out << (i == 0 ? "" : "\t") << (found == entry.end() ? std::string() : cell(found->second));
        }
        out << '\n';
    }
}

void write_lines(const std::vector<Entry>& entries, const std::vector<std::string_view>& own,
                 std::ostream& out) {
    const Snapshot none;
    for (const Entry& entry : entries) {
        std::string_view before = "{";
        const auto put = [&](std::string_view column, const Value& value) {
            out << before << json_text(column) << ':' << json_text(value, none);
            before = ",";
        };
        for (const std::string_view column : own) {
            if (const auto found = entry.find(column); found != entry.end()) put(column, found->second);
        }
        for (const auto& [column, value] : entry) {
            if (std::find(own.begin(), own.end(), column) == own.end()) put(column, value);
        }
        out << "}\n";
    }
}

}  // namespace

void write_kgx_tsv(const Subgraph& graph, const KgxMapping& mapping, std::ostream& nodes,
                   std::ostream& edges) {
    const CanonicalGraph canonical = exporting::canonical(graph);
    const Writer writer(canonical, mapping);
    write_table(writer.nodes(), node_columns, nodes);
    write_table(writer.edges(), edge_columns, edges);
}

void write_kgx_jsonl(const Subgraph& graph, const KgxMapping& mapping, std::ostream& nodes,
                     std::ostream& edges) {
    const CanonicalGraph canonical = exporting::canonical(graph);
    const Writer writer(canonical, mapping);
    write_lines(writer.nodes(), node_columns, nodes);
    write_lines(writer.edges(), edge_columns, edges);
}

}  // namespace islet
