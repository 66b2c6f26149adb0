// What changes a graph's catalog: constraints, indexes, the schema, the evidence.
// CREATE CONSTRAINT and its like are other spellings of these calls.

#include <algorithm>
#include <array>

#include "families.hpp"
#include "fields.hpp"
#include "islet/catalog.hpp"
#include "islet/error.hpp"
#include "projection.hpp"

namespace islet::query {
namespace {

[[noreturn]] void refuse_schema(std::string_view code, std::string_view detail, std::string message,
                                std::string hint = {}) {
    throw Exception({.code = std::string(code),
                     .kind = "SchemaError",
                     .phase = "runtime",
                     .detail = std::string(detail),
                     .message = std::move(message),
                     .span = {},
                     .hint = std::move(hint),
                     .place = {}});
}

std::vector<std::string> texts(std::string_view procedure, std::string_view field, const Value& list) {
    std::vector<std::string> found;
    for (const Value& item : list.as_list()) {
        if (item.kind() != Kind::string)
            refuse(procedure, "`" + std::string(field) + "` takes a list of strings");
        found.emplace_back(item.as_string());
    }
    return found;
}

std::vector<std::string> some_texts(std::string_view procedure, std::string_view field, const Value& list) {
    std::vector<std::string> found = texts(procedure, field, list);
    if (found.empty()) refuse(procedure, "`" + std::string(field) + "` is empty");
    std::vector<std::string> sorted = found;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        refuse(procedure, "`" + std::string(field) + "` names one thing twice");
    return found;
}

Owner owner(std::string_view procedure, const Value& on) {
    if (on.as_string() == "node") return Owner::node;
    if (on.as_string() == "relationship") return Owner::relationship;
    refuse(procedure, "`on` takes 'node' or 'relationship'");
}

/// The position of a word among those that are allowed.
template <std::size_t size>
std::size_t word(std::string_view procedure, std::string_view field, const Value& given,
                 const std::array<std::string_view, size>& words) {
    const auto* const found = std::find(words.begin(), words.end(), given.as_string());
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string all;
    for (const std::string_view known : words) all += (all.empty() ? "'" : ", '") + std::string(known) + "'";
    refuse(procedure, "`" + std::string(field) + "` takes one of " + all);
}

std::string made_name(const std::vector<std::string>& labels, const std::vector<std::string>& keys,
                      std::string_view kind) {
    std::string name;
    for (const std::string& label : labels) name += label + "_";
    for (const std::string& key : keys) name += key + "_";
    return name + std::string(kind);
}

template <class Item>
const Item* equivalent_in(const std::vector<Item>& items, Item wanted) {
    for (const Item& item : items) {
        wanted.name = item.name;
        if (item == wanted) return &item;
    }
    return nullptr;
}

template <class Item>
void insert_by_name(std::vector<Item>& items, Item item) {
    const auto at =
        std::lower_bound(items.begin(), items.end(), item.name,
                         [](const Item& one, const std::string& name) { return one.name < name; });
    items.insert(at, std::move(item));
}

/// Adds a constraint or an index; false if there is one already and that is fine.
template <class Item>
bool declare(Catalog& catalog, std::vector<Item>& items, Item item, bool if_not_exists,
             std::string_view what) {
    const Item* same = equivalent_in(items, item);
    const bool taken = catalog.constraint(item.name) != nullptr || catalog.index(item.name) != nullptr;
    if (same == nullptr && !taken) {
        insert_by_name(items, std::move(item));
        return true;
    }
    if (if_not_exists) return false;
    if (taken) refuse_schema("22N71", "NameAlreadyInUse", "the name `" + item.name + "` is in use already");
    refuse_schema("22N70", "EquivalentExists",
                  "there is such a " + std::string(what) + " already: `" + same->name + "`",
                  "add IF NOT EXISTS where that is fine");
}

Rows create_constraint(const ProcedureContext& context, const std::vector<Value>& arguments) {
    constexpr std::string_view procedure = "db.createConstraint";
    constexpr std::array<std::string_view, 4> rules{"unique", "exists", "key", "type"};
    Constraint made;
    made.owner = owner(procedure, arguments[2]);
    made.label = arguments[3].as_string();
    made.keys = some_texts(procedure, "keys", arguments[4]);
    made.rule = static_cast<Constraint::Rule>(word(procedure, "rule", arguments[5], rules));
    if (made.rule == Constraint::Rule::type) {
        const auto shapes = read_shapes(arguments[6].as_string());
        if (!shapes || shapes->empty()) {
            refuse(procedure, "`" + std::string(arguments[6].as_string()) + "` is no type of a property",
                   "write for instance STRING, INTEGER or LIST<STRING>");
        }
        made.shapes = *shapes;
    }
    if (made.keys.size() > 1 &&
        (made.rule == Constraint::Rule::exists || made.rule == Constraint::Rule::type))
        refuse(procedure, "a constraint of this kind takes one property");
    made.name = arguments[0].is_null()
                    ? made_name({made.label}, made.keys, rules[static_cast<std::size_t>(made.rule)])
                    : std::string(arguments[0].as_string());
    Catalog catalog = context.transaction->view().catalog();
    if (declare(catalog, catalog.constraints, std::move(made), arguments[1].as_bool(), "constraint"))
        context.transaction->set_catalog(std::move(catalog));
    return {{}};
}

Rows create_index(const ProcedureContext& context, const std::vector<Value>& arguments) {
    constexpr std::string_view procedure = "db.createIndex";
    constexpr std::array<std::string_view, 3> kinds{"range", "text", "fulltext"};
    IndexDefinition made;
    made.owner = owner(procedure, arguments[2]);
    made.labels = some_texts(procedure, "labels", arguments[3]);
    made.keys = some_texts(procedure, "keys", arguments[4]);
    made.kind = static_cast<IndexDefinition::Kind>(word(procedure, "kind", arguments[5], kinds));
    if (made.kind != IndexDefinition::Kind::fulltext && made.labels.size() > 1)
        refuse(procedure, "only a fulltext index may be of several labels");
    if (made.kind != IndexDefinition::Kind::range && made.owner == Owner::relationship)
        refuse(procedure, "a text index of relationships is not supported");
    made.name = arguments[0].is_null()
                    ? made_name(made.labels, made.keys, kinds[static_cast<std::size_t>(made.kind)])
                    : std::string(arguments[0].as_string());
    Catalog catalog = context.transaction->view().catalog();
    if (declare(catalog, catalog.indexes, std::move(made), arguments[1].as_bool(), "index"))
        context.transaction->set_catalog(std::move(catalog));
    return {{}};
}

template <class Item>
void drop(const ProcedureContext& context, std::vector<Item> Catalog::*items,
          const std::vector<Value>& arguments, std::string_view what) {
    const std::string name(arguments[0].as_string());
    Catalog catalog = context.transaction->view().catalog();
    const std::size_t erased =
        std::erase_if(catalog.*items, [&](const Item& item) { return item.name == name; });
    if (erased != 0) {
        context.transaction->set_catalog(std::move(catalog));
        return;
    }
    if (arguments[1].as_bool()) return;
    std::vector<std::string_view> known;
    for (const Item& item : catalog.*items) known.push_back(item.name);
    const auto near = nearest(name, known);
    refuse_schema("42N52", "NotFound", "there is no " + std::string(what) + " `" + name + "`",
                  near ? "did you mean `" + *near + "`?" : std::string());
}

}  // namespace

void add_schema_commands(ProcedureRegistry& registry) {
    registry.add({.name = "db.createConstraint",
                  .inputs = {optional_text_field("name"),
                             flag_field("ifNotExists"),
                             text_field("on"),
                             text_field("label"),
                             list_field("keys"),
                             text_field("rule"),
                             {"type", FieldType::string, false, Value("")}},
                  .outputs = {},
                  .call = create_constraint,
                  .description = "What CREATE CONSTRAINT does",
                  .writes = true});
    registry.add({.name = "db.createIndex",
                  .inputs = {optional_text_field("name"),
                             flag_field("ifNotExists"),
                             text_field("on"),
                             list_field("labels"),
                             list_field("keys"),
                             {"kind", FieldType::string, false, Value("range")}},
                  .outputs = {},
                  .call = create_index,
                  .description = "What CREATE INDEX does",
                  .writes = true});
    registry.add({.name = "db.dropConstraint",
                  .inputs = {text_field("name"), {"ifExists", FieldType::boolean, false, Value(false)}},
                  .outputs = {},
                  .call = [](const ProcedureContext& context, const std::vector<Value>& arguments) -> Rows {
                      drop(context, &Catalog::constraints, arguments, "constraint");
                      return {{}};
                  },
                  .description = "What DROP CONSTRAINT does",
                  .writes = true});
    registry.add({.name = "db.dropIndex",
                  .inputs = {text_field("name"), {"ifExists", FieldType::boolean, false, Value(false)}},
                  .outputs = {},
                  .call = [](const ProcedureContext& context, const std::vector<Value>& arguments) -> Rows {
                      drop(context, &Catalog::indexes, arguments, "index");
                      return {{}};
                  },
                  .description = "What DROP INDEX does",
                  .writes = true});
    registry.add(
        {.name = "db.setSchema",
         .inputs = {{"json", FieldType::string, true, {}}},
         .outputs = {},
         .call = [](const ProcedureContext& context, const std::vector<Value>& arguments) -> Rows {
             Catalog catalog = context.transaction->view().catalog();
             catalog.schema.reset();
             if (!arguments[0].is_null()) catalog.schema = schema_from_json(arguments[0].as_string());
             context.transaction->set_catalog(std::move(catalog));
             return {{}};
         },
         .description = "Gives the graph a schema, in JSON, that it must fit from now on; null takes it away",
         .writes = true});
    registry.add(
        {.name = "db.setCatalog",
         .inputs = {text_field("json")},
         .outputs = {},
         .call = [](const ProcedureContext& context, const std::vector<Value>& arguments) -> Rows {
             context.transaction->set_catalog(catalog_from_json(arguments[0].as_string()));
             return {{}};
         },
         .description = "Takes what db.catalog() gave: schema, constraints, indexes and evidence at once",
         .writes = true});
    registry.add({.name = "db.setEvidence",
                  .inputs = {list_field("properties")},
                  .outputs = {},
                  .call = [](const ProcedureContext& context, const std::vector<Value>& arguments) -> Rows {
                      Catalog catalog = context.transaction->view().catalog();
                      catalog.evidence = texts("db.setEvidence", "properties", arguments[0]);
                      context.transaction->set_catalog(std::move(catalog));
                      return {{}};
                  },
                  .description = "Names the properties that say where a statement comes from, for CITE",
                  .writes = true});
}

}  // namespace islet::query
