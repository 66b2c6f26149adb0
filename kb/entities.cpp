// Entity files → entities and statements, each checked against the schema.
#include <algorithm>
#include <charconv>
#include <map>

#include "statements.hpp"

namespace islet::kb {
namespace {

struct Place {
    const JsonFile* file;
    std::string pointer;
};

class FactReader {
 public:
    FactReader(const Schema& schema, std::vector<Document> documents, std::vector<Error>& faults)
        : schema_(schema), faults_(faults) {
        facts_.documents = std::move(documents);
        for (std::size_t i = 0; i < facts_.documents.size(); ++i)
            document_ids_.emplace(facts_.documents[i].id, i);
    }

    Facts read(const std::vector<JsonFile>& files) {
        std::vector<std::pair<Place, const Json*>> bodies;
        for (const JsonFile& file : files) {
            const Json* entities = member(file.root(), "entities");
            if (entities == nullptr || !entities->IsArray()) {
                report({&file, ""}, "an entity file needs a list `entities`");
                continue;
            }
            for (rapidjson::SizeType i = 0; i < entities->Size(); ++i) {
                Place place{&file, std::string("/entities") / i};
                if (read_entity((*entities)[i], place))
                    bodies.emplace_back(std::move(place), &(*entities)[i]);
            }
        }
        for (const auto& [place, body] : bodies) check_means(*body, place);
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            const Json* statements = member(*bodies[i].second, "statements");
            for (rapidjson::SizeType s = 0;
                 statements != nullptr && statements->IsArray() && s < statements->Size(); ++s) {
                read_statement(i, (*statements)[s],
                               {bodies[i].first.file, bodies[i].first.pointer / "statements" / s});
            }
        }
        return std::move(facts_);
    }

 private:
    bool read_entity(const Json& json, const Place& place) {
        Entity entity;
        entity.id = text_member(json, "id");
        entity.labels = texts(member(json, "label"));
        for (std::string& label : texts(member(json, "also"))) entity.labels.push_back(std::move(label));
        entity.name = text_member(json, "name");
        entity.synonyms = texts(member(json, "synonyms"));
        entity.brand_names = texts(member(json, "brand_names"));
        entity.abbreviations = texts(member(json, "abbreviations"));
        entity.misspellings = texts(member(json, "misspellings"));
        if (entity.id.empty() || entity.name.empty() || entity.labels.empty()) {
            report(place, "an entity needs `id`, `label` and `name`");
            return false;
        }
        for (const std::string& label : entity.labels) {
            const LabelRule* rule = schema_.label(label);
            if (rule == nullptr) {
                report({place.file, place.pointer / "label"}, "there is no label `" + label + "`",
                       hint(label, schema_.labels));
                return false;
            }
            if (rule->abstract)
                report({place.file, place.pointer / "label"}, "the label `" + label + "` is abstract");
        }
        if (!entity_ids_.emplace(entity.id, facts_.entities.size()).second ||
            document_ids_.contains(entity.id)) {
            report({place.file, place.pointer / "id"}, "the id `" + entity.id + "` stands twice");
            return false;
        }
        if (const auto [other, fresh] = names_.emplace(entity.name, entity.id); !fresh) {
            report({place.file, place.pointer / "name"},
                   "the name `" + entity.name + "` is also that of `" + other->second + "`");
        }
        if (const Json* means = member(json, "means"); means != nullptr && means->IsObject()) {
            for (const auto& [key, value] : means->GetObject()) {
                if (schema_.facet(text_of(key)) == nullptr) {
                    entity.means = text_of(value);
                    continue;
                }
                for (std::string& one : texts(&value)) {
                    entity.means_context.push_back({std::string(text_of(key)), std::move(one)});
                }
            }
        }
        facts_.entities.push_back(std::move(entity));
        return true;
    }

    void check_means(const Json& json, const Place& place) {
        const Entity& entity = facts_.entities[entity_ids_.at(std::string(text_member(json, "id")))];
        const Place at{place.file, place.pointer / "means"};
        if (!entity.means.empty() && !entity_ids_.contains(entity.means)) {
            report(at, "there is no entity `" + entity.means + "`", id_hint(entity.means));
        }
        for (const Entity::Context& context : entity.means_context) {
            if (!schema_.facet(context.facet)->has(context.value)) {
                report({at.file, at.pointer / context.facet},
                       "`" + context.value + "` is no value of the facet `" + context.facet + "`",
                       value_hint(context.value, schema_.facet(context.facet)->values));
            }
        }
    }

    void read_statement(std::size_t subject, const Json& json, const Place& place) {
        if (!json.IsObject()) return report(place, "a statement is an object");
        Statement statement;
        statement.subject = subject;
        const Json* objects = nullptr;
        const RelationRule* rule = nullptr;
        for (const auto& [key, value] : json.GetObject()) {
            const RelationRule* found = schema_.relation(text_of(key));
            if (found == nullptr) continue;
            if (rule != nullptr) return report(place, "a statement names one relation, not two");
            rule = found;
            objects = &value;
        }
        if (rule == nullptr) return report_no_relation(json, place);
        statement.relation = static_cast<std::size_t>(rule - schema_.relations.data());
        check_labels(facts_.entities[subject].labels, rule->domain, {place.file, place.pointer / rule->name},
                     "domain", *rule, facts_.entities[subject].id);
        read_qualifiers(json, *rule, place, statement);
        read_evidence(json, place, statement);
        const std::vector<std::string> ids = texts(objects);
        if (ids.empty())
            report({place.file, place.pointer / rule->name}, "the relation needs an object's id");
        for (std::size_t i = 0; i < ids.size(); ++i) {
            std::string pointer = place.pointer / rule->name;
            if (objects->IsArray()) pointer = pointer / i;
            add_object(statement, ids[i], *rule, {place.file, pointer});
        }
    }

    void add_object(Statement statement, const std::string& id, const RelationRule& rule,
                    const Place& place) {
        if (const auto entity = entity_ids_.find(id); entity != entity_ids_.end()) {
            statement.object = entity->second;
            check_labels(facts_.entities[statement.object].labels, rule.range, place, "range", rule, id);
        } else if (const auto document = document_ids_.find(id); document != document_ids_.end()) {
            statement.object = document->second;
            statement.object_is_document = true;
        } else {
            return report(place, "there is no entity `" + id + "`", id_hint(id));
        }
        facts_.statements.push_back(std::move(statement));
    }

    void check_labels(const std::vector<std::string>& labels, const std::vector<std::string>& allowed,
                      const Place& place, std::string_view what, const RelationRule& rule,
                      const std::string& id) {
        for (const std::string& label : labels) {
            for (const std::string& one : allowed) {
                if (schema_.is_a(label, one)) return;
            }
        }
        report(place, "`" + id + "` is a " + labels.front() + ", which is not in the " + std::string(what) +
                          " of " + rule.name);
    }

    void read_qualifiers(const Json& json, const RelationRule& rule, const Place& place,
                         Statement& statement) {
        for (const auto& [key, value] : json.GetObject()) {
            const std::string name(text_of(key));
            if (name == rule.name || name == "cite" || name == "assertion") continue;
            const Place at{place.file, place.pointer / name};
            const PropertyRule* property = rule.property(name);
            if (property == nullptr) {
                report(at, rule.name + " has no property `" + name + "`", hint(name, rule.properties));
                continue;
            }
            statement.qualifiers.emplace_back(name, read_value(value, *property, at));
        }
        for (const PropertyRule& property : rule.properties) {
            if (property.required && member(json, property.name.c_str()) == nullptr) {
                report(place, rule.name + " needs the property `" + property.name + "`");
            }
        }
    }

    Value read_value(const Json& json, const PropertyRule& property, const Place& place) {
        switch (property.type) {
            case PropertyType::boolean:
                if (json.IsBool()) return json.GetBool();
                break;
            case PropertyType::integer:
                if (json.IsInt64()) return Value(static_cast<std::int64_t>(json.GetInt64()));
                break;
            case PropertyType::floating:
                if (json.IsNumber()) return json.GetDouble();
                break;
            case PropertyType::string:
                if (json.IsString()) {
                    check_value(std::string(text_of(json)), property, place);
                    return std::string(text_of(json));
                }
                break;
            case PropertyType::strings:
                if (json.IsArray() || json.IsString()) {
                    List list;
                    for (std::string& one : texts(&json)) {
                        check_value(one, property, place);
                        list.emplace_back(std::move(one));
                    }
                    return list;
                }
                break;
        }
        report(place, "`" + property.name + "` has a value of another type than the schema gives it");
        return {};
    }

    void check_value(const std::string& value, const PropertyRule& property, const Place& place) {
        const FacetRule* facet = property.facet.empty() ? nullptr : schema_.facet(property.facet);
        const std::vector<std::string>& allowed = facet != nullptr ? facet->values : property.values;
        if (allowed.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return;
        report(place, "`" + value + "` is no value of `" + property.name + "`", value_hint(value, allowed));
    }

    void read_evidence(const Json& json, const Place& place, Statement& statement) {
        const std::string_view assertion = text_member(json, "assertion");
        if (!assertion.empty() && assertion != "inference" && assertion != "stated") {
            report({place.file, place.pointer / "assertion"}, "an assertion is `stated` or `inference`");
        }
        statement.inferred = assertion == "inference";
        const std::string_view cite = text_member(json, "cite");
        if (cite.empty()) {
            if (!statement.inferred) report(place, "a stated fact needs `cite`");
            return;
        }
        const Place at{place.file, place.pointer / "cite"};
        const std::size_t colon = cite.find(':');
        const auto document = document_ids_.find(std::string(cite.substr(0, colon)));
        if (document == document_ids_.end() || colon == std::string_view::npos) {
            return report(at, "`" + std::string(cite) + "` does not cite a source and its lines",
                          "write the source's id, a colon and lines, e.g. `" +
                              (facts_.documents.empty() ? "id" : facts_.documents.front().id) + ":12-14,20`");
        }
        statement.document = document->second;
        statement.lines = cite.substr(colon + 1);
        find_section(statement, at);
    }

    /// The section that holds the first cited line; every line must lie in some section.
    void find_section(Statement& statement, const Place& place) {
        const Document& document = facts_.documents[statement.document];
        const char* at = statement.lines.data();
        const char* const end = at + statement.lines.size();
        int previous = 0;
        while (true) {
            int line = 0;
            const auto [next, problem] = std::from_chars(at, end, line);
            if (problem != std::errc() || line <= previous) {
                return report(place, "`" + statement.lines + "` are not ascending lines");
            }
            const auto section = std::find_if(
                document.sections.begin(), document.sections.end(),
                [&](const auto& one) { return one.first_line <= line && line <= one.last_line; });
            if (section == document.sections.end()) {
                return report(place,
                              "line " + std::to_string(line) + " lies in no section of " + document.name);
            }
            if (statement.section == SIZE_MAX) {
                statement.section = static_cast<std::size_t>(section - document.sections.begin());
            }
            previous = line;
            at = next;
            if (at == end) return;
            if (*at != ',' && *at != '-') return report(place, "`" + statement.lines + "` are not lines");
            ++at;
        }
    }

    void report_no_relation(const Json& json, const Place& place) {
        std::string name;
        for (const auto& [key, value] : json.GetObject()) {
            if (name.empty() || std::isupper(static_cast<unsigned char>(text_of(key)[0])) != 0)
                name = text_of(key);
        }
        report(place, "there is no relation `" + name + "`", hint(name, schema_.relations));
    }

    template <class Rule>
    static std::string hint(std::string_view name, const std::vector<Rule>& rules) {
        std::vector<std::string> names;
        for (const Rule& rule : rules) names.push_back(rule.name);
        return value_hint(name, names);
    }

    static std::string value_hint(std::string_view value, const std::vector<std::string>& values) {
        const auto near = nearest(value, values);
        return near ? "did you mean `" + *near + "`?" : "";
    }

    [[nodiscard]] std::string id_hint(std::string_view id) const {
        std::vector<std::string> ids;
        for (const auto& entry : entity_ids_) ids.push_back(entry.first);
        return value_hint(id, ids);
    }

    void report(const Place& place, std::string message, std::string hint = {}) {
        faults_.push_back(fault(place.file->name, place.pointer, std::move(message), std::move(hint)));
    }

    const Schema& schema_;
    std::vector<Error>& faults_;
    Facts facts_;
    std::map<std::string, std::size_t, std::less<>> entity_ids_;
    std::map<std::string, std::size_t, std::less<>> document_ids_;
    std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace

Facts read_facts(const Schema& schema, std::vector<Document> documents, const std::vector<JsonFile>& files,
                 std::vector<Error>& faults) {
    return FactReader(schema, std::move(documents), faults).read(files);
}

}  // namespace islet::kb
