// The catalog's JSON form, written and read.

#include "islet/catalog.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <set>

#include "islet/error.hpp"

namespace islet {
namespace {

using Json = rapidjson::Value;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

// The order of Constraint::Rule and IndexDefinition::Kind.
constexpr std::array<std::string_view, 4> rule_names{"unique", "exists", "key", "type"};
constexpr std::array<std::string_view, 3> kind_names{"range", "text", "fulltext"};

// ------------------------------------------------------------------- writing

void put(Writer& out, std::string_view text) {
    out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
void key(Writer& out, std::string_view text) {
    out.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
void put(Writer& out, std::string_view name, const std::vector<std::string>& texts) {
    key(out, name);
    out.StartArray();
    for (const std::string& text : texts) put(out, text);
    out.EndArray();
}
void put_some(Writer& out, std::string_view name, const std::vector<std::string>& texts) {
    if (!texts.empty()) put(out, name, texts);
}
void put_flag(Writer& out, std::string_view name, bool flag) {
    if (!flag) return;
    key(out, name);
    out.Bool(true);
}

void put(Writer& out, const std::vector<GraphSchema::Property>& properties) {
    if (properties.empty()) return;
    key(out, "properties");
    out.StartObject();
    for (const GraphSchema::Property& property : properties) {
        key(out, property.name);
        out.StartObject();
        if (!property.shapes.empty()) {
            key(out, "type");
            put(out, to_text(property.shapes));
        }
        put_some(out, "values", property.values);
        put_flag(out, "required", property.required);
        put_flag(out, "unique", property.unique);
        out.EndObject();
    }
    out.EndObject();
}

void put(Writer& out, const GraphSchema& schema) {
    out.StartObject();
    put_flag(out, "open", schema.open);
    key(out, "labels");
    out.StartObject();
    for (const GraphSchema::Label& label : schema.labels) {
        key(out, label.name);
        out.StartObject();
        put_some(out, "is_a", label.is_a);
        put_flag(out, "abstract", label.abstract);
        put(out, label.properties);
        out.EndObject();
    }
    out.EndObject();
    key(out, "relations");
    out.StartObject();
    for (const GraphSchema::Type& type : schema.types) {
        key(out, type.name);
        out.StartObject();
        put_some(out, "domain", type.domain);
        put_some(out, "range", type.range);
        put(out, type.properties);
        out.EndObject();
    }
    out.EndObject();
    out.EndObject();
}

void put_owner(Writer& out, Owner owner) {
    key(out, "on");
    put(out, owner == Owner::node ? "node" : "relationship");
}

// ------------------------------------------------------------------- reading

[[noreturn]] void fail(const std::string& at, std::string message, std::string hint = {}) {
    throw Exception({.code = "22000",
                     .kind = "DataError",
                     .phase = "load time",
                     .detail = "InvalidCatalog",
                     .message = std::move(message),
                     .span = {},
                     .hint = std::move(hint),
                     .place = "#" + at});
}

std::string text(const Json& json) {
    return {json.GetString(), json.GetStringLength()};
}

std::string string_at(const Json& json, const std::string& at) {
    if (!json.IsString()) fail(at, "a string is expected");
    return text(json);
}

bool flag_at(const Json& json, const std::string& at) {
    if (!json.IsBool()) fail(at, "true or false is expected");
    return json.GetBool();
}

std::vector<std::string> strings_at(const Json& json, const std::string& at) {
    if (!json.IsArray()) fail(at, "a list of strings is expected");
    std::vector<std::string> found;
    for (rapidjson::SizeType i = 0; i < json.Size(); ++i)
        found.push_back(string_at(json[i], at + "/" + std::to_string(i)));
    return found;
}

/// Visits the members of an object, each once; `visit` says whether it knows the member.
template <class Visit>
void members(const Json& json, const std::string& at, Visit visit) {
    if (!json.IsObject()) fail(at, "an object is expected");
    std::set<std::string> seen;
    for (auto it = json.MemberBegin(); it != json.MemberEnd(); ++it) {
        const std::string name = text(it->name);
        const std::string place = at + "/" + name;
        if (!seen.insert(name).second) fail(place, "`" + name + "` stands here twice");
        if (!visit(name, it->value, place)) fail(place, "`" + name + "` is no member of this object");
    }
}

/// The number of a word in a list.
template <std::size_t size>
std::size_t word_at(const Json& json, const std::string& at,
                    const std::array<std::string_view, size>& words) {
    const std::string word = string_at(json, at);
    const auto* const found = std::find(words.begin(), words.end(), word);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string all;
    for (const std::string_view known : words) all += (all.empty() ? "" : ", ") + std::string(known);
    fail(at, "`" + word + "` is none of " + all);
}

std::vector<ValueShape> shapes_at(const Json& json, const std::string& at) {
    const std::string word = string_at(json, at);
    const auto shapes = read_shapes(word);
    if (!shapes)
        fail(at, "`" + word + "` is no type of a property", "write for instance STRING or LIST<INTEGER>");
    return *shapes;
}

std::vector<GraphSchema::Property> properties_at(const Json& json, const std::string& at) {
    std::vector<GraphSchema::Property> properties;
    members(json, at, [&](const std::string& name, const Json& rule, const std::string& place) {
        GraphSchema::Property& property = properties.emplace_back();
        property.name = name;
        if (rule.IsString()) {  // the short form: just the type
            property.shapes = shapes_at(rule, place);
            return true;
        }
        members(rule, place, [&](const std::string& member, const Json& value, const std::string& where) {
            if (member == "type") return property.shapes = shapes_at(value, where), true;
            if (member == "values") return property.values = strings_at(value, where), true;
            if (member == "required") return property.required = flag_at(value, where), true;
            if (member == "unique") return property.unique = flag_at(value, where), true;
            return member == "doc" || member == "facet";
        });
        return true;
    });
    return properties;
}

GraphSchema schema_at(const Json& json, const std::string& at) {
    GraphSchema schema;
    const auto label = [&](const std::string& name, const Json& rule, const std::string& place) {
        GraphSchema::Label& made = schema.labels.emplace_back();
        made.name = name;
        members(rule, place, [&](const std::string& member, const Json& value, const std::string& where) {
            if (member == "is_a") return made.is_a = strings_at(value, where), true;
            if (member == "abstract") return made.abstract = flag_at(value, where), true;
            if (member == "properties") return made.properties = properties_at(value, where), true;
            return member == "doc" || member == "biolink";
        });
        return true;
    };
    const auto type = [&](const std::string& name, const Json& rule, const std::string& place) {
        GraphSchema::Type& made = schema.types.emplace_back();
        made.name = name;
        members(rule, place, [&](const std::string& member, const Json& value, const std::string& where) {
            if (member == "domain") return made.domain = strings_at(value, where), true;
            if (member == "range") return made.range = strings_at(value, where), true;
            if (member == "properties") return made.properties = properties_at(value, where), true;
            return member == "doc" || member == "biolink";
        });
        return true;
    };
    members(json, at, [&](const std::string& name, const Json& value, const std::string& place) {
        if (name == "open") return schema.open = flag_at(value, place), true;
        if (name == "labels") return members(value, place, label), true;
        if (name == "relations") return members(value, place, type), true;
        return name == "name" || name == "title" || name == "version" || name == "doc";
    });
    const auto known = [&](const std::vector<std::string>& names, const std::string& place) {
        for (const std::string& name : names) {
            if (schema.label(name) != nullptr) continue;
            std::vector<std::string> all;
            for (const GraphSchema::Label& one : schema.labels) all.push_back(one.name);
            const auto near = nearest(name, all);
            fail(place, "the schema has no label `" + name + "`",
                 near ? "did you mean `" + *near + "`?" : std::string());
        }
    };
    for (const GraphSchema::Label& one : schema.labels) known(one.is_a, at + "/labels/" + one.name + "/is_a");
    for (const GraphSchema::Type& one : schema.types) {
        known(one.domain, at + "/relations/" + one.name + "/domain");
        known(one.range, at + "/relations/" + one.name + "/range");
    }
    return schema;
}

Owner owner_at(const Json& json, const std::string& at) {
    return word_at(json, at, std::array<std::string_view, 2>{"node", "relationship"}) == 0
               ? Owner::node
               : Owner::relationship;
}

Constraint constraint_at(const Json& json, const std::string& at) {
    Constraint made;
    members(json, at, [&](const std::string& name, const Json& value, const std::string& place) {
        if (name == "name") return made.name = string_at(value, place), true;
        if (name == "on") return made.owner = owner_at(value, place), true;
        if (name == "label") return made.label = string_at(value, place), true;
        if (name == "keys") return made.keys = strings_at(value, place), true;
        if (name == "rule")
            return made.rule = static_cast<Constraint::Rule>(word_at(value, place, rule_names)), true;
        if (name == "type") return made.shapes = shapes_at(value, place), true;
        return false;
    });
    if (made.name.empty() || made.label.empty() || made.keys.empty())
        fail(at, "a constraint needs `name`, `label` and `keys`");
    return made;
}

IndexDefinition index_at(const Json& json, const std::string& at) {
    IndexDefinition made;
    members(json, at, [&](const std::string& name, const Json& value, const std::string& place) {
        if (name == "name") return made.name = string_at(value, place), true;
        if (name == "on") return made.owner = owner_at(value, place), true;
        if (name == "labels") return made.labels = strings_at(value, place), true;
        if (name == "keys") return made.keys = strings_at(value, place), true;
        if (name == "kind")
            return made.kind = static_cast<IndexDefinition::Kind>(word_at(value, place, kind_names)), true;
        return false;
    });
    if (made.name.empty() || made.labels.empty() || made.keys.empty())
        fail(at, "an index needs `name`, `labels` and `keys`");
    return made;
}

template <class Item, class Read>
std::vector<Item> list_at(const Json& json, const std::string& at, Read read) {
    if (!json.IsArray()) fail(at, "a list is expected");
    std::vector<Item> found;
    for (rapidjson::SizeType i = 0; i < json.Size(); ++i)
        found.push_back(read(json[i], at + "/" + std::to_string(i)));
    return found;
}

rapidjson::Document parsed(std::string_view json) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
    if (document.HasParseError()) {
        fail("", std::string("not valid JSON at byte ") + std::to_string(document.GetErrorOffset()) + ": " +
                     rapidjson::GetParseError_En(document.GetParseError()));
    }
    return document;
}

template <class Items>
auto named(const Items& items, std::string_view name) {
    const auto it = std::find_if(items.begin(), items.end(), [&](const auto& i) { return i.name == name; });
    return it == items.end() ? nullptr : &*it;
}

}  // namespace

const GraphSchema::Label* GraphSchema::label(std::string_view name) const noexcept {
    return named(labels, name);
}
const GraphSchema::Type* GraphSchema::type(std::string_view name) const noexcept {
    return named(types, name);
}
const Constraint* Catalog::constraint(std::string_view name) const noexcept {
    return named(constraints, name);
}
const IndexDefinition* Catalog::index(std::string_view name) const noexcept {
    return named(indexes, name);
}

std::string to_json(const GraphSchema& schema) {
    rapidjson::StringBuffer buffer;
    Writer out(buffer);
    put(out, schema);
    return {buffer.GetString(), buffer.GetSize()};
}

std::string to_json(const Catalog& catalog) {
    rapidjson::StringBuffer buffer;
    Writer out(buffer);
    out.StartObject();
    put_some(out, "evidence", catalog.evidence);
    if (catalog.schema) {
        key(out, "schema");
        put(out, *catalog.schema);
    }
    if (!catalog.constraints.empty()) {
        key(out, "constraints");
        out.StartArray();
        for (const Constraint& constraint : catalog.constraints) {
            out.StartObject();
            key(out, "name");
            put(out, constraint.name);
            put_owner(out, constraint.owner);
            key(out, "label");
            put(out, constraint.label);
            put(out, "keys", constraint.keys);
            key(out, "rule");
            put(out, rule_names[static_cast<std::size_t>(constraint.rule)]);
            if (constraint.rule == Constraint::Rule::type) {
                key(out, "type");
                put(out, to_text(constraint.shapes));
            }
            out.EndObject();
        }
        out.EndArray();
    }
    if (!catalog.indexes.empty()) {
        key(out, "indexes");
        out.StartArray();
        for (const IndexDefinition& index : catalog.indexes) {
            out.StartObject();
            key(out, "name");
            put(out, index.name);
            key(out, "kind");
            put(out, kind_names[static_cast<std::size_t>(index.kind)]);
            put_owner(out, index.owner);
            put(out, "labels", index.labels);
            put(out, "keys", index.keys);
            out.EndObject();
        }
        out.EndArray();
    }
    out.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

GraphSchema schema_from_json(std::string_view json) {
    return schema_at(parsed(json), "");
}

Catalog catalog_from_json(std::string_view json) {
    const rapidjson::Document document = parsed(json);
    Catalog catalog;
    members(document, "", [&](const std::string& name, const Json& value, const std::string& place) {
        if (name == "evidence") return catalog.evidence = strings_at(value, place), true;
        if (name == "schema") return catalog.schema = schema_at(value, place), true;
        if (name == "constraints")
            return catalog.constraints = list_at<Constraint>(value, place, constraint_at), true;
        if (name == "indexes")
            return catalog.indexes = list_at<IndexDefinition>(value, place, index_at), true;
        return false;
    });
    std::set<std::string> names;
    for (const Constraint& constraint : catalog.constraints) names.insert(constraint.name);
    for (const IndexDefinition& index : catalog.indexes) names.insert(index.name);
    if (names.size() != catalog.constraints.size() + catalog.indexes.size())
        fail("", "two constraints or indexes have the same name");
    return catalog;
}

}  // namespace islet
