#include "schema_file.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace islet::kb {
namespace {

constexpr std::array<std::pair<std::string_view, PropertyType>, 5> property_types{{
    {"string", PropertyType::string},
    {"strings", PropertyType::strings},
    {"integer", PropertyType::integer},
    {"float", PropertyType::floating},
    {"boolean", PropertyType::boolean},
}};

PropertyRule read_property(const JsonFile& file, const std::string& pointer, const Json& name,
                           const Json& value, std::vector<Error>& faults) {
    PropertyRule rule;
    rule.name = text_of(name);
    const std::string_view type = text_member(value, "type");
    const auto* const known = std::find_if(property_types.begin(), property_types.end(),
                                           [&](const auto& entry) { return entry.first == type; });
    if (known == property_types.end()) {
        faults.push_back(fault(file.name, pointer / "type",
                               "`" + std::string(type) + "` is no type of a property",
                               "one of string, strings, integer, float, boolean"));
    } else {
        rule.type = known->second;
    }
    rule.values = texts(member(value, "values"));
    const Json* required = member(value, "required");
    rule.required = required != nullptr && required->IsBool() && required->GetBool();
    rule.facet = text_member(value, "facet");
    return rule;
}

class SchemaReader {
 public:
    SchemaReader(const JsonFile& file, std::vector<Error>& faults) : file_(file), faults_(faults) {}

    Schema read() {
        const Json& root = file_.root();
        schema_.name = text_member(root, "name");
        schema_.title = text_member(root, "title");
        schema_.version = text_member(root, "version");
        schema_.evidence = texts(member(root, "evidence"));
        read_labels();
        read_facets();
        read_relations();
        check_labels();
        read_exports();
        return std::move(schema_);
    }

 private:
    void read_labels() {
        const Json* labels = member(file_.root(), "labels");
        if (labels == nullptr || !labels->IsObject()) return;
        for (const auto& entry : labels->GetObject()) {
            const Json& value = entry.value;
            LabelRule rule;
            rule.name = text_of(entry.name);
            rule.is_a = texts(member(value, "is_a"));
            rule.biolink = text_member(value, "biolink");
            const auto flag = [&](const char* key) {
                const Json* one = member(value, key);
                return one != nullptr && one->IsBool() && one->GetBool();
            };
            rule.abstract = flag("abstract");
            rule.apart = flag("apart");
            if (schema_.label(rule.name) != nullptr)
                report("/labels", "the label `" + rule.name + "` stands twice");
            schema_.labels.push_back(std::move(rule));
        }
    }

    void read_facets() {
        const Json* facets = member(file_.root(), "facets");
        if (facets == nullptr || !facets->IsObject()) return;
        for (const auto& [name, value] : facets->GetObject()) {
            FacetRule rule;
            rule.name = text_of(name);
            rule.values = texts(member(value, "values"));
            const std::string pointer = std::string("/facets") / rule.name;
            if (const Json* implies = member(value, "implies"); implies != nullptr && implies->IsObject()) {
                for (const auto& [specific, general] : implies->GetObject()) {
                    std::vector<std::string> implied = texts(&general);
                    need_value(rule, text_of(specific), pointer / "implies");
                    for (const std::string& one : implied)
                        need_value(rule, one, pointer / "implies" / text_of(specific));
                    rule.implies.emplace(text_of(specific), std::move(implied));
                }
            }
            schema_.facets.push_back(std::move(rule));
        }
    }

    void read_relations() {
        std::vector<PropertyRule> shared;
        if (const Json* qualifiers = member(file_.root(), "qualifiers");
            qualifiers != nullptr && qualifiers->IsObject()) {
            for (const auto& [name, value] : qualifiers->GetObject()) {
                shared.push_back(
                    read_property(file_, std::string("/qualifiers") / text_of(name), name, value, faults_));
            }
        }
        const Json* relations = member(file_.root(), "relations");
        if (relations == nullptr || !relations->IsObject()) return;
        for (const auto& [name, value] : relations->GetObject()) read_relation(name, value, shared);
    }

    void read_relation(const Json& name, const Json& value, const std::vector<PropertyRule>& shared) {
        RelationRule rule;
        rule.name = text_of(name);
        const std::string pointer = std::string("/relations") / rule.name;
        rule.domain = texts(member(value, "domain"));
        rule.range = texts(member(value, "range"));
        rule.biolink = text_member(value, "biolink");
        if (const Json* reified = member(value, "reified"); reified != nullptr) {
            rule.reified_label = text_member(*reified, "label");
            rule.reified_object = text_member(*reified, "object");
            need_label(rule.reified_label, pointer / "reified" / "label");
        }
        for (const std::string& label : rule.domain) need_label(label, pointer / "domain");
        for (const std::string& label : rule.range) need_label(label, pointer / "range");
        if (const Json* properties = member(value, "properties");
            properties != nullptr && properties->IsObject()) {
            for (const auto& [key, property] : properties->GetObject()) {
                const std::string place = pointer / "properties" / text_of(key);
                rule.properties.push_back(read_property(file_, place, key, property, faults_));
                const std::string& facet = rule.properties.back().facet;
                if (!facet.empty() && schema_.facet(facet) == nullptr) {
                    report(place / "facet", "there is no facet `" + facet + "`");
                }
            }
        }
        for (const PropertyRule& property : shared) {
            if (rule.property(property.name) == nullptr) rule.properties.push_back(property);
        }
        if (schema_.relation(rule.name) != nullptr)
            report("/relations", "the relation `" + rule.name + "` stands twice");
        schema_.relations.push_back(std::move(rule));
    }

    void read_exports() {
        const Json* rule = member(file_.root(), "export");
        if (rule == nullptr) return;
        schema_.exports.id_prefix = text_member(*rule, "id_prefix");
        schema_.exports.properties = names(member(*rule, "properties"));
        schema_.exports.defaults = names(member(*rule, "defaults"));
        schema_.exports.types = names(member(*rule, "types"));
        const Json* values = member(*rule, "values");
        if (values == nullptr || !values->IsObject()) return;
        for (const auto& [property, pairs] : values->GetObject())
            schema_.exports.values.emplace(text_of(property), names(&pairs));
    }

    static ExportRule::Names names(const Json* object) {
        ExportRule::Names found;
        if (object == nullptr || !object->IsObject()) return found;
        for (const auto& [name, value] : object->GetObject()) found.emplace(text_of(name), text_of(value));
        return found;
    }

    void check_labels() {
        for (const LabelRule& label : schema_.labels) {
            for (const std::string& parent : label.is_a)
                need_label(parent, std::string("/labels") / label.name / "is_a");
            for (const std::string& parent : label.is_a) {
                if (schema_.is_a(parent, label.name)) {
                    report(std::string("/labels") / label.name / "is_a",
                           "`" + label.name + "` is its own ancestor");
                }
            }
        }
    }

    void need_label(const std::string& name, const std::string& pointer) {
        if (schema_.label(name) != nullptr) return;
        std::vector<std::string> names;
        for (const LabelRule& label : schema_.labels) names.push_back(label.name);
        const auto near = nearest(name, names);
        report(pointer, "there is no label `" + name + "`", near ? "did you mean `" + *near + "`?" : "");
    }

    void need_value(const FacetRule& facet, std::string_view value, const std::string& pointer) {
        if (!facet.has(value))
            report(pointer, "`" + std::string(value) + "` is no value of the facet `" + facet.name + "`");
    }

    void report(const std::string& pointer, std::string message, std::string hint = {}) {
        faults_.push_back(fault(file_.name, pointer, std::move(message), std::move(hint)));
    }

    const JsonFile& file_;
    std::vector<Error>& faults_;
    Schema schema_;
};

}  // namespace

Schema read_schema(const JsonFile& file, std::vector<Error>& faults) {
    return SchemaReader(file, faults).read();
}

}  // namespace islet::kb
