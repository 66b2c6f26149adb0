#include "model.hpp"

#include <charconv>
#include <stdexcept>

#include "generate.hpp"
#include "islet/graph.hpp"

namespace islet::oracle {
namespace {

std::string float_literal(double value) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
    std::string text(digits, end);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string string_literal(const std::string& value) {
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + "'";
}

std::string labels_text(const std::set<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += ":" + label;
    return text;
}

/// Everything in one base; a key's values go in by entity.
void build(GraphBuilder& builder, const Graph& graph, const std::vector<NodeId>& ids, std::size_t first_rel,
           std::size_t step) {
    for (std::size_t i = first_rel; i < graph.rels.size(); i += step) {
        const Relationship& rel = graph.rels[i];
        const std::size_t made =
            builder.add_relationship(ids[rel.source], builder.type(rel.type), ids[rel.target]);
        for (const auto& [key, value] : rel.properties) {
            builder.set_relationship_property(made, builder.key(key), engine_value(value));
        }
    }
}

NodeId add_node(GraphBuilder& builder, const Node& node) {
    std::vector<LabelId> labels;
    for (const std::string& label : node.labels) labels.push_back(builder.label(label));
    const NodeId id = builder.add_node(labels);
    for (const auto& [key, value] : node.properties) {
        builder.set_property(id, builder.key(key), engine_value(value));
    }
    return id;
}

/// Of every other graph, so that what an index answers is compared as well as what is found without.
void declare_indexes(Database& database, const Graph& graph) {
    if (graph.rels.size() % 2 == 0) return;
    Session session = database.session();
    const auto declare = [&](const std::string& pattern, const std::string& keys) {
        const std::string text = "CREATE INDEX FOR " + pattern + " ON (" + keys + ")";
        if (const auto made = session.run(text); !made) throw std::runtime_error(render(made.error(), text));
    };
    for (const std::string& label : label_names) declare("(x:" + label + ")", "x.i, x.s");
    for (const std::string& type : type_names) {
        declare("()-[x:" + type + "]-()", "x.i, x.f");
        declare("()-[x:" + type + "]-()", "x.s");
    }
}

Database load_base(const Graph& graph) {
    GraphBuilder builder;
    std::vector<NodeId> ids;
    for (const Node& node : graph.nodes) ids.push_back(add_node(builder, node));
    build(builder, graph, ids, 0, 1);
    Database database(builder.finish());
    declare_indexes(database, graph);
    return database;
}

Database load_delta(const Graph& graph) {
    Database database;
    declare_indexes(database, graph);
    const std::string text = create_text(graph);
    if (text.empty()) return database;
    if (const auto made = database.session().run(text); !made) {
        throw std::runtime_error("the graph cannot be made: " + render(made.error(), text));
    }
    return database;
}

/// Every second relationship and every third node's labels and properties are written later, and a node with
/// a loop and a relationship to each other node has been removed from the middle.
Database load_mixed(const Graph& graph) {
    GraphBuilder builder;
    std::vector<NodeId> ids;
    const std::size_t middle = graph.nodes.size() / 2;
    NodeId doomed = NodeId::none;
    const auto late = [](std::size_t i) { return i % 3 == 1; };
    for (std::size_t i = 0; i <= graph.nodes.size(); ++i) {
        if (i == middle) {
            doomed = builder.add_node(std::vector{builder.label("A"), builder.label("C")});
            builder.set_property(doomed, builder.key("i"), 1);
        }
        if (i == graph.nodes.size()) break;
        if (late(i)) {
            ids.push_back(builder.add_node(std::vector{builder.label("C")}));
            builder.set_property(ids.back(), builder.key("i"), "was");
            builder.set_property(ids.back(), builder.key("s"), 2);
        } else {
            ids.push_back(add_node(builder, graph.nodes[i]));
        }
    }
    build(builder, graph, ids, 0, 2);
    builder.add_relationship(doomed, builder.type("S"), doomed);
    for (const NodeId id : ids) builder.add_relationship(id, builder.type("T"), doomed);

    Database database(builder.finish());
    declare_indexes(database, graph);
    Transaction transaction(database.graph());
    for (std::size_t i = 1; i < graph.rels.size(); i += 2) {
        const Relationship& rel = graph.rels[i];
        const RelId id =
            transaction.create_relationship(ids[rel.source], transaction.type(rel.type), ids[rel.target]);
        for (const auto& [key, value] : rel.properties) {
            transaction.set_property(id, transaction.key(key), engine_value(value));
        }
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!late(i)) continue;
        const Node& node = graph.nodes[i];
        transaction.remove_label(ids[i], transaction.label("C"));
        for (const std::string& label : node.labels) transaction.add_label(ids[i], transaction.label(label));
        transaction.set_property(ids[i], transaction.key("i"), {});
        transaction.set_property(ids[i], transaction.key("s"), {});
        for (const auto& [key, value] : node.properties) {
            transaction.set_property(ids[i], transaction.key(key), engine_value(value));
        }
    }
    const Snapshot& view = transaction.view();
    for (std::uint32_t i = 0; i < view.rel_bound(); ++i) {
        const RelId rel{i};
        if (!view.contains(rel)) continue;
        const Ends ends = view.ends(rel);
        if (ends.source == doomed || ends.target == doomed) transaction.remove_relationship(rel);
    }
    transaction.remove_node(doomed);
    transaction.commit();
    return database;
}

}  // namespace

void Graph::drop_rel(std::size_t at) {
    rels.erase(rels.begin() + static_cast<std::ptrdiff_t>(at));
}

void Graph::drop_node(std::size_t at) {
    std::erase_if(rels, [&](const Relationship& rel) { return rel.source == at || rel.target == at; });
    for (Relationship& rel : rels) {
        if (rel.source > at) --rel.source;
        if (rel.target > at) --rel.target;
    }
    nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(at));
}

std::int64_t uid_of(const Properties& properties) {
    return std::get<std::int64_t>(properties.at("uid").held);
}

std::string literal_text(const Datum& value) {
    if (value.is_null()) return "null";
    if (const auto* yes = value.as<bool>()) return *yes ? "true" : "false";
    if (const auto* whole = value.as<std::int64_t>()) return std::to_string(*whole);
    if (const auto* number = value.as<double>()) return float_literal(*number);
    if (const auto* text = value.as<std::string>()) return string_literal(*text);
    const auto* list = value.as<Data>();
    if (list == nullptr) throw std::logic_error("an entity has no literal");
    std::string text = "[";
    for (std::size_t i = 0; i < list->size(); ++i) text += (i == 0 ? "" : ", ") + literal_text((*list)[i]);
    return text + "]";
}

std::string map_text(const Properties& properties) {
    std::string text;
    for (const auto& [key, value] : properties) {
        text += (text.empty() ? "{" : ", ") + key + ": " + literal_text(value);
    }
    return text.empty() ? "{}" : text + "}";
}

std::string create_text(const Graph& graph) {
    std::string text;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        text += i == 0 ? "CREATE " : ", ";
        text += "(n" + std::to_string(i) + labels_text(graph.nodes[i].labels) + " " +
                map_text(graph.nodes[i].properties) + ")";
    }
    for (const Relationship& rel : graph.rels) {
        text += ", (n" + std::to_string(rel.source) + ")-[:" + rel.type + " " + map_text(rel.properties) +
                "]->(n" + std::to_string(rel.target) + ")";
    }
    return text;
}

std::string storage_name(Storage storage) {
    switch (storage) {
        case Storage::base:
            return "bulk-loaded";
        case Storage::delta:
            return "written by CREATE";
        case Storage::mixed:
            break;
    }
    return "partly loaded, partly written";
}

void learn_ids(Graph& graph, const Snapshot& snapshot) {
    const std::optional<KeyId> uid = snapshot.find_key("uid");
    for (std::uint32_t i = 0; uid && i < snapshot.node_bound(); ++i) {
        const NodeId id{i};
        if (!snapshot.contains(id)) continue;
        const std::int64_t found = snapshot.property(id, *uid).as_int();
        for (Node& node : graph.nodes) {
            if (uid_of(node.properties) == found) node.engine_id = i;
        }
    }
}

Database load(Graph& graph, Storage storage) {
    Database database = storage == Storage::base    ? load_base(graph)
                        : storage == Storage::delta ? load_delta(graph)
                                                    : load_mixed(graph);
    learn_ids(graph, database.snapshot());
    return database;
}

Value engine_value(const Datum& value) {
    if (value.is_null()) return {};
    if (const auto* yes = value.as<bool>()) return *yes;
    if (const auto* whole = value.as<std::int64_t>()) return *whole;
    if (const auto* number = value.as<double>()) return *number;
    if (const auto* text = value.as<std::string>()) return *text;
    const auto* list = value.as<Data>();
    if (list == nullptr) throw std::logic_error("no property holds an entity");
    List out;
    for (const Datum& element : *list) out.push_back(engine_value(element));
    return out;
}

}  // namespace islet::oracle
