// Statements → graph. Entities, documents and sections are nodes; a statement is a relationship, or a
// node between its subject and its object where the schema says that the relation is reified.
#include "statements.hpp"

namespace islet::kb {
namespace {

void set_text(GraphBuilder& builder, NodeId node, KeyId key, const std::string& text) {
    if (!text.empty()) builder.set_property(node, key, text);
}

void set_list(GraphBuilder& builder, NodeId node, KeyId key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    builder.set_property(node, key, Value(List(texts.begin(), texts.end())));
}

class GraphWriter {
 public:
    GraphWriter(const Schema& schema, Facts& facts) : schema_(schema), facts_(facts) {}

    Snapshot write() {
        for (Entity& entity : facts_.entities) add_entity(entity);
        for (Document& document : facts_.documents) add_document(document);
        for (const Statement& statement : facts_.statements) add_statement(statement);
        Catalog catalog;
        catalog.evidence = schema_.evidence;
        builder_.set_catalog(std::move(catalog));
        return builder_.finish();
    }

 private:
    void add_entity(Entity& entity) {
        std::vector<LabelId> labels;
        for (const std::string& label : entity.labels) {
            for (const std::string& one : schema_.with_ancestors(label))
                labels.push_back(builder_.label(one));
        }
        entity.node = builder_.add_node(labels);
        set_text(builder_, entity.node, builder_.key("id"), entity.id);
        set_text(builder_, entity.node, builder_.key("name"), entity.name);
        set_list(builder_, entity.node, builder_.key("synonyms"), entity.synonyms);
        set_list(builder_, entity.node, builder_.key("brand_names"), entity.brand_names);
        set_list(builder_, entity.node, builder_.key("abbreviations"), entity.abbreviations);
        set_list(builder_, entity.node, builder_.key("misspellings"), entity.misspellings);
    }

    void add_document(Document& document) {
        const LabelId source = builder_.label("Source");
        document.node = builder_.add_node(std::span(&source, 1));
        set_text(builder_, document.node, builder_.key("id"), document.id);
        set_text(builder_, document.node, builder_.key("name"), document.name);
        set_text(builder_, document.node, builder_.key("publisher"), document.publisher);
        set_text(builder_, document.node, builder_.key("date"), document.date);
        set_text(builder_, document.node, builder_.key("file"), document.file);
        set_list(builder_, document.node, builder_.key("synonyms"), document.synonyms);
        const LabelId label = builder_.label("Section");
        for (std::size_t i = 0; i < document.sections.size(); ++i) {
            Document::Section& section = document.sections[i];
            section.node = builder_.add_node(std::span(&label, 1));
            set_text(builder_, section.node, builder_.key("id"), document.id + "/" + std::to_string(i + 1));
            set_text(builder_, section.node, builder_.key("title"), section.title);
            set_text(builder_, section.node, builder_.key("lines"),
                     std::to_string(section.first_line) + "-" + std::to_string(section.last_line));
            set_text(builder_, section.node, builder_.key("date"),
                     section.date.empty() ? document.date : section.date);
            builder_.add_relationship(section.node, builder_.type("IN_SOURCE"), document.node);
        }
    }

    /// Name and value of everything a statement says beyond its ends.
    [[nodiscard]] std::vector<std::pair<std::string, Value>> properties(const Statement& statement) const {
        std::vector<std::pair<std::string, Value>> all = statement.qualifiers;
        all.emplace_back("assertion", statement.inferred ? "inference" : "stated");
        if (statement.document == SIZE_MAX) return all;
        const Document& document = facts_.documents[statement.document];
        all.emplace_back("source", document.name);
        all.emplace_back("lines", statement.lines);
        std::string date = document.date;
        if (statement.section != SIZE_MAX) {
            all.emplace_back("section", document.sections[statement.section].title);
            if (!document.sections[statement.section].date.empty())
                date = document.sections[statement.section].date;
        }
        if (!date.empty()) all.emplace_back("date", date);
        return all;
    }

    void add_statement(const Statement& statement) {
        const RelationRule& rule = schema_.relations[statement.relation];
        const NodeId subject = facts_.entities[statement.subject].node;
        const NodeId object = statement.object_is_document ? facts_.documents[statement.object].node
                                                           : facts_.entities[statement.object].node;
        const TypeId type = builder_.type(rule.name);
        if (!rule.reified()) {
            const std::size_t rel = builder_.add_relationship(subject, type, object);
            for (auto& [key, value] : properties(statement)) {
                builder_.set_relationship_property(rel, builder_.key(key), std::move(value));
            }
            return;
        }
        std::vector<LabelId> labels;
        for (const std::string& one : schema_.with_ancestors(rule.reified_label))
            labels.push_back(builder_.label(one));
        const NodeId node = builder_.add_node(labels);
        builder_.add_relationship(subject, type, node);
        builder_.add_relationship(node, builder_.type(rule.reified_object), object);
        for (auto& [key, value] : properties(statement))
            builder_.set_property(node, builder_.key(key), std::move(value));
        if (statement.section != SIZE_MAX) {
            builder_.add_relationship(node, builder_.type("STATED_IN"),
                                      facts_.documents[statement.document].sections[statement.section].node);
        }
    }

    const Schema& schema_;
    Facts& facts_;
    GraphBuilder builder_;
};

}  // namespace

Snapshot build_graph(const Schema& schema, Facts& facts) {
    return GraphWriter(schema, facts).write();
}

}  // namespace islet::kb
